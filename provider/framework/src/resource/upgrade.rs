//! Upgrades of stored states, step by step from one schema version to the next.

use std::sync::Arc;

use tfplugin_values::{Type, Value};

use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::schema::Schema;
use crate::schema::body_type;

/// One step: from the states of one former schema version to those of the next.
#[derive(Clone)]
pub struct StateUpgrade {
    pub(crate) from_version: i64,
    pub(crate) prior_type: Type,
    pub(crate) upgrade: UpgradeFunction,
}

pub(crate) type UpgradeFunction = Arc<dyn Fn(Value) -> Result<Value, Diagnostics> + Send + Sync>;

impl StateUpgrade {
    /// A step from the version of `former` to the next version; the last step leads to the current schema.
    pub fn new<Old: Model, New: Model>(
        former: &Schema,
        upgrade: impl Fn(Old) -> Result<New, Diagnostics> + Send + Sync + 'static,
    ) -> Self {
        Self {
            from_version: former.version,
            prior_type: body_type(&former.body),
            upgrade: Arc::new(move |old| Ok(upgrade(Old::from_object(&old)?)?.into_object())),
        }
    }
}

impl std::fmt::Debug for StateUpgrade {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StateUpgrade")
            .field("from_version", &self.from_version)
            .finish_non_exhaustive()
    }
}
