//! What a case says of itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::Value;

/// `case.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    /// What it shows.
    #[allow(dead_code, reason = "for whoever reads the file")]
    about: String,
    /// The version of Terraform that makes the plan.
    pub(super) terraform: String,
    /// The case that has its configurations, where it has none of its own.
    pub(super) like: Option<String>,
    /// Whether what is planned has been applied before.
    #[serde(default)]
    pub(super) applied: bool,
    /// Options of `plan`.
    #[serde(default)]
    pub(super) arguments: Vec<String>,
    /// Instances that are marked as tainted before the plan.
    #[serde(default)]
    pub(super) taint: Vec<String>,
    /// Instances that are taken out of the state before the plan.
    #[serde(default)]
    pub(super) forget: Vec<String>,
    /// Values of variables.
    #[serde(default)]
    pub(super) variables: BTreeMap<String, Value>,
    /// Whether the publishers come from the environment: the configuration names none.
    #[serde(default = "yes")]
    pub(super) environment: bool,
}

fn yes() -> bool {
    true
}

impl Case {
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("case.json");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    }
}
