//! What somebody changes or deletes on a publisher is noticed, and repaired.

use acceptance_tests::{Action, Failure, Phase, PlanExpectations, PlanOptions, Practice, Step};
use imp_publisher_simulator::{DomainEdit, DomainRow, EditError, RouteEdit, RouteRow};

use crate::support::{afterwards, case, meanwhile};

fn domain_edits() -> Vec<(&'static str, DomainEdit, Action)> {
    let edit = DomainEdit::default;
    vec![
        (
            "domain_name",
            DomainEdit {
                domain_name: Some("renamed.com".to_owned()),
                ..edit()
            },
            Action::Replace,
        ),
        (
            "description",
            DomainEdit {
                description: Some("changed".to_owned()),
                ..edit()
            },
            Action::Update,
        ),
        (
            "integration_type",
            DomainEdit {
                integration_type: Some("aol".to_owned()),
                direct_federation: Some(false),
                ..edit()
            },
            Action::Replace,
        ),
        (
            "direct_federation",
            DomainEdit {
                direct_federation: Some(false),
                ..edit()
            },
            Action::Replace,
        ),
    ]
}

fn route_edits() -> Vec<(&'static str, RouteEdit, Action)> {
    let edit = RouteEdit::default;
    let text = |text: &str| Some(text.to_owned());
    vec![
        (
            "destination_pattern",
            RouteEdit {
                destination_pattern: text(".com.elsewhere"),
                ..edit()
            },
            Action::Replace,
        ),
        (
            "next_hop",
            RouteEdit {
                next_hop: text("10.20.0.77"),
                ..edit()
            },
            Action::Update,
        ),
        (
            "next_hop_port",
            RouteEdit {
                next_hop_port: Some(5099),
                ..edit()
            },
            Action::Update,
        ),
        (
            "protocol",
            RouteEdit {
                protocol: text("UDP"),
                ..edit()
            },
            Action::Update,
        ),
        (
            "route_type",
            RouteEdit {
                route_type: text("user"),
                ..edit()
            },
            Action::Update,
        ),
        (
            "priority",
            RouteEdit {
                priority: Some(9),
                ..edit()
            },
            Action::Update,
        ),
        (
            "weight",
            RouteEdit {
                weight: Some(9),
                ..edit()
            },
            Action::Update,
        ),
        (
            "allow_less_specific_route",
            RouteEdit {
                allow_less_specific_route: Some(false),
                ..edit()
            },
            Action::Update,
        ),
        (
            "in_service",
            RouteEdit {
                in_service: Some(false),
                ..edit()
            },
            Action::Update,
        ),
        (
            "block_route",
            RouteEdit {
                block_route: Some(true),
                ..edit()
            },
            Action::Update,
        ),
        (
            // Cleared: an empty text is none.
            "description",
            RouteEdit {
                description: text(""),
                ..edit()
            },
            Action::Update,
        ),
    ]
}

fn change_everything(practice: &Practice) -> Result<(), EditError> {
    for (attribute, edit, _) in domain_edits() {
        let name = format!("{}.com", attribute.replace('_', "-"));
        practice.emea().edit_domain(&name, &edit)?;
    }
    for (attribute, edit, _) in route_edits() {
        let key = format!(".com.{}/10.20.0.15:5061/TLS", attribute.replace('_', "-"));
        practice.apac().edit_route(&key, &edit)?;
    }
    Ok(())
}

#[test]
fn each_changed_attribute_is_noticed_and_repaired() {
    let practice = Practice::start();
    let domains = domain_edits().into_iter().map(|(attribute, _, action)| {
        let address = format!("imp_sip_federation_domain.each[\"{attribute}\"]");
        (address, action)
    });
    let routes = route_edits().into_iter().map(|(attribute, _, action)| {
        let address = format!("imp_static_route.each[\"{attribute}\"]");
        (address, action)
    });
    let repairs = domains
        .chain(routes)
        .fold(Step::apply("drift"), |step, (address, action)| {
            step.plans(&address, action)
        });
    let before = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let kept = std::rc::Rc::clone(&before);
    case(&practice)
        .step(Step::apply("drift"))
        .step(afterwards(
            &practice,
            "remember the rows",
            move |practice| {
                *kept.borrow_mut() = practice.apac().routes().unwrap();
                Ok(())
            },
        ))
        .step(meanwhile(&practice, "change everything", change_everything))
        // Without a refresh nothing would be noticed.
        .step(
            Step::plan("drift")
                .options(PlanOptions::new().without_refresh())
                .plans_nothing(),
        )
        .step(repairs)
        .step(afterwards(&practice, "compare the rows", move |practice| {
            let repaired = practice.apac().routes().unwrap();
            let same = repaired
                .iter()
                .zip(before.borrow().iter())
                .filter(|(repaired, before)| repaired == before)
                .count();
            // All but the one that was replaced have their old primary keys as well.
            if same == repaired.len() - 1 {
                Ok(())
            } else {
                Err(format!("{same} are as they were: {repaired:?}"))
            }
        }))
        .run();
}

