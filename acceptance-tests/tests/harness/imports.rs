//! Imports in every form.

use acceptance_tests::{Action, PlanExpectations, Step};

use crate::{THIS, case, fails_after};

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
