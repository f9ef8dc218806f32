//! The primary key of a row.

use std::fmt;
use std::str::FromStr;

use super::invalid::{Invalid, shown};

/// The primary key of a row: a UUID, lower case and without braces, as SQL sees it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Pkid(String);

impl Pkid {
    /// A new random key. The client makes the keys of its rows itself, so that a row whose creation was
    /// never confirmed is recognised when it is found.
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4().hyphenated().to_string())
    }

    /// What stands for a key in a statement that is only shown.
    pub(crate) fn placeholder(whose: &str) -> Self {
        Self(format!("<pkid of {whose}>"))
    }

    /// The key as SQL takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Pkid {
    type Err = Invalid;

    /// Also reads the form of the administration XML: upper case, in braces.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        uuid::Uuid::try_parse(text)
            .map(|uuid| Self(uuid.hyphenated().to_string()))
            .map_err(|_| {
                Invalid::new(format!(
                    "{} is not a pkid. A pkid looks like \"5d0b0f3c-4a52-4b6f-8a30-2f7f0b1c9e11\".",
                    shown(text)
                ))
            })
    }
}

impl fmt::Display for Pkid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
