//! The one rustls crypto provider of this tree: ring, extended by ECDSA P-521 verification.
//!
//! Terraform and OpenTofu present a P-521 client certificate to every plugin, and Cisco's servers may hold P-521
//! keys; ring knows neither. Everything else (cipher suites, key exchange, random numbers, signing keys) is ring's.
//!
//! Every rustls configuration of this tree is made with `builder_with_provider(rustls_ring_p521::provider())`, so that
//! no process-wide default decides, and no second crypto library is linked.

mod verify;

#[cfg(feature = "signing")]
pub mod signing;

use std::sync::{Arc, LazyLock};

use rustls::SignatureScheme;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::SignatureVerificationAlgorithm;

pub use verify::{ECDSA_P521_SHA256, ECDSA_P521_SHA384, ECDSA_P521_SHA512};

/// The crypto provider: ring, and P-521 signatures verified with RustCrypto's `p521`.
///
/// Built at the first call; every later call is a reference count.
pub fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: LazyLock<Arc<CryptoProvider>> = LazyLock::new(|| {
        Arc::new(CryptoProvider {
            signature_verification_algorithms: WebPkiSupportedAlgorithms {
                all: &ALGORITHMS,
                mapping: &SCHEMES,
            },
            ..rustls::crypto::ring::default_provider()
        })
    });
    Arc::clone(&PROVIDER)
}

type Algorithm = &'static dyn SignatureVerificationAlgorithm;

/// Every algorithm a certificate in a chain may be signed with.
static ALGORITHMS: LazyLock<Vec<Algorithm>> = LazyLock::new(|| {
    let mut algorithms = ring_algorithms().all.to_vec();
    algorithms.extend([ECDSA_P521_SHA512, ECDSA_P521_SHA384, ECDSA_P521_SHA256]);
    algorithms
});

/// What each TLS signature scheme may mean. TLS 1.3 binds a scheme to its first algorithm; in TLS 1.2 a scheme names
/// only the hash, so that a P-521 key may sign with any of them.
static SCHEMES: LazyLock<Vec<(SignatureScheme, &'static [Algorithm])>> = LazyLock::new(|| {
    let ecdsa_sha384: Algorithms = &ECDSA_SHA384;
    let ecdsa_sha256: Algorithms = &ECDSA_SHA256;
    let mut schemes: Vec<(SignatureScheme, Algorithms)> = ring_algorithms()
        .mapping
        .iter()
        .map(|&(scheme, algorithms)| match scheme {
            SignatureScheme::ECDSA_NISTP384_SHA384 => (scheme, ecdsa_sha384),
            SignatureScheme::ECDSA_NISTP256_SHA256 => (scheme, ecdsa_sha256),
            _ => (scheme, algorithms),
        })
        .collect();
    schemes.push((SignatureScheme::ECDSA_NISTP521_SHA512, ECDSA_SHA512));
    schemes
});

type Algorithms = &'static [Algorithm];

static ECDSA_SHA512: Algorithms = &[ECDSA_P521_SHA512];
static ECDSA_SHA384: LazyLock<Vec<Algorithm>> =
    LazyLock::new(|| with_p521(SignatureScheme::ECDSA_NISTP384_SHA384, ECDSA_P521_SHA384));
static ECDSA_SHA256: LazyLock<Vec<Algorithm>> =
    LazyLock::new(|| with_p521(SignatureScheme::ECDSA_NISTP256_SHA256, ECDSA_P521_SHA256));

fn with_p521(scheme: SignatureScheme, p521: Algorithm) -> Vec<Algorithm> {
    let ring = ring_algorithms()
        .mapping
        .iter()
        .find(|(name, _)| *name == scheme);
    let mut algorithms = ring.map_or_else(Vec::new, |(_, algorithms)| algorithms.to_vec());
    algorithms.push(p521);
    algorithms
}

fn ring_algorithms() -> WebPkiSupportedAlgorithms {
    rustls::crypto::ring::default_provider().signature_verification_algorithms
}
