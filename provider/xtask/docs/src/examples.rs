//! The examples, which lie where the Registry's own tools look for them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The folder `examples/`.
pub(super) struct Examples {
    folder: PathBuf,
}

impl Examples {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            folder: root.join("examples"),
        }
    }

    /// An example in a fence. One that is missing is an error: a page without an example helps nobody.
    pub(super) fn fenced(&self, path: &str, language: &str) -> anyhow::Result<String> {
        let file = self.folder.join(path);
        let text = fs::read_to_string(&file)
            .with_context(|| format!("cannot read the example {}; write one", file.display()))?;
        Ok(format!("```{language}\n{}\n```\n", text.trim_end()))
    }
}
