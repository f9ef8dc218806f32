//! `review`: reports on plans that are kept, and a status for each way to end.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use acceptance_tests::{PlanOptions, Practice, Provider, Terraform, Workspace};
use imp_publisher_simulator::ClusterOptions;
use serde_json::Value;

use crate::support::{command, text, variables};

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

/// The statements that have changed rows so far, with what only the publisher knows left out: primary keys and numbers
/// of enumerations.
fn sent(practice: &Practice) -> Vec<String> {
    let requests = practice.requests().into_iter();
    let sql = requests.filter(|entry| !entry.changes.is_empty());
    sql.map(|entry| without_placeholders(&entry.sql.unwrap()))
        .collect()
}

fn without_placeholders(statement: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let statement = statement
        .trim_end_matches(';')
        .replace(['(', ')', ','], " ");
    // A placeholder may have spaces in it.
    let mut rest = statement.as_str();
    while let Some((before, from)) = rest.split_once('<') {
        let (_, after) = from.split_once('>').unwrap();
        words.extend(before.split_whitespace().map(str::to_owned));
        words.push("?".to_owned());
        rest = after;
    }
    words.extend(rest.split_whitespace().map(str::to_owned));
    let is_pkid = |word: &str| word.len() == 38 && word.matches('-').count() == 4;
    let text: Vec<&str> = words
        .iter()
        .map(|word| {
            let is_quote = word == "'";
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            match word.as_str() {
                word if is_pkid(word) || is_number => "?",
                _ if is_quote => "",
                word => word,
            }
        })
        .filter(|word| !word.is_empty())
        .collect();
    text.join(" ")
}

#[test]
fn the_statements_are_those_that_the_apply_sends() {
    let practice = Practice::with([ClusterOptions::new("emea")]);
    let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
    workspace.add_provider(Provider::imp().unwrap()).unwrap();
    for (name, value) in variables(&practice) {
        workspace.set_environment(name, value);
    }
    let configuration = |description: &str, next_hop: &str, others: &str| {
        format!(
            "resource \"imp_sip_federation_domain\" \"remote\" {{\n  domain_name = \"remote.com\"\n  description = \
             \"{description}\"\n}}\n\nresource \"imp_static_route\" \"primary\" {{\n  domain = \
             imp_sip_federation_domain.remote.domain_name\n  next_hop = \"{next_hop}\"\n}}\n{others}"
        )
    };
    let backup = "resource \"imp_static_route\" \"backup\" {\n  destination_pattern = \".com.remote\"\n  next_hop = \
                  \"10.20.0.16\"\n  priority = 2\n}\n";
    for (step, text) in [
        configuration("It's a partner", "10.20.0.15", backup),
        configuration("Another's partner", "10.20.0.25", ""),
        String::new(),
    ]
    .iter()
    .enumerate()
    {
        let provider = "terraform {\n  required_providers {\n    imp = {\n      source = \"imp-federation/imp\"\n    \
                        }\n  }\n}\n\nprovider \"imp\" {}\n\n";
        workspace
            .write("main.tf", &format!("{provider}{text}"))
            .unwrap();
        let planned = workspace.plan(&PlanOptions::new()).unwrap().unwrap();
        let file = workspace.directory().join("plan.json");
        fs::write(&file, planned.json.to_string()).unwrap();
        let output = review(&file, &["--sql", "--format=json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut shown: Vec<String> = report["statements"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|statement| statement.as_str().unwrap().lines())
            .filter(|line| !line.starts_with("--") && !line.is_empty())
            .map(without_placeholders)
            .collect();
        let before = sent(&practice).len();
        let errors = workspace.apply_saved_plan().unwrap();
        assert!(errors.iter().all(|said| !said.is_error()), "{errors:?}");
        let mut since = sent(&practice).split_off(before);
        // Operations that do not depend on each other are under way at once.
        shown.sort();
        since.sort();
        assert_eq!(shown, since, "step {step}");
        assert!(shown.len() >= 3 - usize::from(step == 2), "{shown:?}");
    }
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

#[test]
fn what_is_no_command_is_named_and_the_help_printed() {
    for words in [&["explode"][..], &["--verbose", "discover"]] {
        let output = command(&[], words).output().unwrap();
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""));
        let said = text(&output.stderr);
        assert!(said.contains(words[0]) && said.contains("--help"), "{said}");
    }
}
