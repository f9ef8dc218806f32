//! Which tests each core has to skip, as `acceptance-tests/skips.txt` says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use acceptance_tests::{Product, Terraform};
use anyhow::{Context as _, Result, bail};

use crate::workspace;

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct Expectations {
    /// By feature: the first minor versions of 1 that have it, of Terraform and of OpenTofu.
    features: BTreeMap<String, [Option<u16>; 2]>,
    /// By test: the feature that it needs.
    tests: BTreeMap<String, String>,
}

impl Expectations {
    pub(super) fn read() -> Result<Self> {
        let path = workspace::root()?.join("acceptance-tests/skips.txt");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Self::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> Result<Self> {
        let mut expectations = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                [] => {}
                [comment, ..] if comment.starts_with('#') => {}
                ["feature", name, terraform, opentofu] => {
                    let since = [minor(terraform)?, minor(opentofu)?];
                    expectations.features.insert(name.to_owned(), since);
                }
                ["test", name, feature] if expectations.features.contains_key(feature) => {
                    expectations
                        .tests
                        .insert(name.to_owned(), feature.to_owned());
                }
                _ => bail!("this line is not understood: {line}"),
            }
        }
        Ok(expectations)
    }

    /// The tests of `known` that a core has to skip, each with the feature that it needs.
    pub(super) fn skips<'a>(
        &'a self,
        core: &Terraform,
        known: &BTreeSet<String>,
    ) -> BTreeSet<(&'a str, &'a str)> {
        let lacks = |feature: &str| {
            let since = self.features.get(feature).copied().unwrap_or_default();
            let [terraform, opentofu] = since;
            let minor = match core.product() {
                Product::Terraform => terraform,
                Product::OpenTofu => opentofu,
            };
            !minor.is_some_and(|minor| core.release().is_at_least(1, minor))
        };
        self.tests
            .iter()
            .filter(|(test, feature)| known.contains(*test) && lacks(feature))
            .map(|(test, feature)| (test.as_str(), feature.as_str()))
            .collect()
    }
}

/// `1.14`, or `never`.
fn minor(text: &str) -> Result<Option<u16>> {
    if text == "never" {
        return Ok(None);
    }
    let minor = text.strip_prefix("1.").and_then(|minor| minor.parse().ok());
    minor
        .map(Some)
        .with_context(|| format!("{text:?} is neither 1.N nor `never`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_understood_and_nothing_else_is() -> Result<()> {
        let read = Expectations::read()?;
        assert_eq!(read.features.get("actions"), Some(&[Some(14), None]));
        for wrong in ["test a::b unheard_of", "feature x 2.0 1.6", "something"] {
            assert!(Expectations::parse(wrong).is_err(), "{wrong}");
        }
        Ok(())
    }
}
