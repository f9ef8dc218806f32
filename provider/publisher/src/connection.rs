//! How a publisher is reached.

mod address;
mod axl_version;
mod host;

#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;

pub use address::Address;
pub use axl_version::AxlVersion;
pub use host::Host;

/// How a publisher is reached. Making one contacts nobody.
#[derive(Clone)]
pub struct Connection {
    /// Where the publisher is.
    pub address: Address,
    /// The name of the node, where it is another node of the cluster than the publisher.
    pub node: Option<String>,
    /// The AXL user.
    pub username: String,
    /// The password of the AXL user.
    pub password: SecretString,
    /// The AXL version to speak; found out where it is left out.
    pub axl_version: Option<AxlVersion>,
    /// Certificate authorities to trust beside the system's, as PEM text.
    pub ca_certificates: Option<String>,
    /// The name in the publisher's certificate, where it differs from the address.
    pub tls_server_name: Option<String>,
    /// Whether any certificate is accepted.
    pub insecure_skip_verify: bool,
    /// An HTTP proxy; where it is left out, the usual environment variables count.
    pub proxy_url: Option<String>,
    /// How long one answer may take.
    pub request_timeout: Duration,
    /// How long requests are repeated where the publisher is busy or out of reach.
    pub retry_timeout: Duration,
    /// How many times one request is repeated at most.
    pub max_retries: u32,
    /// How many reads are under way at once.
    pub max_concurrent_reads: usize,
    /// How many writes are under way at once.
    pub max_concurrent_writes: usize,
}

impl Connection {
    /// Who answers there, for messages.
    pub(crate) fn host(&self) -> Host {
        Host::new(self.node.as_deref(), &self.address)
    }
}

impl fmt::Debug for Connection {
    /// Without the password, and without the proxy, whose URL may hold another one.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("address", &self.address)
            .field("username", &self.username)
            .field("axl_version", &self.axl_version)
            .field("tls_server_name", &self.tls_server_name)
            .field("insecure_skip_verify", &self.insecure_skip_verify)
            .finish_non_exhaustive()
    }
}
