//! Zip archives whose bytes depend on their content alone.

use std::io::{Cursor, Write as _};
use std::path::Path;

use anyhow::Context as _;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::build;

/// An archive under construction.
pub(crate) struct Archive {
    writer: ZipWriter<Cursor<Vec<u8>>>,
}

impl Archive {
    pub(crate) fn new() -> Self {
        Self {
            writer: ZipWriter::new(Cursor::new(Vec::new())),
        }
    }

    /// Adds a text of the repository, under its own name.
    pub(crate) fn add_text(&mut self, root: &Path, name: &str) -> anyhow::Result<()> {
        self.add(name, &build::read(&root.join(name))?, 0o644)
    }

    /// Adds a program, which whoever unpacks the archive may run.
    pub(crate) fn add_program(&mut self, program: &Path, name: &str) -> anyhow::Result<()> {
        self.add(name, &build::read(program)?, 0o755)
    }

    /// The archive's bytes.
    pub(crate) fn finish(self) -> anyhow::Result<Vec<u8>> {
        let bytes = self.writer.finish().context("an archive cannot be ended")?;
        Ok(bytes.into_inner())
    }

    fn add(&mut self, name: &str, content: &[u8], mode: u32) -> anyhow::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(mode);
        self.writer
            .start_file(name, options)
            .and_then(|()| Ok(self.writer.write_all(content)?))
            .with_context(|| format!("{name} cannot be packed"))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read as _;

    use zip::ZipArchive;

    use super::*;

    fn packed() -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("LICENSE"), "free").unwrap();
        fs::write(folder.path().join("program"), "\u{7f}ELF").unwrap();
        let mut archive = Archive::new();
        archive.add_text(folder.path(), "LICENSE").unwrap();
        archive
            .add_program(&folder.path().join("program"), "program_v1")
            .unwrap();
        archive.finish().unwrap()
    }

    #[test]
    fn the_same_content_gives_the_same_bytes() {
        assert_eq!(packed(), packed());
    }

    #[test]
    fn a_program_can_be_run_and_a_text_cannot() {
        let mut archive = ZipArchive::new(Cursor::new(packed())).unwrap();
        for (name, mode, content) in [
            ("LICENSE", 0o644, "free"),
            ("program_v1", 0o755, "\u{7f}ELF"),
        ] {
            let mut file = archive.by_name(name).unwrap();
            assert_eq!(file.unix_mode().unwrap() & 0o777, mode);
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            assert_eq!(text, content);
        }
    }
}
