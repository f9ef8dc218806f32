//! The folder of the artifacts, in which nothing is ever half-written.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::NamedTempFile;

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
        let write = || -> anyhow::Result<()> {
            let mut file = NamedTempFile::new_in(&self.0)?;
            file.write_all(content)?;
            // A temporary file is its owner's alone; an artifact is everybody's.
            #[cfg(unix)]
            file.as_file()
                .set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
            file.persist(self.0.join(name))?;
            Ok(())
        };
        write().with_context(|| format!("cannot write {}", self.0.join(name).display()))
    }
}
