//! `export`: the first plan after it changes nothing.

use acceptance_tests::{Action, PlanOptions, Practice, Provider, Terraform, Workspace};
use imp_publisher_simulator::{ClusterOptions, DomainRow, RouteRow};
use serde_json::Value;

use crate::support::{run, text, variables};

const CLUSTERS: [&str; 3] = ["emea", "apac", "amer"];
const DOMAINS: usize = 60;

/// Three clusters, each with the same sixty domains and a primary and a backup route for each of them.
fn deployment() -> Practice {
    let practice = Practice::with(CLUSTERS.map(ClusterOptions::new));
    let names: Vec<String> = (0..DOMAINS)
        .map(|number| format!("partner{number}.com"))
        .collect();
    let domains: Vec<DomainRow> = names.iter().map(|name| DomainRow::named(name)).collect();
    let pattern = |name: &String| format!(".com.{}", name.trim_end_matches(".com"));
    let routes: Vec<RouteRow> = names
        .iter()
        .flat_map(|name| {
            let primary = RouteRow::to(&pattern(name), "10.20.0.15");
            let backup = RouteRow {
                priority: 2,
                ..RouteRow::to(&pattern(name), "10.20.0.16")
            };
            [primary, backup]
        })
        .collect();
    for name in CLUSTERS {
        practice.cluster(name).load(&domains, &routes).unwrap();
    }
    practice
}

