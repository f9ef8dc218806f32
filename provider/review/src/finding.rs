//! A finding.

use imp_federation_rules::{Rule, Severity};

use crate::plan::Change;

/// Something that a reviewer should know.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// How grave it is. What this plan does not touch is a note.
    pub severity: Severity,
    /// What is so, in a sentence.
    pub message: String,
    /// The clusters that it is about.
    pub publishers: Vec<String>,
    /// The remote domain that it is about, as it may be shown.
    pub domain: Option<String>,
    /// The resources that it is about.
    pub addresses: Vec<String>,
    /// Whether the plan changes anything that it is about; otherwise it was so before.
    pub is_new: bool,
    /// Why it is not counted.
    pub silenced: Option<Silenced>,
}

/// Why a finding is not counted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Silenced {
    /// `--ignore` names its code.
    ByOption,
    /// The configuration accepts it, for this reason.
    ByConfiguration(String),
}

impl Finding {
    /// A finding of a rule. Nothing of what it is about is known to change yet.
    pub(crate) fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity.min(Severity::Note),
            message: message.into(),
            publishers: Vec::new(),
            domain: None,
            addresses: Vec::new(),
            is_new: false,
            silenced: None,
        }
    }

    pub(crate) fn on(mut self, publisher: &str) -> Self {
        self.publishers.push(publisher.to_owned());
        self
    }

    pub(crate) fn about(mut self, domain: &impl ToString) -> Self {
        self.domain = Some(domain.to_string());
        self
    }

    /// It is about this object.
    pub(crate) fn at<T: crate::plan::Object>(mut self, change: &Change<T>) -> Self {
        if !self.addresses.contains(&change.address) {
            self.addresses.push(change.address.clone());
        }
        self.involving(change)
    }

    /// What happens to this object has to do with it.
    pub(crate) fn involving<T: crate::plan::Object>(mut self, change: &Change<T>) -> Self {
        if change.writes() {
            self.is_new = true;
            self.severity = self.rule.severity;
        }
        self
    }
}
