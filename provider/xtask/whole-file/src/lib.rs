//! Writes files so that whoever interrupts it, or reads meanwhile, finds the old content or the new one.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use tempfile::NamedTempFile;

/// Writes a file that everybody may read, whole or not at all. Its folder must exist.
///
/// # Errors
///
/// The folder cannot be written to; the file is then as it was.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> anyhow::Result<()> {
    let written = || -> anyhow::Result<()> {
        let folder = path.parent().context("it lies in no folder")?;
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(content.as_ref())?;
        // A temporary file is its owner's alone.
        #[cfg(unix)]
        file.as_file()
            .set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        file.persist(path)?;
        Ok(())
    };
    written().with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;

    use super::write;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.md");
        write(&path, "old").unwrap();
        write(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_named_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.md");
        fs::create_dir(&path).unwrap();
        let error = write(&path, "new").unwrap_err().to_string();
        assert!(error.contains("page.md"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = write(&folder.path().join("none/page.md"), "new").unwrap_err();
        assert!(error.to_string().contains("none"), "{error}");
    }
}
