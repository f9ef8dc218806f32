//! A process of the built provider, and the mock core that talks to it.

use acceptance_tests::{Practice, Provider};
use go_plugin_host::{Host, Plugin};
use imp_publisher_simulator::{Cluster, DEFAULT_PASSWORD, DEFAULT_USER};
use mock_core::{Core, Phase, config};

/// A process of the built provider, and a core that talks to it.
pub(crate) struct Process {
    pub(crate) plugin: Plugin,
    pub(crate) core: Core,
}

impl Process {
    /// A process that is configured for a cluster.
    pub(crate) async fn start(practice: &Practice, cluster: &Cluster) -> Self {
        Self::start_after(None, practice, cluster, &[]).await
    }

    /// The next process of a core, which knows the schemas already, with further variables.
    pub(crate) async fn start_after(
        known: Option<&Core>,
        practice: &Practice,
        cluster: &Cluster,
        variables: &[(&str, &str)],
    ) -> Self {
        let mut host = Host::new(Provider::imp().unwrap().executable());
        for (name, value) in environment(practice, cluster) {
            host = host.env(name, value);
        }
        for (name, value) in variables {
            host = host.env(name, value);
        }
        let mut plugin = host.start().await.unwrap();
        let channel = plugin.connect().await.unwrap();
        let core = match known {
            Some(core) => core.next_process(channel, Phase::Plan).await,
            None => Core::connect(channel).await,
        };
        let core = core.unwrap();
        core.configure(&config! {}).await.unwrap();
        Self { plugin, core }
    }

    /// Ends it as Terraform does.
    pub(crate) async fn end(self) {
        self.plugin.shut_down().await.unwrap();
    }
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
