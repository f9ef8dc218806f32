//! The line a plugin writes first, read as strictly as go-plugin and a little more.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::HostError;

/// A plugin's handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    /// The application protocol, 6 for a Terraform provider.
    pub protocol_version: u32,
    /// `unix` or `tcp`.
    pub network: String,
    /// A path or `host:port`.
    pub address: String,
    /// The plugin's certificate in DER.
    pub certificate: Option<Vec<u8>>,
    /// The answer to `PLUGIN_MULTIPLEX_GRPC`.
    pub multiplexing: Option<bool>,
}

impl FromStr for Handshake {
    type Err = HostError;

    fn from_str(line: &str) -> Result<Self, HostError> {
        let wrong = |reason| HostError::Handshake {
            reason,
            line: line.to_owned(),
        };
        let fields: Vec<&str> = line.split('|').collect();
        let (fields, multiplexing) = match fields[..] {
            [ref first_six @ .., last] if first_six.len() == 6 => (first_six, Some(last)),
            ref all => (all, None),
        };
        let &[core, version, network, address, kind, certificate] = fields else {
            return Err(wrong("six or seven fields expected"));
        };
        if core != "1" {
            return Err(wrong("the core protocol must be 1"));
        }
        if kind != "grpc" {
            return Err(wrong("the kind must be grpc"));
        }
        if !["unix", "tcp"].contains(&network) {
            return Err(wrong("the network must be unix or tcp"));
        }
        // go-plugin takes a certificate of up to fifty characters for none.
        if (1..=50).contains(&certificate.len()) {
            return Err(wrong("the certificate is too short"));
        }
        let certificate = match certificate {
            "" => None,
            text => Some(
                STANDARD_NO_PAD
                    .decode(text)
                    .map_err(|_| wrong("the certificate is no base64"))?,
            ),
        };
        Ok(Self {
            protocol_version: version
                .parse()
                .map_err(|_| wrong("the version is no number"))?,
            network: network.to_owned(),
            address: address.to_owned(),
            certificate,
            multiplexing: match multiplexing {
                None => None,
                Some("true") => Some(true),
                Some("false") => Some(false),
                Some(_) => return Err(wrong("the seventh field must be true or false")),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_handshake_is_read() {
        let certificate = vec![7; 64];
        let line = format!(
            "1|6|unix|/tmp/p/s|grpc|{}",
            STANDARD_NO_PAD.encode(&certificate)
        );
        let handshake: Handshake = line.parse().unwrap();
        assert_eq!(handshake.certificate, Some(certificate));
        assert_eq!(
            (handshake.protocol_version, handshake.address.as_str()),
            (6, "/tmp/p/s")
        );
        assert_eq!(
            "1|6|tcp|127.0.0.1:1|grpc||false"
                .parse::<Handshake>()
                .unwrap()
                .multiplexing,
            Some(false)
        );
    }

    #[test]
    fn every_wrong_field_is_refused() {
        for line in [
            "",
            "1|6|unix|/s|grpc",
            "2|6|unix|/s|grpc|",
            "1|six|unix|/s|grpc|",
            "1|6|pipe|/s|grpc|",
            "1|6|unix|/s|netrpc|",
            "1|6|unix|/s|grpc|short",
            "1|6|unix|/s|grpc||maybe",
            "1|6|unix|/s|grpc|||",
        ] {
            assert!(
                matches!(line.parse::<Handshake>(), Err(HostError::Handshake { .. })),
                "{line}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read_or_refused(line in "\\PC*") {
            let _ = line.parse::<Handshake>();
        }
    }
}