#[test]
fn what_disappears_is_created_and_what_comes_back_is_adopted() {
    const KEY: &str = ".com.remote/10.20.0.15:5061/TLS";
    let practice = Practice::start();
    case(&practice)
        .step(Step::apply("disappears"))
        .step(meanwhile(&practice, "delete rows", |practice| {
            for cluster in [practice.emea(), practice.apac()] {
                cluster.delete_route(KEY)?;
                cluster.delete_domain("remote.com")?;
            }
            let apac = practice.apac();
            apac.add_domain(&DomainRow::named("remote.com"))?;
            apac.add_route(&RouteRow::to(".com.remote", "10.20.0.15"))
        }))
        .step(
            Step::apply("disappears")
                .plans("imp_sip_federation_domain.remote[\"emea\"]", Action::Create)
                .plans("imp_static_route.primary[\"emea\"]", Action::Create)
                .plans("imp_sip_federation_domain.remote[\"apac\"]", Action::NoOp)
                .plans("imp_static_route.primary[\"apac\"]", Action::NoOp),
        )
        .run();
}

/// Terraform 1.11 plans the end of what has left the configuration from the state before the refresh.
#[test]
fn what_came_back_goes_with_the_configuration() {
    const KEY: &str = ".com.remote/10.20.0.15:5061/TLS";
    let practice = Practice::start();
    case(&practice)
        .tolerates("will be destroyed")
        .step(Step::apply("disappears"))
        .step(meanwhile(&practice, "make rows again", |practice| {
            let emea = practice.emea();
            emea.delete_route(KEY)?;
            emea.delete_domain("remote.com")?;
            emea.add_domain(&DomainRow::named("remote.com"))?;
            emea.add_route(&RouteRow::to(".com.remote", "10.20.0.15"))?;
            let apac = practice.apac();
            apac.delete_route(KEY)?;
            apac.delete_domain("remote.com")
        }))
        .step(
            Step::apply("nothing")
                .plans("imp_sip_federation_domain.remote[\"emea\"]", Action::Delete)
                .plans("imp_static_route.primary[\"emea\"]", Action::Delete),
        )
        .run();
}

#[test]
fn what_is_made_again_after_the_plan_is_not_deleted() {
    let practice = Practice::start();
    case(&practice)
        .step(Step::apply("renamed"))
        .step(Step::plan("nothing"))
        .step(meanwhile(&practice, "make the domain again", |practice| {
            practice.emea().delete_domain("remote.com")?;
            practice.emea().add_domain(&DomainRow::named("remote.com"))
        }))
        .step(Step::act("apply the plan", |context| {
            let said = context.workspace.apply_saved_plan()?;
            let refusal = said.iter().find(|said| said.is_error());
            let refusal = refusal.map(ToString::to_string).unwrap_or_default();
            let is_told = refusal.contains("remote.com has taken its place")
                && refusal.contains("Run `terraform apply -refresh-only`");
            if is_told {
                Ok(())
            } else {
                Err(Failure::new(refusal))
            }
        }))
        .run();
}

#[test]
fn a_domain_that_was_renamed_goes_after_the_routes_of_its_new_name() {
    const KEY: &str = ".com.renamed/10.20.0.15:5061/TLS";
    let practice = Practice::start();
    case(&practice)
        .step(Step::apply("renamed"))
        .step(meanwhile(
            &practice,
            "rename it and lead to it",
            |practice| {
                let edit = DomainEdit {
                    domain_name: Some("renamed.com".to_owned()),
                    ..DomainEdit::default()
                };
                practice.emea().edit_domain("remote.com", &edit)?;
                practice
                    .emea()
                    .add_route(&RouteRow::to(".com.renamed", "10.20.0.15"))
            },
        ))
        .step(
            Step::fails("nothing")
                .at(Phase::Apply)
                .options(PlanOptions::new().without_refresh())
                .detail(KEY),
        )
        .step(meanwhile(&practice, "delete the route", |practice| {
            practice.emea().delete_route(KEY)
        }))
        .run();
}
