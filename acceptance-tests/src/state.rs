//! What a core has recorded, from `show -json`.

use serde_json::Value;

use crate::Failure;

/// The state of a workspace.
#[derive(Clone, Debug)]
pub struct State {
    /// The whole state, as the core shows it.
    pub json: Value,
}

/// One resource instance in the state.
#[derive(Clone, Copy, Debug)]
pub struct ResourceState<'a> {
    json: &'a Value,
}

impl State {
    /// All resource instances, those of modules among them.
    pub fn resources(&self) -> Vec<ResourceState<'_>> {
        let mut resources = Vec::new();
        if let Some(root) = self.json.pointer("/values/root_module") {
            collect(root, &mut resources);
        }
        resources
    }

    /// One resource instance.
    pub fn resource(&self, address: &str) -> Result<ResourceState<'_>, Failure> {
        let resources = self.resources();
        let found = resources
            .iter()
            .find(|resource| resource.address() == address);
        found.copied().ok_or_else(|| {
            let known: Vec<_> = resources
                .iter()
                .map(|resource| resource.address())
                .collect();
            Failure::new(format!(
                "{address} is not in the state, which has {known:?}"
            ))
        })
    }

    /// The value of an output of the root module; null if there is none.
    pub fn output(&self, name: &str) -> &Value {
        let value = self
            .json
            .get("values")
            .and_then(|values| values.get("outputs")?.get(name)?.get("value"));
        value.unwrap_or(&Value::Null)
    }
}

fn collect<'a>(module: &'a Value, resources: &mut Vec<ResourceState<'a>>) {
    let parts = |name: &str| {
        module
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    resources.extend(parts("resources").map(|json| ResourceState { json }));
    for child in parts("child_modules") {
        collect(child, resources);
    }
}

impl<'a> ResourceState<'a> {
    /// The address of the instance.
    pub fn address(self) -> &'a str {
        self.json
            .get("address")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// The attributes.
    pub fn values(self) -> &'a Value {
        self.json.get("values").unwrap_or(&Value::Null)
    }

    /// A tree with `true` for each part that must not be shown.
    pub fn sensitive_values(self) -> &'a Value {
        self.json.get("sensitive_values").unwrap_or(&Value::Null)
    }

    /// Whether it is to be replaced because it was only half made.
    pub fn is_tainted(self) -> bool {
        self.json.get("tainted") == Some(&Value::Bool(true))
    }

    /// Whether it is a data source, not a managed resource.
    pub fn is_data(self) -> bool {
        self.json.get("mode").and_then(Value::as_str) == Some("data")
    }
}
