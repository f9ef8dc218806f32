//! What a platform is called by Rust and by the Registry, which has Go's names.

use std::process::Command;

use anyhow::{Context as _, bail};

/// A platform that artifacts are made for.
pub(crate) struct Platform {
    triple: String,
    /// Whether Cargo is told about it, and so puts what it builds into a folder of its own.
    pub(crate) explicit: bool,
    operating_system: &'static str,
    architecture: &'static str,
}

impl Platform {
    /// The platform of a target triple, or of this machine.
    pub(crate) fn of(triple: Option<String>) -> anyhow::Result<Self> {
        let explicit = triple.is_some();
        let triple = triple.map_or_else(of_this_machine, Ok)?;
        let operating_system = match triple.as_str() {
            triple if triple.contains("-linux-") => "linux",
            triple if triple.contains("-apple-darwin") => "darwin",
            triple if triple.contains("-windows-") => "windows",
            _ => {
                bail!("{triple} is no platform that releases are made for: Linux, macOS or Windows")
            }
        };
        let architecture = match triple.split('-').next() {
            Some("x86_64") => "amd64",
            Some("aarch64") => "arm64",
            _ => bail!("{triple} is no platform that releases are made for: x86_64 or aarch64"),
        };
        Ok(Self {
            triple,
            explicit,
            operating_system,
            architecture,
        })
    }

    pub(crate) fn triple(&self) -> &str {
        &self.triple
    }

    /// Such as `linux_amd64`.
    pub(crate) fn registry_name(&self) -> String {
        format!("{}_{}", self.operating_system, self.architecture)
    }

    /// A program's file.
    pub(crate) fn executable(&self, program: &str) -> String {
        let suffix = match self.operating_system {
            "windows" => ".exe",
            _ => "",
        };
        format!("{program}{suffix}")
    }
}

fn of_this_machine() -> anyhow::Result<String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("cannot run rustc, which says what this machine is; name it with --target")?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .context("rustc does not say what this machine is; name it with --target")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_have_the_names_of_the_registry() {
        for (triple, name, executable) in [
            ("x86_64-unknown-linux-musl", "linux_amd64", "imp"),
            ("aarch64-apple-darwin", "darwin_arm64", "imp"),
            ("aarch64-pc-windows-msvc", "windows_arm64", "imp.exe"),
        ] {
            let platform = Platform::of(Some(triple.to_owned())).unwrap();
            assert_eq!(platform.registry_name(), name);
            assert_eq!(platform.executable("imp"), executable);
        }
        assert!(Platform::of(None).is_ok_and(|platform| !platform.explicit));
    }

    #[test]
    fn others_are_refused() {
        for triple in [
            "wasm32-unknown-unknown",
            "riscv64gc-unknown-linux-gnu",
            "x86_64-unknown-freebsd",
        ] {
            assert!(Platform::of(Some(triple.to_owned())).is_err(), "{triple}");
        }
    }
}
