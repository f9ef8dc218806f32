//! What is checked of every configuration: presence, read-only and write-only attributes, validators,
//! duplicates in sets, deprecations. Pure functions over values and a schema.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tfplugin_values::{Path, Step, Value};

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::panics::caught_now;
use crate::plan::{Level, NULL, part};
use crate::schema::{Attribute, AttributeKind, CheckedSchema, Equality, Nesting};
use crate::validators::{Check, Validator};

/// Whether the core keeps write-only attributes out of plan and state.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum WriteOnly {
    Allowed,
    Refused,
}

/// Checks a configuration and reports everything that is wrong with it.
pub(crate) fn validate(
    schema: &CheckedSchema,
    config: &Value,
    write_only: WriteOnly,
    diagnostics: &mut Diagnostics,
) {
    if config.is_null() || config.is_unknown() {
        return;
    }
    if let Some(message) = &schema.body.deprecated {
        diagnostics.push(Diagnostic::warning("Deprecated").detail(message.clone()));
    }
    let mut walk = Walk {
        path: Path::root(),
        in_set: false,
        inside: Path::root(),
        write_only,
        diagnostics,
    };
    walk.object(Level::of_body(&schema.body), config);
}

struct Walk<'a> {
    path: Path,
    /// Elements of a set have no address: below one the path stays that of the set.
    in_set: bool,
    /// The way from the element of the set on, for the text alone.
    inside: Path,
    write_only: WriteOnly,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn object(&mut self, level: Level<'_>, config: &Value) {
        for (name, attribute) in level.attributes {
            let value = part(config, name);
            self.at(Step::Attribute(name.clone()), |walk| {
                walk.attribute(attribute, value);
            });
        }
        for (name, block) in level.blocks {
            let value = part(config, name);
            self.at(Step::Attribute(name.clone()), |walk| {
                if block.is_read_only() && has_blocks(value) {
                    walk.push(Diagnostic::error("Read-only block").detail(
                        "The provider alone fills in this block. Remove it from the configuration.",
                    ));
                    return;
                }
                walk.validators(&block.validators, value, false);
                if let Some(message) = &block.body.deprecated
                    && has_blocks(value)
                {
                    walk.push(Diagnostic::warning("Deprecated block").detail(message.clone()));
                }
                walk.elements(block.nesting, Level::of_body(&block.body), value);
            });
        }
    }

    fn attribute(&mut self, attribute: &Attribute, value: &Value) {
        if value.is_null() {
            if attribute.required {
                self.push(
                    Diagnostic::error("Missing required attribute").detail(
                        "The attribute must be set. A value that is null counts as left out.",
                    ),
                );
            }
            return;
        }
        if attribute.is_read_only() {
            self.push(Diagnostic::error("Read-only attribute").detail(
                "The provider alone sets this attribute. Remove it from the configuration.",
            ));
            return;
        }
        if attribute.write_only && self.write_only == WriteOnly::Refused {
            self.push(Diagnostic::error("Write-only attribute not supported").detail(
                "Write-only attributes are only supported in Terraform 1.11 and OpenTofu 1.11 and later. \
                 With this version the value would be stored in the state: use a later version, or leave \
                 the attribute out.",
            ));
        }
        if let Some(message) = &attribute.deprecated
            && !value.is_unknown()
        {
            self.push(Diagnostic::warning("Deprecated attribute").detail(message.clone()));
        }
        self.validators(&attribute.validators, value, attribute.sensitive);
        self.duplicates(value, attribute.equality.as_ref(), attribute.sensitive);
        if let AttributeKind::Nested {
            nesting,
            attributes,
        } = &attribute.kind
        {
            self.elements(*nesting, Level::of_attributes(attributes), value);
        }
    }

    fn validators(&mut self, validators: &[Arc<dyn Validator>], value: &Value, sensitive: bool) {
        if value.is_null() || value.is_unknown() {
            return;
        }
        for validator in validators {
            let mut found = Diagnostics::new();
            let outcome = caught_now(|| {
                validator.validate(&mut Check {
                    value,
                    path: &self.path,
                    sensitive,
                    diagnostics: &mut found,
                });
            });
            if let Err(panic) = outcome {
                let doing = format!("validating {}", self.path);
                found.push(panic.diagnostic(&doing).at(self.path.clone()));
            }
            for diagnostic in found {
                self.report(diagnostic);
            }
        }
    }

    /// Terraform itself drops equal elements of a set; those that only mean the same it cannot know.
    fn duplicates(&mut self, value: &Value, equality: Option<&Equality>, sensitive: bool) {
        let (Value::Set(elements), Some(equality)) = (value, equality) else {
            return;
        };
        let known = |value: &&Value| !value.is_null() && value.is_wholly_known();
        let duplicate = elements.iter().enumerate().find(|(index, element)| {
            known(element)
                && elements[..*index]
                    .iter()
                    .filter(known)
                    .any(|earlier| equality(earlier, element))
        });
        if let Some((_, duplicate)) = duplicate {
            let shown = Check {
                value: duplicate,
                path: &self.path,
                sensitive,
                diagnostics: &mut Diagnostics::new(),
            }
            .shown();
            self.push(Diagnostic::error("Duplicate set element").detail(format!(
                "The set has {shown} more than once, in spellings that mean the same. Write it once."
            )));
        }
    }

    fn elements(&mut self, nesting: Nesting, level: Level<'_>, value: &Value) {
        match (nesting, value) {
            (Nesting::Single | Nesting::Group, Value::Object(_)) => self.object(level, value),
            (Nesting::List, Value::List(elements)) => {
                for (element, index) in elements.iter().zip(0..) {
                    self.at(Step::Index(index), |walk| walk.element(level, element));
                }
            }
            (Nesting::Map, Value::Map(elements)) => {
                for (key, element) in elements {
                    self.at(Step::Key(key.clone()), |walk| walk.element(level, element));
                }
            }
            (Nesting::Set, Value::Set(elements)) => {
                let outside = std::mem::replace(&mut self.in_set, true);
                for element in elements {
                    self.element(level, element);
                }
                self.in_set = outside;
            }
            _ => {}
        }
    }

    fn element(&mut self, level: Level<'_>, value: &Value) {
        match value {
            Value::Object(_) => self.object(level, value),
            Value::Null => self.push(
                Diagnostic::error("Missing element")
                    .detail("An element must not be null. Write an object, or leave it out."),
            ),
            _ => {}
        }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.report(diagnostic.at(self.path.clone()));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        let diagnostic = if self.inside.is_root() {
            diagnostic
        } else {
            let detail = format!(
                "In an element, {}: {}",
                self.inside,
                diagnostic.detail_text()
            );
            diagnostic.detail(detail)
        };
        self.diagnostics.push(diagnostic);
    }

    fn at(&mut self, step: Step, work: impl FnOnce(&mut Self)) {
        if self.in_set {
            self.inside.push(step);
            work(self);
            self.inside.pop();
        } else {
            self.path.push(step);
            work(self);
            self.path.pop();
        }
    }
}

fn has_blocks(value: &Value) -> bool {
    match value {
        Value::List(elements) | Value::Set(elements) => !elements.is_empty(),
        Value::Map(elements) => !elements.is_empty(),
        value => *value != NULL,
    }
}
