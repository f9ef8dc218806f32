//! Where this repository lies on disk.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The repository's root: the directory of the workspace's `Cargo.toml`.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .ancestors()
        .nth(2)
        .filter(|root| root.join("Cargo.lock").is_file())
        .map(Path::to_path_buf)
        .with_context(|| {
            format!(
                "the repository is no longer two directories above {}; run `cargo xtask` from \
                 the checkout it was built in, so that cargo builds it anew",
                package.display()
            )
        })
}
