//! Which certificates of a publisher are trusted.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::{Connection, Error};

/// The TLS configuration of a connection: TLS 1.2 or later, verified by the system's authorities and the
/// connection's own.
pub(super) fn config(connection: &Connection) -> Result<ClientConfig, Error> {
    let provider = rustls_ring_p521::provider();
    let settings = |problem: String| Error::Settings { problem };
    let verifier: Arc<dyn ServerCertVerifier> = if connection.insecure_skip_verify {
        Arc::new(AnyCertificate(Arc::clone(&provider)))
    } else {
        let own = own_authorities(connection)?;
        let server_name = connection
            .tls_server_name
            .as_ref()
            .map(|name| ServerName::try_from(name.clone()))
            .transpose()
            .map_err(|_| settings("`tls_server_name` is no host name".to_owned()))?;
        let system = Verifier::new_with_extra_roots(own.iter().cloned(), Arc::clone(&provider))
            .map_err(|error| {
                settings(format!(
                    "the certificate authorities cannot be used: {error}"
                ))
            })?;
        Arc::new(Trusted {
            system,
            own,
            server_name,
        })
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| settings(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

fn own_authorities(connection: &Connection) -> Result<Vec<CertificateDer<'static>>, Error> {
    let Some(pem) = &connection.ca_certificates else {
        return Ok(Vec::new());
    };
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Settings {
            problem: format!("`ca_certificate` is not well-formed PEM: {error}"),
        })?;
    if certificates.is_empty() {
        return Err(Error::Settings {
            problem: "`ca_certificate` holds no certificate; it must begin with \"-----BEGIN CERTIFICATE-----\""
                .to_owned(),
        });
    }
    Ok(certificates)
}

/// A certificate that an authority vouches for, or that was itself given as one.
#[derive(Debug)]
struct Trusted {
    system: Verifier,
    own: Vec<CertificateDer<'static>>,
    server_name: Option<ServerName<'static>>,
}

impl ServerCertVerifier for Trusted {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let name = self.server_name.as_ref().unwrap_or(server_name);
        let verified =
            self.system
                .verify_server_cert(end_entity, intermediates, name, ocsp_response, now);
        match verified {
            // Cisco's self-signed certificates say that they are authorities. webpki refuses such a one as a
            // server's own, though it was given here as trusted.
            Err(rustls::Error::InvalidCertificate(CertificateError::Other(error)))
                if is_authority_as_server(&error) && self.own.contains(end_entity) =>
            {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, name)?;
                Ok(ServerCertVerified::assertion())
            }
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.system
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.system
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}

fn is_authority_as_server(error: &OtherError) -> bool {
    // The type is webpki's own, and not exported through rustls.
    format!("{error:?}").contains("CaUsedAsEndEntity")
}

/// Any certificate, for `insecure_skip_verify`: only the possession of its key is checked.
struct AnyCertificate(Arc<CryptoProvider>);

impl fmt::Debug for AnyCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AnyCertificate")
    }
}

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

const UNKNOWN: &str = "it is self-signed, or signed by an authority that is not known here";

/// Why a certificate is not trusted, for a person.
pub(super) fn in_words(problem: &CertificateError) -> String {
    match problem {
        CertificateError::UnknownIssuer => UNKNOWN.to_owned(),
        CertificateError::Other(error) if is_authority_as_server(error) => UNKNOWN.to_owned(),
        // As after a certificate was regenerated on the publisher.
        CertificateError::BadSignature => {
            "it is not signed by the authority that is known here, but by another of the same name"
                .to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet".to_owned()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("it is for another name ({problem})")
        }
        other => other.to_string(),
    }
}
