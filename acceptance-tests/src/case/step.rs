//! What a step is, and the steps there are.

use std::path::{Path, PathBuf};

use super::{ApplyStep, FailureStep, ImportStep, PlanStep};
use crate::{Failure, Workspace};

/// One step of a test case.
pub trait TestStep {
    /// What it does, for failures: `apply basic`.
    fn describe(&self) -> String;

    /// Does it.
    fn run(self: Box<Self>, context: &mut Context<'_>) -> Result<(), Failure>;
}

/// What a step works with.
pub struct Context<'a> {
    /// The workspace, as the steps before have left it.
    pub workspace: &'a mut Workspace,
    test_data: &'a Path,
    pub(super) tolerated: &'a [String],
}

impl<'a> Context<'a> {
    pub(super) fn new(
        workspace: &'a mut Workspace,
        test_data: &'a Path,
        tolerated: &'a [String],
    ) -> Self {
        Self {
            workspace,
            test_data,
            tolerated,
        }
    }

    /// A folder of the test data.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.test_data.join(name)
    }

    /// Replaces the configuration by a folder of the test data, with its modules.
    pub fn use_folder(&mut self, name: &str) -> Result<(), Failure> {
        use_folder(self.workspace, &self.folder(name))
    }
}

/// Replaces a workspace's configuration by a folder, with its modules.
pub(super) fn use_folder(workspace: &mut Workspace, folder: &Path) -> Result<(), Failure> {
    workspace.use_configuration(folder)?;
    let has_modules = folder
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.path().is_dir());
    if has_modules {
        workspace.get_modules()?;
    }
    Ok(())
}

/// The steps there are.
#[derive(Clone, Copy, Debug)]
pub enum Step {}

impl Step {
    /// Plan, apply, and plan again with nothing left to do, with and without a refresh.
    pub fn apply(folder: &str) -> ApplyStep {
        ApplyStep::new(folder)
    }

    /// Plan without applying.
    pub fn plan(folder: &str) -> PlanStep {
        PlanStep::new(folder)
    }

    /// A command that must fail.
    pub fn fails(folder: &str) -> FailureStep {
        FailureStep::new(folder)
    }

    /// Import of what is in the state, with `import`, into a workspace of its own.
    pub fn import(address: &str, id: &str) -> ImportStep {
        ImportStep::by_command(address, id)
    }

    /// Import of what is in the state, with an `import` block, into a workspace of its own.
    pub fn import_block(address: &str, id: &str) -> ImportStep {
        ImportStep::by_block(address, id)
    }

    /// Import of what is in the state by its identity, the attributes of which are given as an object.
    pub fn import_identity(address: &str, identity: serde_json::Value) -> ImportStep {
        ImportStep::by_identity(address, identity)
    }

    /// Import of what is in the state with configuration written by the core. The folder has all of the
    /// configuration but the resource and its import block.
    pub fn import_generated(folder: &str, address: &str, id: &str) -> ImportStep {
        ImportStep::generated(folder, address, id)
    }

    /// Anything else: changing the other side behind Terraform's back, running another command.
    pub fn act<F>(description: &str, act: F) -> impl TestStep + use<F>
    where
        F: FnOnce(&mut Context<'_>) -> Result<(), Failure>,
    {
        Act {
            description: description.to_owned(),
            act,
        }
    }
}

struct Act<F> {
    description: String,
    act: F,
}

impl<F> TestStep for Act<F>
where
    F: FnOnce(&mut Context<'_>) -> Result<(), Failure>,
{
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn run(self: Box<Self>, context: &mut Context<'_>) -> Result<(), Failure> {
        (self.act)(context)
    }
}
