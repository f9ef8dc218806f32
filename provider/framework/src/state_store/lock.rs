//! Locks, and what is worth knowing of whoever holds one.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{LockState, StateId};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// What came of locking a state.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Lock {
    /// It is locked. The text, which must not be empty, is what [`StateStore::unlock`](super::StateStore::unlock) gets.
    Held(String),
    /// The store cannot lock. Terraform goes on without a lock, and never unlocks.
    Unsupported,
}

/// Who has locked a state, when and what for: what a store keeps of a lock. In JSON it looks as in providers that are
/// made with terraform-plugin-framework.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct LockInfo {
    /// The lock's id, which no other lock has.
    pub id: String,
    /// What Terraform is doing, in its own words.
    pub operation: String,
    /// User and machine, `user@machine`, as far as the environment tells them.
    pub who: String,
    /// When.
    pub created: SystemTime,
}

/// What a store kept of a lock cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("what the store keeps of the lock cannot be read: {problem}")]
pub struct UnreadableLockInfo {
    problem: String,
}

/// As it is in JSON.
#[derive(Deserialize, Serialize)]
struct Kept {
    id: String,
    operation: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    who: String,
    created: String,
}

impl LockInfo {
    /// A new lock of this process, with an id of its own.
    pub fn new(lock: &LockState) -> Self {
        Self {
            id: Uuid::new_v4().to_string(),
            operation: lock.operation.clone(),
            who: who(),
            created: SystemTime::now(),
        }
    }

    /// The lock, for [`StateStore::lock`](super::StateStore::lock) to return.
    pub fn into_lock(self) -> Lock {
        Lock::Held(self.id)
    }

    /// What a store keeps.
    pub fn to_json(&self) -> String {
        let kept = Kept {
            id: self.id.clone(),
            operation: self.operation.clone(),
            who: self.who.clone(),
            created: prost_types::Timestamp::from(self.created).to_string(),
        };
        serde_json::json!(kept).to_string()
    }

    /// Reads what a store has kept.
    ///
    /// # Errors
    ///
    /// It is not what [`to_json`](Self::to_json) writes.
    pub fn from_json(json: &[u8]) -> Result<Self, UnreadableLockInfo> {
        let unreadable = |problem: String| UnreadableLockInfo { problem };
        let kept: Kept =
            serde_json::from_slice(json).map_err(|error| unreadable(error.to_string()))?;
        let created = kept.created.parse::<prost_types::Timestamp>();
        let created = created.map_err(|error| unreadable(error.to_string()))?;
        Ok(Self {
            id: kept.id,
            operation: kept.operation,
            who: kept.who,
            created: SystemTime::try_from(created)
                .map_err(|error| unreadable(error.to_string()))?,
        })
    }

    /// The error for who wants to lock what this lock holds.
    pub fn is_held(&self, state: &StateId) -> Diagnostic {
        Diagnostic::error("The state is locked").detail(format!(
            "Somebody is at work on the workspace {state}.\n\n{}\n\nWait until that has ended. If it ended without \
             unlocking, unlock with: terraform force-unlock {}",
            self.told(),
            self.id
        ))
    }

    /// The error for who wants to unlock this lock with the id of another.
    pub fn is_another(&self, state: &StateId, lock_id: &str) -> Diagnostic {
        Diagnostic::error("The lock is another's").detail(format!(
            "The state of the workspace {state} is not locked with the id {lock_id:?}.\n\n{}",
            self.told()
        ))
    }

    fn told(&self) -> String {
        let who = match self.who.as_str() {
            "" => "unknown",
            who => who,
        };
        let created = prost_types::Timestamp::from(self.created);
        format!(
            "  ID:        {}\n  Operation: {}\n  Who:       {who}\n  Since:     {created}",
            self.id, self.operation
        )
    }
}

impl From<UnreadableLockInfo> for Diagnostics {
    fn from(error: UnreadableLockInfo) -> Self {
        Diagnostic::error("Unreadable lock")
            .detail(format!(
                "The state is locked, but by whom is not known: {error}. Look at the lock where the store keeps it."
            ))
            .into()
    }
}

fn who() -> String {
    let user = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()));
    let machine = gethostname::gethostname();
    match (user, machine.to_string_lossy()) {
        (Some(user), machine) if machine.is_empty() => user,
        (Some(user), machine) => format!("{user}@{machine}"),
        (None, machine) => machine.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Lock, LockInfo};
    use crate::context::RequestContext;
    use crate::diagnostics::Diagnostics;
    use crate::state_store::{LockState, StateId};

    fn lock() -> LockState {
        LockState {
            id: StateId::new("default").unwrap(),
            operation: "OperationTypeApply".to_owned(),
            diagnostics: Diagnostics::new(),
            context: RequestContext::default(),
        }
    }

    #[test]
    fn every_lock_has_an_id_of_its_own_and_is_kept_as_json() {
        let info = LockInfo::new(&lock());
        assert_ne!(info.id, LockInfo::new(&lock()).id);
        assert_eq!(
            LockInfo::from_json(info.to_json().as_bytes()).unwrap(),
            info
        );
        assert_eq!(info.clone().into_lock(), Lock::Held(info.id));
    }

    #[test]
    fn what_another_framework_has_kept_is_read() {
        let json = br#"{"id":"17","operation":"plan","created":"2026-01-02T03:04:05.5Z"}"#;
        let info = LockInfo::from_json(json).unwrap();
        let created = SystemTime::UNIX_EPOCH + Duration::from_millis(1_767_323_045_500);
        assert_eq!((info.id.as_str(), info.created), ("17", created));
        let told = info.is_held(&StateId::new("default").unwrap()).to_string();
        for part in [
            "default",
            "plan",
            "unknown",
            "2026-01-02T03:04:05.500Z",
            "force-unlock 17",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        for json in [
            &b""[..],
            b"{}",
            br#"{"id":"1","operation":"plan","created":"yesterday"}"#,
            br#"{"id":"1","operation":"plan","created":"9999999999-01-01T00:00:00Z"}"#,
        ] {
            let diagnostics = Diagnostics::from(LockInfo::from_json(json).unwrap_err());
            assert!(
                diagnostics.to_string().contains("Unreadable lock"),
                "{diagnostics}"
            );
        }
    }
}
