//! The provider's binary.

use std::process::ExitCode;

use terraform_provider_imp::{Command, ImpProvider, SOURCE};

fn main() -> ExitCode {
    if let Some(command) = Command::requested() {
        return command.run();
    }
    tfplugin_framework::run(SOURCE, ImpProvider::default)
}
