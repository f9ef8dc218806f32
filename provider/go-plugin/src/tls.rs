//! Mutual TLS as go-plugin's AutoMTLS does it: each side knows the other's very certificate.
//!
//! Terraform's client certificate is a self-signed P-521 certificate authority that serves as a leaf
//! at the same time. A chain cannot be verified there, and need not be: only the holder of the key
//! of the certificate named in `PLUGIN_CLIENT_CERT` is let in.

use std::sync::Arc;

use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{NoServerSessionStorage, ParsedCertificate};
use rustls::version::TLS13;
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, ServerConfig, SignatureScheme,
};
use subtle::ConstantTimeEq as _;

/// Why there can be no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// `PLUGIN_CLIENT_CERT` holds no PEM certificate.
    #[error("PLUGIN_CLIENT_CERT, which the host sets, is not a certificate in PEM form")]
    ClientCertificatePem(#[source] pem::Error),
    /// `PLUGIN_CLIENT_CERT` holds something else than an X.509 certificate.
    #[error("PLUGIN_CLIENT_CERT, which the host sets, is not an X.509 certificate")]
    ClientCertificate(#[source] rustls::Error),
    /// Our own key or certificate could not be made.
    #[error("the plugin cannot make a certificate of its own")]
    OwnCertificate(#[from] rcgen::Error),
    /// rustls refuses the settings.
    #[error("the plugin cannot configure TLS")]
    Configuration(#[from] rustls::Error),
}

/// The server's half of the connection.
pub(crate) struct ServerTls {
    /// For the acceptor.
    pub(crate) config: Arc<ServerConfig>,
    /// Our certificate, for the handshake line.
    pub(crate) certificate: CertificateDer<'static>,
}

impl ServerTls {
    /// TLS that lets in the holder of this certificate and nobody else.
    pub(crate) fn pinned_to(client_certificate_pem: &str) -> Result<Self, TlsError> {
        let pinned = CertificateDer::from_pem_slice(client_certificate_pem.as_bytes())
            .map_err(TlsError::ClientCertificatePem)?;
        ParsedCertificate::try_from(&pinned).map_err(TlsError::ClientCertificate)?;

        let provider = rustls_ring_p521::provider();
        let (certificate, key) = own_certificate()?;
        // Every Go since 1.13 speaks TLS 1.3, and Terraform has been built with later ones since 0.15.
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&[&TLS13])?
            .with_client_cert_verifier(PinnedClient::new(pinned, &provider))
            .with_single_cert(vec![certificate.clone()], key.into())?;
        // grpc-go refuses a server that does not negotiate HTTP/2.
        config.alpn_protocols = vec![b"h2".to_vec()];
        // A host connects once: tickets and sessions would never be used.
        config.send_tls13_tickets = 0;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        Ok(Self {
            config: Arc::new(config),
            certificate,
        })
    }
}

/// A P-256 key, which costs nothing to make beside Terraform's P-521, and a certificate for `localhost`.
fn own_certificate() -> Result<(CertificateDer<'static>, PrivatePkcs8KeyDer<'static>), rcgen::Error>
{
    let key = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256)?;
    let mut params = CertificateParams::new(["localhost".to_owned()])?;
    params
        .distinguished_name
        .push(DnType::CommonName, "localhost");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![
        ExtendedKeyUsagePurpose::ServerAuth,
        ExtendedKeyUsagePurpose::ClientAuth,
    ];
    // The certificate dies with the process; fixed dates are immune to a clock that is set meanwhile.
    params.not_before = date_time_ymd(2000, 1, 1);
    params.not_after = date_time_ymd(2100, 1, 1);
    let certificate = params.self_signed(&key)?;
    Ok((
        certificate.der().clone(),
        PrivatePkcs8KeyDer::from(key.serialize_der()),
    ))
}

/// Accepts one certificate, byte for byte, and only from him who signs with its key.
#[derive(Debug)]
struct PinnedClient {
    certificate: CertificateDer<'static>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl PinnedClient {
    fn new(certificate: CertificateDer<'static>, provider: &CryptoProvider) -> Arc<Self> {
        Arc::new(Self {
            certificate,
            algorithms: provider.signature_verification_algorithms,
        })
    }
}

impl ClientCertVerifier for PinnedClient {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        presented: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        if bool::from(presented.as_ref().ct_eq(self.certificate.as_ref())) {
            Ok(ClientCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pem_is_named() {
        let error = ServerTls::pinned_to("d602bf8f").err().unwrap();
        assert!(
            matches!(error, TlsError::ClientCertificatePem(_)),
            "{error}"
        );
    }

    #[test]
    fn what_is_no_certificate_is_named() {
        let pem = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        let error = ServerTls::pinned_to(pem).err().unwrap();
        assert!(matches!(error, TlsError::ClientCertificate(_)), "{error}");
    }

    #[test]
    fn only_the_very_certificate_is_accepted() {
        let (pinned, _) = own_certificate().unwrap();
        let (other, _) = own_certificate().unwrap();
        let verifier = PinnedClient::new(pinned.clone(), &rustls_ring_p521::provider());
        assert!(verifier.client_auth_mandatory());
        assert!(
            verifier
                .verify_client_cert(&pinned, &[], UnixTime::now())
                .is_ok()
        );
        assert!(
            verifier
                .verify_client_cert(&other, &[], UnixTime::now())
                .is_err()
        );
        assert!(
            verifier
                .verify_client_cert(&other, &[pinned], UnixTime::now())
                .is_err()
        );
    }
}
