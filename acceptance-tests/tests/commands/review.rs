//! `review`: reports on plans that are kept, and a status for each way to end.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::support::{command, text};

fn plan(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../provider/review/testdata/plans")
        .join(name)
        .join("plan.json")
}

/// Runs it without any variable of the provider's.
fn review(file: &Path, options: &[&str]) -> Output {
    let arguments = [&["review", file.to_str().unwrap()], options].concat();
    command(&[], &arguments).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn the_report_comes_in_each_format_and_without_colours() {
    let file = plan("window-domain-replaced");
    for (format, beginning) in [
        ("text", "Federation review"),
        ("markdown", "## Federation review"),
        ("sarif", "{"),
        ("json", "{"),
    ] {
        let output = review(&file, &["--format", format]);
        let report = text(&output.stdout);
        assert_eq!((status(&output), text(&output.stderr)), (0, ""));
        assert!(
            report.starts_with(beginning) && !report.contains('\x1b'),
            "{report}"
        );
        assert!(report.contains("IMP301"), "{report}");
        if beginning == "{" {
            serde_json::from_str::<Value>(report).unwrap();
        }
    }
}

#[test]
fn the_status_says_whether_what_was_found_is_grave_enough() {
    let file = plan("window-domain-replaced");
    assert_eq!(status(&review(&file, &[])), 0);
    assert_eq!(status(&review(&file, &["--fail-on=warning"])), 1);
    assert_eq!(status(&review(&file, &["--fail-on=never"])), 0);
    let ignored = review(&file, &["--fail-on=warning", "--ignore=IMP301"]);
    assert_eq!(status(&ignored), 0);
    assert_eq!(status(&review(&file, &["--fail-on=sometimes"])), 2);
}

#[test]
fn standard_input_is_read_too() {
    let mut child = command(&[], &["review", "-", "--format=json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let bytes = fs::read(plan("no-primary")).unwrap();
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["findings"][0]["code"], "IMP303");
}

#[test]
fn each_file_that_is_no_such_plan_has_a_message_and_a_status() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.json");
    let future = fs::read_to_string(plan("no-primary"))
        .unwrap()
        .replace("\"format_version\":\"1.2\"", "\"format_version\":\"2.0\"");
    let foreign = r#"{"format_version":"1.2","planned_values":{},"resource_changes":[]}"#;
    let state =
        r#"{"version":4,"terraform_version":"1.5.0","serial":1,"lineage":"x","resources":[]}"#;
    for (content, expected, message) in [
        (
            "Terraform will perform the following actions",
            4,
            "not JSON",
        ),
        (
            "{\"@level\":\"info\"}\n{\"@level\":\"info\"}",
            5,
            "the log of a command",
        ),
        (state, 6, "a state, not a plan"),
        ("PK\x03\x04\x14\x00", 7, "terraform show -json PLANFILE"),
        (&future, 8, "format version 2.0"),
        (foreign, 9, "nothing to review"),
    ] {
        fs::write(&file, content).unwrap();
        let output = review(&file, &[]);
        assert_eq!((status(&output), text(&output.stdout)), (expected, ""));
        let said = text(&output.stderr);
        assert!(said.contains(message), "{said}");
    }
    let missing = review(&folder.path().join("missing.json"), &[]);
    assert_eq!(status(&missing), 3);
}

#[test]
fn statements_come_in_the_order_of_the_apply_and_without_primary_keys() {
    let output = review(&plan("window-domain-replaced"), &["--sql"]);
    let report = text(&output.stdout);
    let (_, statements) = report.split_once("Statements\n").unwrap();
    let verbs: Vec<&str> = statements
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("--"))
        .map(|line| {
            line.split(" (")
                .next()
                .unwrap()
                .split(" WHERE")
                .next()
                .unwrap()
        })
        .collect();
    let (domain, route) = ("pefederateddomain", "sipproxystaticroute");
    let expected = [
        format!("DELETE FROM {route}"),
        format!("DELETE FROM {route}"),
        format!("DELETE FROM {domain}"),
        format!("INSERT INTO {domain}"),
        format!("INSERT INTO {route}"),
        format!("INSERT INTO {route}"),
    ];
    assert_eq!(verbs, expected);
    assert!(statements.contains("'<pkid of imp_static_route.primary>'"));
    assert!(!statements.contains("00000000-"), "{statements}");
}

#[test]
fn the_help_of_the_binary_names_every_command() {
    let output = command(&[], &["--help"]).output().unwrap();
    for name in ["discover", "export", "review"] {
        assert!(text(&output.stdout).contains(&format!("\n  {name} ")));
        let help = command(&[], &[name, "--help"]).output().unwrap();
        assert!(text(&help.stdout).contains(&format!("terraform-provider-imp {name}")));
    }
}

/// `…` on a line of its own stands for what is left out.
#[test]
fn the_readme_shows_what_is_really_printed() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, shown) = readme
        .split_once("terraform-provider-imp review -\n")
        .unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let output = review(&plan("partner-added-and-path-left"), &[]);
    let mut printed = text(&output.stdout);
    assert!(shown.lines().count() > 40 && printed.starts_with("Federation review"));
    let mut is_first = true;
    for part in shown.split("  …\n").filter(|part| !part.is_empty()) {
        let place = printed.find(part);
        assert!(place.is_some(), "this is not printed:\n{part}");
        assert!(!is_first || place == Some(0), "the beginning is left out");
        is_first = false;
        printed = &printed[place.unwrap() + part.len()..];
    }
}
