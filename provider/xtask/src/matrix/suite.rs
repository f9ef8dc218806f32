//! One target of acceptance tests, run with one core.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use acceptance_tests::Terraform;
use anyhow::{Context as _, Result, bail};
use cargo_command::{cargo, executable};

use super::cores;
use super::expectations::Expectations;
use crate::workspace;

/// How much of a failed suite's output is repeated.
const LAST_LINES: usize = 60;

/// A target of acceptance tests that was built.
pub(super) struct Suite {
    name: String,
    executable: PathBuf,
}

/// What came of a suite with one core.
pub(super) struct Outcome {
    passed: BTreeSet<String>,
    failed: BTreeSet<String>,
    /// Each test with the feature that it needs.
    skipped: BTreeSet<(String, String)>,
    ended_well: bool,
    took: Duration,
    output: String,
}

impl Suite {
    /// Builds test targets, with the features of the whole workspace.
    pub(super) fn build(names: &[String]) -> Result<Vec<Self>> {
        let mut command = cargo();
        command.current_dir(workspace::root()?).args([
            "test",
            "--workspace",
            "--no-run",
            "--message-format=json-render-diagnostics",
        ]);
        for name in names {
            command.args(["--test", name]);
        }
        let output = command
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .context("cargo cannot be run")?;
        if !output.status.success() {
            bail!("the build failed; cargo says above why");
        }
        let messages = String::from_utf8_lossy(&output.stdout);
        let suite = |name: &String| {
            let executable = executable(&messages, name)
                .with_context(|| format!("cargo built no tests {name}"))?;
            Ok(Self {
                name: name.clone(),
                executable,
            })
        };
        names.iter().map(suite).collect()
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Runs the tests with a core.
    pub(super) fn run(&self, core: &Terraform, only: &[String]) -> Result<Outcome> {
        let record = tempfile::NamedTempFile::new()?;
        let began = Instant::now();
        let output = Command::new(&self.executable)
            .args(only)
            .current_dir(workspace::root()?.join("acceptance-tests"))
            .env("IMP_TEST_TERRAFORM", core.program())
            .env("IMP_TEST_SKIPS", record.path())
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("{} cannot be run", self.executable.display()))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let skipped = fs::read_to_string(record.path())?
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(test, feature)| (test.to_owned(), feature.to_owned()))
            .collect();
        Ok(Outcome {
            passed: self.tests(&text, "ok"),
            failed: self.tests(&text, "FAILED"),
            skipped,
            ended_well: output.status.success(),
            took: began.elapsed(),
            output: text,
        })
    }

    /// The tests that ended so, each behind the name of the suite.
    fn tests(&self, output: &str, end: &str) -> BTreeSet<String> {
        let lines = output.lines();
        lines
            .filter_map(|line| line.strip_prefix("test ")?.rsplit_once(" ... "))
            .filter(|(_, ended)| *ended == end)
            .map(|(test, _)| {
                let test = test.trim_end_matches(" - should panic");
                format!("{}::{test}", self.name)
            })
            .collect()
    }
}

impl Outcome {
    /// How many passed, were skipped and failed.
    pub(super) fn counts(&self) -> [usize; 3] {
        let skipped = self.skipped.len();
        [
            self.passed.len().saturating_sub(skipped),
            skipped,
            self.failed.len(),
        ]
    }

    pub(super) fn in_words(&self) -> String {
        let [passed, skipped, failed] = self.counts();
        let seconds = self.took.as_secs();
        format!("{passed} passed, {skipped} skipped, {failed} failed, in {seconds} s")
    }

    /// What is not as it has to be.
    pub(super) fn problems(
        &self,
        expectations: &Expectations,
        core: &Terraform,
        suite: &Suite,
    ) -> Result<Vec<String>> {
        let place = format!("{}, {}", cores::name(core), suite.name);
        if self.passed.is_empty() && self.failed.is_empty() && !self.ended_well {
            bail!("{place}: the tests did not run:\n{}", self.output);
        }
        let mut problems: Vec<String> = self
            .failed
            .iter()
            .map(|test| format!("{place}: {test} failed"))
            .collect();
        if !self.ended_well {
            let lines: Vec<&str> = self.output.lines().collect();
            let from = lines.len().saturating_sub(LAST_LINES);
            let end = lines.get(from..).unwrap_or_default().join("\n");
            problems.push(format!("{place}: the end of the output:\n{end}"));
        }
        let known = self.passed.union(&self.failed).cloned().collect();
        let expected = expectations.skips(core, &known);
        for (test, feature) in &self.skipped {
            if !expected.contains(&(test.as_str(), feature.as_str())) {
                problems.push(format!("{place}: {test} was skipped for lack of {feature}, which skips.txt does not say"));
            }
        }
        for (test, feature) in expected {
            if !self
                .skipped
                .contains(&(test.to_owned(), feature.to_owned()))
            {
                problems.push(format!(
                    "{place}: {test} was not skipped, though skips.txt says that it needs {feature}"
                ));
            }
        }
        Ok(problems)
    }
}
