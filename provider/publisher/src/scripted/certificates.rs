//! Certificates for the scripted server: good ones, and each kind of bad one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

/// A certificate and its key.
pub(crate) struct Certificate {
    der: CertificateDer<'static>,
    key: KeyPair,
}

/// What an authority signs, or a server signs for itself.
pub(crate) struct Request(CertificateParams);

impl Request {
    /// A server's certificate for a name or an IP address.
    pub(crate) fn for_name(name: &str) -> Self {
        let mut parameters = CertificateParams::new([name.to_owned()]).unwrap();
        parameters.distinguished_name.push(DnType::CommonName, name);
        Self(parameters)
    }

    /// One that has expired.
    pub(crate) fn expired(mut self) -> Self {
        self.0.not_before = date_time_ymd(2019, 1, 1);
        self.0.not_after = date_time_ymd(2020, 1, 1);
        self
    }

    /// One that says it is an authority, as those do that Cisco's platform makes for itself.
    pub(crate) fn authority(mut self) -> Self {
        self.0.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        self.0.key_usages = vec![
            KeyUsagePurpose::KeyCertSign,
            KeyUsagePurpose::DigitalSignature,
        ];
        self
    }

    /// Signs it with its own key.
    pub(crate) fn self_signed(&self) -> Certificate {
        let key = KeyPair::generate().unwrap();
        let der = self.0.self_signed(&key).unwrap().der().clone();
        Certificate { der, key }
    }
}

impl Certificate {
    /// A server's certificate, signed with its own key.
    pub(crate) fn self_signed(name: &str) -> Self {
        Request::for_name(name).self_signed()
    }

    /// As text.
    pub(crate) fn pem(&self) -> String {
        let lines: Vec<String> = STANDARD
            .encode(&self.der)
            .as_bytes()
            .chunks(64)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect();
        format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            lines.join("\n")
        )
    }

    /// A server that has it.
    pub(crate) fn server_config(&self) -> ServerConfig {
        let key = PrivatePkcs8KeyDer::from(self.key.serialize_der());
        ServerConfig::builder_with_provider(rustls_ring_p521::provider())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.der.clone()], key.into())
            .unwrap()
    }
}

/// An authority that signs servers' certificates.
pub(crate) struct Authority {
    certificate: Certificate,
    parameters: CertificateParams,
}

impl Authority {
    /// Makes one.
    pub(crate) fn new(name: &str) -> Self {
        let request = Request::for_name(name).authority();
        Self {
            certificate: request.self_signed(),
            parameters: request.0,
        }
    }

    /// Its own certificate, as text.
    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// Signs a server's certificate.
    pub(crate) fn sign(&self, request: &Request) -> Certificate {
        let key = KeyPair::generate().unwrap();
        let issuer = Issuer::from_params(&self.parameters, &self.certificate.key);
        let der = request.0.signed_by(&key, &issuer).unwrap().der().clone();
        Certificate { der, key }
    }
}
