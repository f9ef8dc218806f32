//! A practice publisher and a workspace that manages it.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use acceptance_tests::{
    Diagnostic, Plan, PlanOptions, Provider, Running, State, Terraform, Workspace,
};
use imp_publisher_simulator::{
    Cluster, ClusterOptions, DEFAULT_PASSWORD, DEFAULT_USER, Fault, RouteRow, Simulator,
};
use serde_json::Value;

use crate::judge;

/// How long a command or an expected event may take.
pub(crate) const LIMIT: Duration = Duration::from_secs(120);

/// A practice publisher and a workspace that manages it.
pub(crate) struct Estate {
    pub(crate) simulator: Simulator,
    pub(crate) workspace: Workspace,
}

impl Estate {
    /// An empty publisher and an empty state, with the configuration of this folder.
    pub(crate) fn new(folder: &str) -> Self {
        Self::on(Terraform::find().unwrap(), folder)
    }

    /// The same for a core with a feature that not every core has.
    pub(crate) fn on(core: &Terraform, folder: &str) -> Self {
        Self::of(core, ClusterOptions::new("emea"), folder)
    }

    /// The same with a cluster of these options.
    pub(crate) fn of(core: &Terraform, options: ClusterOptions, folder: &str) -> Self {
        let simulator = Simulator::builder()
            .cluster(options)
            .start_blocking()
            .unwrap();
        let mut workspace = Workspace::new(core).unwrap();
        workspace.add_provider(Provider::imp().unwrap()).unwrap();
        let cluster = &simulator.clusters()[0];
        for (name, value) in [
            ("IMP_ADDRESS", cluster.address()),
            ("IMP_USERNAME", DEFAULT_USER.to_owned()),
            ("IMP_PASSWORD", DEFAULT_PASSWORD.to_owned()),
            (
                "IMP_CA_CERTIFICATE",
                simulator.ca_path().display().to_string(),
            ),
            (
                "IMP_SCHEMA_PROFILE",
                cluster.profile_path().display().to_string(),
            ),
        ] {
            workspace.set_environment(name, value);
        }
        let mut estate = Self {
            simulator,
            workspace,
        };
        estate.configure(folder);
        estate
    }

    /// Takes the configuration of another folder; the state stays.
    pub(crate) fn configure(&mut self, folder: &str) {
        let test_data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/ordering");
        self.workspace
            .use_configuration(&test_data.join(folder))
            .unwrap();
    }

    /// Sets an input variable from here on.
    pub(crate) fn set(&mut self, variable: &str, value: impl Into<Value>) {
        self.workspace.set_variable(variable, &value.into());
    }

    /// How many operations Terraform has in flight from here on.
    pub(crate) fn parallelism(&mut self, parallelism: usize) {
        for command in ["apply", "destroy"] {
            self.workspace.set_environment(
                format!("TF_CLI_ARGS_{command}"),
                format!("-parallelism={parallelism}"),
            );
        }
    }

    /// The only cluster.
    pub(crate) fn cluster(&self) -> &Cluster {
        &self.simulator.clusters()[0]
    }

    /// A plan that succeeds.
    pub(crate) fn plan(&mut self, options: &PlanOptions) -> Plan {
        match self.workspace.plan(options).unwrap() {
            Ok(plan) => plan,
            Err(diagnostics) => panic!("the plan failed: {}", listed(&diagnostics)),
        }
    }

    /// Plans and applies; what apply says.
    pub(crate) fn apply_with(&mut self, options: &PlanOptions) -> Vec<Diagnostic> {
        self.plan(options);
        self.apply_saved_plan()
    }

    /// Applies the plan made last; what apply says, but for the restart that every written domain calls for.
    pub(crate) fn apply_saved_plan(&mut self) -> Vec<Diagnostic> {
        let mut diagnostics = self.workspace.apply_saved_plan().unwrap();
        diagnostics.retain(|diagnostic| !diagnostic.summary.ends_with("[IMP211]"));
        diagnostics
    }

    /// Plans and applies; the apply must succeed without a warning.
    pub(crate) fn apply(&mut self) {
        let diagnostics = self.apply_with(&PlanOptions::new());
        assert_eq!(diagnostics, [], "{}", listed(&diagnostics));
    }

