//! The folder of the artifacts, in which nothing is ever half-written.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// A folder that exists.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn at(path: PathBuf) -> anyhow::Result<Self> {
        fs::create_dir_all(&path)
            .with_context(|| format!("cannot create the folder {}", path.display()))?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file whole, or not at all.
    pub(crate) fn put(&self, name: &str, content: &[u8]) -> anyhow::Result<()> {
        whole_file::write(&self.0.join(name), content)
    }
}
