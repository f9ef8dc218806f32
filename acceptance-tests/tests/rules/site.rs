//! Practice clusters and a workspace on them, and what a command says by the codes of its rules.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use acceptance_tests::{Diagnostic, Plan, PlanOptions, Practice, Provider, Terraform, Workspace};
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER, Settings};
use serde_json::Value;

/// The domain of the configurations that have only one.
pub(crate) const DOMAIN: &str = "imp_sip_federation_domain.remote";

/// How long after a write a router must restart to be taken for restarted since, in every look: a node tells its up time
/// to the second, and the time of the look is taken before the node is asked.
const CLEARLY_LATER: Duration = Duration::from_secs(4);

/// Practice clusters and a workspace on them.
pub(crate) struct Site {
    pub(crate) practice: Practice,
    pub(crate) workspace: Workspace,
}

/// A rule's word: the gravity and the code as in `warning IMP101`, and where: the object, and its attribute.
pub(crate) type Word = (String, String);

impl Site {
    /// The clusters `emea` and `apac`, and the configuration of a folder.
    pub(crate) fn new(folder: &str) -> Self {
        Self::on(Practice::start(), folder)
    }

    /// Other clusters.
    pub(crate) fn on(practice: Practice, folder: &str) -> Self {
        let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
        workspace.add_provider(Provider::imp().unwrap()).unwrap();
        workspace.set_environment("IMP_USERNAME", DEFAULT_USER);
        workspace.set_environment("IMP_PASSWORD", DEFAULT_PASSWORD);
        workspace.set_variable("publishers", &practice.publishers());
        let test_data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/rules");
        workspace.use_common_configuration(&test_data.join("common"));
        workspace
            .use_configuration(&test_data.join(folder))
            .unwrap();
        Self {
            practice,
            workspace,
        }
    }

    /// Sets an input variable from here on.
    pub(crate) fn set(&mut self, variable: &str, value: impl Into<Value>) {
        self.workspace.set_variable(variable, &value.into());
    }

    /// Changes the settings of `emea`.
    pub(crate) fn administer(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.practice.emea().settings().unwrap();
        change(&mut settings);
        self.practice.emea().set_settings(&settings).unwrap();
    }

    /// Restarts the router of a node of `emea`, so long after all that was written before that no look is in doubt.
    #[track_caller]
    pub(crate) fn restart_router(&self, node: &str) {
        sleep(CLEARLY_LATER);
        assert!(self.practice.emea().restart_router(node));
    }

    /// A plan that succeeds.
    #[track_caller]
    pub(crate) fn plan(&mut self, options: &PlanOptions) -> Plan {
        match self.workspace.plan(options).unwrap() {
            Ok(plan) => plan,
            Err(diagnostics) => panic!("the plan failed: {}", listed(&diagnostics)),
        }
    }

    /// What a plan says that fails.
    #[track_caller]
    pub(crate) fn plan_fails(&mut self) -> Vec<Diagnostic> {
        match self.workspace.plan(&PlanOptions::new()).unwrap() {
            Ok(_) => panic!("the plan succeeded"),
            Err(diagnostics) => diagnostics,
        }
    }

    /// Plans and applies, which must succeed; what the apply says.
    #[track_caller]
    pub(crate) fn apply(&mut self) -> Vec<Diagnostic> {
        self.plan(&PlanOptions::new());
        let diagnostics = self.workspace.apply_saved_plan().unwrap();
        no_errors(&diagnostics);
        diagnostics
    }

    /// Destroys everything, which must succeed, on the publishers too; what is said.
    #[track_caller]
    pub(crate) fn destroy(&mut self) -> Vec<Diagnostic> {
        let diagnostics = self.workspace.destroy().unwrap();
        no_errors(&diagnostics);
        assert_eq!(self.practice.emea().domains().unwrap(), []);
        diagnostics
    }
}

/// What rules say, sorted. What is said without a code is left out.
pub(crate) fn words(diagnostics: &[Diagnostic]) -> Vec<Word> {
    let word = |diagnostic: &Diagnostic| {
        let code = diagnostic.summary.rsplit_once('[')?.1.strip_suffix(']')?;
        let gravity = if diagnostic.is_error() {
            "error"
        } else {
            "warning"
        };
        let place = [&diagnostic.address, &diagnostic.attribute];
        let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
        let mut place = place.join(" ");
        // Each core writes the provider's address in its own way.
        if place.starts_with("provider") {
            place.truncate("provider".len());
        }
        // Each leads to its page.
        let page = format!("/docs/guides/rule-{}", code.to_ascii_lowercase());
        assert!(diagnostic.detail.ends_with(&page), "{diagnostic}");
        Some((format!("{gravity} {code}"), place))
    };
    let mut words: Vec<Word> = diagnostics.iter().filter_map(word).collect();
    words.sort();
    words
}

/// What rules say but that a restart is due.
pub(crate) fn words_but_restarts(diagnostics: &[Diagnostic]) -> Vec<Word> {
    let mut words = words(diagnostics);
    words.retain(|(word, _)| word != "warning IMP211");
    words
}

/// What should be said.
pub(crate) fn expected(words: &[(&str, &str)]) -> Vec<Word> {
    let owned = |(word, place): &(&str, &str)| ((*word).to_owned(), (*place).to_owned());
    let mut words: Vec<Word> = words.iter().map(owned).collect();
    words.sort();
    words
}

/// The detail of the only diagnostic with a code, on one line.
#[track_caller]
pub(crate) fn detail(diagnostics: &[Diagnostic], code: &str) -> String {
    let of_code = |diagnostic: &&Diagnostic| diagnostic.summary.ends_with(&format!("[{code}]"));
    let found: Vec<_> = diagnostics.iter().filter(of_code).collect();
    assert_eq!(found.len(), 1, "{code}: {}", listed(diagnostics));
    let words: Vec<_> = found[0].detail.split_whitespace().collect();
    words.join(" ")
}

#[track_caller]
fn no_errors(diagnostics: &[Diagnostic]) {
    assert!(
        !diagnostics.iter().any(Diagnostic::is_error),
        "{}",
        listed(diagnostics)
    );
}

/// Diagnostics as a person reads them.
pub(crate) fn listed(diagnostics: &[Diagnostic]) -> String {
    let lines: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
