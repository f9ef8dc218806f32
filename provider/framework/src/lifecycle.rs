//! The life of a managed object, over values: what happens around a resource's handlers in each request.
//!
//! It knows the rules that a Terraform core enforces, and no protobuf.

mod apply;
mod generate;
mod identities;
mod import;
mod moves;
mod plan_change;
mod read;
mod settle;
mod upgrade;

use tfplugin_values::Value;

use crate::diagnostics::Diagnostics;
use crate::private::Private;
use crate::resource::{AnyResource, ResourceDefinition};
use crate::validate::{self, WriteOnly};

pub(crate) use self::apply::{ApplyRequest, apply};
pub(crate) use self::generate::generate_config;
pub(crate) use self::import::{ImportRequest, import};
pub(crate) use self::moves::{MoveSource, move_state};
pub(crate) use self::plan_change::{PlanRequest, plan};
pub(crate) use self::read::{ReadRequest, read};
pub(crate) use self::upgrade::{upgrade_identity, upgrade_state};

/// A resource type with its checked definition.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) resource: &'a dyn AnyResource,
    pub(crate) definition: &'a ResourceDefinition,
}

/// What a request leaves of an object.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// Null where there is no object.
    pub(crate) state: Value,
    pub(crate) private: Vec<u8>,
    pub(crate) identity: Option<Value>,
    pub(crate) diagnostics: Diagnostics,
}

impl Outcome {
    /// Nothing was done, and everything is as it was.
    fn unchanged(
        state: Value,
        private: Vec<u8>,
        identity: Option<Value>,
        diagnostics: Diagnostics,
    ) -> Self {
        Self {
            state,
            private,
            identity,
            diagnostics,
        }
    }

    /// There is no object, and why.
    fn nothing(diagnostics: Diagnostics) -> Self {
        Self::unchanged(Value::Null, Vec::new(), None, diagnostics)
    }
}

/// Checks the configuration of a resource.
pub(crate) fn validate(subject: Subject<'_>, config: &Value, write_only: WriteOnly) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    validate::validate(
        &subject.definition.schema,
        config,
        write_only,
        &mut diagnostics,
    );
    if !config.is_null() && !config.is_unknown() {
        subject.resource.validate(config, &mut diagnostics);
    }
    diagnostics
}

fn private_data(bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Private> {
    diagnostics.capture(Private::from_bytes(bytes))
}
