//! The simulator's certificate authority and the certificates that its nodes show, good ones and bad ones.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::options::{CertificateKind, NodeOptions};

/// Why a certificate could not be made or kept.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The certificate could not be made.
    #[error("a certificate cannot be made: {0}")]
    Make(#[from] rcgen::Error),
    /// The TLS library refused the certificate.
    #[error("a certificate cannot be used: {0}")]
    Use(#[from] rustls::Error),
    /// The authority's files could not be read or written.
    #[error("the certificate authority's files cannot be read or written: {0}")]
    File(#[from] io::Error),
}

/// An authority that issues the nodes' certificates.
pub struct CertificateAuthority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl std::fmt::Debug for CertificateAuthority {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CertificateAuthority")
            .finish_non_exhaustive()
    }
}

/// A node's certificate and key, in PEM.
#[derive(Clone)]
pub struct NodeCertificate {
    /// The certificate.
    pub certificate_pem: String,
    key: Arc<KeyPair>,
    certificate: CertificateDer<'static>,
}

impl CertificateAuthority {
    /// A new authority whose name is `name`.
    pub fn generate(name: &str) -> Result<Self, CertificateError> {
        Self::with_key(name, KeyPair::generate()?)
    }

    /// The authority kept in `directory` (`ca.pem` and `ca-key.pem`), which is made at the first call.
    pub fn kept_in(directory: &Path, name: &str) -> Result<Self, CertificateError> {
        let (certificate, key) = (directory.join("ca.pem"), directory.join("ca-key.pem"));
        if !key.exists() {
            let pair = KeyPair::generate()?;
            write_private(&key, &pair.serialize_pem())?;
            let authority = Self::with_key(name, pair)?;
            fs::write(&certificate, &authority.pem)?;
            return Ok(authority);
        }
        let mut authority = Self::with_key(name, KeyPair::from_pem(&fs::read_to_string(&key)?)?)?;
        authority.pem = fs::read_to_string(&certificate)?;
        Ok(authority)
    }

    /// The authority's own certificate, in PEM.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Issues a certificate of the kind that a node wants, for its name, its host and this machine's own names.
    pub fn issue(&self, node: &NodeOptions) -> Result<NodeCertificate, CertificateError> {
        let (node_name, kind) = (&node.name, node.certificate);
        let names = match kind {
            CertificateKind::WrongName => vec!["another-host.example.net".to_owned()],
            _ => [node_name.as_str(), "localhost", "127.0.0.1", "::1"]
                .into_iter()
                .chain(node.host.as_deref())
                .map(str::to_owned)
                .collect(),
        };
        let mut parameters = CertificateParams::new(names)?;
        parameters
            .distinguished_name
            .push(DnType::CommonName, node_name);
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.is_ca = IsCa::ExplicitNoCa;
        if kind == CertificateKind::Expired {
            parameters.not_before = date_time_ymd(2019, 1, 1);
            parameters.not_after = date_time_ymd(2020, 1, 1);
        }
        let key = KeyPair::generate()?;
        let certificate = match kind {
            CertificateKind::SelfSigned => parameters.self_signed(&key)?,
            CertificateKind::ForeignAuthority => {
                let foreign = Self::generate("An authority that nobody knows")?;
                parameters.signed_by(&key, &foreign.issuer)?
            }
            _ => parameters.signed_by(&key, &self.issuer)?,
        };
        Ok(NodeCertificate {
            certificate_pem: certificate.pem(),
            key: Arc::new(key),
            certificate: certificate.der().clone(),
        })
    }

    fn with_key(name: &str, key: KeyPair) -> Result<Self, CertificateError> {
        let mut parameters = CertificateParams::new(Vec::new())?;
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let pem = parameters.self_signed(&key)?.pem();
        Ok(Self {
            issuer: Issuer::new(parameters, key),
            pem,
        })
    }
}

impl NodeCertificate {
    /// A TLS server that shows this certificate.
    pub(crate) fn server_config(&self) -> Result<Arc<ServerConfig>, CertificateError> {
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let config = ServerConfig::builder_with_provider(rustls_ring_p521::provider())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.clone()], key)?;
        Ok(Arc::new(config))
    }
}

impl std::fmt::Debug for NodeCertificate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("NodeCertificate")
            .finish_non_exhaustive()
    }
}

#[cfg(unix)]
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?
        .write_all(text.as_bytes())
}

#[cfg(not(unix))]
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)
}
