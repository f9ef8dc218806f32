//! Upgrades of stored states, step by step from one schema version to the next.

use std::sync::Arc;

use tfplugin_values::{Type, Value};

use super::definition::check_model;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::schema::{Schema, SchemaError, body_type};

/// One step: from the states of one former schema version to those of the next.
///
/// ```
/// use tfplugin_framework::{Attribute, Schema, StateUpgrade, model};
///
/// model! {
///     struct V0 { minutes: u32 }
///     struct Now { seconds: u32 }
/// }
///
/// let former = Schema::new(0).attribute("minutes", Attribute::number().optional());
/// let upgrade = StateUpgrade::new(&former, |old: V0| {
///     Ok(Now { seconds: old.minutes.map(|minutes| minutes.saturating_mul(60)) })
/// });
/// ```
#[derive(Clone)]
pub struct StateUpgrade {
    pub(crate) from_version: i64,
    pub(crate) prior_type: Type,
    /// Whether the model that it reads has the attributes of the former schema.
    pub(crate) reads: Result<(), SchemaError>,
    /// Whether the model that it makes has the attributes of a type.
    pub(crate) makes: ModelCheck,
    pub(crate) upgrade: UpgradeFunction,
}

pub(crate) type UpgradeFunction = Arc<dyn Fn(Value) -> Result<Value, Diagnostics> + Send + Sync>;
pub(crate) type ModelCheck = fn(&Type) -> Result<(), SchemaError>;

impl StateUpgrade {
    /// A step from the version of `former` to the next version; the last step leads to the current schema.
    pub fn new<Old: Model, New: Model>(
        former: &Schema,
        upgrade: impl Fn(Old) -> Result<New, Diagnostics> + Send + Sync + 'static,
    ) -> Self {
        let prior_type = body_type(&former.body);
        Self {
            from_version: former.version,
            reads: check_model::<Old>(&prior_type),
            prior_type,
            makes: check_model::<New>,
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
