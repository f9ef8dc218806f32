//! `discover`, and `discover --record` with a person at the keyboard.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use acceptance_tests::Practice;
use imp_publisher_simulator::{Cluster, DomainEdit, DomainRow, RouteEdit, RouteRow};
use serde_json::Value;

use crate::support::{command, run, text, variables};

#[test]
fn a_draft_is_printed_and_the_rest_is_said_beside_it() {
    let practice = Practice::with([Practice::emea_options()]);
    let output = run(&practice, &["discover"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let draft: Value = serde_json::from_slice(&output.stdout).unwrap();
    let profile = practice.emea().profile();
    assert_eq!(draft["static_route"], profile["static_route"]);
    assert_eq!(draft["verification"], Value::Null);
    let said = text(&output.stderr);
    assert!(said.contains("Candidates for static_route"), "{said}");
    assert!(said.contains("once it is verified: sha256:"), "{said}");
    practice.is_untouched().unwrap();
}

#[test]
fn with_several_publishers_one_must_be_named() {
    let practice = Practice::start();
    let output = run(&practice, &["discover"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--publisher"));
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("profile.json");
    let path = path.to_str().unwrap();
    let output = run(
        &practice,
        &["discover", "--publisher", "apac", "--out", path],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    let draft: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(draft["federated_domain"]["table"], "pesipfederation");
}

#[test]
fn a_person_who_follows_the_steps_gets_a_whole_profile() {
    let practice = Practice::with([Practice::apac_options()]);
    let mut child = command(&variables(&practice), &["discover", "--record"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut keyboard = child.stdin.take().unwrap();
    let mut said = String::new();
    let mut step = 0;
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        let line = line.unwrap();
        if line.starts_with("Then press Enter") {
            carry_out(practice.apac(), step);
            step += 1;
            keyboard.write_all(b"\n").unwrap();
        }
        said.push_str(&line);
        said.push('\n');
    }
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{said}");
    assert_eq!(step, 8, "{said}");
    let draft: Value = serde_json::from_slice(&output.stdout).unwrap();
    let profile = practice.apac().profile();
    for part in ["static_route", "companions"] {
        assert_eq!(draft[part], profile[part], "{said}");
    }
    assert_eq!(
        draft["federated_domain"]["columns"],
        profile["federated_domain"]["columns"]
    );
    practice.is_untouched().unwrap();
}

#[test]
fn a_recording_whose_input_ends_says_so() {
    let practice = Practice::with([Practice::emea_options()]);
    let output = command(&variables(&practice), &["discover", "--record"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("input ended"));
}

#[test]
fn what_is_wrong_with_the_connection_is_said() {
    let practice = Practice::with([Practice::emea_options()]);
    let mut variables = variables(&practice);
    variables.retain(|(name, _)| *name != "IMP_PASSWORD");
    let output = command(&variables, &["discover"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("IMP_PASSWORD"));
    variables.push(("IMP_PASSWORD", "wrong-and-secret".to_owned()));
    let output = command(&variables, &["discover"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("401") && !said.contains("wrong-and-secret"),
        "{said}"
    );
}

#[test]
fn without_a_publisher_the_variables_are_named() {
    for words in [&["discover"][..], &["export", "--json"]] {
        let output = command(&[], words).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let said = text(&output.stderr);
        assert!(
            said.contains("IMP_ADDRESS") && said.contains("IMP_PUBLISHERS"),
            "{said}"
        );
    }
}

#[test]
fn a_file_that_is_there_is_refused_before_anything_is_recorded() {
    let practice = Practice::with([Practice::emea_options()]);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("draft.json");
    std::fs::write(&file, "mine").unwrap();
    for words in [&["discover", "--record"][..], &["export", "--json"]] {
        let words = [words, &["--out", file.to_str().unwrap()]].concat();
        let output = run(&practice, &words);
        assert_eq!(output.status.code(), Some(1));
        let said = text(&output.stderr);
        assert!(said.contains("draft.json exists already"), "{said}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    }
    assert!(practice.simulator().journal().is_empty());
}

/// Each step as a person makes it.
fn carry_out(cluster: &Cluster, step: usize) {
    const DOMAIN: &str = "imp-discovery.example";
    const ROUTE: &str = ".example.imp-discovery/192.0.2.117:5067/TLS";
    let edit = RouteEdit::default();
    let edit = match step {
        0 => {
            let row = DomainRow {
                description: Some("imp discovery of a domain".to_owned()),
                ..DomainRow::named(DOMAIN)
            };
            return cluster.add_domain(&row).unwrap();
        }
        1 => {
            let edit = DomainEdit {
                direct_federation: Some(false),
                ..DomainEdit::default()
            };
            return cluster.edit_domain(DOMAIN, &edit).unwrap();
        }
        2 => {
            let row = RouteRow {
                description: Some("imp discovery of a route".to_owned()),
                next_hop_port: 5067,
                priority: 7317,
                weight: 4119,
                ..RouteRow::to(".example.imp-discovery", "192.0.2.117")
            };
            return cluster.add_route(&row).unwrap();
        }
        3 => RouteEdit {
            allow_less_specific_route: Some(false),
            ..edit
        },
        4 => RouteEdit {
            in_service: Some(false),
            ..edit
        },
        5 => RouteEdit {
            block_route: Some(true),
            ..edit
        },
        6 => return cluster.delete_route(ROUTE).unwrap(),
        _ => return cluster.delete_domain(DOMAIN).unwrap(),
    };
    cluster.edit_route(ROUTE, &edit).unwrap();
}
