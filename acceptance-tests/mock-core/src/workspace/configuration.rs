//! What the user wants: the resources of a configuration and how they depend on one another.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Input;
use crate::instance::{ImportTarget, Lifecycle};

/// A configuration: resources by address, as `imp_static_route.a`.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    pub(super) resources: BTreeMap<String, ResourceConfig>,
    pub(super) imports: BTreeMap<String, ImportTarget>,
}

/// One resource block.
#[derive(Clone, Debug)]
pub struct ResourceConfig {
    /// Its arguments.
    pub input: Input,
    /// Its lifecycle block.
    pub lifecycle: Lifecycle,
    /// Addresses it depends on besides those it refers to.
    pub depends_on: Vec<String>,
}

impl From<Input> for ResourceConfig {
    fn from(input: Input) -> Self {
        Self {
            input,
            lifecycle: Lifecycle::default(),
            depends_on: Vec::new(),
        }
    }
}

impl ResourceConfig {
    /// The block with another lifecycle.
    #[must_use]
    pub fn lifecycle(mut self, lifecycle: Lifecycle) -> Self {
        self.lifecycle = lifecycle;
        self
    }

    /// The block with one more explicit dependency.
    #[must_use]
    pub fn depends_on(mut self, address: &str) -> Self {
        self.depends_on.push(address.to_owned());
        self
    }
}

impl Configuration {
    /// No resources.
    pub fn new() -> Self {
        Self::default()
    }

    /// The configuration with one more resource.
    #[must_use]
    pub fn resource(mut self, address: &str, resource: impl Into<ResourceConfig>) -> Self {
        self.resources.insert(address.to_owned(), resource.into());
        self
    }

    /// The configuration with an `import` block for one of its resources.
    #[must_use]
    pub fn import(mut self, address: &str, target: impl Into<ImportTarget>) -> Self {
        self.imports.insert(address.to_owned(), target.into());
        self
    }

    /// Every address a resource depends on, directly or through others.
    pub(super) fn dependencies(&self, address: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![address.to_owned()];
        while let Some(next) = open.pop() {
            for dependency in self.direct_dependencies(&next) {
                if dependency != address && found.insert(dependency.clone()) {
                    open.push(dependency);
                }
            }
        }
        found
    }

    pub(super) fn direct_dependencies(&self, address: &str) -> BTreeSet<String> {
        let Some(resource) = self.resources.get(address) else {
            return BTreeSet::new();
        };
        let mut addresses = resource.input.references();
        addresses.extend(resource.depends_on.iter().cloned());
        let triggers = &resource.lifecycle.replace_triggered_by;
        addresses.extend(triggers.iter().map(|trigger| trigger.address.clone()));
        addresses
    }
}
