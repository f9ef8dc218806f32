//! Practice clusters for a test case, and whether they are as empty at the end as they were before.

use std::path::PathBuf;
use std::sync::Arc;

use imp_publisher_simulator::schema::SchemaDefinition;
use imp_publisher_simulator::{
    Cluster, ClusterOptions, DEFAULT_PASSWORD, DEFAULT_USER, JournalEntry, Origin, RouteRow,
    Simulator, Verb,
};
use serde_json::{Map, Value, json};

use crate::{Failure, Provider, Terraform, TestCase};

/// Practice clusters in this process, which live as long as any clone of this handle.
#[derive(Clone, Debug)]
pub struct Practice {
    simulator: Arc<Simulator>,
}

impl Practice {
    /// The clusters `emea` and `apac`. Their tables and columns have different names.
    pub fn start() -> Self {
        Self::with([Self::emea_options(), Self::apac_options()])
    }

    /// What `emea` is made of, to be changed.
    pub fn emea_options() -> ClusterOptions {
        ClusterOptions::new("emea")
    }

    /// What `apac` is made of, to be changed.
    pub fn apac_options() -> ClusterOptions {
        ClusterOptions::new("apac").with_schema(SchemaDefinition::b())
    }

    /// Clusters of these options.
    pub fn with(clusters: impl IntoIterator<Item = ClusterOptions>) -> Self {
        let builder = clusters
            .into_iter()
            .fold(Simulator::builder(), |builder, options| {
                builder.cluster(options)
            });
        match builder.start_blocking() {
            Ok(simulator) => Self {
                simulator: Arc::new(simulator),
            },
            Err(error) => panic!("{error}"),
        }
    }

    /// The simulator of all clusters.
    pub fn simulator(&self) -> &Simulator {
        &self.simulator
    }

    /// One cluster.
    pub fn cluster(&self, name: &str) -> &Cluster {
        self.simulator.cluster(name)
    }

    /// The cluster `emea`.
    pub fn emea(&self) -> &Cluster {
        self.cluster("emea")
    }

    /// The cluster `apac`.
    pub fn apac(&self) -> &Cluster {
        self.cluster("apac")
    }

    /// The settings of one cluster, as an entry of the provider's `publishers`. Who logs on comes from the
    /// environment.
    pub fn settings(&self, name: &str) -> Value {
        let cluster = self.cluster(name);
        json!({
            "address": cluster.address(),
            "ca_certificate": self.simulator.ca_path(),
            "schema_profile": cluster.profile_path(),
        })
    }

    /// The settings of all clusters, as the provider's `publishers`.
    pub fn publishers(&self) -> Value {
        let entries = self.simulator.clusters().iter();
        let entries = entries.map(|cluster| {
            let name = cluster.name();
            (name.to_owned(), self.settings(name))
        });
        Value::Object(entries.collect::<Map<_, _>>())
    }

    /// A case on these clusters. Steps name folders of `testdata/FOLDER`; files of `testdata/FOLDER/common` come
    /// with each of them; the variable `publishers` has the settings of all clusters. That Cisco XCP Router must be
    /// restarted is tolerated. At the end every cluster must have the domains and routes that it has now.
    pub fn case(&self, folder: &str) -> Result<TestCase, Failure> {
        self.case_on(Terraform::find()?, folder)
    }

    /// The same on a core with a feature that not every core has.
    pub fn case_on(&self, terraform: &Terraform, folder: &str) -> Result<TestCase, Failure> {
        let test_data = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("testdata")
            .join(folder);
        let common = test_data.join("common");
        let case = TestCase::new(terraform, test_data)?
            .common_configuration(&common)
            .provider(Provider::imp()?)?
            .environment("IMP_USERNAME", DEFAULT_USER)
            .environment("IMP_PASSWORD", DEFAULT_PASSWORD)
            .variable("publishers", self.publishers())
            // Every write of a domain calls for a restart, which tests of other things do not make.
            .tolerates("[IMP211]");
        let (practice, before) = (self.clone(), self.contents()?);
        Ok(case.destroy_check(move || practice.is_left_with(&before)))
    }

    /// The keys of all domains and routes, each behind the name of its cluster.
    pub fn contents(&self) -> Result<Vec<String>, Failure> {
        let mut contents = Vec::new();
        for cluster in self.simulator.clusters() {
            let unreadable = |error| Failure::new(format!("{}: {error}", cluster.name()));
            let domains = cluster.domains().map_err(unreadable)?;
            let routes = cluster.all_routes().map_err(unreadable)?;
            let domains = domains.into_iter().map(|row| row.domain_name);
            let keys = domains.chain(routes.iter().map(RouteRow::key));
            contents.extend(keys.map(|key| format!("{}: {key}", cluster.name())));
        }
        Ok(contents)
    }

    /// The requests of clients so far.
    pub fn requests(&self) -> Vec<JournalEntry> {
        let mut journal = self.simulator.journal();
        journal.retain(|entry| entry.origin == Origin::Client);
        journal
    }

    /// No client has sent anything that writes, whether it succeeded or not.
    pub fn is_untouched(&self) -> Result<(), String> {
        let writes: Vec<_> = self
            .requests()
            .into_iter()
            .filter(|entry| {
                entry.operation.as_deref() == Some("executeSQLUpdate")
                    || entry.verb.is_some_and(|verb| verb != Verb::Select)
                    || !entry.changes.is_empty()
            })
            .map(|entry| format!("{}: {:?}", entry.cluster, entry.sql))
            .collect();
        if writes.is_empty() {
            Ok(())
        } else {
            Err(format!("there were writes: {writes:#?}"))
        }
    }

    fn is_left_with(&self, before: &[String]) -> Result<(), String> {
        let after = self.contents().map_err(|failure| failure.to_string())?;
        let missing = before.iter().filter(|key| !after.contains(key));
        let left = after.iter().filter(|key| !before.contains(key));
        let differences: Vec<String> = missing
            .map(|key| format!("{key} is missing"))
            .chain(left.map(|key| format!("{key} is still there")))
            .collect();
        if differences.is_empty() {
            Ok(())
        } else {
            Err(differences.join(", "))
        }
    }
}
