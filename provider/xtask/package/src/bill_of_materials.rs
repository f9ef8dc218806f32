//! The software bill of materials, in CycloneDX 1.5: every package that is in the program, and what each needs.
//!
//! It has neither a serial number nor a time, so that the same sources give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::build;
use crate::platform::Platform;

/// The bill of one program of the workspace on one platform.
pub(crate) fn of(root: &Path, program: &str, platform: &Platform) -> anyhow::Result<Vec<u8>> {
    let bill = bill(&build::metadata(root, platform)?, program)?;
    let mut bytes = serde_json::to_vec_pretty(&bill)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn bill(metadata: &Value, program: &str) -> anyhow::Result<Value> {
    let packages: BTreeMap<&str, &Value> = by_id(&metadata["packages"]);
    let nodes: BTreeMap<&str, &Value> = by_id(&metadata["resolve"]["nodes"]);
    let root = packages
        .iter()
        .find(|(_, package)| package["name"] == program)
        .map(|(id, _)| *id)
        .with_context(|| format!("cargo metadata knows no package {program}"))?;

    let mut reached = BTreeSet::from([root]);
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        let needs = nodes.get(id).map_or_else(Vec::new, |node| needed_by(node));
        open.extend(needs.into_iter().filter(|id| reached.insert(id)));
    }

    let reference = |id: &str| packages.get(id).map_or_else(String::new, |p| purl(p));
    let components: Vec<Value> = reached
        .iter()
        .filter(|id| **id != root)
        .filter_map(|id| Some(component(packages.get(id)?, "library")))
        .collect();
    let dependencies: Vec<Value> = reached
        .iter()
        .map(|id| {
            let needs = nodes.get(id).map_or_else(Vec::new, |node| needed_by(node));
            let needs: BTreeSet<String> = needs.into_iter().map(reference).collect();
            json!({ "ref": reference(id), "dependsOn": needs })
        })
        .collect();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": component(packages[root], "application") },
        "components": components,
        "dependencies": dependencies,
    }))
}

fn by_id(list: &Value) -> BTreeMap<&str, &Value> {
    let list = list.as_array().map_or(&[][..], Vec::as_slice);
    list.iter()
        .filter_map(|entry| Some((entry["id"].as_str()?, entry)))
        .collect()
}

/// What a package needs to run, without what only builds or tests it.
fn needed_by(node: &Value) -> Vec<&str> {
    let list = node["deps"].as_array().map_or(&[][..], Vec::as_slice);
    let ordinary = |dependency: &&Value| {
        let kinds = dependency["dep_kinds"].as_array();
        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
    };
    list.iter()
        .filter(ordinary)
        .filter_map(|dependency| dependency["pkg"].as_str())
        .collect()
}

fn component(package: &Value, kind: &str) -> Value {
    let mut component = json!({
        "type": kind,
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        "purl": purl(package),
    });
    if let Some(license) = package["license"].as_str() {
        // Older packages write `A/B` for a choice.
        let expression = license.replace('/', " OR ");
        component["licenses"] = json!([{ "expression": expression }]);
    }
    component
}

fn purl(package: &Value) -> String {
    let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
    format!("pkg:cargo/{}@{}", text("name"), text("version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_is_in_the_bill() {
        let package = |name: &str| json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0"});
        let dependency =
            |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [package("program"), package("used"), package("builds"), package("deep"), package("other")],
            "resolve": {"nodes": [
                {"id": "program", "deps": [dependency("used", Value::Null), dependency("builds", json!("build"))]},
                {"id": "used", "deps": [dependency("deep", Value::Null)]},
                {"id": "deep", "deps": []},
            ]},
        });
        let bill = bill(&metadata, "program").unwrap();
        let names: Vec<&str> = bill["components"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|component| component["name"].as_str())
            .collect();
        assert_eq!(names, ["deep", "used"]);
        assert_eq!(
            bill["components"][0]["licenses"][0]["expression"],
            "MIT OR Apache-2.0"
        );
        assert_eq!(
            bill["dependencies"][1],
            json!({"ref": "pkg:cargo/program@1.0.0", "dependsOn": ["pkg:cargo/used@1.0.0"]})
        );
        assert!(super::bill(&metadata, "unheard-of").is_err());
    }
}
