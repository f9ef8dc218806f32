//! What Terraform's commands do with a store, each in its order.

use super::StateStore;
use crate::problem::Rule;
use crate::report::{Failure, Report};

/// The workspace that always exists, be there a state of it or not.
const DEFAULT_WORKSPACE: &str = "default";

/// The state of a workspace in which there is nothing yet.
const NOTHING: &[u8] = br#"{"version":4,"serial":1,"lineage":"1","outputs":{},"resources":[]}"#;

impl StateStore {
    /// `terraform apply`: locks the state, reads it, writes what becomes of it, and unlocks it, whatever failed.
    pub async fn change(
        &self,
        workspace: &str,
        operation: &str,
        change: impl FnOnce(Option<Vec<u8>>) -> Vec<u8>,
    ) -> Result<(), Failure> {
        let lock = self.lock(workspace, operation).await?;
        let changed = match self.read(workspace).await {
            Ok(state) => self.write(workspace, &change(state)).await,
            Err(failure) => Err(failure),
        };
        let unlocked = match lock {
            Some(lock) => self.unlock(&lock).await,
            None => Ok(()),
        };
        changed.and(unlocked)
    }

    /// `terraform workspace new`: writes a state with nothing in it, without locking it.
    pub async fn new_workspace(&self, workspace: &str) -> Result<(), Failure> {
        if self.workspaces().await?.iter().any(|it| it == workspace) {
            return self.refused(format!("Workspace {workspace:?} already exists"));
        }
        let state = self.read(workspace).await?;
        self.write(workspace, state.as_deref().unwrap_or(NOTHING))
            .await?;
        // The next command selects it.
        let mut report = self.report();
        if !self.workspaces().await?.iter().any(|it| it == workspace) {
            let detail = format!("{workspace:?} was written and is not among the states");
            report.violation(Rule::MissingWorkspace, detail);
        }
        report.finish(()).map(|_| ())
    }

    /// `terraform workspace delete`: looks at the state under its lock, and deletes it without.
    pub async fn delete_workspace(&self, current: &str, workspace: &str) -> Result<(), Failure> {
        let listed = self.workspaces().await?.iter().any(|it| it == workspace);
        if !listed {
            return self.refused(format!("Workspace {workspace:?} doesn't exist."));
        }
        if workspace == current {
            return self.refused(format!("Workspace {workspace:?} is your active workspace."));
        }
        if workspace == DEFAULT_WORKSPACE {
            return self.refused("Cannot delete the default workspace".to_owned());
        }
        // Terraform says this of the deletion of a workspace.
        let lock = self.lock(workspace, "state-replace-provider").await?;
        let read = self.read(workspace).await;
        if let Some(lock) = lock {
            self.unlock(&lock).await?;
        }
        read?;
        self.delete(workspace).await?;
        let mut report = self.report();
        if self.workspaces().await?.iter().any(|it| it == workspace) {
            let detail = format!("{workspace:?} was deleted and is still among the states");
            report.violation(Rule::RemainingWorkspace, detail);
        }
        report.finish(()).map(|_| ())
    }

    fn refused(&self, reason: String) -> Result<(), Failure> {
        let mut report: Report = self.report();
        report.refuse(reason);
        report.finish(()).map(|_| ())
    }
}
