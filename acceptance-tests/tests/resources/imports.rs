//! Importing: by readable id and by pkid, by command and by block, and what is refused.

use acceptance_tests::{Feature, Practice, Step, Terraform, TestStep, core_with};
use serde_json::json;

use crate::support::{Refusal, case, refused};

const DOMAIN: &str = "imp_sip_federation_domain.remote";
const ROUTE: &str = "imp_static_route.primary";

/// An import by the pkid that the state has by then.
fn by_pkid(
    address: &'static str,
    publisher: &'static str,
    import: fn(&str, &str) -> acceptance_tests::ImportStep,
) -> impl TestStep {
    Step::act(&format!("import {address} by pkid"), move |context| {
        let state = context.workspace.state()?;
        let pkid = state.resource(address)?.values()["pkid"].clone();
        let id = format!("{publisher}/{}", pkid.as_str().unwrap());
        Box::new(import(address, &id)).run(context)
    })
}

#[test]
fn both_resources_are_imported_in_every_form() {
    let practice = Practice::start();
    let capabilities = Terraform::find().unwrap().capabilities();
    let mut case = case(&practice)
        .tolerates("[IMP101]")
        .tolerates("[IMP105]")
        .step(Step::apply("imports"))
        .step(Step::import(DOMAIN, "emea/remote.com"))
        .step(by_pkid(ROUTE, "apac", Step::import));
    if capabilities.import_blocks {
        case = case
            .step(by_pkid(DOMAIN, "emea", Step::import_block))
            .step(Step::import_block(
                ROUTE,
                "apac/.com.remote/[2001:db8::15]:5060/TCP",
            ));
    }
    if capabilities.generated_configuration {
        case = case.step(Step::import_generated(
            "import_generated",
            ROUTE,
            "apac/.com.remote/[2001:db8::15]:5060/TCP",
        ));
    }
    if capabilities.resource_identity {
        let identity = json!({
            "publisher": "apac",
            "destination_pattern": ".com.remote",
            "next_hop": "2001:db8::15",
            "protocol": "TCP",
        });
        case = case.step(Step::import_identity(ROUTE, identity));
    }
    case.run();
}

#[test]
fn what_cannot_be_imported_is_refused_with_the_reason() {
    let Some(core) = core_with!(Feature::RepeatedImportBlocks) else {
        return;
    };
    let mut emea = Practice::emea_options();
    emea.learned_domains.push("learned.example".to_owned());
    emea.xmpp_domains.push("xmpp.example".to_owned());
    let practice = Practice::with([emea, Practice::apac_options()]);
    let routes = practice.emea().all_routes().unwrap();
    let predefined = routes[0].pkid.clone();
    let refusal = |id: &str| Refusal::of_import(id);
    practice
        .case_on(&core, "resources")
        .unwrap()
        .variable("predefined_route", predefined)
        .step(refused(
            &practice,
            "refused/imports",
            vec![
                refusal("learned.example").says("was learned by the publisher itself"),
                refusal("xmpp.example").says("is federated over XMPP"),
                refusal("missing.example").says("There is no such SIP federated domain"),
                refusal("emae/remote.com").says("one of apac, emea"),
                refusal("emea/").says("it does not say which row"),
                refusal(".*/0.0.0.0:5060/TCP").says("was made by the publisher itself"),
                refusal(".com.remote/10.20.0.15:5061/TLS").says("There is no such static route"),
                refusal("emea/.com.remote")
                    .says("PUBLISHER/DESTINATION_PATTERN/NEXT_HOP:PORT/PROTOCOL"),
            ],
        ))
        // By its pkid, and alone: newer cores show two errors that read alike as one.
        .step(refused(
            &practice,
            "refused/import_by_pkid",
            vec![refusal(".*/0.0.0.0:5060/TCP").says("was made by the publisher itself")],
        ))
        .run();
}
