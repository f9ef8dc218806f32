//! Which nodes are done, and how the user reads it.

use tfplugin_framework::{Diagnostic, Diagnostics};

use super::ROUTER;
use super::problem::Problem;

/// How far the restart of a cluster has come.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Restarted, and up again.
    pub(super) done: Vec<String>,
    /// Asked to restart, and not yet known to be up again.
    pub(super) under_way: Option<String>,
    /// Not touched.
    pub(super) left: Vec<String>,
}

impl Outcome {
    /// The next node is being restarted.
    pub(super) fn begin(&mut self, node: &str) {
        self.left.retain(|left| left != node);
        self.under_way = Some(node.to_owned());
    }

    /// The node said that it does not restart.
    pub(super) fn refuse(&mut self, node: &str) {
        self.under_way = None;
        self.left.insert(0, node.to_owned());
    }

    /// The node is up again.
    pub(super) fn finish(&mut self) {
        self.done.extend(self.under_way.take());
    }

    /// What the user reads where it ended early.
    pub(super) fn failed(&self, problem: &Problem) -> Diagnostics {
        let untouched = self.done.is_empty() && self.under_way.is_none();
        let diagnostic = if untouched {
            Diagnostic::error(format!("{ROUTER} was not restarted"))
        } else {
            Diagnostic::error(format!("{ROUTER} was not restarted on every node"))
        };
        let mut paragraphs = vec![problem.to_string()];
        paragraphs.extend(problem.remedy());
        if !untouched || !self.left.is_empty() {
            paragraphs.push(self.described());
        }
        if !untouched && !self.left.is_empty() {
            let names: Vec<String> = self.left.iter().map(|name| format!("{name:?}")).collect();
            paragraphs.push(format!(
                "Write `nodes = [{}]` to go on with the rest only.",
                names.join(", ")
            ));
        }
        let diagnostic = diagnostic.detail(paragraphs.join("\n\n"));
        match problem {
            Problem::UnknownNode { attribute, .. } => diagnostic.at(*attribute).into(),
            _ => diagnostic.into(),
        }
    }

    fn described(&self) -> String {
        let listed = |names: &[String]| match names {
            [] => "none".to_owned(),
            names => names.join(", "),
        };
        let done = format!("Restarted and up again: {}.", listed(&self.done));
        let under_way = self
            .under_way
            .as_ref()
            .map(|node| format!("Asked to restart, and not known to be up again: {node}."));
        let left = format!("Not restarted: {}.", listed(&self.left));
        let sentences: Vec<String> = [Some(done), under_way, Some(left)]
            .into_iter()
            .flatten()
            .collect();
        sentences.join(" ")
    }
}
