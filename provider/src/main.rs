//! The provider's binary.

use std::process::ExitCode;

use terraform_provider_imp::{ImpProvider, SOURCE};

fn main() -> ExitCode {
    tfplugin_framework::run(SOURCE, ImpProvider::default)
}
