//! Runs the plan modifiers of attributes and blocks, from the root inwards.

use std::sync::Arc;

use tfplugin_values::{Path, Step, Value};

use super::Draft;
use super::elements::visit;
use super::level::{Level, part};
use crate::diagnostics::Diagnostics;
use crate::modifiers::{AttributeChange, PlanModifier};
use crate::panics::caught_now;
use crate::schema::{AttributeKind, Nesting};

/// Runs every plan modifier of a schema.
pub(super) fn run(level: Level<'_>, prior: &Value, config: &Value, draft: &mut Draft) {
    let mut walk = Walk {
        whole_prior: prior,
        whole_config: config,
        path: Path::root(),
        in_set: false,
        requires_replace: &mut draft.requires_replace,
        diagnostics: &mut draft.diagnostics,
    };
    walk.object(level, prior, config, &mut draft.planned);
}

struct Walk<'a> {
    whole_prior: &'a Value,
    whole_config: &'a Value,
    path: Path,
    /// Elements of a set have no address: below one the path stays that of the set.
    in_set: bool,
    requires_replace: &'a mut Vec<Path>,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn object(&mut self, level: Level<'_>, prior: &Value, config: &Value, planned: &mut Value) {
        let Value::Object(parts) = planned else {
            return;
        };
        for (name, attribute) in level.attributes {
            let nested = match &attribute.kind {
                AttributeKind::Plain(_) if attribute.modifiers.is_empty() => continue,
                AttributeKind::Plain(_) => None,
                AttributeKind::Nested {
                    nesting,
                    attributes,
                } => Some((*nesting, Level::of_attributes(attributes))),
            };
            if let Some(planned) = parts.get_mut(name) {
                let (prior, config) = (part(prior, name), part(config, name));
                self.at(Some(Step::Attribute(name.clone())), |walk| {
                    walk.modify(&attribute.modifiers, prior, config, planned);
                    if let Some((nesting, inner)) = nested {
                        walk.elements(nesting, inner, prior, config, planned);
                    }
                });
            }
        }
        for (name, block) in level.blocks {
            if let Some(planned) = parts.get_mut(name) {
                let (prior, config) = (part(prior, name), part(config, name));
                let inner = Level::of_body(&block.body);
                self.at(Some(Step::Attribute(name.clone())), |walk| {
                    walk.modify(&block.modifiers, prior, config, planned);
                    walk.elements(block.nesting, inner, prior, config, planned);
                });
            }
        }
    }

    fn elements(
        &mut self,
        nesting: Nesting,
        level: Level<'_>,
        prior: &Value,
        config: &Value,
        planned: &mut Value,
    ) {
        let outside = self.in_set;
        self.in_set |= nesting == Nesting::Set;
        visit(nesting, level, planned, config, prior, |element| {
            self.at(element.step, |walk| {
                walk.object(level, element.prior, element.config, element.value);
            });
        });
        self.in_set = outside;
    }

    fn at(&mut self, step: Option<Step>, work: impl FnOnce(&mut Self)) {
        match step {
            Some(step) if !self.in_set => {
                self.path.push(step);
                work(self);
                self.path.pop();
            }
            _ => work(self),
        }
    }

    fn modify(
        &mut self,
        modifiers: &[Arc<dyn PlanModifier>],
        prior: &Value,
        config: &Value,
        planned: &mut Value,
    ) {
        for modifier in modifiers {
            let mut requires_replace = false;
            let outcome = caught_now(|| {
                modifier.modify(&mut AttributeChange {
                    path: &self.path,
                    config,
                    prior,
                    planned,
                    whole_config: self.whole_config,
                    whole_prior: self.whole_prior,
                    requires_replace: &mut requires_replace,
                    diagnostics: self.diagnostics,
                });
            });
            if let Err(panic) = outcome {
                let doing = format!("modifying the plan of {}", self.path);
                self.diagnostics.push(panic.diagnostic(&doing));
            }
            if requires_replace {
                self.requires_replace.push(self.path.clone());
            }
        }
    }
}
