//! Identities and their schemas.

use tfplugin_protocol::tfplugin6::resource_identity_schema::IdentityAttribute;
use tfplugin_protocol::tfplugin6::{ResourceIdentityData, ResourceIdentitySchema};
use tfplugin_values::Value;

use super::value::{value_from, value_to};
use crate::diagnostics::Diagnostics;
use crate::identity::CheckedIdentity;

/// Reads an identity; `None` where the type has none or none was sent.
pub(crate) fn identity_from(
    message: Option<&ResourceIdentityData>,
    schema: Option<&CheckedIdentity>,
) -> Result<Option<Value>, Diagnostics> {
    let (Some(message), Some(schema)) = (message, schema) else {
        return Ok(None);
    };
    let identity = value_from(message.identity_data.as_ref(), &schema.ty, "an identity")?;
    Ok(Some(identity).filter(|identity| !identity.is_null()))
}

/// Writes an identity; nothing where the type has none.
pub(crate) fn identity_to(
    identity: Option<&Value>,
    schema: Option<&CheckedIdentity>,
) -> Result<Option<ResourceIdentityData>, Diagnostics> {
    let (Some(identity), Some(schema)) = (identity, schema) else {
        return Ok(None);
    };
    Ok(Some(ResourceIdentityData {
        identity_data: Some(value_to(identity, &schema.ty, "identity")?),
    }))
}

/// The message of an identity schema.
pub(crate) fn identity_schema(schema: &CheckedIdentity) -> ResourceIdentitySchema {
    ResourceIdentitySchema {
        version: schema.version,
        identity_attributes: schema
            .attributes
            .iter()
            .map(|(name, attribute)| IdentityAttribute {
                name: name.clone(),
                r#type: attribute.ty.to_json().into(),
                required_for_import: attribute.required_for_import,
                optional_for_import: attribute.optional_for_import,
                description: attribute.description.clone(),
            })
            .collect(),
    }
}
