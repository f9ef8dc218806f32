//! A SIP federated domain.

use super::{Description, DomainName, IntegrationType};

/// A SIP federated domain: *Presence > Inter-Domain Federation > SIP Federation*.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FederatedDomain {
    /// *Domain Name*: unique in the cluster.
    pub domain_name: DomainName,
    /// *Description*: shown to users in their privacy preferences.
    pub description: Option<Description>,
    /// *Integration Type*.
    pub integration_type: IntegrationType,
    /// *Direct Federation*: checked where the domain is reached through the company's own Microsoft
    /// servers.
    pub direct_federation: bool,
}
