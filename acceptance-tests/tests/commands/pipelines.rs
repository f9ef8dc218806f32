//! The pipelines under `examples/ci`: what they run of this provider, run as it stands there.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use acceptance_tests::Provider;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::text;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(repository().join("examples/ci").join(path)).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

/// A checkout after `init`, `plan` and `show`: the provider lies where Terraform links it from a cache.
struct Checkout(TempDir);

impl Checkout {
    fn new(plan: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("cache");
        let providers = folder
            .path()
            .join("federation/.terraform/providers/imp/1.0.0");
        fs::create_dir_all(&cache).unwrap();
        fs::create_dir_all(&providers).unwrap();
        let provider = cache.join("terraform-provider-imp_v1.0.0");
        fs::copy(Provider::imp().unwrap().executable(), provider).unwrap();
        symlink(&cache, providers.join("linux_amd64")).unwrap();
        let plans = repository().join("provider/review/testdata/plans");
        let plan = plans.join(plan).join("plan.json");
        fs::copy(plan, folder.path().join("plan.json")).unwrap();
        Self(folder)
    }

    /// Runs a script as a runner does: by bash, and no further than to the first failure.
    fn run(&self, script: &str) -> Output {
        Command::new("bash")
            .args(["-e", "-o", "pipefail", "-c", script])
            .current_dir(self.0.path().join("federation"))
            .env("RUNNER_TEMP", self.0.path())
            .env("GITHUB_STEP_SUMMARY", self.0.path().join("summary.md"))
            .env("GITHUB_OUTPUT", self.0.path().join("output.txt"))
            .output()
            .unwrap()
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap()
    }
}

fn is_report(markdown: &str, sarif: &str) {
    assert!(markdown.starts_with("## Federation review"), "{markdown}");
    let sarif: Value = serde_json::from_str(sarif).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let place = "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri";
    assert_eq!(sarif.pointer(place).unwrap(), "federation/main.tf");
}

#[test]
fn the_steps_for_github_review_and_report() {
    let workflow = yaml("github/federation.yml");
    let steps = workflow.pointer("/jobs/review/steps").unwrap();
    let steps = steps.as_array().unwrap();
    let step = |name: &str| {
        let found = steps.iter().find(|step| step["name"] == name);
        found.unwrap_or_else(|| panic!("there is no step {name}"))
    };
    let review = step("Review");
    let checkout = Checkout::new("partner-added-and-path-left");
    let output = checkout.run(review["run"].as_str().unwrap());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("Federation review"));
    is_report(&checkout.read("review.md"), &checkout.read("review.sarif"));
    assert_eq!(checkout.read("summary.md"), checkout.read("review.md"));
    // The upload takes what the step has put out.
    let (name, path) = checkout
        .read("output.txt")
        .trim()
        .split_once('=')
        .map_or_else(
            || panic!("nothing is put out"),
            |(name, path)| (name.to_owned(), path.to_owned()),
        );
    assert!(Path::new(&path).is_file());
    let expression = format!("steps.{}.outputs.{name}", review["id"].as_str().unwrap());
    let upload = step("Code scanning");
    for place in ["/if", "/with/sarif_file"] {
        let written = upload.pointer(place).and_then(Value::as_str).unwrap();
        assert!(written.contains(&expression), "{written}");
    }
    // Actions are named by commits, so that nobody can change them afterwards.
    for step in steps {
        let Some(action) = step.get("uses").and_then(Value::as_str) else {
            continue;
        };
        let (_, commit) = action.split_once('@').unwrap();
        let is_commit = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_commit, "{action}");
    }
}

#[test]
fn an_error_fails_the_step_for_github_after_its_reports_are_there() {
    let workflow = yaml("github/federation.yml");
    let steps = workflow.pointer("/jobs/review/steps").unwrap();
    let steps = steps.as_array().unwrap().iter();
    let mut scripts = steps.filter_map(|step| step.get("run")?.as_str());
    let script = scripts
        .find(|script| script.contains("--fail-on=error"))
        .unwrap();
    let checkout = Checkout::new("clean-primary-moves");
    // Port 0 with an address.
    let plan = checkout.read("plan.json").replace(
        r#""next_hop":"10.20.0.25","next_hop_port":5061"#,
        r#""next_hop":"10.20.0.25","next_hop_port":0"#,
    );
    fs::write(checkout.0.path().join("plan.json"), plan).unwrap();
    let output = checkout.run(script);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(checkout.read("review.md").contains("IMP102"));
    is_report(&checkout.read("review.md"), &checkout.read("review.sarif"));
}

#[test]
fn the_script_for_gitlab_reviews_and_reports() {
    let pipeline = yaml("gitlab/federation.yml");
    let lines = pipeline.pointer("/federation/script").unwrap();
    let lines = lines.as_array().unwrap().iter();
    let own: Vec<&str> = lines
        .map(|line| line.as_str().unwrap())
        .filter(|line| line.starts_with("provider=") || line.starts_with("$provider"))
        .collect();
    assert_eq!(own.len(), 4, "{own:?}");
    let checkout = Checkout::new("partner-added-and-path-left");
    let plan = checkout.0.path().join("plan.json");
    let script = own
        .join("\n")
        .replace("/tmp/plan.json", plan.to_str().unwrap());
    let output = checkout.run(&script);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("Federation review"));
    is_report(
        &checkout.read("federation/review.md"),
        &checkout.read("federation/review.sarif"),
    );
}
