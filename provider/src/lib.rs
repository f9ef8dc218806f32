//! Terraform provider for federation on Cisco IM and Presence publishers.
//!
//! For a first look: `resources/static_route/`, then whatever it calls. `provider` reads the configuration,
//! `fleet` holds the publishers it names, `rows` finds and changes rows, `coordination` keeps their order, `rules`
//! knows Cisco's rules for federation, `nodes` looks at the nodes of a cluster, and `diagnostics` says what went wrong. `commands` is for people who start the binary by hand.

mod actions;
mod commands;
mod coordination;
mod data_sources;
mod diagnostics;
mod fleet;
mod functions;
mod list_resources;
mod nodes;
mod provider;
mod resources;
mod rows;
mod rules;

pub use commands::{COMMANDS, Command};
pub use provider::environment::{VARIABLES, Variable};
pub use provider::{ImpProvider, SOURCE};

/// Import ids, for whoever wants to know beforehand how one is read.
pub mod import_id {
    pub use crate::resources::import_id::{Importable, full_form};
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_provider_passes_the_self_check() {
        tfplugin_framework::check(crate::ImpProvider::default()).unwrap();
    }
}
