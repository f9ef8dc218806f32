//! Certificates, good and bad.

use imp_publisher_simulator::{CertificateKind, ClusterOptions, NodeRole, Simulator};

use crate::client::{Soap, http, http_builder};

async fn shown(kind: CertificateKind) -> (Simulator, Soap) {
    let mut options = ClusterOptions::new("emea");
    options.nodes[0].certificate = kind;
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let soap = Soap::new(&simulator, simulator.cluster("emea"));
    (simulator, soap)
}

#[tokio::test]
async fn only_the_good_certificate_is_trusted() {
    for (kind, words) in [
        (CertificateKind::WrongName, "NotValidForName"),
        (CertificateKind::Expired, "Expired"),
        (CertificateKind::ForeignAuthority, "UnknownIssuer"),
        (CertificateKind::SelfSigned, "UnknownIssuer"),
    ] {
        let (_simulator, soap) = shown(kind).await;
        let error = soap.send("getCUPVersion", "").await.unwrap_err();
        assert!(format!("{error:?}").contains(words), "{kind:?}: {error:?}");
    }
    let (_simulator, soap) = shown(CertificateKind::Good).await;
    assert_eq!(soap.call("getCUPVersion", "").await.status, 200);
}

#[tokio::test]
async fn a_self_signed_certificate_can_be_trusted_by_itself() {
    let (simulator, soap) = shown(CertificateKind::SelfSigned).await;
    let pem = simulator
        .cluster("emea")
        .certificate_of(NodeRole::Publisher);
    let soap = Soap {
        http: http(&pem),
        ..soap
    };
    assert_eq!(soap.call("getCUPVersion", "").await.status, 200);
}

#[tokio::test]
async fn a_kept_authority_is_the_same_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let start = async || {
        let builder = Simulator::builder()
            .cluster(ClusterOptions::new("emea"))
            .directory(directory.path());
        builder.start().await.unwrap()
    };
    let first = start().await;
    let pem = first.ca_pem().to_owned();
    drop(first);
    let second = start().await;
    assert_eq!(second.ca_pem(), pem);
    assert_eq!(std::fs::read_to_string(second.ca_path()).unwrap(), pem);
    let soap = Soap::new(&second, second.cluster("emea"));
    assert_eq!(soap.call("getCUPVersion", "").await.status, 200);
}

#[tokio::test]
async fn a_node_is_reached_under_its_host() {
    let mut options = ClusterOptions {
        listen: std::net::Ipv4Addr::UNSPECIFIED.into(),
        ..ClusterOptions::new("emea")
    };
    let start = async |options: ClusterOptions| {
        Simulator::builder().cluster(options).start().await.unwrap()
    };
    // Listening everywhere is no place to go to.
    let unnamed = start(options.clone()).await;
    let soap = Soap::new(&unnamed, unnamed.cluster("emea"));
    assert!(soap.address.starts_with("127.0.0.1:"), "{}", soap.address);
    assert_eq!(soap.call("getCUPVersion", "").await.status, 200);

    options.nodes[0].host = Some("practice.internal".to_owned());
    let named = start(options).await;
    let address = named.cluster("emea").address();
    let port = address.strip_prefix("practice.internal:").unwrap();
    let here = std::net::SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap()));
    let client = http_builder(named.ca_pem()).resolve("practice.internal", here);
    let soap = Soap {
        http: client.build().unwrap(),
        ..Soap::to(&named, &address)
    };
    assert_eq!(soap.call("getCUPVersion", "").await.status, 200);
}
