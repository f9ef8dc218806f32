//! The name of a federated domain.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::invalid::{Invalid, shown};

/// The name of a domain, as the *Domain Name* field takes it: 1 to 128 letters, digits, dashes and dots.
///
/// Names that differ in case alone are equal; the spelling is kept.
#[derive(Clone, Debug)]
pub struct DomainName(String);

impl DomainName {
    /// The greatest number of characters.
    pub const MAX_LENGTH: usize = 128;

    /// The name as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The labels from left to right, in lower case.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = String> + '_ {
        self.0.split('.').map(str::to_ascii_lowercase)
    }
}

impl FromStr for DomainName {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let problem = if text.is_empty() {
            "A domain name must not be empty. Write a name such as \"remote.com\".".to_owned()
        } else if text.starts_with('.') {
            format!(
                "{} begins with a dot, as a destination pattern does. Write the domain itself, such as \"remote.com\".",
                shown(text)
            )
        } else if text.len() > Self::MAX_LENGTH {
            format!(
                "{} has {} characters; a domain name has at most {}.",
                shown(text),
                text.chars().count(),
                Self::MAX_LENGTH
            )
        } else if let Some(bad) = text.chars().find(|character| {
            !(character.is_ascii_alphanumeric() || matches!(character, '.' | '-'))
        }) {
            format!(
                "{} contains {bad:?}. A domain name has letters, digits, dashes and dots only; write an \
                 internationalised name in its xn-- form.",
                shown(text)
            )
        } else if text.split('.').any(str::is_empty) {
            format!(
                "{} has an empty part between or after its dots. Write a name such as \"remote.com\".",
                shown(text)
            )
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(Invalid::new(problem))
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl PartialEq for DomainName {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for DomainName {}

impl Hash for DomainName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_ascii_lowercase().hash(state);
    }
}
