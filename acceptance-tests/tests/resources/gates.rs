//! When writing is refused, what may be written all the same, and what is written down about it.

use std::fs;
use std::time::Duration;

use acceptance_tests::{Failure, PlanExpectations, PlanOptions, Practice, Step};
use serde_json::{Value, json};

use crate::support::{Refusal, afterwards, case, refused, set};

/// The profile of emea with a change, in a file of that name.
fn profile(practice: &Practice, name: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut profile = practice.emea().profile();
    change(&mut profile);
    let path = practice.simulator().directory().join(name);
    fs::write(&path, profile.to_string()).unwrap();
    json!(path)
}

fn unverified(practice: &Practice) -> Value {
    let file = profile(practice, "unverified.json", |profile| {
        profile.as_object_mut().unwrap().remove("verification");
    });
    let mut settings = practice.settings("emea");
    settings["schema_profile"] = file;
    settings
}

#[test]
fn nothing_is_planned_that_may_not_be_written() {
    let practice = Practice::start();
    let emea = practice.settings("emea");
    let with = |name: &str, value: Value| {
        let mut settings = emea.clone();
        settings[name] = value;
        settings
    };
    let other_release = profile(&practice, "other-release.json", |profile| {
        profile["release"] = json!("12.0.1.10000-1");
    });
    let other_tables = profile(&practice, "other-tables.json", |profile| {
        profile["verification"]["catalogue_fingerprint"] =
            json!(format!("sha256:{}", "0".repeat(64)));
    });
    let mut built_in = emea.clone();
    built_in.as_object_mut().unwrap().remove("schema_profile");
    let publishers = json!({
        "read_only": with("read_only", json!(true)),
        "unverified": unverified(&practice),
        "other_release": with("schema_profile", other_release),
        "other_tables": with("schema_profile", other_tables),
        "built_in": built_in,
    });
    let refusal = |publisher: &str| {
        Refusal::of(format!("imp_sip_federation_domain.each[\"{publisher}\"]")).at("publisher")
    };
    case(&practice)
        .variable("publishers", publishers)
        .step(refused(
            &practice,
            "gates",
            vec![
                refusal("read_only").says("Set `read_only = false`"),
                refusal("unverified")
                    .says("is not verified")
                    .says("`schema_profile`"),
                refusal("other_release")
                    .says("\"12.0.1.10000-1\"")
                    .says("12.5.1.17900-64"),
                refusal("other_tables").says("fingerprint"),
                refusal("built_in").says("profile"),
            ],
        ))
        .run();
}

#[test]
fn an_unverified_profile_writes_where_it_may_with_a_warning() {
    let practice = Practice::start();
    let mut lab = unverified(&practice);
    lab["allow_unverified_profile"] = json!(true);
    case(&practice)
        .variable("publishers", json!({"lab": lab}))
        .step(
            Step::apply("gates")
                .warns("The schema profile is not verified")
                .has(
                    "imp_sip_federation_domain.each[\"lab\"]",
                    "domain_name",
                    "lab.com",
                ),
        )
        .run();
}

#[test]
fn writes_are_written_down_or_do_not_happen() {
    let practice = Practice::start();
    let log = practice.simulator().directory().join("changes.log");
    let with = |path: &std::path::Path| {
        let mut settings = practice.settings("emea");
        settings["change_log"] = json!(path);
        json!({"logged": settings})
    };
    let (good, bad) = (with(&log), with(practice.simulator().directory()));
    case(&practice)
        .variable("publishers", bad)
        .step(
            Step::fails("gates")
                .at(acceptance_tests::Phase::Apply)
                .detail("cannot be written")
                .detail("Nothing was sent to the publisher"),
        )
        .step(afterwards(&practice, "no writes", Practice::is_untouched))
        .step(set("publishers", good))
        .step(Step::apply("gates"))
        .step(Step::act("read the log", move |_| {
            let text = fs::read_to_string(&log).unwrap();
            let lines: Vec<Value> = text
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            let [begin, end] = &lines[..] else {
                return Err(Failure::new(text));
            };
            assert_eq!(begin["event"], "begin");
            assert_eq!(begin["publisher"], "logged");
            assert_eq!(begin["user"], "axl-terraform");
            let statement = begin["statement"].as_str().unwrap();
            assert!(statement.starts_with("INSERT"), "{statement}");
            assert_eq!(begin["id"], end["id"]);
            Ok(())
        }))
        .run();
}

#[test]
fn a_create_ends_in_time_and_says_so() {
    let practice = Practice::start();
    let slow = practice.clone();
    case(&practice)
        .step(Step::act("create too slowly", move |context| {
            context.use_folder("timeouts")?;
            let planned = context.workspace.plan(&PlanOptions::new())?;
            assert!(planned.is_ok());
            slow.emea().set_latency(Duration::from_millis(200));
            let diagnostics = context.workspace.apply_saved_plan()?;
            slow.emea().set_latency(Duration::ZERO);
            let told = diagnostics
                .iter()
                .any(|error| error.is_error() && error.detail.contains("`timeouts`"));
            assert!(told, "{diagnostics:?}");
            slow.is_untouched().map_err(Failure::new)
        }))
        .run();
}
