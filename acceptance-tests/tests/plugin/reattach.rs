//! One provider process, started by a person with `--debug`, for several commands of a real core.

use std::process::Command;
use std::time::Duration;

use acceptance_tests::{Running, Signal, Terraform, Workspace};

use crate::setting::Setting;

const LIMIT: Duration = Duration::from_secs(60);

const VARIABLE: &str = "TF_REATTACH_PROVIDERS";

/// Nothing of it needs a publisher: a domain whose name is known to be wrong, and one that is right.
const CONFIGURATION: &str = r#"
terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

variable "domain_name" {}

provider "imp" {
  address  = "127.0.0.1:9"
  username = "nobody"
  password = "nothing"
}

resource "imp_sip_federation_domain" "this" {
  count       = var.domain_name == "" ? 0 : 1
  domain_name = var.domain_name
}
"#;

#[test]
fn several_commands_share_one_process() {
    let setting = Setting::new();
    let mut command = Command::new(Setting::executable());
    command.arg("--debug").env("TMPDIR", setting.directory());
    let provider = Running::start(&mut command).unwrap();
    provider
        .wait_for_output("Ctrl-C ends the provider.", LIMIT)
        .unwrap();
    let instructions = provider.output();
    let value = instructions
        .lines()
        .find_map(|line| line.trim().strip_prefix(VARIABLE)?.strip_prefix("="))
        .unwrap()
        .trim_matches('\'')
        .to_owned();

    // No provider is installed here: the core has no other than that process.
    let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
    workspace.write("main.tf", CONFIGURATION).unwrap();
    workspace.set_environment(VARIABLE, value);
    for _ in 0..2 {
        workspace.set_variable("domain_name", &"".into());
        let outcome = workspace.run(["plan"]).unwrap();
        assert!(outcome.success(), "{}", outcome.transcript());
        workspace.set_variable("domain_name", &"not a domain".into());
        let outcome = workspace.run(["plan"]).unwrap();
        assert!(
            outcome.text().contains("domain_name"),
            "{}",
            outcome.transcript()
        );
        assert!(!outcome.success());
    }

    provider.signal(Signal::Interrupt).unwrap();
    let outcome = provider.wait(LIMIT).unwrap();
    assert!(outcome.success(), "{}", outcome.transcript());
    assert_eq!(outcome.stdout, instructions);
    assert_eq!(outcome.stderr, "");
    setting.assert_nothing_left();
}
