//! The report for code scanning: SARIF 2.1.0.
//!
//! Plan JSON does not say in which file a resource stands, so that every result points to the file that the caller
//! names, and to the resource as a logical location.

use imp_federation_rules::Rule;
use serde_json::{Value, json};

use crate::finding::{Finding, Silenced};
use crate::review::Review;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const HOME: &str = "https://registry.terraform.io/providers/imp-federation/imp/latest";

/// The report for code scanning. Results point to `source`, a path in the repository.
pub fn sarif(review: &Review, source: &str) -> Value {
    let rules: Vec<&Rule> = Rule::all().collect();
    let all = review.findings.iter().chain(&review.silenced);
    let results: Vec<Value> = all.map(|finding| result(finding, &rules, source)).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "terraform-provider-imp review",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": HOME,
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": plain(rule.explanation) },
        "help": {
            "text": plain(rule.remedy),
            "markdown": format!("{}\n\n{}", rule.explanation, rule.remedy),
        },
        "helpUri": rule.url(),
        "defaultConfiguration": { "level": rule.severity.as_str() },
    })
}

fn result(finding: &Finding, rules: &[&Rule], source: &str) -> Value {
    let resources = finding
        .addresses
        .iter()
        .map(|address| json!({ "fullyQualifiedName": address, "kind": "resource" }));
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(source) },
            "region": { "startLine": 1 },
        },
    });
    let resources: Vec<Value> = resources.collect();
    if !resources.is_empty() {
        location["logicalLocations"] = Value::Array(resources);
    }
    let mut result = json!({
        "ruleId": finding.rule.code,
        "level": finding.severity.as_str(),
        "message": { "text": message(finding) },
        "locations": [location],
        "partialFingerprints": { "impReview/v1": fingerprint(finding) },
        "baselineState": if finding.is_new { "new" } else { "unchanged" },
        "properties": { "publishers": finding.publishers, "domain": finding.domain },
    });
    if let Some(index) = rules.iter().position(|rule| rule.code == finding.rule.code) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(silenced) = &finding.silenced {
        result["suppressions"] = match silenced {
            Silenced::ByOption => json!([{ "kind": "external", "justification": "--ignore" }]),
            Silenced::ByConfiguration(reason) => {
                json!([{ "kind": "inSource", "justification": reason }])
            }
        };
    }
    result
}

/// The message, with the first of the resources, as code scanning shows no logical locations.
fn message(finding: &Finding) -> String {
    match finding.addresses.as_slice() {
        [] => finding.message.clone(),
        [only] => format!("{} ({only})", finding.message),
        [first, rest @ ..] => format!("{} ({first} and {} more)", finding.message, rest.len()),
    }
}

/// The same for the same finding in the next plan, and of no more meaning than that.
fn fingerprint(finding: &Finding) -> String {
    // FNV-1a: stable between versions of Rust, which its own hashes are not.
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let words = [finding.rule.code]
        .into_iter()
        .chain(finding.domain.as_deref())
        .chain(finding.publishers.iter().map(String::as_str))
        .chain(finding.addresses.iter().map(String::as_str));
    let bytes = words.flat_map(|word| word.bytes().chain([0]));
    let hash = bytes.fold(BASIS, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    format!("{hash:016x}")
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Without Markdown's marks.
fn plain(markdown: &str) -> String {
    markdown.replace(['*', '`'], "")
}
