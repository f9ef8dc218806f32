//! The list of checksums, which the Registry signs for: every archive, the manifest, and the bills of materials.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};

use crate::build;

/// A line for each artifact of this version, in the order of their names.
pub(crate) fn listed(folder: &Path, version: &str) -> anyhow::Result<String> {
    let mut names = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.contains(&format!("_{version}_")) && !name.contains("SHA256SUMS") {
            names.push(name);
        }
    }
    if names.is_empty() {
        bail!(
            "{} has no artifact of version {version}; make them first with `cargo xtask package`",
            folder.display()
        );
    }
    names.sort();
    let mut lines = String::new();
    for name in names {
        let content = build::read(&folder.join(&name))?;
        let _ = writeln!(lines, "{}  {name}", hexadecimal(&Sha256::digest(content)));
    }
    Ok(lines)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_artifact_of_the_version_is_listed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b_1.0.0_linux_amd64.zip",
            "b_1.0.0_manifest.json",
            "b_0.9.0_linux_amd64.zip",
            "b_1.0.0_SHA256SUMS",
            "b_1.0.0_SHA256SUMS.sig",
        ] {
            fs::write(folder.path().join(name), "abc").unwrap();
        }
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(
            listed(folder.path(), "1.0.0").unwrap(),
            format!("{abc}  b_1.0.0_linux_amd64.zip\n{abc}  b_1.0.0_manifest.json\n")
        );
    }

    #[test]
    fn an_empty_folder_has_nothing_to_list() {
        let folder = tempfile::tempdir().unwrap();
        let error = listed(folder.path(), "1.0.0").unwrap_err().to_string();
        assert!(error.contains("cargo xtask package"), "{error}");
    }
}
