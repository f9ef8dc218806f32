//! A process of the built provider, and the mock core that talks to it.

use acceptance_tests::{Practice, Provider};
use go_plugin_host::{Host, Plugin};
use imp_publisher_simulator::{Cluster, DEFAULT_PASSWORD, DEFAULT_USER};
use mock_core::{ConnectOptions, Core, CoreVersion, Phase, config};

/// A process of the built provider, and a core that talks to it.
pub(crate) struct Process {
    pub(crate) plugin: Plugin,
    pub(crate) core: Core,
}

impl Process {
    /// A process that is configured for a cluster.
    pub(crate) async fn start(practice: &Practice, cluster: &Cluster) -> Self {
        Self::start_as(CoreVersion::CURRENT, practice, cluster).await
    }

    /// As a certain core starts it.
    pub(crate) async fn start_as(
        version: CoreVersion,
        practice: &Practice,
        cluster: &Cluster,
    ) -> Self {
        let mut plugin = plugin(practice, cluster, &[]).await;
        let channel = plugin.connect().await.unwrap();
        let options = ConnectOptions {
            version,
            ..ConnectOptions::default()
        };
        let core = Core::connect_as(channel, options).await.unwrap();
        core.configure(&config! {}).await.unwrap();
        Self { plugin, core }
    }

    /// The next process of a core, which knows the schemas already, with further variables.
    pub(crate) async fn start_after(
        known: &Core,
        practice: &Practice,
        cluster: &Cluster,
        variables: &[(&str, &str)],
    ) -> Self {
        let mut plugin = plugin(practice, cluster, variables).await;
        let channel = plugin.connect().await.unwrap();
        let core = known.next_process(channel, Phase::Plan).await.unwrap();
        core.configure(&config! {}).await.unwrap();
        Self { plugin, core }
    }

    /// Ends it as Terraform does.
    pub(crate) async fn end(self) {
        self.plugin.shut_down().await.unwrap();
    }
}

async fn plugin(practice: &Practice, cluster: &Cluster, variables: &[(&str, &str)]) -> Plugin {
    let mut host = Host::new(Provider::imp().unwrap().executable());
    for (name, value) in environment(practice, cluster) {
        host = host.env(name, value);
    }
    for (name, value) in variables {
        host = host.env(name, value);
    }
    host.start().await.unwrap()
}

/// The variables that configure the provider for a cluster. It gives up soon, so that tests need not wait.
pub(crate) fn environment(practice: &Practice, cluster: &Cluster) -> [(&'static str, String); 8] {
    let authority = practice.simulator().ca_path().display().to_string();
    [
        // A quarter of the time went into reading the system's hundred and more certificates.
        ("SSL_CERT_FILE", authority.clone()),
        ("IMP_ADDRESS", cluster.address()),
        ("IMP_USERNAME", DEFAULT_USER.to_owned()),
        ("IMP_PASSWORD", DEFAULT_PASSWORD.to_owned()),
        ("IMP_CA_CERTIFICATE", authority),
        (
            "IMP_SCHEMA_PROFILE",
            cluster.profile_path().display().to_string(),
        ),
        ("IMP_REQUEST_TIMEOUT", "5s".to_owned()),
        ("IMP_MAX_RETRIES", "2".to_owned()),
    ]
}
