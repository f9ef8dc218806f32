//! MessagePack written token by token, each in its shortest form.

use rmp::Marker;

use crate::{EncodeProblem, Number};

/// The bytes written so far.
#[derive(Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// What a function writes.
    pub(super) fn of(write: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut writer = Self::default();
        write(&mut writer);
        writer.0
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn nil(&mut self) {
        self.marker(Marker::Null);
    }

    pub(super) fn bool(&mut self, truth: bool) {
        self.marker(if truth { Marker::True } else { Marker::False });
    }

    pub(super) fn unsigned(&mut self, number: u64) {
        if let Ok(small) = u8::try_from(number) {
            if small < 0x80 {
                self.marker(Marker::FixPos(small));
            } else {
                self.marker(Marker::U8);
                self.raw(&[small]);
            }
        } else if let Ok(number) = u16::try_from(number) {
            self.marker(Marker::U16);
            self.raw(&number.to_be_bytes());
        } else if let Ok(number) = u32::try_from(number) {
            self.marker(Marker::U32);
            self.raw(&number.to_be_bytes());
        } else {
            self.marker(Marker::U64);
            self.raw(&number.to_be_bytes());
        }
    }

    pub(super) fn signed(&mut self, number: i64) {
        if let Ok(number) = u64::try_from(number) {
            self.unsigned(number);
        } else if let Ok(small) = i8::try_from(number) {
            if small >= -32 {
                self.marker(Marker::FixNeg(small));
            } else {
                self.marker(Marker::I8);
                self.raw(&small.to_be_bytes());
            }
        } else if let Ok(number) = i16::try_from(number) {
            self.marker(Marker::I16);
            self.raw(&number.to_be_bytes());
        } else if let Ok(number) = i32::try_from(number) {
            self.marker(Marker::I32);
            self.raw(&number.to_be_bytes());
        } else {
            self.marker(Marker::I64);
            self.raw(&number.to_be_bytes());
        }
    }

    /// A whole number that fits as such; any other as its decimal text, which loses nothing.
    pub(super) fn number(&mut self, number: &Number) {
        if let Some(integer) = number.to_i64() {
            self.signed(integer);
        } else if number.is_infinite() {
            self.marker(Marker::F64);
            self.raw(&number.to_f64().to_be_bytes());
        } else {
            self.short_string(&number.to_string());
        }
    }

    pub(super) fn string(&mut self, text: &str) -> Result<(), EncodeProblem> {
        length(text.len())?;
        self.short_string(text);
        Ok(())
    }

    /// Text that surely has no more than `u32::MAX` bytes.
    pub(super) fn short_string(&mut self, text: &str) {
        if let Ok(length) = u8::try_from(text.len()) {
            if length < 32 {
                self.marker(Marker::FixStr(length));
            } else {
                self.marker(Marker::Str8);
                self.raw(&[length]);
            }
        } else {
            self.length16or32(text.len(), Marker::Str16, Marker::Str32);
        }
        self.raw(text.as_bytes());
    }

    pub(super) fn binary(&mut self, bytes: &[u8]) -> Result<(), EncodeProblem> {
        length(bytes.len())?;
        if let Ok(length) = u8::try_from(bytes.len()) {
            self.marker(Marker::Bin8);
            self.raw(&[length]);
        } else {
            self.length16or32(bytes.len(), Marker::Bin16, Marker::Bin32);
        }
        self.raw(bytes);
        Ok(())
    }

    /// The beginning of an array; its elements follow.
    pub(super) fn array(&mut self, length: u32) {
        match u8::try_from(length) {
            Ok(length) if length < 16 => self.marker(Marker::FixArray(length)),
            _ => self.length16or32(length as usize, Marker::Array16, Marker::Array32),
        }
    }

    /// The beginning of a map; keys and values follow in turn.
    pub(super) fn map(&mut self, length: u32) {
        match u8::try_from(length) {
            Ok(length) if length < 16 => self.marker(Marker::FixMap(length)),
            _ => self.length16or32(length as usize, Marker::Map16, Marker::Map32),
        }
    }

    /// An extension of at most 64 KiB.
    pub(super) fn extension(&mut self, code: i8, payload: &[u8]) {
        match payload.len() {
            1 => self.marker(Marker::FixExt1),
            2 => self.marker(Marker::FixExt2),
            4 => self.marker(Marker::FixExt4),
            8 => self.marker(Marker::FixExt8),
            16 => self.marker(Marker::FixExt16),
            length => match u8::try_from(length) {
                Ok(length) => {
                    self.marker(Marker::Ext8);
                    self.raw(&[length]);
                }
                Err(_) => self.length16or32(length, Marker::Ext16, Marker::Ext32),
            },
        }
        self.raw(&code.to_be_bytes());
        self.raw(payload);
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn marker(&mut self, marker: Marker) {
        self.0.push(marker.to_u8());
    }

    fn length16or32(&mut self, length: usize, marker16: Marker, marker32: Marker) {
        if let Ok(length) = u16::try_from(length) {
            self.marker(marker16);
            self.raw(&length.to_be_bytes());
        } else {
            self.marker(marker32);
            self.raw(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
        }
    }
}

/// A length that MessagePack can express.
pub(super) fn length(length: usize) -> Result<u32, EncodeProblem> {
    u32::try_from(length).map_err(|_| EncodeProblem::TooLong)
}
