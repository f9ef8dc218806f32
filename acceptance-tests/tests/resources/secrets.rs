//! What the provider knows and nobody else may: the password, the logon that is made of it, and sessions.

use acceptance_tests::{Context, Failure, PlanOptions, Practice, Step, Terraform};
use imp_publisher_simulator::{DEFAULT_PASSWORD, Fault, FaultKind};

use crate::plan_file;
use crate::support::{afterwards, case};

/// What must be nowhere. A log of every detail would have the last of them in it.
const SECRETS: [&str; 6] = [
    DEFAULT_PASSWORD,
    // `axl-terraform:practice-makes-perfect` as the Authorization header has it.
    "YXhsLXRlcnJhZm9ybTpwcmFjdGljZS1tYWtlcy1wZXJmZWN0",
    // The values of sessions that the practice publisher gives below, and the name of all others.
    "0123456789ABCDEF",
    "FEDCBA9876543210",
    "JSESSIONID",
    "PRIVATE KEY",
];

/// A case in which every answer sets cookies, everything is logged, and no secret may be in state or log.
fn secretive_case(practice: &Practice) -> acceptance_tests::TestCase {
    for cluster in ["emea", "apac"] {
        let cookies = Fault::after(FaultKind::DuplicateCookies).times(u32::MAX);
        practice.simulator().inject(cookies.on_cluster(cluster));
    }
    SECRETS
        .iter()
        .fold(case(practice), |case, secret| case.keeps_secret(secret))
        .environment("TF_LOG", "TRACE")
}

/// The log tells of every request, and the saved plan of the resources: looking for secrets in them means
/// something. The plan has none.
fn look_into_the_log_and_the_plan(context: &mut Context<'_>) -> Result<(), Failure> {
    let log = context.workspace.transcript();
    let requests: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("a request to the publisher ended"))
        .collect();
    for operation in ["getCUPVersion", "executeSQLQuery", "executeSQLUpdate"] {
        let told = requests
            .iter()
            .any(|line| line.contains(operation) && line.contains("status=200"));
        if !told {
            return Err(Failure::new(format!(
                "no {operation} in the log: {requests:#?}"
            )));
        }
    }
    context
        .workspace
        .plan(&PlanOptions::new().destroy())?
        .map_err(|errors| Failure::new(format!("{errors:?}")))?;
    let plan = plan_file::text(&context.workspace.directory().join("saved.tfplan"));
    for known in [
        "remote.com",
        "resource \"imp_static_route\"",
        "ca_certificate",
    ] {
        if !plan.contains(known) {
            return Err(Failure::new(format!("{known} is not in the plan file")));
        }
    }
    match SECRETS.iter().find(|secret| plan.contains(**secret)) {
        Some(secret) => Err(Failure::new(format!("{secret} is in the plan file"))),
        None => Ok(()),
    }
}

#[test]
fn secrets_of_the_environment_are_in_no_state_no_plan_and_no_log() {
    let practice = Practice::start();
    secretive_case(&practice)
        .step(Step::apply("disappears"))
        .step(Step::act(
            "look into the log and the plan",
            look_into_the_log_and_the_plan,
        ))
        .step(afterwards(&practice, "cookies were set", |practice| {
            let faults = practice.simulator().faults();
            if faults.iter().all(|status| status.fired > 0) {
                Ok(())
            } else {
                Err(format!("{faults:?}"))
            }
        }))
        .run();
}

#[test]
fn secrets_of_the_configuration_are_in_no_state_no_plan_and_no_log() {
    if !Terraform::find().unwrap().release().is_at_least(1, 10) {
        return; // Ephemeral variables.
    }
    let practice = Practice::start();
    secretive_case(&practice)
        .environment("IMP_PASSWORD", "")
        .variable("password", DEFAULT_PASSWORD)
        .step(Step::apply("ephemeral_password"))
        .step(Step::act(
            "look into the log and the plan",
            look_into_the_log_and_the_plan,
        ))
        .run();
}

/// The case can fail: the log of every detail does have the name of the user.
#[test]
fn what_is_in_the_log_fails_the_case() {
    let practice = Practice::start();
    let failure = case(&practice)
        .environment("TF_LOG", "TRACE")
        .keeps_secret("executeSQLUpdate")
        .step(Step::apply("gates"))
        .try_run()
        .unwrap_err()
        .to_string();
    assert!(failure.contains("secret 1 is in the output"), "{failure}");
}
