//! The address of a publisher.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use crate::domain::Invalid;

/// A host name or IP address, and a port: `imp-pub.example.com`, `10.0.0.5:8443`, `[2001:db8::1]:8443`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Address {
    host: String,
    port: u16,
}

impl Address {
    /// The port of the administration services.
    pub const DEFAULT_PORT: u16 = 8443;

    /// The host name, or the IP address without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl FromStr for Address {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let invalid = |why: &str| {
            Err(Invalid::new(format!(
                "{text:?} is not the address of a publisher: {why}. Write a host name or an IP address, with \
                 \":port\" where it is not 8443."
            )))
        };
        if text.contains("://") || text.contains('/') || text.contains('@') {
            return invalid("it is a URL or part of one");
        }
        if let Ok(address) = text.parse::<Ipv6Addr>() {
            return Ok(Self {
                host: address.to_string(),
                port: Self::DEFAULT_PORT,
            });
        }
        let (host, port) = match text.strip_prefix('[').map(|rest| rest.split_once(']')) {
            Some(Some((host, rest))) => {
                if host.parse::<Ipv6Addr>().is_err() {
                    return invalid("what stands in brackets is no IPv6 address");
                }
                (
                    host,
                    rest.strip_prefix(':')
                        .or((!rest.is_empty()).then_some(rest)),
                )
            }
            Some(None) => return invalid("the bracket is not closed"),
            None => match text.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            },
        };
        let port = match port.map(str::parse::<u16>) {
            None => Self::DEFAULT_PORT,
            Some(Ok(port)) if port > 0 => port,
            Some(_) => return invalid("the port is no number from 1 to 65535"),
        };
        let name = |text: &str| {
            !text.is_empty()
                && text.len() <= 253
                && text.split('.').all(|label| {
                    !label.is_empty()
                        && label
                            .bytes()
                            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                })
        };
        if host.parse::<IpAddr>().is_err() && !name(host) {
            return invalid("a host name has letters, digits, dashes and dots");
        }
        Ok(Self {
            host: host.to_owned(),
            port,
        })
    }
}

impl fmt::Display for Address {
    /// As it stands in a URL.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(formatter, "[{}]:{}", self.host, self.port)
        } else {
            write!(formatter, "{}:{}", self.host, self.port)
        }
    }
}
