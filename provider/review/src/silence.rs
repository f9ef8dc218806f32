//! Findings that somebody has accepted: by `--ignore`, or in the configuration.
//!
//! In a configuration that is a variable `imp_review_ignore`, since plan JSON keeps the defaults of variables and no
//! comments. It is a map from what is accepted to the reason:
//!
//! ```hcl
//! variable "imp_review_ignore" {
//!   type = map(string)
//!   default = {
//!     "IMP310"            = "Both clusters are changed in the window of Sunday night."
//!     "IMP302 remote.com" = "The partner has one edge server."
//!   }
//! }
//! ```
//!
//! Behind the code may stand an address, or the beginning of one, a domain, or a publisher. In a module the variable
//! counts for the resources of that module alone.

use imp_federation_rules::Rule;
use serde_json::Value;

use crate::finding::{Finding, Silenced};
use crate::plan::{ModulePath, Plan};

/// The variable that says what is accepted.
const VARIABLE: &str = "imp_review_ignore";

/// What is accepted.
pub(crate) struct Silences {
    by_option: Vec<String>,
    by_configuration: Vec<Entry>,
    /// What the person who wrote it should know.
    pub(crate) remarks: Vec<String>,
}

struct Entry {
    module: ModulePath,
    code: &'static str,
    about: Option<String>,
    reason: String,
    is_used: bool,
}

impl Silences {
    pub(crate) fn of(plan: &Plan, ignored: &[String]) -> Self {
        let mut silences = Self {
            by_option: ignored.to_vec(),
            by_configuration: Vec::new(),
            remarks: Vec::new(),
        };
        for (path, module) in plan.configuration.modules() {
            let Some(variable) = module.variable(VARIABLE) else {
                continue;
            };
            // What was passed counts for the root module; other modules have only their defaults in the plan.
            let passed = plan
                .variables
                .get(VARIABLE)
                .filter(|_| path == ModulePath::default());
            if let Some(value) = passed.or(variable.default.as_ref()) {
                silences.read(&path, value);
            }
        }
        silences
    }

    fn read(&mut self, module: &ModulePath, value: &Value) {
        match value {
            Value::Object(entries) => {
                for (key, reason) in entries {
                    self.add(module, key, reason.as_str().unwrap_or_default());
                }
            }
            Value::Array(keys) => {
                for key in keys {
                    self.add(module, key.as_str().unwrap_or_default(), "");
                }
            }
            Value::Null => {}
            _ => self.remarks.push(format!(
                "The variable {VARIABLE} is neither a map nor a list, and is ignored."
            )),
        }
    }

    fn add(&mut self, module: &ModulePath, key: &str, reason: &str) {
        let (code, about) = match key.trim().split_once(char::is_whitespace) {
            Some((code, about)) => (code, Some(about.trim().to_owned())),
            None => (key.trim(), None),
        };
        match Rule::by_code(code) {
            Some(rule) => self.by_configuration.push(Entry {
                module: module.clone(),
                code: rule.code,
                about,
                reason: reason.to_owned(),
                is_used: false,
            }),
            None => self.remarks.push(format!(
                "The variable {VARIABLE} names {code:?}, which is the code of no rule."
            )),
        }
    }

    /// Why a finding is accepted, where it is.
    pub(crate) fn of_finding(&mut self, finding: &Finding) -> Option<Silenced> {
        let mut silenced = None;
        for entry in &mut self.by_configuration {
            if entry.accepts(finding) {
                entry.is_used = true;
                silenced.get_or_insert_with(|| Silenced::ByConfiguration(entry.reason.clone()));
            }
        }
        let is_ignored = |code: &String| code.eq_ignore_ascii_case(finding.rule.code);
        if self.by_option.iter().any(is_ignored) {
            return Some(Silenced::ByOption);
        }
        silenced
    }

    /// What has accepted nothing, so that it can be removed.
    pub(crate) fn unused(&self) -> impl Iterator<Item = String> {
        let unused = self.by_configuration.iter().filter(|entry| !entry.is_used);
        unused.map(|entry| {
            let about = entry.about.as_deref().unwrap_or_default();
            format!(
                "{} in {VARIABLE} accepts nothing that was found.",
                format!("{} {about}", entry.code).trim_end()
            )
        })
    }
}

impl Entry {
    fn accepts(&self, finding: &Finding) -> bool {
        let is_in_module = |address: &String| {
            let path = ModulePath::parse(address);
            path.0.starts_with(&self.module.0)
        };
        let is_meant = |about: &String| {
            let is_at = |address: &String| {
                address
                    .strip_prefix(about.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            };
            finding.addresses.iter().any(is_at)
                || finding.publishers.contains(about)
                || finding
                    .domain
                    .as_ref()
                    .is_some_and(|domain| domain.eq_ignore_ascii_case(about))
        };
        self.code == finding.rule.code
            && (self.module == ModulePath::default()
                || (!finding.addresses.is_empty() && finding.addresses.iter().all(is_in_module)))
            && self.about.as_ref().is_none_or(is_meant)
    }
}
