//! What identifies a static route: its publisher, and what is unique on it.

use imp_publisher::domain::Protocol;
use tfplugin_framework::{Diagnostics, Identity, IdentityAttribute, IdentitySchema};

use super::model::Model;
use super::plan::usual_port;
use crate::resources::import_id::identity_publisher;

pub(super) fn schema() -> IdentitySchema {
    IdentitySchema::new(0)
        // A route keeps being the same row when its next hop, port or protocol changes.
        .mutable()
        .attribute(
            "publisher",
            IdentityAttribute::string()
                .optional_for_import()
                .describe("The name of the publisher; needed where there are several."),
        )
        .attribute(
            "destination_pattern",
            IdentityAttribute::string()
                .required_for_import()
                .describe("The destination pattern."),
        )
        .attribute(
            "next_hop",
            IdentityAttribute::string()
                .required_for_import()
                .describe("The next hop."),
        )
        .attribute(
            "next_hop_port",
            IdentityAttribute::number().optional_for_import().describe(
                "The port of the next hop; the usual one of the protocol where it is left out.",
            ),
        )
        .attribute(
            "protocol",
            IdentityAttribute::string()
                .optional_for_import()
                .describe("`TLS` where it is left out."),
        )
}

/// The object that an identity names, to be read.
pub(super) fn object(identity: &Identity, names: &[&str]) -> Result<Model, Diagnostics> {
    let mut object = Model {
        publisher: identity_publisher(identity, names)?.into(),
        destination_pattern: identity.require::<String>("destination_pattern")?.into(),
        next_hop: identity.require::<String>("next_hop")?.into(),
        next_hop_port: identity.get("next_hop_port")?,
        protocol: identity.get("protocol")?,
        ..Model::default()
    };
    if object.protocol.is_null() {
        object.protocol.set(Protocol::Tls.as_str());
    }
    if object.next_hop_port.is_null() {
        object.next_hop_port = usual_port(&object.protocol);
    }
    Ok(object)
}
