//! What no Terraform of today can be made to plan, or not by this provider: kept plans with something altered.

use imp_review::{Options, Plan, Review, report};
use serde_json::{Value, json};

use crate::expected;
use crate::plans::{Case, cases};

fn altered(name: &str, alter: impl FnOnce(&mut Value)) -> Review {
    let mut plan: Value = serde_json::from_str(&Case::named(name).text()).unwrap();
    alter(&mut plan);
    Review::of(
        &Plan::read(plan.to_string().as_bytes()).unwrap(),
        &Options::default(),
    )
}

fn change<'a>(plan: &'a mut Value, address: &str) -> &'a mut Value {
    let changes = plan["resource_changes"].as_array_mut().unwrap();
    let change = changes
        .iter_mut()
        .find(|change| change["address"] == address);
    &mut change.unwrap()["change"]
}

fn codes(review: &Review) -> Vec<&str> {
    let findings = review.findings.iter();
    findings.map(|finding| finding.rule.code).collect()
}

#[test]
fn a_restart_by_the_plan_is_told_as_the_outage_that_it_is() {
    let all = altered("restart-planned", |_| {});
    let message = &all.findings[0].message;
    assert!(
        message.contains(
            "on all nodes of the cluster: applying it is an outage for everybody on emea"
        ),
        "{message}"
    );
    let some = altered("restart-planned", |plan| {
        plan["action_invocations"][0]["config_values"]["nodes"] = json!(["imp-sub1"]);
    });
    let message = &some.findings[0].message;
    assert!(
        message.contains("restarts Cisco XCP Router on imp-sub1:")
            && message.contains("On the other nodes the change counts once"),
        "{message}"
    );
    assert!(
        report::text(&some, false).contains("Cisco XCP Router on imp-sub1, by this plan itself")
    );
}

/// OpenTofu names its own registry, and has neither actions nor what Terraform has added for itself since 1.5.
#[test]
fn plans_of_opentofu_are_read_alike() {
    for case in cases() {
        let text = case
            .text()
            .replace("registry.terraform.io/", "registry.opentofu.org/");
        let mut plan: Value = serde_json::from_str(&text).unwrap();
        let members = plan.as_object_mut().unwrap();
        members.insert("terraform_version".to_owned(), json!("1.10.6"));
        members.remove("complete");
        members.remove("applyable");
        let with_actions = members.remove("action_invocations").is_some();
        let plan = Plan::read(plan.to_string().as_bytes()).unwrap();
        let review = Review::of(&plan, &Options::default());
        let mut expected = case.expected();
        if with_actions {
            // Without the action, somebody has to restart it.
            let text = expected
                .to_string()
                .replace("restart planned", "restart needed");
            expected = serde_json::from_str(&text).unwrap();
        }
        let is_incomplete = |remark: &Value| {
            remark
                .as_str()
                .is_some_and(|text| text.starts_with("The plan is not complete"))
        };
        if let Some(remarks) = expected.get_mut("remarks").and_then(Value::as_array_mut) {
            remarks.retain(|remark| !is_incomplete(remark));
            if remarks.is_empty() {
                expected.as_object_mut().unwrap().remove("remarks");
            }
        }
        assert_eq!(expected::of(&review), expected, "{}", case.name);
    }
}

#[test]
fn port_0_with_an_address_is_an_error() {
    let review = altered("clean-primary-moves", |plan| {
        change(plan, "imp_static_route.primary")["after"]["next_hop_port"] = json!(0);
    });
    assert_eq!(codes(&review), ["IMP102"]);
    assert_eq!(review.gravest().unwrap().as_str(), "error");
}

#[test]
fn a_route_that_leads_to_a_listed_load_balancer_anew_is_an_error() {
    let review = altered("load-balancer-listed-later", |plan| {
        let change = change(plan, "imp_static_route.primary");
        change["actions"] = json!(["update"]);
        change["before"]["next_hop"] = json!("10.20.0.14");
    });
    assert_eq!(codes(&review), ["IMP103"]);
    assert!(review.findings[0].is_new);
}

#[test]
fn a_publisher_that_only_the_apply_tells_is_compared_with_none() {
    let review = altered("domain-on-one-of-two", |plan| {
        for address in [
            "imp_sip_federation_domain.remote",
            "imp_static_route.primary",
            "imp_static_route.backup",
        ] {
            let change = change(plan, address);
            change["after"].as_object_mut().unwrap().remove("publisher");
            change["after_unknown"]["publisher"] = json!(true);
        }
    });
    assert_eq!(codes(&review), Vec::<&str>::new());
    assert_eq!(review.unplaced.len(), 3);
    assert!(report::text(&review, false).contains("publisher known after apply"));
}

#[test]
fn a_domain_of_which_only_the_apply_tells_the_name_is_compared_with_none() {
    let review = altered("domain-on-one-of-two", |plan| {
        let change = change(plan, "imp_sip_federation_domain.remote");
        change["after"]
            .as_object_mut()
            .unwrap()
            .remove("domain_name");
        change["after_unknown"]["domain_name"] = json!(true);
    });
    assert_eq!(codes(&review), ["IMP312"]);
}

#[test]
fn a_route_belongs_to_the_longest_domain_label_by_label() {
    // remotex.com has the same letters in front, and is another domain.
    let review = altered("no-backup-removed", |plan| {
        let change = change(plan, "imp_static_route.primary");
        for side in ["before", "after"] {
            change[side]["destination_pattern"] = json!(".com.remotex");
            change[side]["domain"] = json!("remotex.com");
        }
    });
    assert_eq!(codes(&review), ["IMP309"]);
}

#[test]
fn blocks_of_two_provider_configurations_that_cannot_be_told_apart_are_not_compared() {
    let review = altered("clean-aliases", |plan| {
        let providers = plan["configuration"]["provider_config"]
            .as_object_mut()
            .unwrap();
        for provider in providers.values_mut() {
            provider["expressions"]["address"] = json!({ "references": ["local.address"] });
        }
    });
    let names: Vec<&str> = review
        .clusters
        .iter()
        .map(|cluster| cluster.name.as_str())
        .collect();
    assert_eq!(names, ["default of imp", "default of imp.apac"]);
    assert!(review.remarks[0].contains("not certain on which cluster"));
}

#[test]
fn a_plan_that_ended_with_an_error_is_said_to_be_a_part() {
    let review = altered("no-primary", |plan| plan["errored"] = json!(true));
    assert!(review.remarks[0].contains("not the whole plan"));
}
