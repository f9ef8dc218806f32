//! The self-check of a provider, for one of its unit tests: everything that a core would refuse, or that
//! would confuse a user, without starting a process.

#[cfg(test)]
mod tests;

use std::fmt;

use crate::provider::{AnyProvider, Provider, Typed};
use crate::registry::Registry;
use crate::resource::ResourceDefinition;
use crate::schema::SchemaError;

/// Checks every schema, model, name and upgrade of a provider.
///
/// Call it in a unit test: a provider that passes cannot be refused when Terraform loads its schemas. The error has every
/// problem at once.
///
/// ```
/// # use tfplugin_framework::*;
/// # model! { struct Config {} }
/// # struct Office;
/// # impl Provider for Office {
/// #     type Config = Config;
/// #     fn name(&self) -> &str { "office" }
/// #     fn version(&self) -> &str { "0.1.0" }
/// #     fn schema(&self) -> Schema { Schema::new(0) }
/// #     async fn configure(&self, _: &mut Configure<Config>) -> Result<(), Diagnostics> { Ok(()) }
/// #     fn register(&self, _: &mut Registry) {}
/// # }
/// // #[test]
/// fn the_provider_passes_its_self_check() {
///     tfplugin_framework::check(Office).unwrap();
/// }
/// # the_provider_passes_its_self_check();
/// ```
pub fn check(provider: impl Provider) -> Result<(), CheckError> {
    let provider = Typed::new(provider);
    let mut registry = Registry::default();
    provider.register(&mut registry);
    let mut checker = Checker {
        prefix: format!("{}_", provider.name()),
        problems: Vec::new(),
    };
    checker.schema("provider", provider.schema().err());
    checker.schema("provider_meta", provider.meta_schema().err());
    for duplicate in &registry.duplicates {
        checker.problem(duplicate, "registered twice");
    }
    checker.resources(&registry);
    for (name, data_source) in &registry.data_sources {
        checker.prefix("data source", name);
        checker.schema(&format!("data source {name}"), data_source.schema().err());
    }
    for (name, ephemeral) in &registry.ephemeral_resources {
        checker.prefix("ephemeral resource", name);
        let at = format!("ephemeral resource {name}");
        checker.schema(&at, ephemeral.schema().err());
    }
    for (name, action) in &registry.actions {
        checker.prefix("action", name);
        checker.schema(&format!("action {name}"), action.schema().err());
    }
    for (name, store) in &registry.state_stores {
        checker.prefix("state store", name);
        checker.schema(&format!("state store {name}"), store.schema().err());
    }
    for (name, function) in &registry.functions {
        checker.schema(&format!("function {name}"), function.signature().err());
    }
    for (name, list) in &registry.list_resources {
        let at = format!("list resource {name}");
        checker.schema(&at, list.schema().err());
        let identified = registry
            .resources
            .get(name)
            .and_then(|resource| resource.definition().ok())
            .is_some_and(|definition| definition.identity.is_some());
        if !identified {
            checker.problem(
                &at,
                "needs a managed resource of the same name with an identity schema",
            );
        }
    }
    if checker.problems.is_empty() {
        Ok(())
    } else {
        Err(CheckError {
            problems: checker.problems,
        })
    }
}

/// What is wrong with a provider.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CheckError {
    /// Every problem, each with the place where it is.
    pub problems: Vec<String>,
}

impl fmt::Display for CheckError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.problems.join("\n"))
    }
}

impl std::error::Error for CheckError {}

struct Checker {
    prefix: String,
    problems: Vec<String>,
}

impl Checker {
    fn problem(&mut self, at: &str, problem: &str) {
        self.problems.push(format!("{at}: {problem}"));
    }

    fn schema(&mut self, at: &str, error: Option<&SchemaError>) {
        if let Some(error) = error {
            for problem in &error.problems {
                let (inside, text) = (&problem.at, &problem.problem);
                self.problem(format!("{at} {inside}").trim_end(), text);
            }
        }
    }

    /// Terraform infers the provider from the first word of a type's name.
    fn prefix(&mut self, kind: &str, name: &str) {
        if !name.starts_with(&self.prefix) {
            let problem = format!("the name must begin with {:?}", self.prefix);
            self.problem(&format!("{kind} {name}"), &problem);
        }
    }

    fn resources(&mut self, registry: &Registry) {
        for (name, resource) in &registry.resources {
            self.prefix("resource", name);
            let at = format!("resource {name}");
            let definition = match resource.definition() {
                Ok(definition) => definition,
                Err(error) => {
                    self.schema(&at, Some(error));
                    continue;
                }
            };
            let state_steps = definition
                .state_upgrades
                .iter()
                .map(|step| step.from_version);
            self.steps(&at, "state", definition.schema.version, state_steps);
            self.models(&at, definition);
            if let Some(identity) = &definition.identity {
                for step in &definition.identity_upgrades {
                    self.schema(&at, step.from.as_ref().err());
                }
                let identity_steps = definition
                    .identity_upgrades
                    .iter()
                    .filter_map(|step| step.from.as_ref().ok().map(|(version, _)| *version));
                self.steps(&at, "identity", identity.version, identity_steps);
            }
        }
    }

    /// Each upgrade and move reads the schema that it is from, and makes what comes after it.
    fn models(&mut self, at: &str, definition: &ResourceDefinition) {
        let current = &definition.schema;
        for step in &definition.state_upgrades {
            let at = format!("{at}, upgrade from {}", step.from_version);
            let next = step.from_version.saturating_add(1);
            let following = definition.state_upgrades.iter();
            let following = following.filter(|other| other.from_version == next);
            let made = following.map(|step| &step.prior_type).next();
            self.schema(&at, step.reads.as_ref().err());
            self.schema(
                &at,
                (step.makes)(made.unwrap_or(&current.ty)).as_ref().err(),
            );
        }
        for way in &definition.moves {
            let at = format!("{at}, move from {}", way.type_name);
            self.schema(&at, way.reads.as_ref().err());
            self.schema(&at, (way.makes)(&current.ty).as_ref().err());
        }
    }

    fn steps(&mut self, at: &str, what: &str, current: i64, steps: impl Iterator<Item = i64>) {
        let mut steps: Vec<i64> = steps.collect();
        steps.sort_unstable();
        let expected: Vec<i64> = (0..current).collect();
        // Versions that were never released need no step, but what there is must lead to the current one.
        let leads_here = expected.ends_with(&steps);
        if !leads_here {
            let problem = format!(
                "the {what} upgrades {steps:?} do not lead, each version once, to version {current}"
            );
            self.problem(at, &problem);
        }
    }
}
