//! What a core says it can do. Older ones say nothing.

use tfplugin_protocol::tfplugin6::ClientCapabilities;

use crate::plan::ComputedBlocks;
use crate::validate::WriteOnly;

pub(crate) fn write_only(capabilities: Option<&ClientCapabilities>) -> WriteOnly {
    match capabilities {
        Some(capabilities) if capabilities.write_only_attributes_allowed => WriteOnly::Allowed,
        _ => WriteOnly::Refused,
    }
}

pub(crate) fn computed_blocks(capabilities: Option<&ClientCapabilities>) -> ComputedBlocks {
    match capabilities {
        Some(capabilities) if capabilities.computed_blocks_allowed => ComputedBlocks::Allowed,
        _ => ComputedBlocks::Refused,
    }
}
