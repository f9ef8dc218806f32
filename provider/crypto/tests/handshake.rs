//! Real TLS handshakes: a P-521 client certificate is verified, and a signature made by another key is refused.

#![allow(
    clippy::unwrap_used,
    reason = "in a test an unexpected error is a failure"
)]

use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct,
    DistinguishedName, Error, RootCertStore, ServerConfig, ServerConnection, SignatureScheme,
    SupportedProtocolVersion, version,
};
use rustls_ring_p521::provider;
use rustls_ring_p521::signing::P521Key;

#[test]
fn a_p521_client_certificate_is_verified_in_tls_1_3() {
    let key = P521Key::generate();
    let certificate = key.self_signed_certificate().unwrap();
    let outcome = handshake(key.certified(certificate.clone()), &version::TLS13);
    assert_eq!(outcome, Ok(Some(certificate)));
}

#[test]
fn a_p521_client_certificate_is_verified_in_tls_1_2() {
    let key = P521Key::generate();
    let certificate = key.self_signed_certificate().unwrap();
    let outcome = handshake(key.certified(certificate.clone()), &version::TLS12);
    assert_eq!(outcome, Ok(Some(certificate)));
}

#[test]
fn a_signature_by_another_key_is_refused() {
    let certificate = P521Key::generate().self_signed_certificate().unwrap();
    let impostor = P521Key::generate().certified(certificate);
    let outcome = handshake(impostor, &version::TLS13);
    assert_eq!(
        outcome,
        Err(Error::InvalidCertificate(CertificateError::BadSignature))
    );
}

#[test]
fn ring_alone_does_not_know_the_scheme() {
    let scheme = SignatureScheme::ECDSA_NISTP521_SHA512;
    let ring = rustls::crypto::ring::default_provider();
    assert!(
        !ring
            .signature_verification_algorithms
            .supported_schemes()
            .contains(&scheme)
    );
    assert!(
        provider()
            .signature_verification_algorithms
            .supported_schemes()
            .contains(&scheme)
    );
}

/// The client certificate the server accepted, or the error that ended the handshake on its side.
fn handshake(
    client: CertifiedKey,
    version: &'static SupportedProtocolVersion,
) -> Result<Option<CertificateDer<'static>>, Error> {
    let server_key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(server_key.cert.der().clone()).unwrap();

    let server = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[version])
        .unwrap()
        .with_client_cert_verifier(Arc::new(AnyKnownKey))
        .with_single_cert(
            vec![server_key.cert.der().clone()],
            PrivatePkcs8KeyDer::from(server_key.signing_key.serialize_der()).into(),
        )
        .unwrap();
    let client = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_client_cert_resolver(Arc::new(SingleCertAndKey::from(client)));

    let mut server = ServerConnection::new(Arc::new(server)).unwrap();
    let mut client =
        ClientConnection::new(Arc::new(client), ServerName::try_from("localhost").unwrap())
            .unwrap();
    while server.is_handshaking() || client.is_handshaking() {
        let mut wire = Vec::new();
        client.write_tls(&mut wire).unwrap();
        server.read_tls(&mut wire.as_slice()).unwrap();
        let verdict = server.process_new_packets();

        let mut wire = Vec::new();
        server.write_tls(&mut wire).unwrap();
        client.read_tls(&mut wire.as_slice()).unwrap();
        let answer = client.process_new_packets();
        if let Err(error) = verdict {
            assert_eq!(
                answer.unwrap_err(),
                Error::AlertReceived(AlertDescription::DecryptError)
            );
            return Err(error);
        }
        answer.unwrap();
    }
    Ok(server
        .peer_certificates()
        .map(|certificates| certificates[0].clone()))
}

/// Accepts every certificate whose holder proves that he has its key.
#[derive(Debug)]
struct AnyKnownKey;

impl ClientCertVerifier for AnyKnownKey {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _certificate: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = provider().signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, &algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = provider().signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}
