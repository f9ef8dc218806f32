//! Errors and warnings that are expected, or are not.

use acceptance_tests::{Phase, PlanExpectations, Step};

use crate::{THIS, case, fails};

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
