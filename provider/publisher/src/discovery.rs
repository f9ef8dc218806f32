//! Finding out what the tables of a publisher are called, by reading its catalogue and by watching what the
//! administration pages do. Nothing here writes.
//!
//! [`Discovery::survey`] ranks tables by their columns. A [`Recorder`] knows more: a person makes a change in the
//! administration pages, and the rows of before and after tell which table and which column it went to. Both end in a
//! [`Draft`] of a schema profile, which has names and no rows in it.

mod candidates;
mod contents;
mod draft;
mod enumerations;
mod findings;
mod meaning;
mod recording;
mod settings;
mod survey;

#[cfg(test)]
mod tests;

pub use candidates::Candidate;
pub use draft::Draft;
pub use meaning::{Meaning, Object};
pub use recording::{Observation, Recorder, Step, TableChange};
pub use survey::Survey;

use crate::axl::Axl;
use crate::publisher::check_is_publisher;
use crate::{Error, Scope};

/// Reads what a publisher's tables are. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Discovery {
    axl: Axl,
}

impl Discovery {
    pub(crate) fn new(axl: Axl) -> Self {
        Self { axl }
    }

    /// Reads the catalogue and the type tables. A subscriber is refused: its database may be behind.
    pub async fn survey(&self, scope: &Scope) -> Result<Survey, Error> {
        check_is_publisher(&self.axl, scope).await?;
        survey::read(&self.axl, scope).await
    }

    /// Reads the tables, so that changes to them are noticed from now on.
    pub async fn record(&self, survey: Survey, scope: &Scope) -> Result<Recorder, Error> {
        Recorder::begin(self.axl.clone(), survey, scope).await
    }
}
