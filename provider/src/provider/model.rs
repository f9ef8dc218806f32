//! The `provider` block, as typed fields.

use std::collections::BTreeMap;

use secrecy::SecretString;
use tfplugin_framework::{Field, model};

/// Declares a block that has every attribute of a connection beside its own.
macro_rules! model_with_connection {
    ($(#[$meta:meta])* $name:ident { $($own:ident : $own_type:ty),* $(,)? }) => {
        model! {
            $(#[$meta])*
            pub struct $name {
                $($own: $own_type,)*
                username: String,
                password: SecretString,
                axl_version: String,
                ca_certificate: String,
                tls_server_name: String,
                insecure_skip_verify: bool,
                proxy_url: String,
                request_timeout: String,
                retry_timeout: String,
                max_retries: u32,
                max_concurrent_reads: u32,
                max_concurrent_writes: u32,
                schema_profile: String,
                allow_unverified_profile: bool,
                read_only: bool,
                change_log: String,
                load_balancers: Vec<String>,
                node_addresses: BTreeMap<String, String>,
            }
        }

        impl $name {
            /// What it says about connections.
            pub(crate) fn connection(&self) -> ConnectionFields {
                ConnectionFields {
                    username: self.username.clone(),
                    password: self.password.clone(),
                    axl_version: self.axl_version.clone(),
                    ca_certificate: self.ca_certificate.clone(),
                    tls_server_name: self.tls_server_name.clone(),
                    insecure_skip_verify: self.insecure_skip_verify,
                    proxy_url: self.proxy_url.clone(),
                    request_timeout: self.request_timeout.clone(),
                    retry_timeout: self.retry_timeout.clone(),
                    max_retries: self.max_retries,
                    max_concurrent_reads: self.max_concurrent_reads,
                    max_concurrent_writes: self.max_concurrent_writes,
                    schema_profile: self.schema_profile.clone(),
                    allow_unverified_profile: self.allow_unverified_profile,
                    read_only: self.read_only,
                    change_log: self.change_log.clone(),
                    load_balancers: self.load_balancers.clone(),
                    node_addresses: self.node_addresses.clone(),
                }
            }
        }
    };
}

model_with_connection! {
    /// The `provider` block.
    ProviderModel {
        address: String,
        publishers: BTreeMap<String, PublisherModel>,
    }
}

model_with_connection! {
    /// One entry of `publishers`.
    PublisherModel {
        address: String,
        managed: bool,
    }
}

/// The attributes of a connection, wherever they were written.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConnectionFields {
    pub(crate) username: Field<String>,
    pub(crate) password: Field<SecretString>,
    pub(crate) axl_version: Field<String>,
    pub(crate) ca_certificate: Field<String>,
    pub(crate) tls_server_name: Field<String>,
    pub(crate) insecure_skip_verify: Field<bool>,
    pub(crate) proxy_url: Field<String>,
    pub(crate) request_timeout: Field<String>,
    pub(crate) retry_timeout: Field<String>,
    pub(crate) max_retries: Field<u32>,
    pub(crate) max_concurrent_reads: Field<u32>,
    pub(crate) max_concurrent_writes: Field<u32>,
    pub(crate) schema_profile: Field<String>,
    pub(crate) allow_unverified_profile: Field<bool>,
    pub(crate) read_only: Field<bool>,
    pub(crate) change_log: Field<String>,
    pub(crate) load_balancers: Field<Vec<String>>,
    pub(crate) node_addresses: Field<BTreeMap<String, String>>,
}

impl ConnectionFields {
    /// What is null here is taken from `other`.
    pub(crate) fn or(self, other: Self) -> Self {
        fn first<T>(own: Field<T>, other: Field<T>) -> Field<T> {
            if own.is_null() { other } else { own }
        }
        Self {
            username: first(self.username, other.username),
            password: first(self.password, other.password),
            axl_version: first(self.axl_version, other.axl_version),
            ca_certificate: first(self.ca_certificate, other.ca_certificate),
            tls_server_name: first(self.tls_server_name, other.tls_server_name),
            insecure_skip_verify: first(self.insecure_skip_verify, other.insecure_skip_verify),
            proxy_url: first(self.proxy_url, other.proxy_url),
            request_timeout: first(self.request_timeout, other.request_timeout),
            retry_timeout: first(self.retry_timeout, other.retry_timeout),
            max_retries: first(self.max_retries, other.max_retries),
            max_concurrent_reads: first(self.max_concurrent_reads, other.max_concurrent_reads),
            max_concurrent_writes: first(self.max_concurrent_writes, other.max_concurrent_writes),
            schema_profile: first(self.schema_profile, other.schema_profile),
            allow_unverified_profile: first(
                self.allow_unverified_profile,
                other.allow_unverified_profile,
            ),
            read_only: first(self.read_only, other.read_only),
            change_log: first(self.change_log, other.change_log),
            load_balancers: first(self.load_balancers, other.load_balancers),
            node_addresses: first(self.node_addresses, other.node_addresses),
        }
    }

    /// The first attribute whose value is not known yet.
    pub(crate) fn unknown(&self) -> Option<&'static str> {
        [
            ("username", self.username.is_unknown()),
            ("password", self.password.is_unknown()),
            ("axl_version", self.axl_version.is_unknown()),
            ("ca_certificate", self.ca_certificate.is_unknown()),
            ("tls_server_name", self.tls_server_name.is_unknown()),
            (
                "insecure_skip_verify",
                self.insecure_skip_verify.is_unknown(),
            ),
            ("proxy_url", self.proxy_url.is_unknown()),
            ("request_timeout", self.request_timeout.is_unknown()),
            ("retry_timeout", self.retry_timeout.is_unknown()),
            ("max_retries", self.max_retries.is_unknown()),
            (
                "max_concurrent_reads",
                self.max_concurrent_reads.is_unknown(),
            ),
            (
                "max_concurrent_writes",
                self.max_concurrent_writes.is_unknown(),
            ),
            ("schema_profile", self.schema_profile.is_unknown()),
            (
                "allow_unverified_profile",
                self.allow_unverified_profile.is_unknown(),
            ),
            ("read_only", self.read_only.is_unknown()),
            ("change_log", self.change_log.is_unknown()),
            ("load_balancers", self.load_balancers.is_unknown()),
            ("node_addresses", self.node_addresses.is_unknown()),
        ]
        .into_iter()
        .find_map(|(attribute, unknown)| unknown.then_some(attribute))
    }
}
