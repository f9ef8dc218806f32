//! A provider block, as far as it is written with literals.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// A provider block.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ProviderConfiguration {
    name: String,
    full_name: Option<String>,
    module_address: Option<String>,
    expressions: Map<String, Value>,
}

impl ProviderConfiguration {
    /// Whether it is of this provider, wherever it was fetched from.
    pub(super) fn is_own(&self) -> bool {
        match &self.full_name {
            Some(source) => source.ends_with("/imp"),
            None => self.name == "imp",
        }
    }

    /// Whether it only says that a module gets one from its caller.
    pub(crate) fn is_passed_in(&self) -> bool {
        self.module_address.is_some() && self.expressions.is_empty()
    }

    /// The publishers that it names by literals, each with its address; `default` for a single one. `None` where it
    /// cannot be told which there are.
    pub(crate) fn publishers(&self) -> Option<BTreeMap<String, PublisherEntry>> {
        if let Some(publishers) = self.expressions.get("publishers") {
            let publishers = publishers.get("constant_value")?.as_object()?;
            let entry = |(name, entry): (&String, &Value)| {
                (
                    name.clone(),
                    PublisherEntry {
                        address: text(entry.get("address")),
                        is_managed: entry.get("managed").and_then(Value::as_bool) != Some(false),
                    },
                )
            };
            return Some(publishers.iter().map(entry).collect());
        }
        let address = self.expressions.get("address")?;
        let entry = PublisherEntry {
            address: text(address.get("constant_value")),
            is_managed: true,
        };
        Some(BTreeMap::from([("default".to_owned(), entry)]))
    }

    /// The load balancers that it names by literals for a publisher.
    pub(crate) fn load_balancers(&self, publisher: &str) -> Vec<&str> {
        let own = self
            .expressions
            .get("publishers")
            .and_then(|publishers| {
                publishers
                    .get("constant_value")?
                    .get(publisher)?
                    .get("load_balancers")
            })
            .filter(|list| !list.is_null());
        let shared = self
            .expressions
            .get("load_balancers")
            .and_then(|list| list.get("constant_value"));
        own.or(shared)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}

/// A publisher in a provider block.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PublisherEntry {
    /// Its address, where it is a literal.
    pub(crate) address: Option<String>,
    /// Whether anything on it is changed.
    pub(crate) is_managed: bool,
}

fn text(value: Option<&Value>) -> Option<String> {
    value?.as_str().map(str::to_owned)
}
