//! Which certificates are trusted.

use imp_publisher::{Connection, Error};
use imp_publisher_simulator::{CertificateKind, ClusterOptions, NodeRole};

use crate::practice::{NAME, Practice, scope};

async fn shows(kind: CertificateKind) -> Practice {
    let mut options = ClusterOptions::new(NAME);
    options.nodes[0].certificate = kind;
    Practice::with(options).await
}

async fn contact(practice: &Practice, connection: Connection) -> Result<(), Error> {
    let publisher = practice.publisher_over(connection);
    publisher.contact(&scope()).await.map(|_| ())
}

#[tokio::test]
async fn only_a_good_certificate_is_trusted() {
    for (kind, is_trusted) in [
        (CertificateKind::Good, true),
        (CertificateKind::WrongName, false),
        (CertificateKind::Expired, false),
        (CertificateKind::ForeignAuthority, false),
        (CertificateKind::SelfSigned, false),
    ] {
        let practice = shows(kind).await;
        let result = contact(&practice, practice.connection()).await;
        match result {
            Ok(()) => assert!(is_trusted, "{kind:?}"),
            Err(error) => {
                assert!(!is_trusted, "{kind:?}: {error:?}");
                assert!(
                    matches!(error, Error::Certificate { .. }),
                    "{kind:?}: {error:?}"
                );
                assert_eq!(practice.requests(), [], "{kind:?}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_is_trusted_without_an_authority() {
    let practice = shows(CertificateKind::Good).await;
    let without = Connection {
        ca_certificates: None,
        ..practice.connection()
    };
    let error = contact(&practice, without).await.unwrap_err();
    assert!(matches!(error, Error::Certificate { .. }), "{error:?}");
}

#[tokio::test]
async fn a_self_signed_certificate_is_trusted_where_it_is_given() {
    let practice = shows(CertificateKind::SelfSigned).await;
    let pem = practice.cluster().certificate_of(NodeRole::Publisher);
    let given = Connection {
        ca_certificates: Some(pem),
        ..practice.connection()
    };
    contact(&practice, given).await.unwrap();
}

#[tokio::test]
async fn another_name_is_trusted_where_it_is_the_one_expected() {
    let practice = shows(CertificateKind::WrongName).await;
    let named = |name: &str| Connection {
        tls_server_name: Some(name.to_owned()),
        ..practice.connection()
    };
    contact(&practice, named("another-host.example.net"))
        .await
        .unwrap();
    let error = contact(&practice, named("imp-pub.example.com"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Certificate { .. }), "{error:?}");
}

#[tokio::test]
async fn the_insecure_switch_trusts_every_one_of_them() {
    for kind in [
        CertificateKind::WrongName,
        CertificateKind::Expired,
        CertificateKind::ForeignAuthority,
        CertificateKind::SelfSigned,
    ] {
        let practice = shows(kind).await;
        let insecure = Connection {
            ca_certificates: None,
            insecure_skip_verify: true,
            ..practice.connection()
        };
        contact(&practice, insecure).await.unwrap();
    }
}
