//! One tiny resource for each behaviour of the protocol, driven by a core that enforces what Terraform
//! enforces.

#![allow(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

mod actions;
mod computed_blocks;
mod ephemeral;
mod exactness;
mod failures;
mod functions;
mod identity;
mod lists;
mod log;
mod malformed;
mod meta;
mod moves;
mod nesting;
mod panics;
mod plans;
mod private;
mod provider;
mod provider_block;
mod random;
mod remote;
mod requests;
mod schemas;
mod state_stores;
mod upgrades;
mod write_only;

use mock_core::config::Input;
use mock_core::{Configuration, ConnectOptions, Core, CoreVersion, Failure, Workspace, in_process};
use provider::Corner;
use tfplugin_framework::{Requests, service};
use tonic::service::Routes;
use tonic::transport::Channel;

fn channel() -> Channel {
    in_process(Routes::new(service(Corner, Requests::new())))
}

async fn core() -> Core {
    Core::connect(channel()).await.unwrap()
}

async fn core_as(version: CoreVersion) -> Core {
    let options = ConnectOptions {
        version,
        ..ConnectOptions::default()
    };
    Core::connect_as(channel(), options).await.unwrap()
}

/// The cores that differ from one another in what they call and say.
fn every_core() -> impl Iterator<Item = CoreVersion> {
    let terraform = [0, 6, 8, 9, 10, 11, 12, 13, 14, 16];
    let open_tofu = [6, 10, 11, 12];
    terraform
        .map(CoreVersion::Terraform)
        .into_iter()
        .chain(open_tofu.map(CoreVersion::OpenTofu))
}

async fn workspace() -> Workspace {
    Workspace::new(core().await)
}

fn one(address: &str, input: Input) -> Configuration {
    Configuration::new().resource(address, input)
}

/// What the provider said of a failure, line by line.
fn errors(failure: &Failure) -> Vec<String> {
    failure.diagnostics().map(ToString::to_string).collect()
}

#[test]
fn the_provider_passes_its_self_check() {
    tfplugin_framework::check(Corner).unwrap();
}
