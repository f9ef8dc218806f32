//! Why bytes are no value of a type, or a value cannot be written as one.
//!
//! The texts name paths, types and kinds, never a value: a value may be a secret.

use std::fmt;

use thiserror::Error;

use crate::{MAX_DEPTH, NumberError, Path, Step, Type};

/// Bytes that are no value of the type asked for.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub struct DecodeError {
    path: Path,
    problem: DecodeProblem,
}

/// What is wrong with the bytes.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum DecodeProblem {
    /// They end in the middle of a value.
    #[error("the encoding ends too early")]
    Truncated,
    /// Something follows the value.
    #[error("there is more after the end of the value")]
    TrailingBytes,
    /// They break the rules of the encoding itself.
    #[error("malformed encoding: {0}")]
    Malformed(&'static str),
    /// They nest deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// Text that is not UTF-8.
    #[error("text that is not UTF-8")]
    NotUtf8,
    /// A value of another kind than the type demands.
    #[error("{expected} is required, not {found}")]
    WrongKind {
        /// What the type demands.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A number that cannot be read.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A tuple with the wrong number of elements.
    #[error("{expected} elements are required, not {found}")]
    WrongLength {
        /// How many the type demands.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// An object without one of its attributes.
    #[error("the attribute {0:?} is missing")]
    MissingAttribute(String),
    /// An attribute that the type does not have.
    #[error("unsupported attribute {0:?}")]
    UnsupportedAttribute(String),
    /// A map or object that has a key twice.
    #[error("the key {0:?} occurs twice")]
    DuplicateKey(String),
    /// Something that is not the JSON form of a type.
    #[error("not the JSON form of a type")]
    NotAType,
}

/// A value that does not conform to the type it is to be written as.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub struct EncodeError {
    path: Path,
    problem: EncodeProblem,
}

/// What does not conform.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum EncodeProblem {
    /// A value of another kind than the type demands.
    #[error("a value of the type {expected} is required, not {found}")]
    WrongKind {
        /// The type.
        expected: Type,
        /// What kind of value is there.
        found: &'static str,
    },
    /// A tuple with the wrong number of elements.
    #[error("{expected} elements are required, not {found}")]
    WrongLength {
        /// How many the type demands.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// An object without one of its attributes.
    #[error("the attribute {0:?} is missing")]
    MissingAttribute(String),
    /// An attribute that the type does not have.
    #[error("unsupported attribute {0:?}")]
    UnsupportedAttribute(String),
    /// An unknown value, for which this encoding has no form.
    #[error("the value is unknown")]
    Unknown,
    /// An infinite number, for which this encoding has no form.
    #[error("the number is infinite")]
    Infinite,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// Text or a collection of more than `u32::MAX` bytes or elements.
    #[error("too long for the encoding")]
    TooLong,
}

macro_rules! located {
    ($error:ident, $problem:ident) => {
        impl $error {
            /// Where it is, from the outermost value.
            pub fn path(&self) -> &Path {
                &self.path
            }

            /// What it is.
            pub fn problem(&self) -> &$problem {
                &self.problem
            }

            /// The same error as seen from the value around.
            pub(crate) fn inside(mut self, step: Step) -> Self {
                self.path.prepend(step);
                self
            }
        }

        impl<P: Into<$problem>> From<P> for $error {
            fn from(problem: P) -> Self {
                Self {
                    path: Path::root(),
                    problem: problem.into(),
                }
            }
        }

        impl fmt::Display for $error {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                if !self.path.is_root() {
                    write!(formatter, "{}: ", self.path)?;
                }
                self.problem.fmt(formatter)
            }
        }
    };
}

located!(DecodeError, DecodeProblem);
located!(EncodeError, EncodeProblem);
