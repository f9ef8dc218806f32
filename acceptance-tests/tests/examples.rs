//! The examples on the reference pages, each validated and applied as it stands there.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use acceptance_tests::{Practice, Provider, Severity, Step, Terraform, TestCase, Workspace};
use imp_publisher_simulator::{DEFAULT_PASSWORD, DEFAULT_USER, DomainRow, RouteRow};
use tempfile::TempDir;

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
    fn case(&self, practice: &Practice) -> TestCase {
        let common = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/resources/common");
        TestCase::new(Terraform::find().unwrap(), self.0.path())
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
    for resource in ["imp_sip_federation_domain", "imp_static_route"] {
        let steps = Steps::of(
            &format!("resources/{resource}"),
            &[("create", &["resource.tf"])],
        );
        let practice = Practice::start();
        steps.case(&practice).step(Step::apply("create")).run();
        assert!(practice.emea().domains().unwrap().is_empty());
    }
}

#[test]
fn resources_can_be_imported_as_it_stands() {
    let can = Terraform::find().unwrap().capabilities();
    let forms = [
        (can.import_blocks, "import-by-string-id.tf"),
        (can.resource_identity, "import-by-identity.tf"),
    ];
    for file in forms.iter().filter(|(can, _)| *can).map(|(_, file)| *file) {
        for resource in ["imp_sip_federation_domain", "imp_static_route"] {
            let steps = Steps::of(
                &format!("resources/{resource}"),
                &[("import", &["resource.tf", file])],
            );
            let practice = Practice::start();
            let emea = practice.emea();
            let (address, pkid) = if resource == "imp_static_route" {
                emea.add_route(&RouteRow::to(".com.remote", "10.20.0.15"))
                    .unwrap();
                let pkid = emea.routes().unwrap().remove(0).pkid;
                ("imp_static_route.primary", pkid)
            } else {
                emea.add_domain(&DomainRow::named("remote.com")).unwrap();
                let pkid = emea.domains().unwrap().remove(0).pkid;
                ("imp_sip_federation_domain.remote[\"emea\"]", pkid)
            };
            let step = Step::apply("import").has(address, "pkid", pkid);
            steps.case(&practice).step(step).run();
        }
    }
}

#[test]
fn data_sources_can_be_read_as_they_stand() {
    for data_source in [
        "imp_publisher",
        "imp_sip_federation_domain",
        "imp_sip_federation_domains",
        "imp_static_route",
        "imp_static_routes",
    ] {
        let steps = Steps::of(
            &format!("data-sources/{data_source}"),
            &[("read", &["data-source.tf"])],
        );
        let practice = practice_with_rows();
        let before = practice.contents().unwrap();
        steps.case(&practice).step(Step::apply("read")).run();
        assert_eq!(practice.contents().unwrap(), before);
    }
}

#[test]
fn functions_can_be_called_as_they_stand() {
    if !Terraform::find().unwrap().capabilities().provider_functions {
        return;
    }
    for (function, output, value) in [
        ("destination_pattern", "pattern", ".com.remote"),
        ("domain_name", "domain", "remote.com"),
    ] {
        let steps = Steps::of(
            &format!("functions/{function}"),
            &[("call", &["function.tf"])],
        );
        let practice = Practice::start();
        let case = steps.case(&practice);
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
fn the_provider_block_and_the_quickstart_are_valid() {
    for example in ["provider", "quickstart"] {
        let mut workspace = Workspace::new(Terraform::find().unwrap()).unwrap();
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
