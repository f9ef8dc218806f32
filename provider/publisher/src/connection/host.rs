//! Who answers at an address, as messages call it.

use std::fmt;

use super::Address;

/// A publisher, or another node of its cluster. It prints as `publisher at imp-pub.example.com:8443`, or as
/// `node imp-sub.example.com at 10.20.0.3:8443`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Host(String);

impl Host {
    /// `node` is the name of a node that is not the publisher.
    pub(super) fn new(node: Option<&str>, address: &Address) -> Self {
        Self(match node {
            None => format!("publisher at {address}"),
            Some(name) if name == address.host() => format!("node {address}"),
            Some(name) => format!("node {name} at {address}"),
        })
    }
}

impl fmt::Display for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_node_than_the_publisher_is_named() {
        let name = "imp-sub.example.com";
        for (node, address, words) in [
            (None, name, "publisher at imp-sub.example.com:8443"),
            (Some(name), name, "node imp-sub.example.com:8443"),
            (
                Some(name),
                "10.20.0.3",
                "node imp-sub.example.com at 10.20.0.3:8443",
            ),
        ] {
            let host = Host::new(node, &address.parse().unwrap());
            assert_eq!(host.to_string(), words);
        }
    }
}
