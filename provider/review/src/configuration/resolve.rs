//! Following references through the configuration, as far as plan JSON tells.

use std::collections::HashMap;

use serde_json::Value;

use super::expression::Expression;
use super::{Configuration, Module, ModuleCall, Resource};
use crate::plan::{ModulePath, without_keys};

/// How deep references are followed.
const DEEPEST: usize = 32;

const DOMAIN: &str = "imp_sip_federation_domain";

/// The blocks of a configuration by their addresses.
pub(crate) struct Blocks<'p> {
    resources: HashMap<String, (ModulePath, &'p Resource)>,
    modules: HashMap<ModulePath, (&'p Module, Option<&'p ModuleCall>)>,
}

/// How a route names its domain.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum DomainNaming {
    /// By a literal, and nothing else in the block refers to a domain either.
    Literal,
    /// In a way that tells Terraform the order, or that cannot be followed, or not at all.
    Other,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Origin {
    /// A literal.
    Literal,
    /// The resource of a SIP federated domain.
    Domain,
    /// Somewhere that cannot be seen.
    Unseen,
}

/// Where an expression stands: what its references mean depends on it.
#[derive(Clone, Copy)]
struct Place<'a> {
    module: &'a ModulePath,
    /// What `each` goes through.
    for_each: Option<&'a Value>,
    depth: usize,
}

impl<'p> Blocks<'p> {
    pub(crate) fn new(configuration: &'p Configuration) -> Self {
        let mut modules = HashMap::new();
        let mut resources = HashMap::new();
        let mut open = vec![(ModulePath::default(), &configuration.root_module, None)];
        while let Some((path, module, call)) = open.pop() {
            for (name, call) in &module.calls {
                open.push((path.child(name), &call.module, Some(call)));
            }
            let managed = module
                .resources
                .iter()
                .filter(|resource| resource.mode == "managed");
            for resource in managed {
                let address = address(&path, resource);
                resources.insert(address, (path.clone(), resource));
            }
            modules.insert(path, (module, call));
        }
        Self { resources, modules }
    }

