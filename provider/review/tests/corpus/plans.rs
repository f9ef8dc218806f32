//! The plans on disk.

use std::fs;
use std::path::PathBuf;

use imp_review::{Options, Plan, Review};
use serde_json::Value;

/// One folder of `testdata/plans`.
pub(crate) struct Case {
    pub(crate) name: String,
    folder: PathBuf,
}

/// Every one of them, by name.
pub(crate) fn cases() -> Vec<Case> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names.iter().map(|name| Case::named(name)).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/plans")
}

impl Case {
    pub(crate) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            folder: folder().join(name),
        }
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.folder.join("plan.json")).unwrap()
    }

    pub(crate) fn plan(&self) -> Plan {
        Plan::read(self.text().as_bytes()).unwrap()
    }

    pub(crate) fn review(&self) -> Review {
        Review::of(&self.plan(), &Options::default())
    }

    pub(crate) fn expected(&self) -> Value {
        let text = fs::read_to_string(self.folder.join("expected.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }
}
