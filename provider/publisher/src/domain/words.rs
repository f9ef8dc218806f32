//! The fields whose values come from a short list.

use std::fmt;
use std::str::FromStr;

use super::Port;
use super::invalid::{Invalid, shown};

/// The transport of a static route: the *Protocol Type* field.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Protocol {
    /// SIP over TLS.
    Tls,
    /// SIP over TCP.
    Tcp,
    /// SIP over UDP.
    Udp,
}

/// Whether a pattern stands for a user or a domain: the *Route Type* field.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RouteType {
    /// A domain; the pattern begins with a dot.
    Domain,
    /// A user.
    User,
}

/// What a federated domain is reached through: the *Integration Type* field.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum IntegrationType {
    /// *Inter-domain to OCS/Lync* and its later names.
    OcsLync,
    /// *Inter-domain to AOL*.
    Aol,
    /// *Inter-domain to XMPP*: kept in the same table, managed by other pages.
    Xmpp,
}

impl Protocol {
    /// The port that Cisco's guides give for this protocol.
    pub fn usual_port(self) -> Port {
        match self {
            Self::Tls => Port::TLS,
            Self::Tcp | Self::Udp => Port::SIP,
        }
    }
}

macro_rules! words {
    ($name:ident, $what:literal, $($variant:ident = $word:literal),+) => {
        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it in configurations and schema profiles.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(Invalid::new(format!(
                        concat!("{} is not ", $what, ". Write {}."),
                        shown(text),
                        [$(concat!("\"", $word, "\"")),+].join(" or "),
                    ))),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}

words!(
    Protocol,
    "a protocol",
    Tls = "TLS",
    Tcp = "TCP",
    Udp = "UDP"
);
words!(RouteType, "a route type", Domain = "domain", User = "user");
words!(
    IntegrationType,
    "an integration type",
    OcsLync = "ocs_lync",
    Aol = "aol",
    Xmpp = "xmpp"
);
