//! Parameters, result and documentation of a function.

use std::collections::BTreeSet;

use tfplugin_values::Type;

use crate::schema::{SchemaError, SchemaProblem};

/// What a function takes and gives.
#[derive(Clone, Debug)]
pub struct Signature {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) variadic: Option<Parameter>,
    pub(crate) result: Type,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) deprecated: Option<String>,
}

impl Signature {
    /// A function without parameters that gives a value of this type.
    pub fn new(result: Type) -> Self {
        Self {
            parameters: Vec::new(),
            variadic: None,
            result,
            summary: String::new(),
            description: String::new(),
            deprecated: None,
        }
    }

    /// Adds a parameter.
    pub fn parameter(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// Any number of further arguments.
    pub fn variadic(mut self, parameter: Parameter) -> Self {
        self.variadic = Some(parameter);
        self
    }

    /// What it does, in one line of plain text.
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.summary = summary.into();
        self
    }

    /// What it does, in Markdown.
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Warns whoever calls it; the message says what to use instead.
    pub fn deprecated(mut self, message: impl Into<String>) -> Self {
        self.deprecated = Some(message.into());
        self
    }

    /// The parameter of an argument.
    pub(crate) fn parameter_at(&self, index: usize) -> Option<&Parameter> {
        self.parameters.get(index).or(self.variadic.as_ref())
    }

    /// Every rule that is broken.
    pub(crate) fn check(&self, function: &str) -> Result<(), SchemaError> {
        let mut problems = Vec::new();
        let mut report = |at: &str, problem: &str| {
            problems.push(SchemaProblem {
                at: at.to_owned(),
                problem: problem.to_owned(),
            });
        };
        if !is_identifier(function) {
            report("", "the name of a function must be an identifier");
        }
        let mut names = BTreeSet::new();
        for parameter in self.parameters.iter().chain(&self.variadic) {
            if !is_identifier(&parameter.name) {
                report(
                    &parameter.name,
                    "the name of a parameter must be an identifier",
                );
            }
            if !names.insert(&parameter.name) {
                report(&parameter.name, "the name of the parameter is used twice");
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(SchemaError { problems })
        }
    }
}

/// One parameter. Without further ado it takes neither null nor unknown values: Terraform refuses null
/// itself, and answers unknown to an unknown argument without asking.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) allow_null: bool,
    pub(crate) allow_unknown: bool,
    pub(crate) description: String,
}

impl Parameter {
    /// A parameter of a type.
    pub fn new(name: impl Into<String>, ty: Type) -> Self {
        Self {
            name: name.into(),
            ty,
            allow_null: false,
            allow_unknown: false,
            description: String::new(),
        }
    }

    /// The argument may be null.
    pub fn allow_null(mut self) -> Self {
        self.allow_null = true;
        self
    }

    /// The argument may be unknown.
    pub fn allow_unknown(mut self) -> Self {
        self.allow_unknown = true;
        self
    }

    /// What it means, in Markdown.
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|other| other.is_ascii_alphanumeric() || other == '_' || other == '-')
}
