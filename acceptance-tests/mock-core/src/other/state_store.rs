//! State stores: configured at the beginning of every command, then asked for states, and given them.

mod commands;
mod transfer;

use tfplugin_protocol::tfplugin6::{
    DynamicValue, StateStoreCapabilities, configure_state_store, delete_state, get_states,
    lock_state, unlock_state, validate_state_store_config,
};

use crate::config::Input;
use crate::core::Core;
use crate::diagnostic::Diagnostic;
use crate::problem::Rule;
use crate::report::{Failure, Report};

/// What core proposes as the size of a chunk, in bytes.
const PROPOSED_CHUNK_SIZE: i64 = 8 << 20;

/// The largest chunk core agrees to, in bytes.
const MAX_CHUNK_SIZE: i64 = 128 << 20;

/// A configured state store, as a command of Terraform has one.
#[derive(Clone, Debug)]
pub struct StateStore {
    core: Core,
    type_name: String,
    chunk_size: usize,
}

/// A lock that is to be given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateLock {
    /// The state it locks.
    pub workspace: String,
    /// What the provider calls it.
    pub id: String,
}

impl Core {
    /// Validates and configures a state store, as every command begins.
    pub async fn state_store(
        &self,
        type_name: &str,
        input: &Input,
    ) -> Result<(StateStore, Vec<Diagnostic>), Failure> {
        self.state_store_in_chunks(type_name, input, PROPOSED_CHUNK_SIZE)
            .await
    }

    /// The same, where another size of chunks is proposed.
    pub async fn state_store_in_chunks(
        &self,
        type_name: &str,
        input: &Input,
        proposed: i64,
    ) -> Result<(StateStore, Vec<Diagnostic>), Failure> {
        let mut report = Report::about(&format!("state_store.{type_name}"));
        let chunk_size = self
            .configure_store(type_name, input, proposed, &mut report)
            .await;
        let store = StateStore {
            core: self.clone(),
            type_name: type_name.to_owned(),
            chunk_size: chunk_size.unwrap_or_default(),
        };
        report.finish(store)
    }

    async fn configure_store(
        &self,
        type_name: &str,
        input: &Input,
        proposed: i64,
        report: &mut Report,
    ) -> Option<usize> {
        if !self.version().has_state_stores() {
            report.refuse("this core has no state stores");
            return None;
        }
        let stores = &self.schemas().state_stores;
        if stores.is_empty() {
            report.refuse("Provider does not support pluggable state storage");
            return None;
        }
        let (_, config, wire) = Self::prepare("state store", stores, type_name, input, report)?;
        if !config.is_wholly_known() {
            report.refuse("a state_store block has constants alone");
            return None;
        }
        self.validate_store(type_name, &wire, report).await?;
        // Core configures whatever the validation has said, and looks at both afterwards.
        let request = configure_state_store::Request {
            type_name: type_name.to_owned(),
            config: Some(wire),
            capabilities: Some(StateStoreCapabilities {
                chunk_size: proposed,
            }),
        };
        let answer = self.client().configure_state_store(request).await;
        let answer = report.answer("ConfigureStateStore", answer)?;
        report.absorb(&answer.diagnostics);
        if report.has_problems() {
            return None;
        }
        let wanted = answer.capabilities.unwrap_or_default().chunk_size;
        let acceptable = (1..=MAX_CHUNK_SIZE).contains(&wanted);
        if !acceptable {
            let detail = format!(
                "Expected size > 0 and <= {MAX_CHUNK_SIZE} bytes, provider wants {wanted} bytes"
            );
            report.violation(Rule::UnacceptableChunkSize, detail);
        }
        usize::try_from(wanted).ok()
    }

    async fn validate_store(
        &self,
        type_name: &str,
        config: &DynamicValue,
        report: &mut Report,
    ) -> Option<()> {
        let request = validate_state_store_config::Request {
            type_name: type_name.to_owned(),
            config: Some(config.clone()),
        };
        let answer = self.client().validate_state_store_config(request).await;
        let answer = report.answer("ValidateStateStoreConfig", answer)?;
        report.absorb(&answer.diagnostics);
        Some(())
    }
}

impl StateStore {
    /// The most bytes in one chunk, as agreed.
    pub fn chunk_size(&self) -> usize {
        self.chunk_size
    }

    /// The workspaces that have a state.
    pub async fn workspaces(&self) -> Result<Vec<String>, Failure> {
        let mut report = self.report();
        let request = get_states::Request {
            type_name: self.type_name.clone(),
        };
        let answer = self.core.client().get_states(request).await;
        let mut workspaces = Vec::new();
        if let Some(answer) = report.answer("GetStates", answer) {
            report.absorb(&answer.diagnostics);
            workspaces = answer.state_ids;
        }
        Ok(report.finish(workspaces)?.0)
    }

    /// Locks a state; none where the provider says that it cannot lock. Core does not try again.
    pub async fn lock(
        &self,
        workspace: &str,
        operation: &str,
    ) -> Result<Option<StateLock>, Failure> {
        let mut report = self.report();
        let request = lock_state::Request {
            type_name: self.type_name.clone(),
            state_id: workspace.to_owned(),
            operation: operation.to_owned(),
        };
        let answer = self.core.client().lock_state(request).await;
        let mut id = String::new();
        if let Some(answer) = report.answer("LockState", answer) {
            report.absorb(&answer.diagnostics);
            id = answer.lock_id;
        }
        let lock = (!id.is_empty()).then(|| StateLock {
            workspace: workspace.to_owned(),
            id,
        });
        Ok(report.finish(lock)?.0)
    }

    /// Gives a lock back. `terraform force-unlock` does it with an id that a user wrote.
    pub async fn unlock(&self, lock: &StateLock) -> Result<(), Failure> {
        let mut report = self.report();
        let request = unlock_state::Request {
            type_name: self.type_name.clone(),
            state_id: lock.workspace.clone(),
            lock_id: lock.id.clone(),
        };
        let answer = self.core.client().unlock_state(request).await;
        if let Some(answer) = report.answer("UnlockState", answer) {
            report.absorb(&answer.diagnostics);
        }
        report.finish(()).map(|_| ())
    }

    /// Deletes a state.
    pub async fn delete(&self, workspace: &str) -> Result<Vec<Diagnostic>, Failure> {
        let mut report = self.report();
        let request = delete_state::Request {
            type_name: self.type_name.clone(),
            state_id: workspace.to_owned(),
        };
        let answer = self.core.client().delete_state(request).await;
        if let Some(answer) = report.answer("DeleteState", answer) {
            report.absorb(&answer.diagnostics);
        }
        Ok(report.finish(())?.1)
    }

    fn report(&self) -> Report {
        Report::about(&format!("state_store.{}", self.type_name))
    }
}

#[cfg(test)]
mod tests;
