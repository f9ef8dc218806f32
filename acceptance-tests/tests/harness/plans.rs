//! What is planned, and what is in the state afterwards.

use acceptance_tests::{Action, PlanExpectations, Step};
use serde_json::json;

use crate::{THIS, case, fails};

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
