//! The five data sources: what is found, and what is left out.

use acceptance_tests::{Practice, Terraform};
use imp_publisher_simulator::{DomainRow, RouteRow};
use serde_json::{Value, json};

use crate::site::{Site, says};

/// Two domains with three routes on `emea`, which has learned another domain by itself, and one domain on `apac`.
pub(crate) fn furnished() -> Practice {
    let mut options = Practice::emea_options();
    options.learned_domains.push("learned.example".to_owned());
    let practice = Practice::with([options, Practice::apac_options()]);
    let emea = practice.emea();
    for name in ["remote.com", "other.com"] {
        emea.add_domain(&DomainRow::named(name)).unwrap();
    }
    let backup = RouteRow {
        priority: 2,
        ..RouteRow::to(".com.remote", "10.20.0.16")
    };
    for route in [
        RouteRow::to(".com.remote", "10.20.0.15"),
        backup,
        RouteRow::to(".com.other", "10.20.0.15"),
    ] {
        emea.add_route(&route).unwrap();
    }
    let domain = DomainRow::named("remote.com");
    practice.apac().add_domain(&domain).unwrap();
    practice
}

fn outputs(site: &mut Site) -> Value {
    site.succeed(&["apply", "-no-color", "-auto-approve"]);
    let outputs = site.run(&["output", "-json"]).stdout;
    serde_json::from_str(&outputs).unwrap()
}

#[test]
fn each_finds_what_it_is_asked_for() {
    let terraform = Terraform::find().unwrap();
    let mut site = Site::new(terraform, furnished(), "data_sources");
    let outputs = outputs(&mut site);
    let value = |name: &str| outputs[name]["value"].clone();

    let publisher = value("publisher");
    let release = site.practice.emea().schema().release;
    assert_eq!(publisher["release"], release.as_str());
    assert_eq!(publisher["writable"], true);
    assert_eq!(publisher["nodes"][0]["name"], "imp-pub.emea.example.com");
    assert_eq!(publisher["nodes"][0]["state"], "Normal");

    let domain = value("domain");
    // As the user has spelled it.
    assert_eq!(domain["domain_name"], "REMOTE.com");
    assert_eq!(domain["id"], "emea/remote.com");
    assert_eq!(domain["integration_type"], "ocs_lync");
    assert_eq!(domain["system_owned"], false);
    let expected = json!({
        "all": ["apac/remote.com", "emea/other.com", "emea/remote.com"],
        "apac": ["apac/remote.com"],
        "with_learned": {
            "emea/learned.example": true,
            "emea/other.com": false,
            "emea/remote.com": false,
        },
    });
    assert_eq!(value("domains"), expected);

    let route = value("route");
    assert_eq!(route["id"], "emea/.com.remote/10.20.0.15:5061/TLS");
    assert_eq!(
        (&route["priority"], &route["domain"]),
        (&json!(1), &json!("remote.com"))
    );
    let primary = "emea/.com.remote/10.20.0.15:5061/TLS";
    let backup = "emea/.com.remote/10.20.0.16:5061/TLS";
    let other = "emea/.com.other/10.20.0.15:5061/TLS";
    let expected = json!({
        "own": [other, primary, backup],
        "all": [other, primary, backup],
        "system": [".*", ".*"],
        "of_domain": [primary, backup],
        "by_prefix": [other],
        "by_hop": [backup],
    });
    assert_eq!(value("routes"), expected);
    site.practice.is_untouched().unwrap();
}

#[test]
fn what_is_not_there_is_an_error() {
    let terraform = Terraform::find().unwrap();
    let mut site = Site::new(terraform, furnished(), "data_sources");
    site.workspace.set_variable("missing", &json!(true));
    let text = site.fail(&["plan", "-no-color"]);
    says(&text, "10.20.0.99");
    says(&text, "data.imp_static_route.primary");
}
