//! Rows that are there before Terraform creates them.

use acceptance_tests::{Action, Phase, PlanExpectations, Practice, Step};
use imp_publisher_simulator::{DomainRow, RouteRow};

use crate::support::case;

const DOMAIN: &str = "imp_sip_federation_domain.remote";
const ROUTE: &str = "imp_static_route.primary";

#[test]
fn what_exists_already_is_a_warning_at_plan_and_an_error_at_apply() {
    let practice = Practice::start();
    let emea = practice.emea();
    emea.add_domain(&DomainRow::named("remote.com")).unwrap();
    emea.add_route(&RouteRow::to(".com.remote", "10.20.0.15"))
        .unwrap();
    let fails = || Step::fails("exists_already").at(Phase::Apply);
    let untouched = practice.clone();
    case(&practice)
        .step(
            Step::plan("exists_already")
                .plans(DOMAIN, Action::Create)
                .plans(ROUTE, Action::Create)
                .warns("A SIP federated domain remote.com already exists [IMP204]")
                .warns("A static route .com.remote/10.20.0.15:5061/TLS already exists [IMP208]"),
        )
        .step(
            fails()
                .address(ROUTE)
                .summary("A static route .com.remote/10.20.0.15:5061/TLS already exists [IMP208]")
                .detail(
                    "import { to = imp_static_route.NAME id = \
                     \"emea/.com.remote/10.20.0.15:5061/TLS\" }",
                ),
        )
        .step(
            fails()
                .address(DOMAIN)
                .summary("A SIP federated domain remote.com already exists [IMP204]")
                .detail("import { to = imp_sip_federation_domain.NAME id = \"emea/remote.com\" }"),
        )
        .step(Step::act("nothing was written", move |_| {
            untouched
                .is_untouched()
                .map_err(acceptance_tests::Failure::new)
        }))
        .run();
}
