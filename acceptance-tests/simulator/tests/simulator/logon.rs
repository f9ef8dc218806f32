//! Passwords, roles, locks and sessions.

use imp_publisher_simulator::{ClusterOptions, DEFAULT_USER, Simulator, User, UserRole};

use crate::client::Soap;

async fn start() -> (Simulator, Soap) {
    let options = ClusterOptions::new("emea")
        .with_user(User::new("reader", "r", UserRole::ReadOnly))
        .with_user(User::new("nobody", "n", UserRole::None));
    let simulator = Simulator::builder().cluster(options).start().await.unwrap();
    let soap = Soap::new(&simulator, simulator.cluster("emea"));
    (simulator, soap)
}

const READ: &str = "SELECT tabname FROM systables WHERE tabid = 1";
const WRITE: &str = "DELETE FROM pefederateddomain WHERE pkid = 'x'";

#[tokio::test]
async fn three_failed_logons_lock_an_account() {
    let (simulator, mut soap) = start().await;
    let cluster = simulator.cluster("emea");
    let right = std::mem::replace(&mut soap.password, "wrong".to_owned());
    for _ in 0..2 {
        assert_eq!(soap.query(READ).await.status, 401);
    }
    assert!(!cluster.is_locked(DEFAULT_USER));
    assert_eq!(soap.query(READ).await.status, 401);
    assert!(cluster.is_locked(DEFAULT_USER));
    soap.password = right;
    assert_eq!(soap.query(READ).await.status, 401);
    cluster.unlock(DEFAULT_USER);
    assert_eq!(soap.query(READ).await.status, 200);
}

#[tokio::test]
async fn roles_allow_what_they_say() {
    let (_simulator, mut soap) = start().await;
    ("reader", "r").clone_into_soap(&mut soap);
    assert_eq!(soap.query(READ).await.status, 200);
    assert_eq!(soap.update(WRITE).await.status, 403);
    ("nobody", "n").clone_into_soap(&mut soap);
    assert_eq!(soap.query(READ).await.status, 403);
}

#[tokio::test]
async fn a_client_that_keeps_its_cookies_opens_one_session() {
    let (simulator, soap) = start().await;
    let cluster = simulator.cluster("emea");
    for _ in 0..5 {
        assert_eq!(soap.query(READ).await.status, 200);
    }
    assert_eq!((cluster.open_sessions(), cluster.sessions_opened()), (1, 1));

    let forgetful = Soap {
        http: reqwest::Client::builder()
            .tls_certs_only([
                reqwest::Certificate::from_pem(simulator.ca_pem().as_bytes()).unwrap(),
            ])
            .no_proxy()
            .build()
            .unwrap(),
        ..Soap::new(&simulator, cluster)
    };
    for _ in 0..5 {
        assert_eq!(forgetful.query(READ).await.status, 200);
    }
    assert_eq!(cluster.sessions_opened(), 6);
    cluster.end_sessions();
    assert_eq!(soap.query(READ).await.status, 200);
    assert_eq!((cluster.open_sessions(), cluster.sessions_opened()), (1, 7));
}

trait Credentials {
    fn clone_into_soap(&self, soap: &mut Soap);
}

impl Credentials for (&str, &str) {
    fn clone_into_soap(&self, soap: &mut Soap) {
        self.0.clone_into(&mut soap.user);
        self.1.clone_into(&mut soap.password);
    }
}
