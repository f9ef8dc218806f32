//! What identifies a SIP federated domain: its publisher and its name.

use tfplugin_framework::{Diagnostics, Identity, IdentityAttribute, IdentitySchema};

use super::model::Model;
use crate::resources::import_id::identity_publisher;

pub(super) fn schema() -> IdentitySchema {
    IdentitySchema::new(0)
        // A publisher may be renamed in the configuration.
        .mutable()
        .attribute(
            "publisher",
            IdentityAttribute::string()
                .optional_for_import()
                .describe("The name of the publisher; needed where there are several."),
        )
        .attribute(
            "domain_name",
            IdentityAttribute::string()
                .required_for_import()
                .describe("The remote domain."),
        )
}

/// The object that an identity names, to be read.
pub(super) fn object(identity: &Identity, names: &[&str]) -> Result<Model, Diagnostics> {
    Ok(Model {
        publisher: identity_publisher(identity, names)?.into(),
        domain_name: identity.require::<String>("domain_name")?.into(),
        ..Model::default()
    })
}
