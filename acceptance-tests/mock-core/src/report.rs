//! What a command collects on its way: warnings to show and problems to fail with.

use std::fmt;

use tfplugin_protocol::tfplugin6 as wire;
use tonic::Status;

use crate::diagnostic::{Diagnostic, Severity};
use crate::problem::{CallError, Problem, ProblemKind, Rule, Violation};
use crate::value::PathError;

/// Warnings and problems of one command, or of one instance within it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    address: Option<String>,
    /// What the provider warned of.
    pub warnings: Vec<Diagnostic>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

/// A command that failed. What it did before failing has been done: the workspace's state says what.
#[derive(Clone, Debug, thiserror::Error)]
pub struct Failure {
    /// What the provider warned of.
    pub warnings: Vec<Diagnostic>,
    /// What went wrong; never empty.
    pub problems: Vec<Problem>,
}

impl Report {
    /// A report about one resource instance.
    pub fn about(address: &str) -> Self {
        Self {
            address: Some(address.to_owned()),
            ..Self::default()
        }
    }

    /// Takes over what the provider said.
    pub fn absorb(&mut self, diagnostics: &[wire::Diagnostic]) {
        for diagnostic in diagnostics.iter().map(Diagnostic::from_wire) {
            match diagnostic.severity {
                Severity::Warning => self.warnings.push(diagnostic),
                Severity::Error => self.add(ProblemKind::Provider(diagnostic)),
                Severity::Invalid => {
                    self.violation(Rule::InvalidDiagnostic, diagnostic.to_string());
                }
            }
        }
    }

    /// Notes a broken rule.
    pub fn violation(&mut self, rule: Rule, detail: impl Into<String>) {
        self.add(ProblemKind::Violation(Violation {
            rule,
            detail: detail.into(),
        }));
    }

    /// Notes what core itself refuses.
    pub fn refuse(&mut self, reason: impl Into<String>) {
        self.add(ProblemKind::Core(reason.into()));
    }

    /// Notes everything core refuses in a configuration.
    pub fn refuse_all(&mut self, problems: &[PathError]) {
        for problem in problems {
            self.refuse(problem.to_string());
        }
    }

    /// Takes the answer out of a finished call, or notes that there is none.
    pub fn answer<T>(
        &mut self,
        method: &'static str,
        result: Result<tonic::Response<T>, Status>,
    ) -> Option<T> {
        match result {
            Ok(response) => Some(response.into_inner()),
            Err(status) => {
                self.add(ProblemKind::Call(CallError::new(method, &status)));
                None
            }
        }
    }

    /// Whether anything went wrong so far.
    pub fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Adds everything another report holds.
    pub fn merge(&mut self, other: Report) {
        self.warnings.extend(other.warnings);
        self.problems.extend(other.problems);
    }

    /// The value with the warnings, or the failure when there were problems.
    pub fn finish<T>(self, value: T) -> Result<(T, Vec<Diagnostic>), Failure> {
        if self.problems.is_empty() {
            return Ok((value, self.warnings));
        }
        Err(Failure {
            warnings: self.warnings,
            problems: self.problems,
        })
    }

    fn add(&mut self, kind: ProblemKind) {
        self.problems.push(Problem {
            address: self.address.clone(),
            kind,
        });
    }
}

impl Failure {
    /// Whether a rule was broken.
    pub fn violates(&self, rule: Rule) -> bool {
        self.violations().any(|violation| violation.rule == rule)
    }

    /// Every broken rule.
    pub fn violations(&self) -> impl Iterator<Item = &Violation> {
        self.problems
            .iter()
            .filter_map(|problem| match &problem.kind {
                ProblemKind::Violation(violation) => Some(violation),
                _ => None,
            })
    }

    /// Every error the provider reported.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems
            .iter()
            .filter_map(|problem| match &problem.kind {
                ProblemKind::Provider(diagnostic) => Some(diagnostic),
                _ => None,
            })
    }

    /// Every call the provider did not answer.
    pub fn calls(&self) -> impl Iterator<Item = &CallError> {
        self.problems
            .iter()
            .filter_map(|problem| match &problem.kind {
                ProblemKind::Call(error) => Some(error),
                _ => None,
            })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.problems.iter().enumerate() {
            let separator = if position == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{problem}")?;
        }
        Ok(())
    }
}
