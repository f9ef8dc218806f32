//! `cargo xtask package`: makes the artifacts of a release as the Terraform Registry wants them.
//!
//! The same sources give the same bytes: no time, no path and no order of a file system gets into an archive.
//! Signing is left to whoever releases; nothing here knows a key.

mod archive;
mod bill_of_materials;
mod build;
mod checksums;
mod folder;
mod platform;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Parser;

use archive::Archive;
use folder::Folder;
use platform::Platform;

/// What the provider is called in the Registry.
const PROVIDER: &str = "terraform-provider-imp";
const SIMULATOR: &str = "imp-publisher-simulator";
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Parser)]
#[command(
    name = "cargo xtask package",
    about = "Make the artifacts of a release: archives, manifest, bill of materials and checksums."
)]
struct Arguments {
    /// The target to build for, such as `x86_64-unknown-linux-musl`; this machine's own where it is left out.
    #[arg(long)]
    target: Option<String>,
    /// The profile to build with.
    #[arg(long, default_value = "release")]
    profile: String,
    /// Build nothing; pack the programs that lie in this folder.
    #[arg(long, conflicts_with = "profile")]
    programs: Option<PathBuf>,
    /// Where the artifacts go; `target/package` where it is left out.
    #[arg(long)]
    output: Option<PathBuf>,
    /// Build nothing; write the checksums of what is in the folder, from whatever machines it came.
    #[arg(long, conflicts_with_all = ["target", "profile", "programs"])]
    checksums_only: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let root = root()?;
    let output = match arguments.output {
        Some(output) => std::path::absolute(output).context("the output folder has no place")?,
        None => build::target_folder(&root)?.join("package"),
    };
    let folder = Folder::at(output)?;
    if !arguments.checksums_only {
        let platform = Platform::of(arguments.target)?;
        let names = [PROVIDER, SIMULATOR];
        let programs = match arguments.programs {
            Some(folder) => names
                .map(|name| folder.join(platform.executable(name)))
                .into(),
            None => build::programs(&root, &platform, &arguments.profile, &names)?,
        };
        make(&root, &platform, &programs, &folder)?;
    }
    let sums = format!("{PROVIDER}_{VERSION}_SHA256SUMS");
    let listed = checksums::listed(folder.path(), VERSION)?;
    folder.put(&sums, listed.as_bytes())?;
    report(&format!("{}\n{listed}", folder.path().display()))
}

fn make(
    root: &Path,
    platform: &Platform,
    programs: &[PathBuf],
    folder: &Folder,
) -> anyhow::Result<()> {
    for (name, program) in [PROVIDER, SIMULATOR].into_iter().zip(programs) {
        let mut archive = Archive::new();
        archive.add_text(root, "LICENSE")?;
        archive.add_text(root, "README.md")?;
        let packed_name = platform.executable(&format!("{name}_v{VERSION}"));
        archive.add_program(program, &packed_name)?;
        folder.put(
            &format!("{name}_{VERSION}_{}.zip", platform.registry_name()),
            &archive.finish()?,
        )?;
    }
    let manifest = build::read(&root.join("terraform-registry-manifest.json"))?;
    folder.put(&format!("{PROVIDER}_{VERSION}_manifest.json"), &manifest)?;
    let bill = bill_of_materials::of(root, PROVIDER, platform)?;
    folder.put(
        &format!("{PROVIDER}_{VERSION}_{}.cdx.json", platform.registry_name()),
        &bill,
    )
}

/// The repository's root.
fn root() -> anyhow::Result<PathBuf> {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.."))
        .canonicalize()
        .context(
            "the checkout that this was built in is gone; run `cargo xtask package` in another",
        )
}

fn report(text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    writeln!(std::io::stdout(), "{text}").context("the result cannot be written")
}
