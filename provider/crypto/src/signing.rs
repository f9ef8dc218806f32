//! The host's side: a P-521 key, and the self-signed certificate that go-plugin makes of one.
//!
//! rcgen cannot name P-521 when it is built on ring, so the certificate is made with RustCrypto's `x509-cert`.

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use p521::ecdsa::signature::Signer as _;
use p521::ecdsa::{DerSignature, SigningKey};
use p521::elliptic_curve::Generate as _;
use p521::pkcs8::DecodePrivateKey as _;
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use rustls::sign::{CertifiedKey, Signer};
use rustls::{SignatureAlgorithm, SignatureScheme};
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::der::asn1::Ia5String;
use x509_cert::der::oid::db::rfc5280::{ID_KP_CLIENT_AUTH, ID_KP_SERVER_AUTH};
use x509_cert::der::{self, Encode as _};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectAltName,
};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{EncodePublicKey as _, SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::Validity;

/// Why a key or certificate could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The private key is not a P-521 key in PKCS#8 DER.
    #[error("the private key is not a P-521 key in PKCS#8 form: {0}")]
    Key(#[from] p521::pkcs8::Error),
    /// The certificate could not be put together.
    #[error("the certificate could not be built: {0}")]
    Certificate(#[from] x509_cert::builder::Error),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    Random,
    /// A part of the certificate could not be encoded.
    #[error("the certificate could not be encoded: {0}")]
    Encoding(#[from] der::Error),
}

/// A P-521 private key.
#[derive(Clone)]
pub struct P521Key(SigningKey);

impl P521Key {
    /// A new random key.
    pub fn generate() -> Self {
        Self(SigningKey::generate())
    }

    /// A key from its PKCS#8 DER.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, SigningError> {
        Ok(Self(SigningKey::from_pkcs8_der(der)?))
    }

    /// The certificate Terraform presents to a plugin: self-signed, for `localhost`, a certificate authority and at the
    /// same time a client and server certificate, valid for thirty years.
    pub fn self_signed_certificate(&self) -> Result<CertificateDer<'static>, SigningError> {
        let subject = Name::from_str("CN=localhost,O=HashiCorp")?;
        let public_key = self
            .0
            .verifying_key()
            .to_public_key_der()
            .map_err(x509_cert::builder::Error::from)?;
        let builder = CertificateBuilder::new(
            GoPluginProfile { subject },
            SerialNumber::new(&random_serial_number()?)?,
            Validity::from_now(Duration::from_secs(30 * 365 * 24 * 60 * 60))?,
            SubjectPublicKeyInfoOwned::try_from(public_key.as_bytes())
                .map_err(x509_cert::builder::Error::from)?,
        )?;
        let certificate = builder.build::<_, DerSignature>(&self.0)?;
        Ok(CertificateDer::from(certificate.to_der()?))
    }

    /// The key and a certificate that belongs to it, ready for a rustls client or server.
    pub fn certified(self, certificate: CertificateDer<'static>) -> CertifiedKey {
        CertifiedKey::new(vec![certificate], Arc::new(self))
    }
}

impl std::fmt::Debug for P521Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("P521Key(..)")
    }
}

impl rustls::sign::SigningKey for P521Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered
            .contains(&SignatureScheme::ECDSA_NISTP521_SHA512)
            .then(|| Box::new(self.clone()) as Box<dyn Signer>)
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        let document = self.0.verifying_key().to_public_key_der().ok()?;
        Some(SubjectPublicKeyInfoDer::from(document.into_vec()))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for P521Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        let signature: DerSignature = self
            .0
            .try_sign(message)
            .map_err(|error| rustls::Error::General(error.to_string()))?;
        Ok(signature.as_bytes().to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_NISTP521_SHA512
    }
}

fn random_serial_number() -> Result<[u8; 16], SigningError> {
    let mut number = [0; 16];
    crate::provider()
        .secure_random
        .fill(&mut number)
        .map_err(|_| SigningError::Random)?;
    number[0] &= 0x7f; // positive
    Ok(number)
}

/// The extensions of go-plugin's `generateCert`.
struct GoPluginProfile {
    subject: Name,
}

impl BuilderProfile for GoPluginProfile {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _subject_key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        certificate: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let mut extensions = Vec::new();
        let usage = KeyUsage(
            KeyUsages::DigitalSignature
                | KeyUsages::KeyEncipherment
                | KeyUsages::KeyAgreement
                | KeyUsages::KeyCertSign,
        );
        extensions.push(usage.to_extension(certificate.subject(), &extensions)?);
        let purposes = ExtendedKeyUsage(vec![ID_KP_CLIENT_AUTH, ID_KP_SERVER_AUTH]);
        extensions.push(purposes.to_extension(certificate.subject(), &extensions)?);
        let authority = BasicConstraints {
            ca: true,
            path_len_constraint: None,
        };
        extensions.push(authority.to_extension(certificate.subject(), &extensions)?);
        let names = SubjectAltName(vec![GeneralName::DnsName(Ia5String::new("localhost")?)]);
        extensions.push(names.to_extension(certificate.subject(), &extensions)?);
        Ok(extensions)
    }
}
