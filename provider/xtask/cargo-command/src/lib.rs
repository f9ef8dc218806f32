//! Starts Cargo from a program that Cargo has started, as a shell would start it, and reads what it reports.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// The Cargo that started this program, or else the one on `PATH`.
///
/// What Cargo told this program about its own package is left out. Build scripts that look at it would run again, and
/// all that depends on them would be built again, whenever a build from here alternates with one from a shell.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os().filter(|(name, _)| is_about_this_package(name)) {
        command.env_remove(name);
    }
    command
}

/// The executable of this name among the artifacts that Cargo reports with `--message-format=json…`.
pub fn executable(messages: &str, name: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message.pointer("/target/name").and_then(Value::as_str) == Some(name))
        .find_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
}

fn is_about_this_package(variable: &OsStr) -> bool {
    let name = variable.to_string_lossy();
    [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_CRATE_",
        "CARGO_BIN_",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_executable_is_found_by_the_name_of_its_target() {
        let messages = concat!(
            "warning: not JSON\n",
            "{\"target\":{\"name\":\"one\"},\"executable\":null}\n",
            "{\"target\":{\"name\":\"two\"},\"executable\":\"/target/two\"}\n",
            "{\"target\":{\"name\":\"one\"},\"executable\":\"/target/one\"}\n",
        );
        assert_eq!(executable(messages, "one"), Some("/target/one".into()));
        assert_eq!(executable(messages, "three"), None);
    }

    #[test]
    fn nothing_of_this_package_is_handed_on() {
        // Cargo has set these for this very test.
        assert!(env::var_os("CARGO_PKG_NAME").is_some());
        let command = cargo();
        let removed: Vec<&OsStr> = command
            .get_envs()
            .filter(|(_, value)| value.is_none())
            .map(|(name, _)| name)
            .collect();
        for name in [
            "CARGO_PKG_NAME",
            "CARGO_PKG_VERSION_MAJOR",
            "CARGO_MANIFEST_DIR",
        ] {
            assert!(removed.contains(&OsStr::new(name)), "{name}");
        }
        assert!(!removed.contains(&OsStr::new("CARGO_HOME")));
    }
}
