//! The destination pattern of a static route.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::DomainName;
use super::invalid::{Invalid, shown};

/// A pattern as the *Destination Pattern* field takes it: a reversed domain behind a dot
/// (`.com.remote`), a reversed host name (`.com.remote.lync`), with or without a final `*`
/// (`.com.remote.*`), or for routes of the type *user* any of these characters.
///
/// No form is ever rewritten into another: Cisco's guides use all of them. Patterns that differ in case
/// alone are equal; the spelling is kept.
#[derive(Clone, Debug)]
pub struct DestinationPattern(String);

impl DestinationPattern {
    /// The greatest number of characters.
    pub const MAX_LENGTH: usize = 255;

    /// The pattern for everything in a domain: `remote.com` becomes `.com.remote`.
    pub fn from_domain(domain: &DomainName) -> Self {
        let mut pattern = String::with_capacity(domain.as_str().len() + 1);
        for label in domain.as_str().rsplit('.') {
            pattern.push('.');
            pattern.push_str(label);
        }
        Self(pattern)
    }

    /// The domain, where the pattern is a plain reversed name; `None` where it is anything else.
    pub fn domain(&self) -> Option<DomainName> {
        let reversed = self.0.strip_prefix('.')?;
        let labels: Vec<&str> = reversed.rsplit('.').collect();
        labels.join(".").parse().ok()
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it begins with a dot, as patterns of the route type *domain* must.
    pub fn starts_with_dot(&self) -> bool {
        self.0.starts_with('.')
    }

    /// How many labels of a domain the pattern begins with, where it begins with all of them; `None`
    /// where it leads elsewhere. `.com.remote.lync` begins with both labels of `remote.com`.
    pub fn labels_within(&self, domain: &DomainName) -> Option<usize> {
        let mut labels = self.0.strip_prefix('.')?.split('.');
        let mut count = 0;
        for label in domain.labels().rev() {
            if !labels.next()?.eq_ignore_ascii_case(&label) {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// Which of these domains the pattern belongs to: the one whose reversed name is its longest prefix,
    /// label by label.
    pub fn owner<'a>(
        &self,
        domains: impl IntoIterator<Item = &'a DomainName>,
    ) -> Option<&'a DomainName> {
        domains
            .into_iter()
            .filter_map(|domain| Some((self.labels_within(domain)?, domain)))
            .max_by_key(|(labels, _)| *labels)
            .map(|(_, domain)| domain)
    }
}

impl FromStr for DestinationPattern {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let problem = if text.is_empty() {
            "A destination pattern must not be empty. Write a reversed domain behind a dot, such as \
             \".com.remote\" for remote.com."
                .to_owned()
        } else if text.len() > Self::MAX_LENGTH {
            format!(
                "{} has {} characters; a destination pattern has at most {}.",
                shown(text),
                text.chars().count(),
                Self::MAX_LENGTH
            )
        } else if let Some(bad) = text.chars().find(|character| {
            !(character.is_ascii_alphanumeric()
                || matches!(character, '*' | '+' | '.' | '-' | '\\'))
        }) {
            format!(
                "{} contains {bad:?}. A destination pattern has letters, digits and * + . - \\ only.",
                shown(text)
            )
        } else if has_inner_asterisk(text) {
            format!(
                "{} has an asterisk in the middle. An asterisk is allowed at the end only, or escaped as \\*.",
                shown(text)
            )
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(Invalid::new(problem))
    }
}

fn has_inner_asterisk(text: &str) -> bool {
    let mut escaped = false;
    text.char_indices().any(|(index, character)| {
        let inner = character == '*' && !escaped && index + 1 < text.len();
        escaped = character == '\\' && !escaped;
        inner
    })
}

impl fmt::Display for DestinationPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl PartialEq for DestinationPattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for DestinationPattern {}

impl Hash for DestinationPattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_ascii_lowercase().hash(state);
    }
}
