//! The next hop of a static route.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::IpAddr;
use std::str::FromStr;

use super::invalid::{Invalid, shown};

/// Where a static route leads, as the *Next Hop* field takes it: an IP address, a host name, or the name
/// of a DNS SRV record.
///
/// Names that differ in case alone, and addresses that are the same, are equal; the spelling is kept.
#[derive(Clone, Debug)]
pub struct NextHop {
    text: String,
    address: Option<IpAddr>,
}

impl NextHop {
    /// The greatest number of characters.
    pub const MAX_LENGTH: usize = 255;

    /// The next hop as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The IP address, where it is one.
    pub fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// A next hop as a publisher stores it, whether or not the administration page would take it. `None` for
    /// an empty text.
    pub fn as_stored(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self {
            text: text.to_owned(),
            address: text.parse().ok(),
        })
    }

    /// Refuses an address that no host has, which nothing can be routed to. The predefined route has such a
    /// one, and no other route should.
    pub fn check_host(&self) -> Result<(), Invalid> {
        match self.address {
            Some(address) if address.is_unspecified() || address.is_multicast() => {
                Err(Invalid::new(format!(
                    "{} is not the address of a host. Write the address of a specific front-end or Standard \
                     Edition server, such as \"10.20.0.15\".",
                    shown(&self.text)
                )))
            }
            _ => Ok(()),
        }
    }

    fn comparable(&self) -> String {
        self.address.map_or_else(
            || self.text.to_ascii_lowercase(),
            |address| address.to_string(),
        )
    }
}

impl FromStr for NextHop {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self {
                text: text.to_owned(),
                address: Some(address),
            });
        }
        match name_problem(text) {
            Some(problem) => Err(Invalid::new(problem)),
            None => Ok(Self {
                text: text.to_owned(),
                address: None,
            }),
        }
    }
}

fn name_problem(text: &str) -> Option<String> {
    const EXAMPLE: &str = "Write an IP address such as \"10.20.0.15\", or a host name";
    if text.is_empty() {
        return Some(format!("A next hop must not be empty. {EXAMPLE}."));
    }
    if text.len() > NextHop::MAX_LENGTH {
        return Some(format!(
            "{} has {} characters; a next hop has at most {}.",
            shown(text),
            text.chars().count(),
            NextHop::MAX_LENGTH
        ));
    }
    if text.contains(':') || text.contains('/') {
        return Some(format!(
            "{} is neither an IP address nor a host name. {EXAMPLE}, without a scheme; the port has an \
             attribute of its own.",
            shown(text)
        ));
    }
    let numeric = text
        .split('.')
        .all(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    if numeric {
        return Some(format!(
            "{} is not an IPv4 address: it takes four numbers from 0 to 255. {EXAMPLE}.",
            shown(text)
        ));
    }
    // The underscore is for the service and protocol labels of an SRV record.
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    (!text.split('.').all(label)).then(|| {
        format!(
            "{} is not a host name: each part between dots has 1 to 63 letters, digits and dashes, with no \
             dash at its ends. {EXAMPLE}.",
            shown(text)
        )
    })
}

impl fmt::Display for NextHop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl PartialEq for NextHop {
    fn eq(&self, other: &Self) -> bool {
        self.comparable() == other.comparable()
    }
}

impl Eq for NextHop {}

impl Hash for NextHop {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.comparable().hash(state);
    }
}
