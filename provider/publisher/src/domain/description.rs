//! The description of a federated domain or static route.

use std::fmt;
use std::str::FromStr;

use super::invalid::{Invalid, shown};

/// A description, 1 to 255 characters on one line. An empty one is no description: a publisher does not
/// tell an empty text from none.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Description(String);

impl Description {
    /// The greatest number of characters.
    pub const MAX_LENGTH: usize = 255;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Description {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let length = text.chars().count();
        let problem = if text.is_empty() {
            "A description must not be empty: a publisher does not tell an empty description from none. \
             Leave it out instead."
                .to_owned()
        } else if length > Self::MAX_LENGTH {
            format!(
                "{} has {length} characters; a description has at most {}.",
                shown(text),
                Self::MAX_LENGTH
            )
        } else if text.chars().any(char::is_control) {
            format!(
                "{} contains a line break or another control character. Write a description on one line.",
                shown(text)
            )
        } else if text.trim() != text {
            // Informix pads and trims, so that such spaces would come back changed.
            format!(
                "{} begins or ends with a space. Leave the space out.",
                shown(text)
            )
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(Invalid::new(problem))
    }
}

impl fmt::Display for Description {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
