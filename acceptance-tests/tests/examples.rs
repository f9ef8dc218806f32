//! The examples on the reference pages, each validated and applied as it stands there.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use acceptance_tests::{
    Feature, Outcome, Practice, Provider, Severity, Step, Terraform, TestCase, Workspace, core_with,
};
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER, DomainRow, NodeRole, RouteRow};
use tempfile::TempDir;

const RESOURCES: [&str; 2] = ["imp_sip_federation_domain", "imp_static_route"];
const DATA_SOURCES: [&str; 5] = [
    "imp_publisher",
    "imp_sip_federation_domain",
    "imp_sip_federation_domains",
    "imp_static_route",
    "imp_static_routes",
];
const FUNCTIONS: [&str; 2] = ["destination_pattern", "domain_name"];
const LIST_RESOURCES: [&str; 2] = ["imp_sip_federation_domain", "imp_static_route"];
const ACTIONS: [&str; 1] = ["imp_restart_xcp_router"];

/// The primary key that the examples of imports show.
const SHOWN_PKIDS: [&str; 2] = [
    "3f2b8c1e-5d47-4a9c-b1e0-7a6d2c94e8f5",
    "9a1d5e70-2c3b-4f86-8e17-c0b4d3a2f651",
];

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// Folders of steps, each made of files of one example.
struct Steps(TempDir);

