//! The whole life of a provider's process: `fn main` of a provider is one call of [`run`].

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use go_plugin::{DebugConfig, PluginConfig, Requests, ServeError, exit_code, logging};

use crate::provider::Provider;
use crate::service::service;

/// Terraform's magic cookie: it tells a host from a person who starts the binary by hand.
const COOKIE_KEY: &str = "TF_PLUGIN_MAGIC_COOKIE";
const COOKIE_VALUE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const PROTOCOL_VERSION: u32 = 6;

/// The exit status where the command line is not understood.
const MISUSED: u8 = 2;

/// Serves a provider to the Terraform or OpenTofu that started this process, or with `--debug` to any
/// that is told where it is. It is what the `main` of a provider answers.
///
/// `source` is the address in the registries, `NAMESPACE/NAME`. `provider` is called once a host may
/// connect, so that it costs no start-up time.
pub fn run<P: Provider>(source: &str, provider: impl FnOnce() -> P) -> ExitCode {
    run_beside_commands(source, "", provider)
}

/// As [`run`], for a binary that does more when it is started by hand. `commands` is a part of the help for these,
/// a line for each, and they are handled before this is called.
pub fn run_beside_commands<P: Provider>(
    source: &str,
    commands: &str,
    provider: impl FnOnce() -> P,
) -> ExitCode {
    let name = source.rsplit('/').next().unwrap_or(source);
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let options: Option<Vec<&str>> = arguments.iter().map(|word| word.to_str()).collect();
    match options.as_deref() {
        Some([]) => serve(source, name, commands, provider),
        Some(["--debug" | "-debug"]) => serve_debug(source, name, provider),
        Some(["--version" | "-version" | "-V" | "version"]) => {
            let version = provider();
            let version = version.version();
            say(
                io::stdout(),
                &format!("terraform-provider-{name} {version}\n"),
            );
            ExitCode::SUCCESS
        }
        Some(["--help" | "-help" | "-h" | "help"]) => {
            say(io::stdout(), &help(source, name, commands));
            ExitCode::SUCCESS
        }
        _ => {
            let words: Vec<_> = arguments
                .iter()
                .map(|word| word.to_string_lossy())
                .collect();
            let text = format!(
                "{:?} is not understood.\n\n{}",
                words.join(" "),
                help(source, name, commands)
            );
            say(io::stderr(), &text);
            ExitCode::from(MISUSED)
        }
    }
}

fn serve<P: Provider>(
    source: &str,
    name: &str,
    commands: &str,
    provider: impl FnOnce() -> P,
) -> ExitCode {
    start_logging(name);
    let config = PluginConfig {
        magic_cookie_key: COOKIE_KEY,
        magic_cookie_value: COOKIE_VALUE,
        protocol_version: PROTOCOL_VERSION,
        advice: help(source, name, commands),
    };
    let requests = Requests::new();
    let outcome = go_plugin::block_on(async {
        let shared = std::sync::Arc::clone(&requests);
        go_plugin::serve(&config, requests, || service(provider(), shared)).await
    });
    exit_code(
        &outcome
            .map_err(ServeError::Signals)
            .and_then(|served| served),
    )
}

fn serve_debug<P: Provider>(source: &str, name: &str, provider: impl FnOnce() -> P) -> ExitCode {
    start_logging(name);
    let config = DebugConfig {
        protocol_version: PROTOCOL_VERSION,
        addresses: ["registry.terraform.io", "registry.opentofu.org"]
            .map(|host| format!("{host}/{source}"))
            .into(),
    };
    let requests = Requests::new();
    let outcome = go_plugin::block_on(async {
        let shared = std::sync::Arc::clone(&requests);
        go_plugin::serve_debug(&config, requests, || service(provider(), shared)).await
    });
    exit_code(
        &outcome
            .map_err(ServeError::Signals)
            .and_then(|served| served),
    )
}

fn start_logging(name: &str) {
    let own = format!("TF_LOG_PROVIDER_{}", name.to_uppercase().replace('-', "_"));
    logging::init(&[&own, "TF_LOG_PROVIDER", "TF_LOG"]);
}

fn help(source: &str, name: &str, commands: &str) -> String {
    let commands = if commands.is_empty() {
        String::new()
    } else {
        format!(
            "Commands, which are started by hand all the same; each has a --help:\n{commands}\n"
        )
    };
    format!(
        "terraform-provider-{name} is a plugin of Terraform and OpenTofu. It is not started by hand: write it into\n\
         a configuration, and `terraform init` installs it.\n\n  \
         terraform {{\n    required_providers {{\n      {name} = {{ source = \"{source}\" }}\n    }}\n  }}\n\n\
         {commands}Options:\n  --debug    serve until Ctrl-C, and print how to attach Terraform\n  \
         --version  print the version\n  --help     print this text\n"
    )
}

/// A closed stream is no failure of ours.
fn say(mut stream: impl io::Write, text: &str) {
    let _ = stream.write_all(text.as_bytes());
    let _ = stream.flush();
}
