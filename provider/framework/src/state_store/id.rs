//! What a state is called.

use std::fmt;

use crate::diagnostics::{Diagnostic, Diagnostics};

/// The name of a state, which is that of its workspace.
///
/// It is safe as the name of a file and as a segment of a URL: letters and digits of ASCII and `-_.~$&+:=@` alone, which is
/// what Terraform takes as the name of a workspace, and never empty, `.` or `..`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct StateId(String);

/// A name that no workspace has.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "no workspace can be called {name:?}: its name has letters and digits of ASCII and -_.~$&+:=@ alone, and is not empty, . or .."
)]
pub struct InvalidStateId {
    /// The name.
    pub name: String,
}

impl StateId {
    /// The state of a name.
    ///
    /// # Errors
    ///
    /// No workspace can have this name.
    pub fn new(name: impl Into<String>) -> Result<Self, InvalidStateId> {
        let name = name.into();
        let plain = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~$&+:=@".contains(&byte));
        if plain && !matches!(name.as_str(), "" | "." | "..") {
            Ok(Self(name))
        } else {
            Err(InvalidStateId { name })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StateId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<StateId> for String {
    fn from(id: StateId) -> Self {
        id.0
    }
}

impl From<InvalidStateId> for Diagnostics {
    fn from(error: InvalidStateId) -> Self {
        Diagnostic::error("Invalid workspace name")
            .detail(format!(
                "In the state store, {error}. Choose another name for the workspace."
            ))
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::StateId;

    #[test]
    fn what_is_no_safe_name_is_none() {
        for name in ["default", "a", "team-1_x.y~z", "$&+:=@", "..."] {
            assert_eq!(StateId::new(name).unwrap().as_str(), name);
        }
        for name in [
            "", ".", "..", "a/b", "a\\b", "../x", "a b", "ä", "a\0", "a;b", "a,b", "a?b", "%2F",
        ] {
            assert_eq!(StateId::new(name).unwrap_err().name, name);
        }
    }
}
