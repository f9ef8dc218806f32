//! The harness itself, tried on Terraform's built-in `terraform_data`. Every check passes where it should
//! and has a twin in which it fails.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::time::Duration;

use acceptance_tests::{
    Action, Diagnostic, Failure, Phase, PlanExpectations, PlanOptions, Provider, Signal, Step,
    Terraform, TestCase, TestStep, Workspace,
};
use serde_json::json;

const THIS: &str = "terraform_data.this";

fn test_data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/harness")
}

fn case() -> TestCase {
    TestCase::new(Terraform::find().unwrap(), test_data()).unwrap()
}

fn workspace(folder: &str) -> Workspace {
    let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
    workspace
        .use_configuration(&test_data().join(folder))
        .unwrap();
    workspace
}

/// Runs a case of one step, which must fail with this text.
fn fails(step: impl TestStep + 'static, text: &str) {
    fails_after(case(), step, text);
}

fn fails_after(case: TestCase, step: impl TestStep + 'static, text: &str) {
    let failure = case.step(step).try_run().unwrap_err().to_string();
    assert!(failure.contains(text), "{text:?} is not in: {failure}");
}

#[test]
fn create_update_replace_and_nothing_are_told_apart() {
    case()
        .step(
            Step::apply("basic")
                .plans(THIS, Action::Create)
                .plans_value(THIS, "input.tags[1]", "b")
                .plans_unknown(THIS, "id")
                .plans_unknown(THIS, "output")
                .plan_check(|plan| plan.drift().next().map_or(Ok(()), |_| Err("drift".into())))
                .has(THIS, "output.name", "one")
                .check(|state| match state.resources().len() {
                    1 => Ok(()),
                    other => Err(format!("{other} resources")),
                }),
        )
        .step(
            Step::plan("basic")
                .plans_nothing()
                .plans(THIS, Action::NoOp),
        )
        .step(
            Step::apply("changed")
                .plans(THIS, Action::Update)
                .plans_value(THIS, "input", json!({"name": "two", "tags": ["a", "b"]})),
        )
        .step(
            Step::apply("replaced")
                .plans(THIS, Action::Replace)
                .replaces_for(THIS, "triggers_replace"),
        )
        .run();
}

#[test]
fn a_wrong_expectation_of_the_plan_fails() {
    fails(
        Step::plan("basic").plans(THIS, Action::Update),
        "terraform_data.this should be planned as Update, not Create",
    );
    fails(
        Step::plan("basic").plans("terraform_data.that", Action::Create),
        "terraform_data.that is not in the plan",
    );
    fails(
        Step::plan("basic").plans_nothing(),
        "the plan should be empty",
    );
    fails(
        Step::plan("output").plans_nothing(),
        "the plan should be empty",
    );
    fails(
        Step::plan("basic").plans_value(THIS, "input.name", "two"),
        "terraform_data.this.input.name: should be planned as \"two\"",
    );
    fails(
        Step::plan("basic").plans_value(THIS, "id", json!(null)),
        "should be planned as known",
    );
    fails(
        Step::plan("basic").plans_unknown(THIS, "input.name"),
        "should be planned as known after apply",
    );
    fails(
        Step::plan("basic").plans_sensitive(THIS, "input"),
        "should be planned as sensitive",
    );
    fails(
        Step::plan("basic").replaces_for(THIS, "triggers_replace"),
        "should be a reason for the replacement",
    );
    fails(
        Step::plan("basic").plan_check(|_| Err("this plan is ugly".into())),
        "this plan is ugly",
    );
}

#[test]
fn an_action_that_nobody_expected_fails() {
    fails(
        Step::apply("two").plans(THIS, Action::Create),
        "terraform_data.other should not be planned as Create",
    );
}

#[test]
fn a_sensitive_attribute_is_told_from_others() {
    case()
        .step(Step::apply("sensitive").plans_sensitive(THIS, "input"))
        .run();
}

#[test]
fn a_wrong_expectation_of_the_state_fails() {
    fails(
        Step::apply("basic").has(THIS, "output.name", "two"),
        "terraform_data.this.output.name should be \"two\"",
    );
    fails(
        Step::apply("basic").has("terraform_data.that", "id", "x"),
        "terraform_data.that is not in the state",
    );
    fails(
        Step::apply("basic").check(|_| Err("this state is ugly".into())),
        "this state is ugly",
    );
}

#[test]
fn a_plan_that_never_comes_to_rest_fails() {
    fails(
        Step::apply("unsettled"),
        "plan after apply, without refresh: it should be empty",
    );
    case().step(Step::apply("unsettled").leaves_changes()).run();
    fails(
        Step::apply("basic").leaves_changes(),
        "it should not be empty",
    );
}

