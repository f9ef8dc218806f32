//! The cores that can be emulated, and what each tells the provider about itself.

use std::fmt;

use tfplugin_protocol::tfplugin6::ClientCapabilities;

/// Terraform or OpenTofu 1.x. The calls made and the capabilities sent follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreVersion {
    /// Terraform 1.`0`.
    Terraform(u32),
    /// OpenTofu 1.`0`.
    OpenTofu(u32),
}

/// Which half of the work a provider process is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Validating, refreshing, importing, planning.
    Plan,
    /// Applying.
    Apply,
}

impl CoreVersion {
    /// The version most tests run as.
    pub const CURRENT: Self = Self::Terraform(14);

    /// What this core says it can do; older ones say nothing at all.
    pub fn client_capabilities(self, phase: Phase) -> Option<ClientCapabilities> {
        match self {
            Self::Terraform(0..9) | Self::OpenTofu(0..11) => None,
            Self::Terraform(minor) => Some(ClientCapabilities {
                // Terraform announces deferrals while applying although no plan may be deferred.
                deferral_allowed: phase == Phase::Apply,
                write_only_attributes_allowed: minor >= 11,
                store_planned_private: minor >= 16,
                computed_blocks_allowed: self.has_computed_blocks(),
            }),
            Self::OpenTofu(_) => Some(ClientCapabilities {
                write_only_attributes_allowed: true,
                ..ClientCapabilities::default()
            }),
        }
    }

    /// Whether resource identities are asked for and stored.
    pub fn has_identity(self) -> bool {
        self.at_least(12, 12)
    }

    /// Whether provider functions are called.
    pub fn has_functions(self) -> bool {
        self.at_least(8, 7)
    }

    /// Whether state is moved between resource types.
    pub fn has_move(self) -> bool {
        self.at_least(8, 10)
    }

    /// Whether ephemeral resources are opened.
    pub fn has_ephemeral(self) -> bool {
        self.at_least(10, 11)
    }

    /// Whether there are list resources, actions and generated configurations.
    pub fn has_lists_and_actions(self) -> bool {
        matches!(self, Self::Terraform(14..))
    }

    /// Whether a provider may fill in blocks that the configuration lacks.
    pub fn has_computed_blocks(self) -> bool {
        matches!(self, Self::Terraform(16..))
    }

    /// Whether states may be kept by a provider; in alpha builds alone, with the experiment switched on.
    pub fn has_state_stores(self) -> bool {
        matches!(self, Self::Terraform(15..))
    }

    /// Whether the first plan's private data comes back with the second.
    pub fn returns_planned_private(self) -> bool {
        matches!(self, Self::Terraform(16..))
    }

    /// Whether the end of what has left the configuration is planned before it is refreshed, from what the state has.
    pub fn plans_ends_before_refreshing(self) -> bool {
        matches!(self, Self::Terraform(9..12))
    }

    fn at_least(self, terraform: u32, open_tofu: u32) -> bool {
        match self {
            Self::Terraform(minor) => minor >= terraform,
            Self::OpenTofu(minor) => minor >= open_tofu,
        }
    }
}

/// The number the provider is told when configured.
impl fmt::Display for CoreVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Terraform(minor) | Self::OpenTofu(minor) => write!(formatter, "1.{minor}.0"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capabilities(version: CoreVersion, phase: Phase) -> Option<[bool; 4]> {
        version.client_capabilities(phase).map(|it| {
            [
                it.deferral_allowed,
                it.write_only_attributes_allowed,
                it.store_planned_private,
                it.computed_blocks_allowed,
            ]
        })
    }

    #[test]
    fn each_core_announces_what_it_can_do() {
        use CoreVersion::{OpenTofu, Terraform};
        use Phase::{Apply, Plan};
        let expected = [
            (Terraform(5), Plan, None),
            (Terraform(8), Apply, None),
            (Terraform(9), Plan, Some([false, false, false, false])),
            (Terraform(10), Apply, Some([true, false, false, false])),
            (Terraform(11), Plan, Some([false, true, false, false])),
            (Terraform(14), Apply, Some([true, true, false, false])),
            (Terraform(16), Plan, Some([false, true, true, true])),
            (OpenTofu(10), Apply, None),
            (OpenTofu(11), Apply, Some([false, true, false, false])),
            (OpenTofu(12), Plan, Some([false, true, false, false])),
        ];
        for (version, phase, announced) in expected {
            assert_eq!(
                capabilities(version, phase),
                announced,
                "{version:?} {phase:?}"
            );
        }
    }
}
