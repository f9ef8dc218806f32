//! What the host says through environment variables, read once and in one place.
//!
//! Knows no default and opens nothing: the rooms that use a setting decide what its absence means.

use std::ffi::OsString;
use std::path::PathBuf;

/// The settings of go-plugin's protocol.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct HostEnvironment {
    /// The magic cookie: proof that a host, not a person, started the process.
    pub(crate) cookie: Option<String>,
    /// `PLUGIN_PROTOCOL_VERSIONS`: the application protocols the host speaks, in any order.
    /// `None` when the variable is missing.
    pub(crate) protocol_versions: Option<Vec<u32>>,
    /// `PLUGIN_CLIENT_CERT`: the PEM of the only client to be let in. `None`: no TLS.
    pub(crate) client_certificate: Option<String>,
    /// Where and for whom to listen.
    pub(crate) listener: ListenerEnvironment,
    /// `PLUGIN_MULTIPLEX_GRPC`: the host expects a seventh field in the handshake.
    pub(crate) multiplexing_asked: bool,
}

/// Where and for whom to listen.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ListenerEnvironment {
    /// `PLUGIN_UNIX_SOCKET_DIR`: the folder for the socket, instead of the temporary folder.
    pub(crate) directory: Option<PathBuf>,
    /// `PLUGIN_UNIX_SOCKET_GROUP`: name or number of the group that may connect.
    pub(crate) group: Option<String>,
    /// `PLUGIN_MIN_PORT`, for TCP.
    pub(crate) min_port: Option<String>,
    /// `PLUGIN_MAX_PORT`, for TCP.
    pub(crate) max_port: Option<String>,
}

impl HostEnvironment {
    /// Reads the environment of this process.
    pub(crate) fn read(cookie_key: &str) -> Self {
        Self::from_lookup(cookie_key, |name| std::env::var_os(name))
    }

    /// An empty variable counts as missing, as in Go.
    fn from_lookup(cookie_key: &str, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let raw = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let text = |name: &str| raw(name).map(|value| value.to_string_lossy().into_owned());
        Self {
            cookie: text(cookie_key),
            protocol_versions: text("PLUGIN_PROTOCOL_VERSIONS").map(|list| parse_versions(&list)),
            client_certificate: text("PLUGIN_CLIENT_CERT"),
            listener: ListenerEnvironment {
                directory: raw("PLUGIN_UNIX_SOCKET_DIR").map(PathBuf::from),
                group: text("PLUGIN_UNIX_SOCKET_GROUP"),
                min_port: text("PLUGIN_MIN_PORT"),
                max_port: text("PLUGIN_MAX_PORT"),
            },
            multiplexing_asked: raw("PLUGIN_MULTIPLEX_GRPC").is_some(),
        }
    }
}

/// Go joins the keys of a map, so the order means nothing. What is no number is passed over.
fn parse_versions(list: &str) -> Vec<u32> {
    list.split(',')
        .filter_map(|version| version.trim().parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> HostEnvironment {
        HostEnvironment::from_lookup("COOKIE", |name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn what_terraform_sets_is_understood() {
        let environment = read(&[
            ("COOKIE", "d602"),
            ("PLUGIN_MIN_PORT", "10000"),
            ("PLUGIN_MAX_PORT", "25000"),
            ("PLUGIN_PROTOCOL_VERSIONS", "6,5"),
            ("PLUGIN_CLIENT_CERT", "-----BEGIN CERTIFICATE-----\n"),
        ]);
        assert_eq!(environment.cookie.as_deref(), Some("d602"));
        assert_eq!(environment.protocol_versions, Some(vec![6, 5]));
        assert!(environment.client_certificate.is_some());
        assert_eq!(environment.listener.min_port.as_deref(), Some("10000"));
        assert!(!environment.multiplexing_asked);
    }

    #[test]
    fn an_empty_variable_is_a_missing_one() {
        let environment = read(&[
            ("COOKIE", ""),
            ("PLUGIN_CLIENT_CERT", ""),
            ("PLUGIN_MULTIPLEX_GRPC", ""),
            ("PLUGIN_UNIX_SOCKET_DIR", ""),
        ]);
        assert_eq!(environment, HostEnvironment::default());
    }

    #[test]
    fn versions_that_are_no_numbers_are_passed_over() {
        assert_eq!(parse_versions("5, 6,x,,-1"), [5, 6]);
    }
}