#[test]
fn warnings_must_be_expected_and_expected_warnings_must_come() {
    case()
        .step(Step::apply("warning").warns("One is not more than two."))
        .run();
    fails(
        Step::apply("warning"),
        "unexpected: Warning: Check block assertion failed",
    );
    fails(
        Step::plan("warning"),
        "unexpected: Warning: Check block assertion failed",
    );
    fails(
        Step::apply("basic").warns("Careful"),
        "a warning \"Careful\" should have come",
    );
}

#[test]
fn an_error_is_recognised_by_all_that_was_said_of_it() {
    let step = || {
        Step::fails("broken")
            .summary("Resource precondition failed")
            .detail("must be 1, written as a digit")
            .address(THIS)
            .attribute("condition")
    };
    case().step(step()).run();
    for wrong in [
        step().summary("Resource precondition"),
        step().detail("must be 2"),
        step().address("terraform_data.that"),
        step().attribute("error_message"),
    ] {
        fails(wrong, "no error");
    }
    fails(Step::fails("basic"), "it succeeded");
    fails(Step::fails("basic").at(Phase::Validate), "it succeeded");
    fails(Step::fails("basic").at(Phase::Apply), "it succeeded");
    fails(
        Step::apply("broken"),
        "plan failed:\nError: Resource precondition failed",
    );
    fails(Step::plan("broken"), "plan failed");
}

#[test]
fn a_variable_reaches_the_configuration() {
    case()
        .variable("number", 1)
        .step(Step::apply("broken"))
        .run();
}

#[test]
fn an_error_of_apply_is_expected_or_fails() {
    case()
        .step(
            Step::fails("failing_apply")
                .at(Phase::Apply)
                .summary("local-exec provisioner error"),
        )
        .run();
    fails(Step::apply("failing_apply"), "apply failed");
}

#[test]
fn an_error_of_destroy_is_expected_or_fails() {
    let refused = || {
        Step::fails("protected")
            .at(Phase::Destroy)
            .summary("Instance cannot be destroyed")
    };
    case()
        .step(Step::apply("protected"))
        .step(refused())
        .step(Step::apply("adopted").plans_nothing())
        .run();
    fails(refused(), "it succeeded");
}

#[test]
fn an_import_comes_out_the_same_in_every_form() {
    case()
        .step(Step::apply("adopting"))
        .step(Step::apply("adopted").plans_nothing())
        .step(Step::import(THIS, "fixed"))
        .step(Step::import_block(THIS, "fixed"))
        .step(Step::import_generated("nothing", THIS, "fixed"))
        .run();
}

#[test]
fn an_import_that_comes_out_different_fails() {
    let adopted = || {
        case()
            .step(Step::apply("adopting"))
            .step(Step::apply("adopted"))
    };
    let other_id = "the attribute id is";
    fails_after(adopted(), Step::import(THIS, "other"), other_id);
    fails_after(adopted(), Step::import_block(THIS, "other"), other_id);
    fails_after(
        adopted(),
        Step::import_generated("nothing", THIS, "other"),
        other_id,
    );
    fails_after(
        adopted(),
        Step::import("terraform_data.that", "fixed"),
        "resource address \"terraform_data.that\" does not exist",
    );

    // The same in the state, except for what is ignored; but the configuration wants something else.
    let configured = || {
        case()
            .step(Step::apply("adopting"))
            .step(Step::apply("adopted_with_input").plans(THIS, Action::Update))
    };
    fails_after(
        configured(),
        Step::import(THIS, "fixed"),
        "the attribute input is",
    );
    for step in [
        Step::import(THIS, "fixed"),
        Step::import_block(THIS, "fixed"),
    ] {
        fails_after(
            configured(),
            step.ignoring("input").ignoring("output"),
            "the plan after import should leave it as it is",
        );
    }
}

#[test]
fn an_import_that_must_fail_has_to_fail_with_the_right_words() {
    let created = || case().step(Step::apply("basic"));
    let missing = || Step::import("terraform_data.that", "x");
    created()
        .step(missing().fails_with("does not exist in the configuration"))
        .run();
    fails_after(
        created(),
        missing().fails_with("no such words"),
        "the error should contain",
    );
    fails_after(
        created(),
        Step::import(THIS, "x").fails_with("x"),
        "it succeeded",
    );
}

#[test]
fn modules_are_fetched_and_their_resources_found() {
    let inner = "module.child.terraform_data.inner";
    case()
        .step(
            Step::apply("module")
                .plans(inner, Action::Create)
                .has(inner, "output", "inside")
                .check(|state| match state.output("inner").as_str() {
                    Some("inside") => Ok(()),
                    other => Err(format!("{other:?}")),
                }),
        )
        .run();
}

