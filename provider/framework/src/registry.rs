//! What a provider offers, by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::resource::{AnyResource, Resource, Typed};

/// What a provider offers, by name. Schemas are built when they are first asked for.
#[derive(Default)]
pub struct Registry {
    pub(crate) resources: BTreeMap<String, Arc<dyn AnyResource>>,
    /// Names that were registered twice.
    pub(crate) duplicates: Vec<String>,
}

impl Registry {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Registers a managed resource.
    pub fn resource(&mut self, resource: impl Resource) {
        let name = resource.type_name().to_owned();
        let former = self
            .resources
            .insert(name.clone(), Arc::new(Typed::new(resource)));
        if former.is_some() {
            self.duplicates.push(format!("the resource type {name}"));
        }
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Registry")
            .field("resources", &self.resources.keys())
            .finish_non_exhaustive()
    }
}
