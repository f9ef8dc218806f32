//! Modules, secrets, and what is left at the end.

use acceptance_tests::{Action, Failure, PlanExpectations, Step};

use crate::{THIS, case, fails, fails_after};

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
