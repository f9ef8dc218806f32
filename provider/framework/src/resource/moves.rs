//! Moves: objects of another resource type that become objects of this one.

use std::sync::Arc;

use tfplugin_values::Type;

use super::definition::check_model;
use super::upgrade::{ModelCheck, UpgradeFunction};
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::schema::{Schema, body_type};

/// One way in by a `moved` block (Terraform 1.8, OpenTofu 1.10 and later): from the objects of another resource type,
/// of this provider or another, as one version of its schema stored them.
///
/// ```
/// use tfplugin_framework::{Attribute, Schema, StateMove, model};
///
/// model! {
///     struct Former { id: String }
///     struct Now { name: String, size: u32 }
/// }
///
/// let former = Schema::new(0).attribute("id", Attribute::string().computed());
/// let way = StateMove::new("null_resource", &former, |old: Former| {
///     Ok(Now { name: old.id, ..Now::default() })
/// })
/// .of_provider("hashicorp/null");
/// ```
#[derive(Clone)]
pub struct StateMove {
    pub(crate) type_name: String,
    pub(crate) provider: Option<String>,
    pub(crate) version: i64,
    pub(crate) source_type: Type,
    pub(crate) reads: Result<(), crate::schema::SchemaError>,
    pub(crate) makes: ModelCheck,
    pub(crate) convert: UpgradeFunction,
}

impl StateMove {
    /// From the objects of `type_name` whose schema has the version of `former`. Of `former` only names and types count,
    /// and it needs no more attributes than are of use here.
    ///
    /// The read that follows a move has [`Read::after_import`](super::Read::after_import) set: it can fill in what the
    /// former state did not have.
    pub fn new<Old: Model, New: Model>(
        type_name: impl Into<String>,
        former: &Schema,
        convert: impl Fn(Old) -> Result<New, Diagnostics> + Send + Sync + 'static,
    ) -> Self {
        let source_type = body_type(&former.body);
        Self {
            type_name: type_name.into(),
            provider: None,
            version: former.version,
            reads: check_model::<Old>(&source_type),
            source_type,
            makes: check_model::<New>,
            convert: Arc::new(move |old| Ok(convert(Old::from_object(&old)?)?.into_object())),
        }
    }

    /// Only for objects of this provider, as in `hashicorp/null`, whichever registry it comes from. Otherwise the name of
    /// the type is enough.
    #[must_use]
    pub fn of_provider(mut self, provider: impl Into<String>) -> Self {
        self.provider = Some(provider.into());
        self
    }

    /// Whether it is for objects of this type, of the provider of this address (`HOST/NAMESPACE/NAME`).
    pub(crate) fn is_from(&self, provider_address: &str, type_name: &str) -> bool {
        let of_provider = |provider: &String| {
            let without_host = provider_address.split_once('/').map(|(_, rest)| rest);
            without_host == Some(provider.as_str())
        };
        self.type_name == type_name && self.provider.as_ref().is_none_or(of_provider)
    }
}

impl std::fmt::Debug for StateMove {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StateMove")
            .field("type_name", &self.type_name)
            .field("provider", &self.provider)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}
