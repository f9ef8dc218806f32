//! The provider's binary.

use std::process::ExitCode;

use terraform_provider_imp::{COMMANDS, Command, ImpProvider, SOURCE};

fn main() -> ExitCode {
    if let Some(command) = Command::requested() {
        return command.run();
    }
    tfplugin_framework::run_beside_commands(SOURCE, COMMANDS, ImpProvider::default)
}