    /// There is nothing left to do.
    pub(crate) fn is_settled(&mut self) {
        let plan = self.plan(&PlanOptions::new());
        let changes: Vec<_> = plan
            .resource_changes()
            .map(|change| (change.address().to_owned(), change.action()))
            .collect();
        assert!(plan.is_empty, "{changes:?}");
    }

    /// Plans and applies, which must fail; the errors.
    pub(crate) fn apply_fails(&mut self) -> Vec<Diagnostic> {
        self.apply_fails_with(&PlanOptions::new())
    }

    /// The same with options for the plan.
    pub(crate) fn apply_fails_with(&mut self, options: &PlanOptions) -> Vec<Diagnostic> {
        let errors = errors(self.apply_with(options));
        assert!(!errors.is_empty(), "the apply succeeded");
        errors
    }

    /// Destroys everything; the errors.
    pub(crate) fn destroy(&mut self) -> Vec<Diagnostic> {
        errors(self.workspace.destroy().unwrap())
    }

    /// Destroys everything, which must succeed: in the state, on the publisher, and in the right order.
    pub(crate) fn destroy_completely(&mut self) {
        let errors = self.destroy();
        assert_eq!(errors, [], "{}", listed(&errors));
        self.is_empty();
        judge::routes_went_first(&self.simulator);
    }

    /// The state and the publisher have nothing left.
    pub(crate) fn is_empty(&self) {
        assert_eq!(self.addresses(), Vec::<String>::new());
        assert_eq!(self.names(), Vec::<String>::new());
        assert_eq!(self.keys(), Vec::<String>::new());
    }

    /// The state.
    pub(crate) fn state(&self) -> State {
        self.workspace.state().unwrap()
    }

    /// What the state has, by address.
    pub(crate) fn addresses(&self) -> Vec<String> {
        self.state()
            .resources()
            .iter()
            .map(|resource| resource.address().to_owned())
            .collect()
    }

    /// The domains of the publisher.
    pub(crate) fn names(&self) -> Vec<String> {
        let domains = self.cluster().domains().unwrap();
        domains.into_iter().map(|row| row.domain_name).collect()
    }

    /// The keys of the publisher's routes.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.cluster()
            .routes()
            .unwrap()
            .iter()
            .map(RouteRow::key)
            .collect()
    }

    /// Every row of the publisher by its primary key, to see whether any has changed.
    pub(crate) fn rows(&self) -> (Vec<imp_publisher_simulator::DomainRow>, Vec<RouteRow>) {
        (
            self.cluster().domains().unwrap(),
            self.cluster().routes().unwrap(),
        )
    }

    /// Starts a command in the background, and waits until the fault has hit a request of it.
    pub(crate) fn start_into(&self, fault: Fault, arguments: &[&str]) -> Running {
        let id = self.simulator.inject(fault);
        let running = self.workspace.start(arguments).unwrap();
        eventually("the fault fires", || {
            let faults = self.simulator.faults();
            faults
                .iter()
                .any(|status| status.id == id && status.fired > 0)
        });
        running
    }
}

/// Waits for something that must come true.
pub(crate) fn eventually(what: &str, condition: impl Fn() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < LIMIT, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The errors among diagnostics.
pub(crate) fn errors(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics
        .into_iter()
        .filter(Diagnostic::is_error)
        .collect()
}

/// Diagnostics as a person reads them.
pub(crate) fn listed(diagnostics: &[Diagnostic]) -> String {
    let lines: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// One error has this summary, and each of these sentences, however it is wrapped.
pub(crate) fn says(diagnostics: &[Diagnostic], summary: &str, sentences: &[&str]) {
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = diagnostics.iter().any(|diagnostic| {
        let detail = on_one_line(&diagnostic.detail);
        diagnostic.summary == summary
            && sentences
                .iter()
                .all(|sentence| detail.contains(&on_one_line(sentence)))
    });
    assert!(
        found,
        "no {summary:?} saying {sentences:?} in:\n{}",
        listed(diagnostics)
    );
}
