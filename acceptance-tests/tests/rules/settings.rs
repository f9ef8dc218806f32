//! IMP201, IMP202, IMP203, IMP209 and IMP210: what a publisher is set to.

use std::fs;

use acceptance_tests::{PlanOptions, Practice};
use serde_json::{Value, json};

use crate::site::{DOMAIN, Site, detail, expected, listed, words, words_but_restarts};

#[test]
fn email_federation_that_is_enabled_later_refuses_changes_and_no_destroy() {
    let mut site = Site::new("federated");
    site.apply();
    site.administer(|settings| settings.email_address_for_federation = true);

    let plan = site.plan(&PlanOptions::new());
    assert!(plan.is_empty);
    assert_eq!(
        words_but_restarts(&plan.diagnostics),
        expected(&[("warning IMP201", DOMAIN)])
    );
    let replaced = site.plan(&PlanOptions::new().argument(format!("-replace={DOMAIN}")));
    assert!(!replaced.is_empty);
    assert_eq!(
        words_but_restarts(&replaced.diagnostics),
        expected(&[("warning IMP201", DOMAIN)])
    );

    site.set("description", "changed");
    site.set("more", json!(["new.com"]));
    let refused = site.plan_fails();
    assert_eq!(
        words_but_restarts(&refused),
        expected(&[
            ("error IMP201", DOMAIN),
            (
                "error IMP201",
                "imp_sip_federation_domain.more[\"new.com\"]"
            ),
        ]),
        "{}",
        listed(&refused)
    );
    site.set("description", Value::Null);
    site.set("more", json!([]));

    let taint = |site: &mut Site| {
        let tainted = site.workspace.run(["taint", DOMAIN]).unwrap();
        assert!(tainted.success(), "{}", tainted.transcript());
    };
    taint(&mut site);
    let plan = site.plan(&PlanOptions::new());
    assert!(!plan.is_empty);
    let warned = expected(&[("warning IMP201", DOMAIN)]);
    assert_eq!(words_but_restarts(&plan.diagnostics), warned);
    // The row is deleted first, and a refusal then would come too late.
    let applied = site.workspace.apply_saved_plan().unwrap();
    assert_eq!(words_but_restarts(&applied), warned, "{}", listed(&applied));
    taint(&mut site);
    site.destroy();

    // Newer cores plan the configuration before they destroy, and so meet what it would add; not without a refresh.
    site.administer(|settings| settings.email_address_for_federation = false);
    site.apply();
    site.administer(|settings| settings.email_address_for_federation = true);
    site.set("more", json!(["new.com"]));
    let arguments = ["destroy", "-no-color", "-auto-approve", "-refresh=false"];
    let destroyed = site.workspace.run(arguments).unwrap();
    assert!(destroyed.success(), "{}", destroyed.transcript());
    assert_eq!(site.practice.emea().domains().unwrap(), []);
    // The other cluster has no object, and nobody has asked it anything.
    assert!(
        site.practice
            .requests()
            .iter()
            .all(|request| request.cluster == "emea")
    );
}

/// Cisco asks that it is enabled nowhere in the deployment. The order in which publishers come into a run is no matter.
#[test]
fn email_federation_on_another_cluster_that_the_run_uses_counts_too() {
    for (folder, place) in [
        ("elsewhere_first", DOMAIN),
        ("elsewhere_last", "imp_static_route.other"),
    ] {
        let mut site = Site::new(folder);
        let apac = site.practice.apac();
        let mut settings = apac.settings().unwrap();
        settings.email_address_for_federation = true;
        apac.set_settings(&settings).unwrap();
        let refused = site.plan_fails();
        assert_eq!(
            words(&refused),
            expected(&[("error IMP201", place)]),
            "{}",
            listed(&refused)
        );
        let text = detail(&refused, "IMP201");
        assert!(
            text.contains("on in the cluster of publisher \"apac\"") && text.contains("remote.com"),
            "{text}"
        );
        site.practice.is_untouched().unwrap();
        if folder == "elsewhere_last" {
            // Without the domain it is nobody's business.
            site.set("remote", false);
            let plan = site.plan(&PlanOptions::new());
            assert_eq!(words(&plan.diagnostics), []);
        }
    }
}

#[test]
fn settings_that_do_not_fit_are_told_once_and_what_cannot_be_read_is_unknown() {
    let practice = Practice::start();
    let mut site = Site::on(practice.clone(), "settings");
    site.administer(|settings| settings.partitioned_federation = false);
    // A profile that does not say where the settings of `apac` are kept.
    let mut profile = practice.apac().profile();
    profile["settings"] = json!({});
    // What was verified was the profile as a whole.
    profile.as_object_mut().unwrap().remove("verification");
    let path = site.workspace.directory().join("unknowing.json");
    fs::write(&path, profile.to_string()).unwrap();
    let mut publishers = practice.publishers();
    publishers["apac"]["schema_profile"] = json!(path);
    publishers["apac"]["allow_unverified_profile"] = json!(true);
    site.set("publishers", publishers);

    let diagnostics = site.plan_fails();
    let told = words(&diagnostics);
    let with = |code: &str| -> Vec<&str> {
        let of_code = told.iter().filter(|(word, _)| word.ends_with(code));
        of_code.map(|(_, place)| place.as_str()).collect()
    };
    assert_eq!(
        with("IMP203"),
        ["imp_sip_federation_domain.own domain_name"]
    );
    assert_eq!(with("IMP210"), ["imp_static_route.unknown next_hop"]);
    // Once, at whichever came first.
    for code in ["IMP202", "IMP209"] {
        assert_eq!(with(code).len(), 1, "{code}: {}", listed(&diagnostics));
    }
    assert_eq!(told.len(), 4, "{}", listed(&diagnostics));
    assert!(!with("IMP209")[0].contains("plain"), "{told:?}");
    let by_hand = detail(&diagnostics, "IMP202");
    assert!(
        by_hand.contains("Look by hand, on every cluster: Presence > Settings"),
        "{by_hand}"
    );
    practice.is_untouched().unwrap();
}

#[test]
fn a_publisher_without_any_tls_peer_subject_is_told_once() {
    let mut site = Site::new("values");
    site.administer(|settings| settings.tls_peer_subjects.clear());
    let plan = site.plan(&PlanOptions::new());
    let words = words(&plan.diagnostics);
    let peers = words.iter().filter(|(word, _)| word == "warning IMP210");
    assert_eq!(peers.count(), 1, "{}", listed(&plan.diagnostics));
    assert!(detail(&plan.diagnostics, "IMP210").contains("no TLS peer subject at all"));
}
