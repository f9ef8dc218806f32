//! MessagePack read token by token. Nothing is allocated, and no length is believed that the remaining
//! bytes could not hold.

use rmp::Marker;

use crate::DecodeProblem;

/// One token of MessagePack; the elements of arrays and maps follow as tokens of their own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    Nil,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    String(&'a [u8]),
    Binary(&'a [u8]),
    Array(usize),
    Map(usize),
    Extension { code: i8, payload: &'a [u8] },
}

impl Token<'_> {
    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Token::Nil => "null",
            Token::Bool(_) => "a bool",
            Token::Signed(_) | Token::Unsigned(_) | Token::Float(_) => "a number",
            Token::String(_) => "a string",
            Token::Binary(_) => "binary data",
            Token::Array(_) => "an array",
            Token::Map(_) => "a map",
            Token::Extension { .. } => "an unknown value",
        }
    }
}

/// The bytes still to be read.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn token(&mut self) -> Result<Token<'a>, DecodeProblem> {
        let [marker] = self.array()?;
        Ok(match Marker::from_u8(marker) {
            Marker::Null => Token::Nil,
            Marker::True => Token::Bool(true),
            Marker::False => Token::Bool(false),
            Marker::FixPos(number) => Token::Unsigned(number.into()),
            Marker::FixNeg(number) => Token::Signed(number.into()),
            Marker::U8 => Token::Unsigned(u8::from_be_bytes(self.array()?).into()),
            Marker::U16 => Token::Unsigned(u16::from_be_bytes(self.array()?).into()),
            Marker::U32 => Token::Unsigned(u32::from_be_bytes(self.array()?).into()),
            Marker::U64 => Token::Unsigned(u64::from_be_bytes(self.array()?)),
            Marker::I8 => Token::Signed(i8::from_be_bytes(self.array()?).into()),
            Marker::I16 => Token::Signed(i16::from_be_bytes(self.array()?).into()),
            Marker::I32 => Token::Signed(i32::from_be_bytes(self.array()?).into()),
            Marker::I64 => Token::Signed(i64::from_be_bytes(self.array()?)),
            Marker::F32 => Token::Float(f32::from_be_bytes(self.array()?).into()),
            Marker::F64 => Token::Float(f64::from_be_bytes(self.array()?)),
            Marker::FixStr(length) => Token::String(self.take(length.into())?),
            Marker::Str8 => Token::String(self.bytes_of_length8()?),
            Marker::Str16 => Token::String(self.bytes_of_length16()?),
            Marker::Str32 => Token::String(self.bytes_of_length32()?),
            Marker::Bin8 => Token::Binary(self.bytes_of_length8()?),
            Marker::Bin16 => Token::Binary(self.bytes_of_length16()?),
            Marker::Bin32 => Token::Binary(self.bytes_of_length32()?),
            Marker::FixArray(length) => self.begin_array(length.into())?,
            Marker::Array16 => {
                let length = self.length16()?;
                self.begin_array(length)?
            }
            Marker::Array32 => {
                let length = self.length32()?;
                self.begin_array(length)?
            }
            Marker::FixMap(length) => self.begin_map(length.into())?,
            Marker::Map16 => {
                let length = self.length16()?;
                self.begin_map(length)?
            }
            Marker::Map32 => {
                let length = self.length32()?;
                self.begin_map(length)?
            }
            Marker::FixExt1 => self.extension(1)?,
            Marker::FixExt2 => self.extension(2)?,
            Marker::FixExt4 => self.extension(4)?,
            Marker::FixExt8 => self.extension(8)?,
            Marker::FixExt16 => self.extension(16)?,
            Marker::Ext8 => {
                let [length] = self.array()?;
                self.extension(length.into())?
            }
            Marker::Ext16 => {
                let length = self.length16()?;
                self.extension(length)?
            }
            Marker::Ext32 => {
                let length = self.length32()?;
                self.extension(length)?
            }
            Marker::Reserved => return Err(DecodeProblem::Malformed("a reserved marker")),
        })
    }

    /// A token that must be text: the key of a map.
    pub(super) fn key(&mut self) -> Result<&'a str, DecodeProblem> {
        match self.token()? {
            Token::String(text) => utf8(text),
            other => Err(DecodeProblem::WrongKind {
                expected: "a string as key",
                found: other.kind(),
            }),
        }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeProblem> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(DecodeProblem::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeProblem> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(DecodeProblem::Truncated)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn length16(&mut self) -> Result<usize, DecodeProblem> {
        Ok(u16::from_be_bytes(self.array()?).into())
    }

    fn length32(&mut self) -> Result<usize, DecodeProblem> {
        usize::try_from(u32::from_be_bytes(self.array()?)).map_err(|_| DecodeProblem::Truncated)
    }

    fn bytes_of_length8(&mut self) -> Result<&'a [u8], DecodeProblem> {
        let [length] = self.array()?;
        self.take(length.into())
    }

    fn bytes_of_length16(&mut self) -> Result<&'a [u8], DecodeProblem> {
        let length = self.length16()?;
        self.take(length)
    }

    fn bytes_of_length32(&mut self) -> Result<&'a [u8], DecodeProblem> {
        let length = self.length32()?;
        self.take(length)
    }

    /// Every element takes a byte at least.
    fn begin_array(&self, length: usize) -> Result<Token<'a>, DecodeProblem> {
        if length > self.0.len() {
            return Err(DecodeProblem::Truncated);
        }
        Ok(Token::Array(length))
    }

    /// Every key and every value takes a byte at least.
    fn begin_map(&self, length: usize) -> Result<Token<'a>, DecodeProblem> {
        if length > self.0.len() / 2 {
            return Err(DecodeProblem::Truncated);
        }
        Ok(Token::Map(length))
    }

    fn extension(&mut self, length: usize) -> Result<Token<'a>, DecodeProblem> {
        let [code] = self.array()?;
        Ok(Token::Extension {
            code: i8::from_be_bytes([code]),
            payload: self.take(length)?,
        })
    }
}

pub(super) fn utf8(bytes: &[u8]) -> Result<&str, DecodeProblem> {
    std::str::from_utf8(bytes).map_err(|_| DecodeProblem::NotUtf8)
}
