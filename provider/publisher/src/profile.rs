//! The schema profile: the names of tables, columns and enumerations of one release, as data.
//!
//! Cisco does not publish these names. A profile is a JSON file that an administrator can make and verify;
//! the built-in one is unverified, and never writes. Nothing here sends a request.

mod built_in;
mod catalogue;
mod file;
mod identifier;

#[cfg(test)]
mod tests;

pub(crate) use catalogue::{Catalogue, Column, NOT_NULL};
pub use file::Profile;
pub(crate) use file::{CompanionTable, EnumColumn, Setting};
pub(crate) use identifier::Identifier;

/// Where a profile comes from.
#[derive(Clone, Debug)]
pub enum ProfileSource {
    /// The built-in, unverified one.
    BuiltIn,
    /// A file.
    File(Box<Profile>),
}

impl ProfileSource {
    pub(crate) fn into_profile(self) -> Profile {
        match self {
            Self::BuiltIn => built_in::profile(),
            Self::File(profile) => *profile,
        }
    }
}

/// Why a text is not a schema profile.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct InvalidProfile(String);