/// A workspace with what `export` wrote in it.
fn exported(practice: &Practice) -> Workspace {
    let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
    workspace.add_provider(Provider::imp().unwrap()).unwrap();
    for (name, value) in variables(practice) {
        if name != "IMP_PUBLISHERS" {
            workspace.set_environment(name, value);
        }
    }
    let directory = workspace.directory();
    let output = run(practice, &["export", "--out", directory.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    workspace.get_modules().unwrap();
    workspace
}

/// Plans: so many imports, and nothing else. Applies, and plans again.
fn assert_imports(workspace: &mut Workspace, count: usize) {
    let plan = workspace.plan(&PlanOptions::new()).unwrap().unwrap();
    let mut imports = 0;
    for change in plan.resource_changes() {
        assert_eq!(
            change.action(),
            Action::NoOp,
            "{}: {:?}",
            change.address(),
            change.before()
        );
        assert!(change.is_import(), "{}", change.address());
        imports += 1;
    }
    assert_eq!(imports, count);
    let errors = workspace.apply_saved_plan().unwrap();
    assert!(errors.is_empty(), "{errors:?}");
    let plan = workspace.plan(&PlanOptions::new()).unwrap().unwrap();
    assert!(plan.is_empty);
}

#[test]
fn the_first_plan_for_three_clusters_adds_changes_and_destroys_nothing() {
    let practice = deployment();
    let mut workspace = exported(&practice);
    let report = std::fs::read_to_string(workspace.directory().join("REPORT.md")).unwrap();
    assert!(report.ends_with("describes.\n\nNone.\n"), "{report}");
    if workspace.terraform().capabilities().import_blocks {
        assert_imports(&mut workspace, CLUSTERS.len() * DOMAINS * 3);
    }
    practice.is_untouched().unwrap();
}

#[test]
fn rows_of_every_kind_are_exported_as_they_are_or_listed() {
    let practice = Practice::with([ClusterOptions {
        xmpp_domains: vec!["chat.example".to_owned()],
        learned_domains: vec!["learned.example".to_owned()],
        ..ClusterOptions::new("emea")
    }]);
    let cluster = practice.emea();
    for row in [
        DomainRow {
            description: Some(r#"say "hello" to ${everyone} %{all} \o/"#.to_owned()),
            ..DomainRow::named("Remote.com")
        },
        DomainRow {
            direct_federation: false,
            ..DomainRow::named("indirect.example")
        },
        DomainRow {
            integration_type: "aol".to_owned(),
            direct_federation: false,
            ..DomainRow::named("aol.example")
        },
    ] {
        cluster.add_domain(&row).unwrap();
    }
    let routes = [
        RouteRow::to(".com.Remote", "10.20.0.15"),
        RouteRow {
            description: Some("the other way".to_owned()),
            protocol: "TCP".to_owned(),
            next_hop_port: 5060,
            weight: 7,
            in_service: false,
            ..RouteRow::to(".com.remote", "fe2.corp.example")
        },
        RouteRow {
            allow_less_specific_route: false,
            ..RouteRow::to(".com.remote.*", "10.20.0.17")
        },
        RouteRow {
            next_hop_port: 5062,
            priority: 3,
            ..RouteRow::to(".com.remote.lync", "2001:db8::15")
        },
        RouteRow {
            block_route: true,
            ..RouteRow::to(".org.nobody", "10.20.0.18")
        },
        RouteRow {
            route_type: "user".to_owned(),
            ..RouteRow::to(r"1415\*", "10.20.0.19")
        },
    ];
    for row in &routes {
        cluster.add_route(row).unwrap();
    }
    let mut workspace = exported(&practice);
    let report = std::fs::read_to_string(workspace.directory().join("REPORT.md")).unwrap();
    for part in [
        "chat.example: it is federated over XMPP",
        "learned.example: open federation learned it",
        "the route .*/",
        "indirect.example does not have Direct Federation",
        "aol.example is not federated through Microsoft servers",
        "aol.example has no static route",
        ".org.nobody/10.20.0.18:5061/TLS is blocked",
        ".org.nobody/10.20.0.18:5061/TLS belongs to no federated domain",
        "goes to port 5062",
    ] {
        assert!(report.contains(part), "{part} is not in:\n{report}");
    }
    if workspace.terraform().capabilities().import_blocks {
        assert_imports(&mut workspace, 3 + routes.len());
    }
    practice.is_untouched().unwrap();
}

#[test]
fn a_single_publisher_is_written_as_an_address() {
    let practice = Practice::with([Practice::emea_options()]);
    practice
        .emea()
        .add_domain(&DomainRow::named("remote.com"))
        .unwrap();
    let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
    workspace.add_provider(Provider::imp().unwrap()).unwrap();
    let mut variables = variables(&practice);
    variables.retain(|(name, _)| *name != "IMP_PUBLISHERS");
    for (name, value) in &variables {
        workspace.set_environment(*name, value);
    }
    variables.push(("IMP_ADDRESS", practice.emea().address()));
    let directory = workspace.directory();
    let arguments = ["export", "--out", directory.to_str().unwrap()];
    let output = crate::support::command(&variables, &arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    workspace.get_modules().unwrap();
    if workspace.terraform().capabilities().import_blocks {
        assert_imports(&mut workspace, 1);
    }
}

#[test]
fn a_backup_has_every_row_with_its_pkid() {
    let practice = Practice::with([ClusterOptions {
        learned_domains: vec!["learned.example".to_owned()],
        ..ClusterOptions::new("emea")
    }]);
    let cluster = practice.emea();
    cluster.add_domain(&DomainRow::named("remote.com")).unwrap();
    cluster
        .add_route(&RouteRow::to(".com.remote", "10.20.0.15"))
        .unwrap();
    let output = run(&practice, &["export", "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let backup: Value = serde_json::from_slice(&output.stdout).unwrap();
    let emea = &backup["publishers"]["emea"];
    let pkids = |rows: &Value| -> Vec<String> {
        let rows = rows.as_array().unwrap().iter();
        let mut pkids: Vec<String> = rows
            .map(|row| row["pkid"].as_str().unwrap().to_owned())
            .collect();
        pkids.sort();
        pkids
    };
    let mut domains: Vec<String> = cluster
        .domains()
        .unwrap()
        .into_iter()
        .map(|row| row.pkid)
        .collect();
    domains.sort();
    assert_eq!(pkids(&emea["federated_domains"]), domains);
    let mut routes: Vec<String> = cluster
        .all_routes()
        .unwrap()
        .into_iter()
        .map(|row| row.pkid)
        .collect();
    routes.sort();
    assert_eq!(pkids(&emea["static_routes"]), routes);
    practice.is_untouched().unwrap();
}

#[test]
fn a_directory_that_has_something_in_it_is_left_alone() {
    let practice = Practice::with([Practice::emea_options()]);
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("main.tf"), "# mine\n").unwrap();
    let output = run(
        &practice,
        &["export", "--out", directory.path().to_str().unwrap()],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("not empty"));
    let kept = std::fs::read_to_string(directory.path().join("main.tf")).unwrap();
    assert_eq!(kept, "# mine\n");
}
