//! A plain SOAP client.

use imp_publisher_simulator::{Cluster, DEFAULT_PASSWORD, DEFAULT_USER, Simulator};
use reqwest::{Certificate, Client, ClientBuilder, Response};

/// A client that trusts the simulator's authority.
pub(crate) struct Soap {
    pub(crate) http: Client,
    pub(crate) address: String,
    pub(crate) user: String,
    pub(crate) password: String,
    pub(crate) version: &'static str,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Came {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Soap {
    pub(crate) fn new(simulator: &Simulator, cluster: &Cluster) -> Self {
        Self::to(simulator, &cluster.address())
    }

    pub(crate) fn to(simulator: &Simulator, address: &str) -> Self {
        Self {
            http: http(simulator.ca_pem()),
            address: address.to_owned(),
            user: DEFAULT_USER.to_owned(),
            password: DEFAULT_PASSWORD.to_owned(),
            version: "12.5",
        }
    }

    pub(crate) async fn query(&self, sql: &str) -> Came {
        self.call("executeSQLQuery", &sql_element(sql)).await
    }

    pub(crate) async fn update(&self, sql: &str) -> Came {
        self.call("executeSQLUpdate", &sql_element(sql)).await
    }

    pub(crate) async fn call(&self, operation: &str, content: &str) -> Came {
        let response = self.send(operation, content).await.unwrap();
        Came {
            status: response.status().as_u16(),
            body: response.text().await.unwrap(),
        }
    }

    pub(crate) async fn send(&self, operation: &str, content: &str) -> reqwest::Result<Response> {
        let body = format!(
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns:ns=\"http://www.cisco.com/AXL/API/{0}\"><soapenv:Header/><soapenv:Body><ns:{operation}>{content}\
             </ns:{operation}></soapenv:Body></soapenv:Envelope>",
            self.version
        );
        self.raw(&format!("CUCM:DB ver={} {operation}", self.version), body)
            .await
    }

    pub(crate) async fn raw(&self, action: &str, body: String) -> reqwest::Result<Response> {
        self.http
            .post(format!("https://{}/axl/", self.address))
            .basic_auth(&self.user, Some(&self.password))
            .header("content-type", "text/xml; charset=utf-8")
            .header("soapaction", format!("\"{action}\""))
            .body(body)
            .send()
            .await
    }
}

impl Came {
    /// The content of every element of that name.
    pub(crate) fn all(&self, element: &str) -> Vec<String> {
        let document = roxmltree::Document::parse(&self.body).unwrap();
        document
            .descendants()
            .filter(|node| node.tag_name().name() == element)
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect()
    }

    pub(crate) fn one(&self, element: &str) -> String {
        let all = self.all(element);
        assert_eq!(all.len(), 1, "{element} in {}", self.body);
        all.into_iter().next().unwrap()
    }

    /// The fault's code, where it is one.
    pub(crate) fn fault(&self) -> i32 {
        assert_eq!(self.status, 500, "{}", self.body);
        self.one("axlcode").parse().unwrap()
    }
}

pub(crate) fn http(ca_pem: &str) -> Client {
    http_builder(ca_pem).build().unwrap()
}

pub(crate) fn http_builder(ca_pem: &str) -> ClientBuilder {
    use_ring();
    Client::builder()
        .tls_certs_only([Certificate::from_pem(ca_pem.as_bytes()).unwrap()])
        .cookie_store(true)
        .no_proxy()
}

/// reqwest takes the process's provider, which is this tree's own.
fn use_ring() {
    use std::sync::Once;
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let provider = rustls_ring_p521::provider();
        let _ = rustls::crypto::CryptoProvider::install_default((*provider).clone());
    });
}

fn sql_element(sql: &str) -> String {
    let escaped = sql.replace('&', "&amp;").replace('<', "&lt;");
    format!("<sql>{escaped}</sql>")
}
