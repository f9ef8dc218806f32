//! Which server the host believes to be its plugin: the one with the very certificate of the handshake.
//!
//! go-plugin makes that certificate the only root and then verifies as always. Go takes a root for an end of
//! a chain of one, even where it is a certificate authority, which the certificates of every plugin written
//! in Go are; webpki does not.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};

/// Accepts one certificate, byte for byte, for its own name, and only from him who signs with its key.
#[derive(Debug)]
pub(crate) struct PinnedServer {
    certificate: CertificateDer<'static>,
    webpki: Arc<WebPkiServerVerifier>,
}

impl PinnedServer {
    pub(crate) fn new(
        certificate: CertificateDer<'static>,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Self, Error> {
        let mut roots = RootCertStore::empty();
        roots.add(certificate.clone())?;
        let webpki =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
                .build()
                .map_err(|error| Error::General(error.to_string()))?;
        Ok(Self {
            certificate,
            webpki,
        })
    }
}

impl ServerCertVerifier for PinnedServer {
    fn verify_server_cert(
        &self,
        presented: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if *presented != self.certificate {
            return Err(CertificateError::UnknownIssuer.into());
        }
        match self
            .webpki
            .verify_server_cert(presented, intermediates, name, ocsp_response, now)
        {
            Err(error) if is_authority_as_end(&error) => {
                // webpki did not come as far as the name.
                rustls::client::verify_server_name(&ParsedCertificate::try_from(presented)?, name)?;
                Ok(ServerCertVerified::assertion())
            }
            outcome => outcome,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.webpki
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.webpki
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.webpki.supported_verify_schemes()
    }
}

fn is_authority_as_end(error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(OtherError(source))) = error else {
        return false;
    };
    matches!(
        source.downcast_ref::<webpki::Error>(),
        Some(webpki::Error::CaUsedAsEndEntity)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity;

    fn verify(
        pinned: &CertificateDer<'static>,
        presented: &CertificateDer<'_>,
        name: &'static str,
    ) -> Result<(), Error> {
        PinnedServer::new(pinned.clone(), &rustls_ring_p521::provider())?
            .verify_server_cert(
                presented,
                &[],
                &ServerName::try_from(name).unwrap(),
                &[],
                UnixTime::now(),
            )
            .map(|_| ())
    }

    /// Both are authorities and made alike, as every start of a Go plugin makes one.
    #[test]
    fn an_authority_is_accepted_for_the_end_it_is_pinned_as_and_no_other_one() {
        let (own, foreign) = (identity::own(), identity::foreign());
        let (own, foreign) = (&own.cert[0], &foreign.cert[0]);
        assert_eq!(verify(own, own, "localhost"), Ok(()));
        assert_eq!(
            verify(own, foreign, "localhost"),
            Err(CertificateError::UnknownIssuer.into())
        );
        assert!(matches!(
            verify(own, own, "example.com"),
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForNameContext { .. }
            ))
        ));
    }
}
