//! Upgrades of stored identities, step by step.

use std::sync::Arc;

use tfplugin_values::Type;

use super::{CheckedIdentity, Identity, IdentitySchema};
use crate::diagnostics::Diagnostics;

/// One step: from the identities of one former version to those of the next.
#[derive(Clone)]
pub struct IdentityUpgrade {
    pub(crate) from: Result<(i64, Type), crate::schema::SchemaError>,
    pub(crate) upgrade: Arc<dyn Fn(Identity) -> Result<Identity, Diagnostics> + Send + Sync>,
}

impl IdentityUpgrade {
    /// A step from the version of `former` to the next version.
    pub fn new(
        former: IdentitySchema,
        upgrade: impl Fn(Identity) -> Result<Identity, Diagnostics> + Send + Sync + 'static,
    ) -> Self {
        Self {
            from: CheckedIdentity::new(former).map(|checked| (checked.version, checked.ty)),
            upgrade: Arc::new(upgrade),
        }
    }
}

impl std::fmt::Debug for IdentityUpgrade {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("IdentityUpgrade")
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}