impl Steps {
    fn of(example: &str, steps: &[(&str, &[&str])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (step, files) in steps {
            let target = folder.path().join(step);
            fs::create_dir(&target).unwrap();
            for file in *files {
                fs::copy(examples().join(example).join(file), target.join(file)).unwrap();
            }
        }
        Self(folder)
    }

    /// A case on practice clusters, with the provider block of the tests.
    fn case(&self, terraform: &Terraform, practice: &Practice) -> TestCase {
        let common = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/resources/common");
        TestCase::new(terraform, self.0.path())
            .unwrap()
            .common_configuration(&common)
            .provider(Provider::imp().unwrap())
            .unwrap()
            .environment("IMP_USERNAME", DEFAULT_USER)
            .environment("IMP_PASSWORD", DEFAULT_PASSWORD)
            .variable("publishers", practice.publishers())
            .tolerates("[IMP211]")
    }
}

/// What the examples of data sources look for.
fn practice_with_rows() -> Practice {
    let practice = Practice::start();
    let emea = practice.emea();
    for domain in ["remote.com", "partner.example"] {
        emea.add_domain(&DomainRow::named(domain)).unwrap();
    }
    emea.add_route(&RouteRow::to(".com.remote", "10.20.0.15"))
        .unwrap();
    practice
}

#[test]
fn resources_can_be_created_as_they_stand() {
    let Some(terraform) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    for resource in RESOURCES {
        let steps = Steps::of(
            &format!("resources/{resource}"),
            &[("create", &["resource.tf"])],
        );
        let practice = Practice::start();
        steps
            .case(&terraform, &practice)
            .step(Step::apply("create"))
            .run();
        assert!(practice.emea().domains().unwrap().is_empty());
    }
}

#[test]
fn resources_can_be_imported_as_it_stands() {
    let Some(terraform) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    let can = terraform.capabilities();
    let forms = [
        (can.import_blocks, "import-by-string-id.tf"),
        (can.resource_identity, "import-by-identity.tf"),
    ];
    for file in forms.iter().filter(|(can, _)| *can).map(|(_, file)| *file) {
        for resource in RESOURCES {
            let steps = Steps::of(
                &format!("resources/{resource}"),
                &[("import", &["resource.tf", file])],
            );
            let practice = Practice::start();
            let (address, pkid) = row_to_import(&practice, resource);
            let step = Step::apply("import").has(address, "pkid", pkid);
            steps.case(&terraform, &practice).step(step).run();
        }
    }
}

/// Makes the row that the examples import; the resource's address, and the row's primary key.
fn row_to_import(practice: &Practice, resource: &str) -> (&'static str, String) {
    let emea = practice.emea();
    if resource == "imp_static_route" {
        emea.add_route(&RouteRow::to(".com.remote", "10.20.0.15"))
            .unwrap();
        let pkid = emea.routes().unwrap().remove(0).pkid;
        ("imp_static_route.primary", pkid)
    } else {
        emea.add_domain(&DomainRow::named("remote.com")).unwrap();
        let pkid = emea.domains().unwrap().remove(0).pkid;
        ("imp_sip_federation_domain.remote[\"emea\"]", pkid)
    }
}

/// A workspace on practice clusters, with the provider block of the tests.
fn workspace(terraform: &Terraform, practice: &Practice) -> Workspace {
    let mut workspace = Workspace::new(terraform).unwrap();
    workspace.add_provider(Provider::imp().unwrap()).unwrap();
    let common = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/resources/common");
    workspace.use_configuration(&common).unwrap();
    workspace.set_environment("IMP_USERNAME", DEFAULT_USER);
    workspace.set_environment("IMP_PASSWORD", DEFAULT_PASSWORD);
    workspace.set_variable("publishers", &practice.publishers());
    workspace
}

fn succeed(workspace: &mut Workspace, arguments: &[&str]) -> Outcome {
    let outcome = workspace.run(arguments).unwrap();
    assert!(outcome.success(), "{}", outcome.transcript());
    outcome
}

#[test]
fn each_command_that_imports_does() {
    let Some(terraform) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    for resource in RESOURCES {
        let folder = examples().join("resources").join(resource);
        let script = fs::read_to_string(folder.join("import.sh")).unwrap();
        let commands = script
            .lines()
            .filter_map(|line| line.strip_prefix("terraform import "));
        let mut tried = 0;
        for command in commands {
            let practice = Practice::start();
            let (address, pkid) = row_to_import(&practice, resource);
            let words: Vec<String> = command
                .split(' ')
                .map(|word| word.trim_matches('\'').to_owned())
                .map(|word| {
                    SHOWN_PKIDS
                        .iter()
                        .fold(word, |word, shown| word.replace(shown, &pkid))
                })
                .collect();
            assert_eq!(words[0], address);
            let mut workspace = workspace(&terraform, &practice);
            let text = fs::read_to_string(folder.join("resource.tf")).unwrap();
            workspace.write("resource.tf", &text).unwrap();
            succeed(
                &mut workspace,
                &["import", "-no-color", "-input=false", &words[0], &words[1]],
            );
            assert!(workspace.state_text().contains(&pkid));
            tried += 1;
        }
        assert_eq!(tried, 2, "{resource}");
    }
}

#[test]
fn lists_can_be_queried_as_they_stand() {
    let Some(terraform) = core_with!(Feature::ListResources) else {
        return;
    };
    for list in LIST_RESOURCES {
        let practice = practice_with_rows();
        let mut workspace = workspace(&terraform, &practice);
        let name = "list-resource.tfquery.hcl";
        let file = examples().join("list-resources").join(list).join(name);
        workspace
            .write(name, &fs::read_to_string(file).unwrap())
            .unwrap();
        let found = succeed(&mut workspace, &["query", "-no-color"]);
        assert!(found.text().contains("remote"), "{}", found.transcript());
    }
}

#[test]
fn actions_can_be_invoked_as_they_stand() {
    let Some(terraform) = core_with!(Feature::Actions) else {
        return;
    };
    for action in ACTIONS {
        let practice = Practice::with([Practice::emea_options().with_subscriber()]);
        let file = examples().join("actions").join(action).join("action.tf");
        let text = fs::read_to_string(file).unwrap();
        // The practice node is somewhere else; all the rest is as it stands.
        let subscriber = practice.emea().address_of(NodeRole::Subscriber);
        assert!(text.contains("\"10.0.0.6\""));
        let mut workspace = workspace(&terraform, &practice);
        workspace
            .write("action.tf", &text.replace("10.0.0.6", &subscriber))
            .unwrap();
        let invoke = format!("-invoke=action.{action}.emea");
        succeed(
            &mut workspace,
            &["apply", "-no-color", "-auto-approve", &invoke],
        );
        let restarts = practice.simulator().journal().into_iter();
        let restarts =
            restarts.filter(|entry| entry.operation.as_deref() == Some("soapDoControlServices"));
        assert_eq!(restarts.count(), 2);
    }
}

#[test]
fn data_sources_can_be_read_as_they_stand() {
    let Some(terraform) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    for data_source in DATA_SOURCES {
        let steps = Steps::of(
            &format!("data-sources/{data_source}"),
            &[("read", &["data-source.tf"])],
        );
        let practice = practice_with_rows();
        let before = practice.contents().unwrap();
        steps
            .case(&terraform, &practice)
            .step(Step::apply("read"))
            .run();
        assert_eq!(practice.contents().unwrap(), before);
    }
}

#[test]
fn functions_can_be_called_as_they_stand() {
    let Some(terraform) = core_with!(Feature::ProviderFunctions) else {
        return;
    };
    for (function, output, value) in [
        ("destination_pattern", "pattern", ".com.remote"),
        ("domain_name", "domain", "remote.com"),
    ] {
        let steps = Steps::of(
            &format!("functions/{function}"),
            &[("call", &["function.tf"])],
        );
        let practice = Practice::start();
        let case = steps.case(&terraform, &practice);
        case.step(
            Step::apply("call").check(move |state| match state.output(output) {
                found if found == value => Ok(()),
                found => Err(format!("{output} is {found}")),
            }),
        )
        .run();
    }
}

#[test]
fn the_provider_block_can_be_applied_with_the_files_that_it_names() {
    let Some(terraform) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    let practice =
        Practice::with(["emea", "apac"].map(imp_publisher_simulator::ClusterOptions::new));
    let mut text = fs::read_to_string(examples().join("provider/provider.tf")).unwrap();
    let mut workspace = Workspace::new(&terraform).unwrap();
    workspace.add_provider(Provider::imp().unwrap()).unwrap();
    for cluster in practice.simulator().clusters() {
        let name = cluster.name();
        let address = format!("imp-pub.{name}.example.com");
        assert!(text.contains(&address));
        text = text.replace(&address, &cluster.address());
        let certificate = format!("{name}-publisher.pem");
        workspace
            .write(&certificate, practice.simulator().ca_pem())
            .unwrap();
        let profile = fs::read_to_string(cluster.profile_path()).unwrap();
        workspace.write("profile-14.0.1.json", &profile).unwrap();
    }
    workspace.write("provider.tf", &text).unwrap();
    let resource = examples().join("resources/imp_sip_federation_domain/resource.tf");
    let resource = fs::read_to_string(resource).unwrap();
    workspace.write("resource.tf", &resource).unwrap();
    workspace.set_environment("IMP_PASSWORD", DEFAULT_PASSWORD);
    succeed(&mut workspace, &["apply", "-no-color", "-auto-approve"]);
    for cluster in practice.simulator().clusters() {
        assert_eq!(cluster.domains().unwrap()[0].domain_name, "remote.com");
    }
    workspace.destroy().unwrap();
    for cluster in practice.simulator().clusters() {
        assert!(cluster.domains().unwrap().is_empty());
    }
}

#[test]
fn no_example_is_left_untried() {
    let folders = |kind: &str| -> Vec<String> {
        let entries = fs::read_dir(examples().join(kind)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(folders("resources"), RESOURCES);
    assert_eq!(folders("data-sources"), DATA_SOURCES);
    assert_eq!(folders("functions"), FUNCTIONS);
    assert_eq!(folders("list-resources"), LIST_RESOURCES);
    assert_eq!(folders("actions"), ACTIONS);
    assert_eq!(
        folders(""),
        [
            "actions",
            "ci",
            "data-sources",
            "functions",
            "list-resources",
            "migration",
            "modules",
            "provider",
            "quickstart",
            "resources"
        ]
    );
    for resource in RESOURCES {
        assert_eq!(
            folders(&format!("resources/{resource}")),
            [
                "import-by-identity.tf",
                "import-by-string-id.tf",
                "import.sh",
                "resource.tf"
            ]
        );
    }
}

#[test]
fn the_provider_block_and_the_quickstart_are_valid() {
    let Some(terraform) = core_with!(Feature::OptionalAttributes) else {
        return;
    };
    for example in ["provider", "quickstart"] {
        let mut workspace = Workspace::new(&terraform).unwrap();
        workspace.add_provider(Provider::imp().unwrap()).unwrap();
        workspace
            .use_configuration(&examples().join(example))
            .unwrap();
        let diagnostics = workspace.validate().unwrap();
        assert!(
            diagnostics
                .iter()
                .all(|diagnostic| diagnostic.severity == Severity::Warning),
            "{example}: {diagnostics:?}"
        );
    }
}
