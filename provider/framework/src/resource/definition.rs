//! Everything about a resource type that never changes, checked once.

use tfplugin_values::{Path, Type};

use super::{Resource, StateMove, StateUpgrade};
use crate::field::Model;
use crate::field::check_model_type;
use crate::identity::{CheckedIdentity, IdentityUpgrade};
use crate::schema::{CheckedSchema, Purpose, SchemaError, SchemaProblem};

/// Everything about a resource type that never changes.
#[derive(Debug)]
pub(crate) struct ResourceDefinition {
    pub(crate) schema: CheckedSchema,
    pub(crate) identity: Option<CheckedIdentity>,
    pub(crate) state_upgrades: Vec<StateUpgrade>,
    pub(crate) identity_upgrades: Vec<IdentityUpgrade>,
    pub(crate) moves: Vec<StateMove>,
}

impl ResourceDefinition {
    pub(super) fn new<R: Resource>(resource: &R) -> Result<Self, SchemaError> {
        let schema = CheckedSchema::new(resource.schema(), Purpose::Resource)?;
        check_model::<R::Model>(&schema.ty)?;
        let identity = resource
            .identity_schema()
            .map(CheckedIdentity::new)
            .transpose()?;
        Ok(Self {
            schema,
            identity,
            state_upgrades: resource.state_upgrades(),
            identity_upgrades: resource.identity_upgrades(),
            moves: resource.moves(),
        })
    }
}

/// Whether a model has the attributes of a schema.
pub(crate) fn check_model<M: Model>(ty: &Type) -> Result<(), SchemaError> {
    check_model_type::<M>(ty).map_err(|mismatch| {
        let path: Path = mismatch.path();
        SchemaError {
            problems: vec![SchemaProblem {
                at: path.to_string(),
                problem: format!(
                    "schema and model {} disagree: it must be {}",
                    std::any::type_name::<M>(),
                    mismatch.problem()
                ),
            }],
        }
    })
}
