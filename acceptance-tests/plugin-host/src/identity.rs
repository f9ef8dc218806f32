//! The host's certificates: P-521, self-signed, made once a process as they cost milliseconds.

use std::sync::{Arc, LazyLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::sign::CertifiedKey;
use rustls_ring_p521::signing::{P521Key, SigningError};

/// The certificate the plugin is told to let in.
pub(crate) fn own() -> Arc<CertifiedKey> {
    static OWN: LazyLock<Arc<CertifiedKey>> = LazyLock::new(generate);
    Arc::clone(&OWN)
}

/// Somebody else's certificate, made in the same way.
pub(crate) fn foreign() -> Arc<CertifiedKey> {
    static FOREIGN: LazyLock<Arc<CertifiedKey>> = LazyLock::new(generate);
    Arc::clone(&FOREIGN)
}

/// The certificate as `PLUGIN_CLIENT_CERT` carries it.
pub(crate) fn pem(identity: &CertifiedKey) -> String {
    let der = identity.cert.first().map(AsRef::as_ref).unwrap_or_default();
    let base64 = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, next) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = next;
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

fn generate() -> Arc<CertifiedKey> {
    let key = P521Key::generate();
    let certificate: Result<_, SigningError> = key.self_signed_certificate();
    match certificate {
        Ok(certificate) => Arc::new(key.certified(certificate)),
        // Nothing but a system without random numbers can bring this about.
        Err(error) => panic!("the host cannot make a certificate: {error}"),
    }
}
