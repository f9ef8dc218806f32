//! The numbers of a static route.

use std::fmt;
use std::str::FromStr;

use super::invalid::{Invalid, shown};

/// The port of a next hop, 0 to 65535. 0 means that the next hop is the name of a DNS SRV record.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Port(u16);

/// Which of several routes comes first: 1 to 65535, and the lower number wins.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Priority(u16);

/// The share of a route among those of the same priority: 1 to 65535.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Weight(u16);

impl Port {
    /// Where IM and Presence sends TLS to a Microsoft server.
    pub const TLS: Self = Self(5061);
    /// Where SIP over TCP or UDP goes.
    pub const SIP: Self = Self(5060);

    /// Whether the next hop is the name of a DNS SRV record.
    pub fn is_srv(self) -> bool {
        self.0 == 0
    }
}

macro_rules! number {
    ($name:ident, $least:literal, $what:literal) => {
        impl $name {
            /// The number.
            pub fn get(self) -> u16 {
                self.0
            }
        }

        impl TryFrom<i64> for $name {
            type Error = Invalid;

            fn try_from(number: i64) -> Result<Self, Invalid> {
                match u16::try_from(number) {
                    Ok(number) if ($least..=u16::MAX).contains(&number) => Ok(Self(number)),
                    _ => Err(Invalid::new(format!(
                        "{number} is out of range. {} is a whole number from {} to 65535.",
                        $what, $least
                    ))),
                }
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                let number: i64 = text.parse().map_err(|_| {
                    Invalid::new(format!(
                        "{} is not a number. {} is a whole number from {} to 65535.",
                        shown(text),
                        $what,
                        $least
                    ))
                })?;
                Self::try_from(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

number!(Port, 0, "A port");
number!(Priority, 1, "A priority");
number!(Weight, 1, "A weight");
