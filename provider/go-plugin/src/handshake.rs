//! The handshake: the one line a plugin writes to standard output.

use std::fmt;
use std::io::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::listener::Address;

/// `1|6|unix|/path|grpc|<certificate>`: core protocol, application protocol, network, address,
/// kind, certificate. go-plugin's `client.go` reads it.
pub(crate) struct Handshake<'a> {
    /// The application protocol, 6 for a Terraform provider.
    pub(crate) protocol_version: u32,
    /// Where the plugin listens.
    pub(crate) address: &'a Address,
    /// The plugin's certificate in DER: the only root the host will trust. `None`: plaintext.
    pub(crate) certificate: Option<&'a [u8]>,
    /// Whether the host asked if the broker multiplexes; it does not.
    pub(crate) multiplexing_asked: bool,
}

impl Handshake<'_> {
    /// Writes the line. From here on the host may connect.
    pub(crate) fn announce(&self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(format!("{self}\n").as_bytes())?;
        stdout.flush()
    }
}

impl fmt::Display for Handshake<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Address { network, address } = self.address;
        write!(
            formatter,
            "1|{}|{network}|{address}|grpc|",
            self.protocol_version
        )?;
        if let Some(certificate) = self.certificate {
            formatter.write_str(&STANDARD_NO_PAD.encode(certificate))?;
        }
        if self.multiplexing_asked {
            formatter.write_str("|false")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(certificate: Option<&[u8]>, multiplexing_asked: bool) -> String {
        let address = Address {
            network: "unix",
            address: "/tmp/plugin1/s".to_owned(),
        };
        Handshake {
            protocol_version: 6,
            address: &address,
            certificate,
            multiplexing_asked,
        }
        .to_string()
    }

    #[test]
    fn the_certificate_is_standard_base64_without_padding() {
        assert_eq!(
            line(Some(&[0xfb, 0xff, 0xfe, 0x01]), false),
            "1|6|unix|/tmp/plugin1/s|grpc|+//+AQ"
        );
    }

    #[test]
    fn the_last_separator_stays_without_a_certificate() {
        assert_eq!(line(None, false), "1|6|unix|/tmp/plugin1/s|grpc|");
    }

    #[test]
    fn multiplexing_is_denied_only_when_asked_for() {
        assert_eq!(line(None, true), "1|6|unix|/tmp/plugin1/s|grpc||false");
    }
}
