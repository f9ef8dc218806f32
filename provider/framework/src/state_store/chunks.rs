//! How a state is cut up on its way, and put together again. Knows offsets and bytes, and no messages.

#[cfg(test)]
mod tests;

use bytes::{Bytes, BytesMut};

use crate::diagnostics::{Diagnostic, Diagnostics};

/// The largest state that is taken, in bytes.
pub(crate) const MAX_STATE_SIZE: i64 = 1 << 30;

/// What Terraform proposes, for who proposes nothing.
const DEFAULT_CHUNK_SIZE: i64 = 8 << 20;
/// The largest chunk that Terraform agrees to.
const MAX_CHUNK_SIZE: i64 = 128 << 20;

/// The greatest number of bytes in one chunk, as agreed with Terraform: at least one, at most 128 mebibytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ChunkSize(usize);

impl ChunkSize {
    /// What Terraform proposes, within the bounds that it keeps itself.
    pub(crate) fn agreed(proposed: i64) -> Self {
        let agreed = match proposed {
            ..=0 => DEFAULT_CHUNK_SIZE,
            proposed => proposed.min(MAX_CHUNK_SIZE),
        };
        Self(usize::try_from(agreed).unwrap_or(usize::MAX))
    }

    pub(crate) fn as_i64(self) -> i64 {
        position(self.0)
    }

    /// Cuts a state up.
    pub(crate) fn split(self, mut state: Bytes) -> impl Iterator<Item = Chunk> {
        let total = position(state.len());
        let mut start = 0;
        std::iter::from_fn(move || {
            if state.is_empty() {
                return None;
            }
            let bytes = state.split_to(self.0.min(state.len()));
            let end = start + position(bytes.len()) - 1;
            let chunk = Chunk {
                total,
                range: Some((start, end)),
                bytes,
            };
            start = end + 1;
            Some(chunk)
        })
    }
}

/// A part of a state, as it says of itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Chunk {
    /// The length of the whole state.
    pub(crate) total: i64,
    /// The first and the last byte's place in it.
    pub(crate) range: Option<(i64, i64)>,
    pub(crate) bytes: Bytes,
}

/// A state of which not everything has arrived.
#[derive(Debug)]
pub(crate) struct Incoming {
    chunk_size: ChunkSize,
    total: Option<i64>,
    received: BytesMut,
}

/// Why what arrives is no state.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum BrokenTransfer {
    #[error("no part of it came")]
    Nothing,
    #[error("its length is said to be {0} bytes, and a state has at least one")]
    NoLength(i64),
    #[error("it has {0} bytes, and this provider takes states of up to {MAX_STATE_SIZE} bytes")]
    TooLarge(i64),
    #[error("its length is said to be {before} bytes and then {now} bytes")]
    AnotherLength { before: i64, now: i64 },
    #[error("a part does not say where it belongs")]
    NoRange,
    #[error("a part is empty")]
    EmptyPart,
    #[error("a part has {size} bytes, and at most {agreed} bytes were agreed on")]
    PartTooLarge { size: usize, agreed: usize },
    #[error("a part begins at byte {start}, and byte {expected} is next")]
    OutOfPlace { start: i64, expected: i64 },
    #[error("a part of {size} bytes says that it goes from byte {start} to byte {end}")]
    AnotherRange { size: usize, start: i64, end: i64 },
    #[error("a part goes beyond its {total} bytes")]
    BeyondTheEnd { total: i64 },
    #[error("{received} of its {total} bytes came")]
    EndedEarly { received: usize, total: i64 },
    #[error("the first part does not say which state it belongs to")]
    NoName,
    #[error("a later part says again which state it belongs to")]
    NamedAgain,
    #[error("it broke off: {0}")]
    BrokeOff(String),
}

impl Incoming {
    pub(crate) fn new(chunk_size: ChunkSize) -> Self {
        Self {
            chunk_size,
            total: None,
            received: BytesMut::new(),
        }
    }

    /// Adds the next part. Memory is taken for what is there, and never for what is said to come.
    pub(crate) fn push(&mut self, chunk: &Chunk) -> Result<(), BrokenTransfer> {
        let total = chunk.total;
        match self.total {
            Some(before) if before != total => {
                return Err(BrokenTransfer::AnotherLength { before, now: total });
            }
            _ if total <= 0 => return Err(BrokenTransfer::NoLength(total)),
            _ if total > MAX_STATE_SIZE => return Err(BrokenTransfer::TooLarge(total)),
            _ => self.total = Some(total),
        }
        let (start, end) = chunk.range.ok_or(BrokenTransfer::NoRange)?;
        let (size, agreed) = (chunk.bytes.len(), self.chunk_size.0);
        if size == 0 {
            return Err(BrokenTransfer::EmptyPart);
        }
        if size > agreed {
            return Err(BrokenTransfer::PartTooLarge { size, agreed });
        }
        let expected = position(self.received.len());
        if start != expected {
            return Err(BrokenTransfer::OutOfPlace { start, expected });
        }
        let next = start + position(size);
        if next > total {
            return Err(BrokenTransfer::BeyondTheEnd { total });
        }
        if end != next - 1 {
            return Err(BrokenTransfer::AnotherRange { size, start, end });
        }
        self.received.extend_from_slice(&chunk.bytes);
        Ok(())
    }

    /// The whole state, once nothing more comes.
    pub(crate) fn finish(self) -> Result<Bytes, BrokenTransfer> {
        let total = self.total.ok_or(BrokenTransfer::Nothing)?;
        let received = self.received.len();
        if position(received) == total {
            Ok(self.received.freeze())
        } else {
            Err(BrokenTransfer::EndedEarly { received, total })
        }
    }
}

impl From<BrokenTransfer> for Diagnostics {
    fn from(error: BrokenTransfer) -> Self {
        let remedy = match error {
            BrokenTransfer::TooLarge(_) => {
                "Split the configuration into several, each with a state of its own."
            }
            _ => {
                "Run Terraform again. If it happens again, report it to the provider's developers."
            }
        };
        Diagnostic::error("The state cannot be taken")
            .detail(format!(
                "Of the state that Terraform sent: {error}. Nothing was written: the store has the former state. {remedy}"
            ))
            .into()
    }
}

fn position(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
