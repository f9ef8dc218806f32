//! The pages on disk: writing them, and finding those that are not what would be written.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

use super::Pages;

/// The folders under `docs/`, and how the names begin that belong to this task in each.
const FOLDERS: [(&str, &str); 6] = [
    ("resources", ""),
    ("data-sources", ""),
    ("functions", ""),
    ("list-resources", ""),
    ("actions", ""),
    // The other guides are written by hand.
    ("guides", "rule"),
];

/// Fails unless every page is there as it would be written, and no other.
pub(super) fn check(target: &Path, pages: &Pages) -> anyhow::Result<()> {
    let mut stale: Vec<String> = pages
        .iter()
        .filter(|(name, text)| {
            fs::read_to_string(target.join(name)).ok().as_deref() != Some(text.as_str())
        })
        .map(|(name, _)| format!("docs/{name} is missing or differs"))
        .collect();
    stale.extend(
        superfluous(target, pages)?
            .iter()
            .map(|name| format!("docs/{name} is no longer generated")),
    );
    if stale.is_empty() {
        return Ok(());
    }
    bail!(
        "The pages do not match the schemas and the examples:\n  {}\nRun `cargo xtask docs` and commit what it writes.",
        stale.join("\n  ")
    );
}

/// Writes every page, and removes those that nothing produces any more.
pub(super) fn write(target: &Path, pages: &Pages) -> anyhow::Result<()> {
    for name in superfluous(target, pages)? {
        let path = target.join(name);
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    for (name, text) in pages {
        let path = target.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create the directory {}", folder.display()))?;
        }
        whole_file::write(&path, text)?;
    }
    Ok(())
}

fn superfluous(target: &Path, pages: &Pages) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for (folder, prefix) in FOLDERS {
        let path = target.join(folder);
        if !path.is_dir() {
            continue;
        }
        for entry in
            fs::read_dir(&path).with_context(|| format!("cannot read {}", path.display()))?
        {
            let file = entry?.file_name().to_string_lossy().into_owned();
            let name = format!("{folder}/{file}");
            if file.starts_with(prefix) && !pages.contains_key(&name) {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let mut pages = Pages::from([
            ("index.md".to_owned(), "index".to_owned()),
            ("resources/a.md".to_owned(), "a".to_owned()),
        ]);
        write(folder.path(), &pages).unwrap();
        check(folder.path(), &pages).unwrap();

        fs::write(folder.path().join("resources/old.md"), "old").unwrap();
        fs::create_dir(folder.path().join("guides")).unwrap();
        for guide in ["rule-imp999.md", "security.md"] {
            fs::write(folder.path().join("guides").join(guide), "old").unwrap();
        }
        pages.insert("index.md".to_owned(), "another".to_owned());
        let failure = check(folder.path(), &pages).unwrap_err().to_string();
        assert!(
            failure.contains("docs/index.md is missing or differs"),
            "{failure}"
        );
        assert!(
            failure.contains("docs/resources/old.md is no longer generated"),
            "{failure}"
        );
        assert!(
            failure.contains("docs/guides/rule-imp999.md is no longer generated"),
            "{failure}"
        );
        assert!(!failure.contains("resources/a.md"), "{failure}");
        assert!(!failure.contains("security.md"), "{failure}");

        write(folder.path(), &pages).unwrap();
        check(folder.path(), &pages).unwrap();
        assert!(!folder.path().join("resources/old.md").exists());
        assert!(folder.path().join("guides/security.md").exists());
    }
}
