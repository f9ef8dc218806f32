//! Publishers that cannot be worked with: what is said at the resource, and what is never tried again.

use acceptance_tests::{Failure, Practice, Step};
use imp_publisher_simulator::schema::CatalogueChange;
use imp_publisher_simulator::{
    CertificateKind, ClusterOptions, NodeOptions, NodeRole, User, UserRole,
};
use serde_json::{Value, json};

use crate::support::{Refusal, afterwards, case, on_one_line, plan_errors, refused};

/// What the password is not.
const WRONG_PASSWORD: &str = "wrong-canary-7261";

/// Clusters each of which has something wrong with it.
fn practice() -> Practice {
    let strange = ClusterOptions {
        nodes: vec![NodeOptions {
            certificate: CertificateKind::ForeignAuthority,
            ..NodeOptions::new("imp-pub.strange.example.com", NodeRole::Publisher)
        }],
        ..ClusterOptions::new("strange")
    };
    let practice = Practice::with([
        Practice::emea_options()
            .with_subscriber()
            .with_call_manager()
            .with_user(User::new("nobody", "x", UserRole::None)),
        ClusterOptions::new("upgraded"),
        ClusterOptions::new("locked"),
        strange,
    ]);
    let upgraded = practice.cluster("upgraded");
    let schema = upgraded.schema();
    for change in [
        CatalogueChange::RenameColumn {
            table: schema.static_route.table.clone(),
            column: schema.static_route.next_hop.clone(),
            to: "nexthopaddress".to_owned(),
        },
        CatalogueChange::RenameColumn {
            table: schema.federated_domain.table.clone(),
            column: schema.federated_domain.description.clone(),
            to: "remark".to_owned(),
        },
        CatalogueChange::RenameTable {
            table: schema.backend_gateway.table.clone(),
            to: "pegateway".to_owned(),
        },
    ] {
        upgraded.change_catalogue(&change).unwrap();
    }
    practice
}

/// The same publisher with other settings.
fn with(settings: &Value, name: &str, value: Value) -> Value {
    let mut settings = settings.clone();
    settings[name] = value;
    settings
}

#[test]
fn every_publisher_that_cannot_be_worked_with_says_why() {
    let practice = practice();
    let emea = practice.settings("emea");
    let subscriber = practice.emea().address_of(NodeRole::Subscriber);
    let call_manager = practice.emea().address_of(NodeRole::CallManager);
    let publishers = json!({
        "emea": emea,
        "upgraded": practice.settings("upgraded"),
        "strange": practice.settings("strange"),
        "locked": with(&practice.settings("locked"), "password", json!(WRONG_PASSWORD)),
        "subscriber": with(&emea, "address", json!(subscriber)),
        "call_manager": with(&emea, "address", json!(call_manager)),
        "unreachable": with(&emea, "address", json!("127.0.0.1:1")),
        "roleless": with(&with(&emea, "username", json!("nobody")), "password", json!("x")),
    });
    let reasons: [(&str, &[&str]); 7] = [
        (
            "upgraded",
            &[
                "has no column nexthop",
                "has no column description",
                "there is no table pebackendgateway",
                "`schema_profile`",
            ],
        ),
        ("strange", &["is not trusted", "`ca_certificate`"]),
        (
            "locked",
            &[
                "refused the user name or the password of \"axl-terraform\"",
                "tried once",
            ],
        ),
        (
            "subscriber",
            &["The publisher is imp-pub.emea.example.com", "`address`"],
        ),
        (
            "call_manager",
            &["is not an IM and Presence node", "not to Unified CM"],
        ),
        (
            "unreachable",
            &["127.0.0.1:1 cannot be reached", "`address`"],
        ),
        ("roleless", &["\"nobody\"", "Standard AXL API Access"]),
    ];
    let mut refusals = Vec::new();
    for (publisher, sentences) in reasons {
        for resource in [
            "imp_sip_federation_domain.remote",
            "imp_static_route.primary",
            "imp_static_route.backup",
        ] {
            let refusal = Refusal::of(format!("{resource}[\"{publisher}\"]")).at("publisher");
            refusals.push(
                sentences
                    .iter()
                    .fold(refusal, |refusal, words| refusal.says(words)),
            );
        }
    }
    case(&practice)
        .variable("publishers", publishers)
        .keeps_secret(WRONG_PASSWORD)
        .step(refused(&practice, "refused/connections", refusals))
        .step(afterwards(&practice, "one logon", |practice| {
            let logons = practice
                .requests()
                .into_iter()
                .filter(|entry| entry.cluster == "locked")
                .count();
            let locked = practice.cluster("locked").is_locked("axl-terraform");
            if logons == 1 && !locked {
                Ok(())
            } else {
                Err(format!("{logons} logons; locked: {locked}"))
            }
        }))
        .run();
}

#[test]
fn a_malformed_variable_is_named() {
    let practice = Practice::start();
    let mut case = case(&practice);
    for (variable, value, form) in [
        ("IMP_MAX_RETRIES", "many", "a whole number"),
        ("IMP_READ_ONLY", "yes", "\"true\" or \"false\""),
    ] {
        case = case.step(Step::act(variable, move |context| {
            context.workspace.set_environment(variable, value);
            let errors = plan_errors(context, "exists_already")?;
            context.workspace.set_environment(variable, "");
            let told = errors.iter().any(|error| {
                let detail = on_one_line(&error.detail);
                error.summary == "Malformed environment variable"
                    && detail.contains(&format!("{variable} is {value:?}"))
                    && detail.contains(form)
            });
            if told {
                Ok(())
            } else {
                Err(Failure::new(format!("{errors:?}")))
            }
        }));
    }
    case.run();
}