#[test]
fn whatever_is_left_at_the_end_fails() {
    let failure = case()
        .step(Step::apply("protected"))
        .try_run()
        .unwrap_err()
        .to_string();
    assert!(failure.starts_with("destroying everything: "), "{failure}");
    assert!(
        failure.contains("Instance cannot be destroyed"),
        "{failure}"
    );

    case()
        .step(Step::apply("basic"))
        .destroy_check(|| Ok(()))
        .run();
    let failure = case()
        .step(Step::apply("basic"))
        .destroy_check(|| Err("the publisher still has the route".into()))
        .try_run()
        .unwrap_err();
    let expected = "destroying everything: destroy check: the publisher still has the route";
    assert_eq!(failure.to_string(), expected);
}

#[test]
fn a_secret_that_shows_fails() {
    case()
        .keeps_secret("canary")
        .step(Step::apply("basic"))
        .run();
    fails_after(
        case().keeps_secret("canary"),
        Step::apply("echo"),
        "secret 1 is in the output",
    );
    fails_after(
        case().keeps_secret("canary"),
        Step::apply("sensitive"),
        "secret 1 is in the state",
    );
}

#[test]
fn an_action_of_the_tests_own_may_fail() {
    case()
        .step(Step::apply("basic"))
        .step(Step::act("look into the state", |context| {
            let state = context.workspace.state()?;
            state.resource(THIS).map(drop)
        }))
        .run();
    fails(
        Step::act("give up", |_| Err(Failure::new("no hope"))),
        "step 1, give up: no hope",
    );
}

#[test]
fn a_command_that_hangs_is_killed_in_time() {
    fails_after(
        case().limit(Duration::from_secs(8)),
        Step::apply("slow"),
        "still running after 8s",
    );
}

#[test]
#[cfg(unix)]
fn a_provider_is_started_from_where_it_was_built() {
    let built = tempfile::tempdir().unwrap();
    let executable = built.path().join("provider");
    let marker = built.path().join("started");
    let script = format!("#!/bin/sh\necho \"$0\" > '{}'\n", marker.display());
    std::fs::write(&executable, script).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&executable, mode).unwrap();

    let mut workspace = workspace("provider");
    let unavailable = workspace.validate().unwrap();
    assert!(
        unavailable.iter().any(Diagnostic::is_error),
        "{unavailable:?}"
    );
    assert!(!marker.exists());

    let provider = Provider::new("imp-federation", "imp", &executable);
    workspace.add_provider(&provider).unwrap();
    let diagnostics = workspace.validate().unwrap();
    assert!(marker.exists(), "{diagnostics:?}");
    // It is no provider, and the core says so.
    assert!(
        diagnostics.iter().any(Diagnostic::is_error),
        "{diagnostics:?}"
    );
}

#[test]
fn an_interrupt_stops_an_apply_which_records_what_it_has_done() {
    let workspace = workspace("slow");
    let running = workspace
        .start(["apply", "-auto-approve", "-no-color"])
        .unwrap();
    running
        .wait_for_output("begun", Duration::from_secs(60))
        .unwrap();
    running.signal_group(Signal::Interrupt).unwrap();
    let outcome = running.wait(Duration::from_secs(60)).unwrap();
    assert!(!outcome.success(), "{}", outcome.transcript());
    assert!(
        outcome.text().contains("Interrupt received"),
        "{}",
        outcome.transcript()
    );
    let state = workspace.state().unwrap();
    assert!(state.resource(THIS).unwrap().is_tainted());
}

#[cfg(unix)]
#[test]
fn a_core_that_crashes_fails_whatever_was_expected() {
    use std::os::unix::fs::PermissionsExt as _;

    // Go ends a panic with status 2, which after `plan` also stands for changes.
    let panics = "printf 'panic: not an object\\n\\ngoroutine 7 [running]:\\n' >&2; exit 2";
    let without_a_plan = "exit 2";
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("core");
    for (end, said) in [(panics, "goroutine 7"), (without_a_plan, "exit status: 2")] {
        let script = format!(
            "#!/bin/sh\nif [ \"$1\" = version ]; then echo 'Terraform v1.0.3'; exit; fi\n{end}\n"
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let core = Terraform::at(&program).unwrap();
        let mut workspace = Workspace::new(&core).unwrap();
        // The plan of an earlier command does not count.
        workspace.write("saved.tfplan", "").unwrap();
        let failure = workspace.plan(&PlanOptions::new()).unwrap_err().to_string();
        assert!(
            failure.contains("plan crashed") && failure.contains(said),
            "{failure}"
        );
        let failure = workspace.validate().unwrap_err().to_string();
        assert!(failure.contains(said), "{failure}");
    }
}
