//! The change log: a line before and a line after each write.

#[cfg(test)]
mod tests;

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::Error;
use crate::axl::{Unwritten, Written};
use crate::sql::Assignment;

/// A file of JSON lines that is only appended to.
#[derive(Debug)]
pub(crate) struct ChangeLog {
    path: PathBuf,
    publisher: String,
    user: String,
}

/// A write that was begun.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    log: &'a ChangeLog,
    id: String,
}

impl ChangeLog {
    pub(crate) fn new(path: PathBuf, publisher: &str, user: &str) -> Self {
        Self {
            path,
            publisher: publisher.to_owned(),
            user: user.to_owned(),
        }
    }

    /// Writes down what is about to be sent, and the row as it was. An error means that nothing may be
    /// sent.
    pub(crate) async fn begin(
        &self,
        statement: &str,
        prior: Option<&[Assignment<'_>]>,
    ) -> Result<Entry<'_>, Error> {
        let id = uuid::Uuid::new_v4().to_string();
        let prior = prior.map(|columns| {
            columns
                .iter()
                .map(|(column, value)| (column.to_string(), json!(value.to_sql())))
                .collect::<serde_json::Map<_, _>>()
        });
        self.append(json!({
            "event": "begin",
            "id": id,
            "time": now(),
            "publisher": self.publisher,
            "user": self.user,
            "statement": statement,
            "prior_row": prior,
        }))
        .await
        .map_err(|error| Error::ChangeLog {
            path: self.path.display().to_string(),
            cause: error.to_string(),
        })?;
        Ok(Entry { log: self, id })
    }

    async fn append(&self, line: serde_json::Value) -> std::io::Result<()> {
        let path = self.path.clone();
        let append = move || -> std::io::Result<()> {
            let mut file: File = OpenOptions::new().create(true).append(true).open(path)?;
            // One call, so that lines of several processes do not mix.
            file.write_all(format!("{line}\n").as_bytes())?;
            file.sync_data()
        };
        tokio::task::spawn_blocking(append)
            .await
            .unwrap_or_else(|error| Err(std::io::Error::other(error)))
    }
}

impl Entry<'_> {
    /// Writes down what came of it. The write has happened by now, so that a full disk only warns.
    pub(crate) async fn end(self, result: &Result<Written, Unwritten>) {
        let outcome = match result {
            Ok(written) => json!({ "rows_updated": written.rows }),
            Err(Unwritten { error, sent }) => json!({ "error": error.to_string(), "sent": sent }),
        };
        self.end_with(outcome).await;
    }

    /// Writes down what came of something that is no write of a row.
    pub(crate) async fn end_with(self, outcome: serde_json::Value) {
        let line = json!({ "event": "end", "id": self.id, "time": now(), "outcome": outcome });
        if let Err(error) = self.log.append(line).await {
            tracing::warn!(path = %self.log.path.display(), %error, "the change log cannot be written");
        }
    }
}

fn now() -> String {
    OffsetDateTime::now_utc()
        .format(&Rfc3339)
        .unwrap_or_default()
}
