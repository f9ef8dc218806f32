//! A step whose command must fail, with the right words.

use std::path::Path;

use super::apply::planned;
use super::step::{Context, TestStep, use_folder};
use crate::diagnostics::{self, Diagnostic};
use crate::{Failure, PlanOptions};

/// The command that fails.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Phase {
    /// `validate`.
    Validate,
    /// `plan`.
    Plan,
    /// `apply`, after a plan that succeeds.
    Apply,
    /// `destroy`.
    Destroy,
}

/// A command that must fail, with one error that has all the expected properties.
pub struct FailureStep {
    folder: String,
    phase: Phase,
    options: PlanOptions,
    summary: Option<String>,
    details: Vec<String>,
    address: Option<String>,
    attribute: Option<String>,
}

impl FailureStep {
    pub(super) fn new(folder: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            phase: Phase::Plan,
            options: PlanOptions::new(),
            summary: None,
            details: Vec::new(),
            address: None,
            attribute: None,
        }
    }

    /// The command that fails; `plan` unless said otherwise.
    #[must_use]
    pub fn at(mut self, phase: Phase) -> Self {
        self.phase = phase;
        self
    }

    /// Plans with these options.
    #[must_use]
    pub fn options(mut self, options: PlanOptions) -> Self {
        self.options = options;
        self
    }

    /// The whole summary of the error.
    #[must_use]
    pub fn summary(mut self, summary: &str) -> Self {
        self.summary = Some(summary.to_owned());
        self
    }

    /// A part of the error's detail; line breaks count as spaces.
    #[must_use]
    pub fn detail(mut self, part: &str) -> Self {
        self.details.push(on_one_line(part));
        self
    }

    /// The resource that the error is about.
    #[must_use]
    pub fn address(mut self, address: &str) -> Self {
        self.address = Some(address.to_owned());
        self
    }

    /// The attribute whose line is marked.
    #[must_use]
    pub fn attribute(mut self, name: &str) -> Self {
        self.attribute = Some(name.to_owned());
        self
    }

    fn is_expected(&self, diagnostic: &Diagnostic) -> bool {
        let detail = on_one_line(&diagnostic.detail);
        diagnostic.is_error()
            && self
                .summary
                .as_ref()
                .is_none_or(|summary| *summary == diagnostic.summary)
            && self.details.iter().all(|part| detail.contains(part))
            && (self.address.is_none() || self.address == diagnostic.address)
            && (self.attribute.is_none() || self.attribute == diagnostic.attribute)
    }

    fn described(&self) -> String {
        let summary = self.summary.iter().map(|summary| format!("{summary:?}"));
        let details = self.details.iter().map(|part| format!("saying {part:?}"));
        let address = self.address.iter().map(|address| format!("with {address}"));
        let attribute = self.attribute.iter().map(|name| format!("at {name}"));
        let properties: Vec<String> = summary
            .chain(details)
            .chain(address)
            .chain(attribute)
            .collect();
        properties.join(", ")
    }

    fn diagnostics(&self, context: &mut Context<'_>) -> Result<Vec<Diagnostic>, Failure> {
        let workspace = &mut *context.workspace;
        match self.phase {
            Phase::Validate => workspace.validate(),
            Phase::Plan => Ok(workspace.plan(&self.options)?.err().unwrap_or_default()),
            Phase::Apply => {
                planned(workspace, &self.options)?;
                workspace.apply_saved_plan()
            }
            Phase::Destroy => workspace.destroy(),
        }
    }
}

impl TestStep for FailureStep {
    fn describe(&self) -> String {
        format!("{:?} {} must fail", self.phase, self.folder)
    }

    fn run(self: Box<Self>, context: &mut Context<'_>) -> Result<(), Failure> {
        let before = context.workspace.configuration_source().map(Path::to_owned);
        context.use_folder(&self.folder)?;
        let diagnostics = self.diagnostics(context)?;
        if matches!(self.phase, Phase::Validate | Phase::Plan) {
            // A configuration that is refused would be in the way of destroying what is there.
            match before {
                Some(before) => use_folder(context.workspace, &before)?,
                None => context.workspace.clear_configuration()?,
            }
        }
        if !diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Failure::new("it succeeded"));
        }
        if !diagnostics
            .iter()
            .any(|diagnostic| self.is_expected(diagnostic))
        {
            return Err(Failure::new(format!(
                "no error {} among:\n{}",
                self.described(),
                diagnostics::listed(&diagnostics)
            )));
        }
        Ok(())
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
