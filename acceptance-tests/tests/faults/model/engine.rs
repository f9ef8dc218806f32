//! A Terraform that the model drives: a mock core or a real one.

use std::collections::BTreeMap;

use super::wanted::Object;

/// A working directory with its state.
pub(super) trait Engine {
    /// Plans what is written, or the destruction of everything, and keeps the plan. Says whether it is empty.
    fn plan(&mut self, objects: &[Object], is_destroy: bool) -> Result<bool, Vec<Complaint>>;

    /// Applies the plan that was kept.
    fn apply(&mut self, cut: Option<Cut>) -> Applied;

    /// Takes a row into the state.
    fn import(&mut self, address: &str, id: &str) -> Result<(), Vec<Complaint>>;

    /// What the state has, by address.
    fn state(&self) -> BTreeMap<String, Held>;
}

/// An error that the user reads.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    /// The object concerned, where it is told.
    pub(super) address: Option<String>,
    /// All of it, on one line.
    pub(super) text: String,
    pub(super) by: Speaker,
}

/// Who says that something went wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Speaker {
    Provider,
    /// The core: the provider broke a rule of Terraform. It must never come to that.
    Rules,
    /// The core, of anything else.
    Core,
}

/// What cuts an apply short, and the fault that tells the moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub(super) by: CutBy,
    pub(super) fault: u64,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum CutBy {
    /// The provider is killed.
    ProviderKilled,
    /// Terraform is killed.
    TerraformKilled,
    /// Ctrl-C.
    Interrupt,
}

/// How an apply ended.
#[derive(Debug)]
pub(super) struct Applied {
    /// None where it succeeded.
    pub(super) complaints: Vec<Complaint>,
    /// Whether it was cut short.
    pub(super) is_cut: bool,
}

/// An object in the state.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Held {
    pub(super) pkid: String,
    pub(super) key: String,
    pub(super) description: String,
    pub(super) priority: i64,
    pub(super) is_tainted: bool,
}

impl Held {
    /// Reads the attributes as they are stored.
    pub(super) fn of(attributes: &serde_json::Value, is_tainted: bool) -> Self {
        let text = |name: &str| attributes[name].as_str().unwrap_or_default().to_owned();
        let key = match attributes["domain_name"].as_str() {
            Some(name) => name.to_owned(),
            None => format!(
                "{}/{}:{}/{}",
                text("destination_pattern"),
                text("next_hop"),
                attributes["next_hop_port"],
                text("protocol")
            ),
        };
        Self {
            pkid: text("pkid"),
            key,
            description: text("description"),
            priority: attributes["priority"].as_i64().unwrap_or_default(),
            is_tainted,
        }
    }
}

/// A text without line breaks and frames.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
