//! `force_destroy`: the routes that are left of a domain go with it, if the plan has listed them.

use acceptance_tests::{Feature, PlanOptions, Terraform, core_with};
use imp_publisher_simulator::RouteRow;

use crate::estate::{Estate, errors, listed, says};
use crate::judge;

const LEFT: &str = ".com.remote/10.20.0.15:5061/TLS";
const BELOW: &str = ".com.remote.sub/10.20.0.16:5061/TLS";
const APPEARED: &str = ".com.remote/10.20.0.17:5061/TLS";

/// A domain with `force_destroy` as given, and two routes of it that Terraform does not know.
fn domain_with_foreign_routes(core: &Terraform, force_destroy: bool) -> Estate {
    let mut estate = Estate::on(core, "domain_alone");
    estate.set("force_destroy", force_destroy);
    estate.apply();
    for (pattern, next_hop) in [
        (".com.remote", "10.20.0.15"),
        (".com.remote.sub", "10.20.0.16"),
    ] {
        estate
            .cluster()
            .add_route(&RouteRow::to(pattern, next_hop))
            .unwrap();
    }
    estate
}

#[test]
fn the_plan_lists_the_routes_and_the_apply_deletes_them_first() {
    let Some(core) = core_with!(Feature::DestroyPlans) else {
        return;
    };
    let mut estate = domain_with_foreign_routes(&core, true);
    let plan = estate.plan(&PlanOptions::new().destroy());
    let [warning] = &plan.diagnostics[..] else {
        panic!("{}", listed(&plan.diagnostics));
    };
    assert_eq!(
        warning.summary,
        "Destroying remote.com deletes 2 static routes"
    );
    for route in [LEFT, BELOW] {
        assert!(warning.detail.contains(route), "{warning}");
    }
    assert_eq!(errors(estate.workspace.apply_saved_plan().unwrap()), []);
    estate.is_empty();
    judge::routes_went_first(&estate.simulator);
}

#[test]
fn a_domain_that_leaves_the_configuration_is_destroyed_in_the_same_way() {
    let Some(core) = core_with!(Feature::DestroyPlans) else {
        return;
    };
    let mut estate = domain_with_foreign_routes(&core, true);
    estate.configure("nothing");
    let plan = estate.plan(&PlanOptions::new());
    assert!(
        listed(&plan.diagnostics).contains(LEFT),
        "{}",
        listed(&plan.diagnostics)
    );
    assert_eq!(errors(estate.workspace.apply_saved_plan().unwrap()), []);
    estate.is_empty();
    judge::routes_went_first(&estate.simulator);
}

#[test]
fn a_route_that_has_appeared_since_the_plan_is_not_deleted() {
    let Some(core) = core_with!(Feature::DestroyPlans) else {
        return;
    };
    let mut estate = domain_with_foreign_routes(&core, true);
    estate.plan(&PlanOptions::new().destroy());
    estate
        .cluster()
        .add_route(&RouteRow::to(".com.remote", "10.20.0.17"))
        .unwrap();
    let before = estate.rows();
    let failed = errors(estate.workspace.apply_saved_plan().unwrap());
    says(
        &failed,
        "New static routes of remote.com have appeared",
        &[APPEARED, "Nothing was deleted", "`terraform plan`"],
    );
    assert!(!listed(&failed).contains(LEFT), "{}", listed(&failed));
    assert_eq!(estate.rows(), before);
    // A new plan lists it.
    estate.destroy_completely();
}

#[test]
fn it_counts_only_once_it_has_been_applied() {
    let Some(core) = core_with!(Feature::DestroyPlans) else {
        return;
    };
    let mut estate = domain_with_foreign_routes(&core, false);
    let before = estate.rows();
    estate.set("force_destroy", true);
    says(
        &estate.destroy(),
        "Static routes of remote.com must be deleted first",
        &[
            LEFT,
            BELOW,
            "set `force_destroy = true` on the domain, apply that, and destroy it then",
        ],
    );
    assert_eq!(estate.rows(), before);
    // Applying it writes nothing.
    estate.apply();
    assert_eq!(estate.rows(), before);
    estate.destroy_completely();
}

#[test]
fn a_replacement_takes_no_route_with_it() {
    let mut estate = domain_with_foreign_routes(Terraform::find().unwrap(), true);
    let before = estate.rows();
    estate.set("direct_federation", false);
    says(
        &estate.apply_fails(),
        "Static routes of remote.com must be deleted first",
        &[LEFT, BELOW, "Nothing was changed"],
    );
    assert_eq!(estate.rows(), before);
}

#[test]
fn it_is_right_at_any_parallelism() {
    let Some(core) = core_with!(Feature::DestroyPlans) else {
        return;
    };
    let mut estate = Estate::on(&core, "unreferenced");
    estate.set("force_destroy", true);
    for parallelism in [1, 10] {
        estate.parallelism(10);
        estate.apply();
        estate.parallelism(parallelism);
        estate.destroy_completely();
    }
}

#[test]
fn a_core_that_does_not_plan_destructions_is_told_so() {
    let core = Terraform::version("1.0.3").unwrap();
    let mut estate = domain_with_foreign_routes(&core, true);
    let before = estate.rows();
    let said = estate.workspace.destroy().unwrap();
    says(
        &said,
        "Static routes of remote.com must be deleted first",
        &[LEFT, BELOW, "Nothing was changed"],
    );
    says(
        &said,
        "`force_destroy` of remote.com was not planned",
        &["Use Terraform 1.3 or later"],
    );
    assert_eq!(estate.rows(), before);
}
