//! What the tests of the resources have in common.

use acceptance_tests::{Failure, Practice, Step, TestCase, TestStep};
use imp_publisher_simulator::{DomainRow, EditError, RouteRow};

/// A case with steps in `testdata/resources`.
pub(crate) fn case(practice: &Practice) -> TestCase {
    practice.case("resources").unwrap()
}

/// Something that happens on a publisher behind Terraform's back.
pub(crate) fn meanwhile<F>(practice: &Practice, what: &str, happens: F) -> impl TestStep + use<F>
where
    F: FnOnce(&Practice) -> Result<(), EditError> + 'static,
{
    let practice = practice.clone();
    Step::act(what, move |_| {
        happens(&practice).map_err(|error| Failure::new(error.to_string()))
    })
}

/// Something that must be true of the publishers.
pub(crate) fn afterwards<F>(practice: &Practice, what: &str, check: F) -> impl TestStep + use<F>
where
    F: FnOnce(&Practice) -> Result<(), String> + 'static,
{
    let practice = practice.clone();
    Step::act(what, move |_| check(&practice).map_err(Failure::new))
}

/// The only domain of that name on a cluster.
pub(crate) fn domain(practice: &Practice, cluster: &str, name: &str) -> DomainRow {
    practice.cluster(cluster).domain(name).unwrap().unwrap()
}

/// The only route of that key on a cluster.
pub(crate) fn route(practice: &Practice, cluster: &str, key: &str) -> RouteRow {
    let routes = practice.cluster(cluster).routes().unwrap();
    let known: Vec<String> = routes.iter().map(RouteRow::key).collect();
    routes
        .into_iter()
        .find(|route| route.key() == key)
        .unwrap_or_else(|| panic!("no {key} among {known:?}"))
}
