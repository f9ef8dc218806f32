//! The version of the AXL interface.

use std::fmt;
use std::str::FromStr;

use crate::domain::Invalid;

/// A version of the AXL interface, such as 12.5 or 14.0.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AxlVersion {
    major: u16,
    minor: u16,
}

impl AxlVersion {
    /// The version that is spoken to a publisher which has not said yet what it runs or supports.
    pub const FIRST_TRIED: Self = Self {
        major: 12,
        minor: 5,
    };

    /// The AXL version of a release: that of `12.5.1.17900-64` is 12.5.
    pub fn of_release(release: &str) -> Option<Self> {
        let mut numbers = release.split(['.', '-']);
        Some(Self {
            major: numbers.next()?.parse().ok()?,
            minor: numbers.next()?.parse().ok()?,
        })
    }
}

impl FromStr for AxlVersion {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let version = text.split_once('.').and_then(|(major, minor)| {
            Some(Self {
                major: major.parse().ok()?,
                minor: minor.parse().ok()?,
            })
        });
        version.ok_or_else(|| {
            Invalid::new(format!(
                "{text:?} is not an AXL version. Write two numbers with a dot, such as \"12.5\"."
            ))
        })
    }
}

impl fmt::Display for AxlVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}
