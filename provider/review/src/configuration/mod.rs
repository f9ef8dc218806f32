//! The configuration that a plan was made from: modules, resources, and what refers to what.
//!
//! Plan JSON has an expression's value where it is a constant, and otherwise what it refers to. Locals are left out of
//! it, so that many references cannot be followed; no finding may rest on one of these.

mod expression;
mod provider;
mod resolve;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

pub(crate) use provider::ProviderConfiguration;
pub(crate) use resolve::{Blocks, DomainNaming};

use crate::plan::ModulePath;

/// The types of the resources that are reviewed.
const OBJECTS: [&str; 2] = ["imp_sip_federation_domain", "imp_static_route"];

/// The configuration.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Configuration {
    #[serde(default)]
    provider_config: BTreeMap<String, ProviderConfiguration>,
    #[serde(default)]
    root_module: Module,
}

/// A module, as it is written once, however often it is called.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Module {
    resources: Vec<Resource>,
    #[serde(rename = "module_calls")]
    calls: BTreeMap<String, ModuleCall>,
    variables: BTreeMap<String, Variable>,
    outputs: BTreeMap<String, Output>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Resource {
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    name: String,
    provider_config_key: Option<String>,
    expressions: Map<String, Value>,
    count_expression: Option<Value>,
    for_each_expression: Option<Value>,
    depends_on: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ModuleCall {
    expressions: Map<String, Value>,
    count_expression: Option<Value>,
    for_each_expression: Option<Value>,
    depends_on: Vec<String>,
    module: Module,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Variable {
    pub(crate) default: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Output {
    expression: Value,
    depends_on: Vec<String>,
}

impl Configuration {
    pub(crate) fn read(raw: Option<&serde_json::value::RawValue>) -> Result<Self, String> {
        match raw {
            Some(raw) => serde_json::from_str(raw.get()).map_err(|error| error.to_string()),
            None => Ok(Self::default()),
        }
    }

    /// Whether it has a resource that is reviewed.
    pub(crate) fn has_objects(&self) -> bool {
        self.root_module.has_objects()
    }

    /// The provider configurations of this provider, by their keys.
    pub(crate) fn providers(&self) -> impl Iterator<Item = (&str, &ProviderConfiguration)> {
        let all = self.provider_config.iter();
        all.map(|(key, provider)| (key.as_str(), provider))
            .filter(|(_, provider)| provider.is_own())
    }

    /// Every module with a path, the root first.
    pub(crate) fn modules(&self) -> Vec<(ModulePath, &Module)> {
        let mut modules = vec![(ModulePath::default(), &self.root_module)];
        let mut next = 0;
        while let Some((path, module)) = modules.get(next).cloned() {
            let calls = module.calls.iter();
            modules.extend(calls.map(|(name, call)| (path.child(name), &call.module)));
            next += 1;
        }
        modules
    }
}

impl Module {
    fn has_objects(&self) -> bool {
        let is_object = |resource: &Resource| {
            resource.mode == "managed" && OBJECTS.contains(&resource.kind.as_str())
        };
        self.resources.iter().any(is_object)
            || self.calls.values().any(|call| call.module.has_objects())
    }

    /// A variable that is declared here.
    pub(crate) fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.get(name)
    }
}
