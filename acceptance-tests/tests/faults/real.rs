//! Faults on a real Terraform: a create whose answer one spoils, and the apply after it. Every eighth fault, and each of
//! them where all are asked for.

use acceptance_tests::{PlanOptions, Practice, Provider, Terraform, Workspace};
use imp_publisher_simulator::{
    ClusterOptions, DEFAULT_PASSWORD, DEFAULT_USER, Fault, FaultKind, Phase, Subject, Verb,
};

use crate::matrix;

const CONFIGURATION: &str = r#"
terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {}

resource "imp_sip_federation_domain" "remote" {
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  domain   = imp_sip_federation_domain.remote.domain_name
  next_hop = "10.20.0.15"
}
"#;

#[test]
fn a_spoilt_answer_is_made_good_by_the_next_apply() {
    let practice = Practice::with([ClusterOptions::new("emea")]);
    let cluster = practice.emea();
    let step = if matrix::all_are_asked_for() { 1 } else { 8 };
    for (name, fault) in FaultKind::samples().into_iter().step_by(step) {
        let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
        workspace.add_provider(Provider::imp().unwrap()).unwrap();
        for (variable, value) in [
            ("IMP_ADDRESS", cluster.address()),
            ("IMP_USERNAME", DEFAULT_USER.to_owned()),
            ("IMP_PASSWORD", DEFAULT_PASSWORD.to_owned()),
            (
                "IMP_CA_CERTIFICATE",
                practice.simulator().ca_pem().to_owned(),
            ),
            ("IMP_REQUEST_TIMEOUT", "5s".to_owned()),
        ] {
            workspace.set_environment(variable, value);
        }
        workspace.set_environment("IMP_SCHEMA_PROFILE", cluster.profile_path());
        workspace.write("main.tf", CONFIGURATION).unwrap();
        let fault =
            Fault::new(fault, Phase::AfterEffect).on_statement(Verb::Insert, Subject::Route);
        practice.simulator().inject(fault);
        workspace.plan(&PlanOptions::new()).unwrap().unwrap();
        let spoilt = workspace.apply_saved_plan().unwrap();
        assert!(practice.simulator().unfired_faults().is_empty(), "{name}");
        let is_failed = spoilt.iter().any(acceptance_tests::Diagnostic::is_error);
        println!("{name:<24} {}", if is_failed { "error" } else { "done" });
        // A failed one is tainted: the next apply makes it anew.
        let plan = workspace.plan(&PlanOptions::new()).unwrap().unwrap();
        assert_eq!(plan.is_empty, !is_failed, "{name}");
        if !plan.is_empty {
            let mut errors = workspace.apply_saved_plan().unwrap();
            errors.retain(acceptance_tests::Diagnostic::is_error);
            assert!(errors.is_empty(), "{name}: {errors:?}");
        }
        let routes = cluster.routes().unwrap();
        assert_eq!(routes.len(), 1, "{name}: {routes:?}");
        assert!(workspace.state_text().contains(&routes[0].pkid), "{name}");
        let mut errors = workspace.destroy().unwrap();
        errors.retain(acceptance_tests::Diagnostic::is_error);
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert!(
            practice
                .contents()
                .unwrap()
                .iter()
                .all(|key| key.contains("/.*") || key.contains(".*/")),
            "{name}"
        );
    }
}
