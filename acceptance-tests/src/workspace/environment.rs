//! The folders of a workspace, and the environment in which a core runs there.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Provider;

/// What of the machine's environment a core may see. Everything else could change a test's result:
/// `TF_*`, `IMP_*`, proxies, plugin caches, credentials.
const INHERITED: [&str; 5] = [
    "PATH",
    "SystemRoot",
    "LD_LIBRARY_PATH",
    "LLVM_PROFILE_FILE",
    "SSL_CERT_FILE",
];

/// Where the configuration and the state are.
pub(super) fn configuration(root: &Path) -> PathBuf {
    root.join("configuration")
}

/// Where the providers are.
pub(super) fn providers(root: &Path) -> PathBuf {
    root.join("providers")
}

fn home(root: &Path) -> PathBuf {
    root.join("home")
}

/// The sockets of providers lie here; their paths must be short.
fn temporary(root: &Path) -> PathBuf {
    root.join("tmp")
}

fn mirror(root: &Path) -> PathBuf {
    root.join("mirror")
}

fn cli_configuration(root: &Path) -> PathBuf {
    root.join("cli.tfrc")
}

pub(super) fn prepare(root: &Path) -> io::Result<()> {
    for folder in [
        configuration(root),
        providers(root),
        home(root),
        temporary(root),
        mirror(root),
    ] {
        fs::create_dir(folder)?;
    }
    Ok(())
}

pub(super) fn isolate(command: &mut Command, root: &Path) {
    command.env_clear();
    for name in INHERITED {
        if let Some(value) = env::var_os(name) {
            command.env(name, value);
        }
    }
    command
        .env("HOME", home(root))
        .env("TMPDIR", temporary(root))
        .env("TF_CLI_CONFIG_FILE", cli_configuration(root))
        .env("TF_IN_AUTOMATION", "1")
        .env("TF_INPUT", "0")
        .env("CHECKPOINT_DISABLE", "1");
}

/// The providers under test are overrides; any other comes from an empty mirror, so that no command
/// ever asks a registry.
pub(super) fn write_cli_configuration(root: &Path, under_test: &[Provider]) -> io::Result<()> {
    let directory = quoted(&providers(root));
    let overrides: Vec<String> = under_test
        .iter()
        .flat_map(Provider::addresses)
        .map(|address| format!("    \"{address}\" = {directory}"))
        .collect();
    let text = format!(
        "disable_checkpoint = true\n\
         provider_installation {{\n  \
           dev_overrides {{\n{}\n  }}\n  \
           filesystem_mirror {{\n    path = {}\n  }}\n\
         }}\n",
        overrides.join("\n"),
        quoted(&mirror(root)),
    );
    fs::write(cli_configuration(root), text)
}

fn quoted(path: &Path) -> String {
    serde_json::Value::from(path.to_string_lossy()).to_string()
}

/// Copies configuration files and folders of modules over what is there.
pub(super) fn copy_configuration(source: &Path, destination: &Path) -> io::Result<()> {
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        let path = entry.path();
        let copy = destination.join(entry.file_name());
        if path.is_dir() {
            // Modules; `.terraform` is the core's own.
            if entry.file_name() != ".terraform" {
                copy_folder(&path, &copy)?;
            }
        } else if is_configuration(&path) {
            fs::copy(&path, copy)?;
        }
    }
    Ok(())
}

pub(super) fn clear_configuration(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if is_configuration(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn is_configuration(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let kinds = [
        ".tf",
        ".tf.json",
        ".tofu",
        ".tofu.json",
        ".hcl",
        ".tfvars",
        ".tfvars.json",
    ];
    path.is_file() && kinds.iter().any(|kind| name.ends_with(kind)) && name != ".terraform.lock.hcl"
}

fn copy_folder(source: &Path, destination: &Path) -> io::Result<()> {
    fs::create_dir_all(destination)?;
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        let copy = destination.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &copy)?;
        } else {
            fs::copy(entry.path(), copy)?;
        }
    }
    Ok(())
}

/// Puts an executable where a core looks for it, without copying it.
#[cfg(unix)]
pub(super) fn link(executable: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(executable, link)
}

#[cfg(not(unix))]
pub(super) fn link(executable: &Path, link: &Path) -> io::Result<()> {
    fs::copy(executable, link).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_core_sees_nothing_of_the_users_own_settings() {
        let mut command = Command::new("terraform");
        command.env("IMP_PASSWORD", "p").env("TF_LOG", "TRACE");
        isolate(&mut command, Path::new("/w"));
        let set: Vec<_> = command
            .get_envs()
            .filter_map(|(name, value)| value.map(|_| name.to_string_lossy().into_owned()))
            .collect();
        for name in &set {
            let own = ["HOME", "TMPDIR", "CHECKPOINT_DISABLE"].contains(&name.as_str());
            let own = own || name.starts_with("TF_");
            assert!(own || INHERITED.contains(&name.as_str()), "{name}");
        }
        assert!(!set.contains(&"TF_LOG".to_owned()) && !set.contains(&"IMP_PASSWORD".to_owned()));
        let home = command.get_envs().find(|(name, _)| *name == "HOME");
        assert_eq!(home.unwrap().1, Some(std::ffi::OsStr::new("/w/home")));
    }

    #[test]
    fn overrides_name_the_provider_in_both_registries() {
        let root = tempfile::tempdir().unwrap();
        let provider = Provider::new("imp-federation", "imp", "/bin/true");
        write_cli_configuration(root.path(), &[provider]).unwrap();
        let text = fs::read_to_string(cli_configuration(root.path())).unwrap();
        for host in ["registry.terraform.io", "registry.opentofu.org"] {
            assert!(
                text.contains(&format!("\"{host}/imp-federation/imp\" = ")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_new_configuration_replaces_the_old_and_leaves_the_state() {
        let source = tempfile::tempdir().unwrap();
        let destination = tempfile::tempdir().unwrap();
        fs::create_dir(source.path().join("module")).unwrap();
        for name in ["main.tf", "module/main.tf", "notes.md"] {
            fs::write(source.path().join(name), "").unwrap();
        }
        for name in ["old.tf", "old.auto.tfvars.json", "terraform.tfstate"] {
            fs::write(destination.path().join(name), "").unwrap();
        }
        clear_configuration(destination.path()).unwrap();
        copy_configuration(source.path(), destination.path()).unwrap();
        let mut names: Vec<_> = fs::read_dir(destination.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["main.tf", "module", "terraform.tfstate"]);
        assert!(destination.path().join("module/main.tf").exists());
    }
}
