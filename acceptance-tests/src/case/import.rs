//! Importing what another workspace has in its state, and finding it the same.

use serde_json::{Map, Value};

use super::apply::planned;
use super::step::{Context, TestStep, use_folder};
use crate::{Action, Failure, PlanOptions, Workspace};

/// The file with the block that imports.
const IMPORT_FILE: &str = "import_of_this_step.tf";

/// The file into which a core writes configuration.
const GENERATED_FILE: &str = "generated.tf";

/// Imports a resource of the state into a workspace of its own, where it must come out the same and
/// leave nothing to do.
pub struct ImportStep {
    address: String,
    method: Method,
    ignored: Vec<String>,
    error: Option<String>,
}

enum Method {
    Command { id: String },
    Block { id: String },
    Identity { identity: Value },
    Generated { folder: String, id: String },
}

impl ImportStep {
    pub(super) fn by_command(address: &str, id: &str) -> Self {
        Self::new(address, Method::Command { id: id.to_owned() })
    }

    pub(super) fn by_block(address: &str, id: &str) -> Self {
        Self::new(address, Method::Block { id: id.to_owned() })
    }

    pub(super) fn by_identity(address: &str, identity: Value) -> Self {
        Self::new(address, Method::Identity { identity })
    }

    pub(super) fn generated(folder: &str, address: &str, id: &str) -> Self {
        let (folder, id) = (folder.to_owned(), id.to_owned());
        Self::new(address, Method::Generated { folder, id })
    }

    fn new(address: &str, method: Method) -> Self {
        Self {
            address: address.to_owned(),
            method,
            ignored: Vec::new(),
            error: None,
        }
    }

    /// An attribute at the root that an import cannot know, such as `timeouts`.
    #[must_use]
    pub fn ignoring(mut self, attribute: &str) -> Self {
        self.ignored.push(attribute.to_owned());
        self
    }

    /// The import must fail, with this text in the error.
    #[must_use]
    pub fn fails_with(mut self, text: &str) -> Self {
        self.error = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
        self
    }

    /// Runs `import`; what it wrote is the state of the new workspace.
    fn run_command(&self, workspace: &mut Workspace, id: &str) -> Result<Value, Failure> {
        let outcome = workspace.import(&self.address, id)?;
        if !outcome.success() {
            return Err(Failure::new(outcome.text()));
        }
        let state = workspace.state()?;
        Ok(state.resource(&self.address)?.values().clone())
    }

    /// Plans an import block; the object before the change is what was imported.
    fn plan_block(
        &self,
        workspace: &mut Workspace,
        key: &str,
        value: &Value,
        options: &PlanOptions,
    ) -> Result<Value, Failure> {
        let block = format!(
            "import {{\n  to = {}\n  {key} = {value}\n}}\n",
            self.address
        );
        workspace.write(IMPORT_FILE, &block)?;
        let plan = planned(workspace, options)?;
        let change = plan.change(&self.address)?;
        if !change.is_import() {
            return Err(Failure::new(format!(
                "nothing is imported:\n{}",
                plan.described()
            )));
        }
        Ok(change.before().clone())
    }

    fn import(&self, workspace: &mut Workspace) -> Result<Value, Failure> {
        match &self.method {
            Method::Command { id } => self.run_command(workspace, id),
            Method::Block { id } => {
                self.plan_block(workspace, "id", &id.as_str().into(), &PlanOptions::new())
            }
            Method::Identity { identity } => {
                self.plan_block(workspace, "identity", identity, &PlanOptions::new())
            }
            Method::Generated { id, .. } => {
                let options =
                    PlanOptions::new().argument(format!("-generate-config-out={GENERATED_FILE}"));
                self.plan_block(workspace, "id", &id.as_str().into(), &options)
            }
        }
    }

    fn without_ignored(&self, object: &Value) -> Map<String, Value> {
        let mut attributes = object.as_object().cloned().unwrap_or_default();
        attributes.retain(|name, _| !self.ignored.contains(name));
        attributes
    }
}

impl TestStep for ImportStep {
    fn describe(&self) -> String {
        let method = match self.method {
            Method::Command { .. } => "by command",
            Method::Block { .. } => "by block",
            Method::Identity { .. } => "by identity",
            Method::Generated { .. } => "with generated configuration",
        };
        format!("import {} {method}", self.address)
    }

    fn run(self: Box<Self>, context: &mut Context<'_>) -> Result<(), Failure> {
        let mut workspace = context.workspace.sibling()?;
        let configuration = match &self.method {
            Method::Generated { folder, .. } => context.folder(folder),
            _ => context.workspace.directory(),
        };
        use_folder(&mut workspace, &configuration)?;
        let imported = self.import(&mut workspace);
        context.workspace.include_transcript(&workspace);
        if let Some(error) = &self.error {
            return match imported {
                Ok(_) => Err(Failure::new("it succeeded")),
                Err(failure) => {
                    let text = failure
                        .to_string()
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ");
                    if text.contains(error) {
                        Ok(())
                    } else {
                        Err(failure.during(format!("the error should contain {error:?}")))
                    }
                }
            };
        }
        let imported = imported?;
        let original = context.workspace.state()?;
        let original = self.without_ignored(original.resource(&self.address)?.values());
        let imported = self.without_ignored(&imported);
        for name in original.keys().chain(imported.keys()) {
            if original.get(name) != imported.get(name) {
                return Err(Failure::new(format!(
                    "the attribute {name} is {:?} in the state but was imported as {:?}",
                    original.get(name),
                    imported.get(name)
                )));
            }
        }
        let plan = planned(&mut workspace, &PlanOptions::new())
            .map_err(|failure| failure.during("plan after import"))?;
        if plan.change(&self.address)?.action() != Action::NoOp {
            return Err(Failure::new(format!(
                "the plan after import should leave it as it is:\n{}",
                plan.described()
            )));
        }
        Ok(())
    }
}