    /// The key of the provider configuration that a resource uses, by its address without keys.
    pub(crate) fn provider_key(&self, address: &str) -> Option<&'p str> {
        let (_, resource) = self.resources.get(address)?;
        resource.provider_config_key.as_deref()
    }

    /// How the block of a route names its domain, by its address without keys.
    pub(crate) fn domain_naming(&self, address: &str) -> DomainNaming {
        let Some((path, resource)) = self.resources.get(address) else {
            return DomainNaming::Other;
        };
        let Some(domain) = resource.expressions.get("domain") else {
            return DomainNaming::Other;
        };
        let place = Place {
            module: path,
            for_each: resource.for_each_expression.as_ref(),
            depth: 0,
        };
        let is_literal = self
            .origins(domain, place)
            .iter()
            .all(|origin| *origin == Origin::Literal);
        if is_literal && !self.follows_a_domain(resource, place) {
            DomainNaming::Literal
        } else {
            DomainNaming::Other
        }
    }

    /// Whether anything in a block refers to a domain, so that Terraform knows the order.
    fn follows_a_domain(&self, resource: &Resource, place: Place<'_>) -> bool {
        let expressions = resource
            .expressions
            .values()
            .chain(&resource.for_each_expression)
            .chain(&resource.count_expression);
        let mut origins = expressions.flat_map(|expression| self.origins(expression, place));
        origins.any(|origin| origin == Origin::Domain)
            || self.depends_on_a_domain(&resource.depends_on, place.module)
            || self.is_called_after_a_domain(place.module)
    }

    /// Whether the call of a module, or of one around it, depends on a domain.
    fn is_called_after_a_domain(&self, path: &ModulePath) -> bool {
        let Some((parent, _)) = path.parent() else {
            return false;
        };
        let Some((_, Some(call))) = self.modules.get(path) else {
            return false;
        };
        let place = Place {
            module: &parent,
            for_each: call.for_each_expression.as_ref(),
            depth: 0,
        };
        let repetition = call
            .for_each_expression
            .iter()
            .chain(&call.count_expression);
        let mut origins = repetition.flat_map(|expression| self.origins(expression, place));
        self.depends_on_a_domain(&call.depends_on, &parent)
            || origins.any(|origin| origin == Origin::Domain)
            || self.is_called_after_a_domain(&parent)
    }

    fn depends_on_a_domain(&self, references: &[String], module: &ModulePath) -> bool {
        let place = Place {
            module,
            for_each: None,
            depth: 0,
        };
        let mut origins = references
            .iter()
            .flat_map(|reference| self.origins_of(reference, place));
        origins.any(|origin| origin == Origin::Domain)
    }

    fn origins(&self, expression: &Value, place: Place<'_>) -> Vec<Origin> {
        match Expression::of(expression) {
            Expression::Constant => vec![Origin::Literal],
            Expression::References(references) => references
                .into_iter()
                .flat_map(|reference| self.origins_of(reference, place))
                .collect(),
        }
    }

    fn origins_of(&self, reference: &str, place: Place<'_>) -> Vec<Origin> {
        if place.depth >= DEEPEST {
            return vec![Origin::Unseen];
        }
        let place = Place {
            depth: place.depth + 1,
            ..place
        };
        let plain = without_keys(reference);
        let mut parts = plain.split('.');
        match (parts.next(), parts.next()) {
            (Some(DOMAIN), _) => vec![Origin::Domain],
            (Some("count"), _) => vec![Origin::Literal],
            (Some("each"), _) => match place.for_each {
                Some(expression) => self.origins(
                    expression,
                    Place {
                        for_each: None,
                        ..place
                    },
                ),
                None => vec![Origin::Unseen],
            },
            (Some("var"), Some(name)) => self.variable(name, place),
            (Some("module"), Some(name)) => self.module(name, parts.next(), place),
            _ => vec![Origin::Unseen],
        }
    }

    /// A variable of a module is what the module's call says.
    fn variable(&self, name: &str, place: Place<'_>) -> Vec<Origin> {
        let Some((parent, _)) = place.module.parent() else {
            return vec![Origin::Unseen];
        };
        let Some((module, Some(call))) = self.modules.get(place.module) else {
            return vec![Origin::Unseen];
        };
        match call.expressions.get(name) {
            Some(expression) => self.origins(
                expression,
                Place {
                    module: &parent,
                    for_each: call.for_each_expression.as_ref(),
                    depth: place.depth,
                },
            ),
            None if module.variables.contains_key(name) => vec![Origin::Literal],
            None => vec![Origin::Unseen],
        }
    }

    /// An output of a module, or all of it.
    fn module(&self, name: &str, output: Option<&str>, place: Place<'_>) -> Vec<Origin> {
        let path = place.module.child(name);
        let Some((module, _)) = self.modules.get(&path) else {
            return vec![Origin::Unseen];
        };
        let inside = Place {
            module: &path,
            for_each: None,
            depth: place.depth,
        };
        match output.and_then(|output| module.outputs.get(output)) {
            Some(output) => {
                let mut origins = self.origins(&output.expression, inside);
                if self.depends_on_a_domain(&output.depends_on, &path) {
                    origins.push(Origin::Domain);
                }
                origins
            }
            None if self.has_domain(&path) => vec![Origin::Domain],
            None => vec![Origin::Unseen],
        }
    }

    /// Whether a domain is in a module or in one that it calls.
    fn has_domain(&self, path: &ModulePath) -> bool {
        let Some((module, _)) = self.modules.get(path) else {
            return false;
        };
        module
            .resources
            .iter()
            .any(|resource| resource.kind == DOMAIN)
            || module
                .calls
                .keys()
                .any(|name| self.has_domain(&path.child(name)))
    }
}

/// The address of a block: `module.a.imp_static_route.primary`.
fn address(path: &ModulePath, resource: &Resource) -> String {
    let mut address = String::new();
    for name in &path.0 {
        address.push_str("module.");
        address.push_str(name);
        address.push('.');
    }
    address + &resource.kind + "." + &resource.name
}
