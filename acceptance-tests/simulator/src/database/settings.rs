//! The settings that federation depends on, read and written wherever the schema keeps them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Database, Writer};
use crate::schema::SettingPlace;
use crate::sql::SqlError;
use crate::value::Value;

/// The settings that federation depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The cluster's own SIP proxy domain.
    pub proxy_domain: Option<String>,
    /// Email address for federation.
    pub email_address_for_federation: bool,
    /// Partitioned intradomain federation.
    pub partitioned_federation: bool,
    /// TLS peer subjects, in alphabetical order.
    pub tls_peer_subjects: Vec<String>,
}

/// Those of a deployment in good order: federation through the company's own Microsoft servers will work.
impl Default for Settings {
    fn default() -> Self {
        Self {
            proxy_domain: Some("corp.example".to_owned()),
            email_address_for_federation: false,
            partitioned_federation: true,
            tls_peer_subjects: vec!["fe1.corp.example".to_owned(), "fe2.corp.example".to_owned()],
        }
    }
}

impl Database {
    pub(crate) fn settings(&self) -> Result<Settings, SqlError> {
        let places = &self.definition.settings;
        let flag = |place| -> Result<bool, SqlError> {
            Ok(matches!(
                self.setting(place)?.as_deref(),
                Some("t" | "true" | "1")
            ))
        };
        let subjects = &places.tls_peer_subjects;
        Ok(Settings {
            proxy_domain: self.setting(&places.proxy_domain)?,
            email_address_for_federation: flag(&places.email_address_for_federation)?,
            partitioned_federation: flag(&places.partitioned_federation)?,
            tls_peer_subjects: self.texts(
                &format!(
                    "SELECT \"{0}\" FROM \"{1}\" ORDER BY \"{0}\"",
                    subjects.column, subjects.table
                ),
                &[],
            )?,
        })
    }

    pub(crate) fn set_settings(&self, settings: &Settings) -> Result<(), SqlError> {
        let places = self.definition.settings.clone();
        self.set(
            &places.proxy_domain,
            Value::optional(settings.proxy_domain.as_deref()),
        )?;
        self.set(
            &places.email_address_for_federation,
            Value::flag(settings.email_address_for_federation),
        )?;
        self.set(
            &places.partitioned_federation,
            Value::flag(settings.partitioned_federation),
        )?;
        let subjects = &places.tls_peer_subjects;
        let table = self.table(&subjects.table)?;
        self.connection
            .execute(&format!("DELETE FROM \"{}\"", table.name), [])?;
        for subject in &settings.tls_peer_subjects {
            let value = (subjects.column.clone(), Value::text(subject));
            self.insert_row(table, &[value], Writer::Surgeon)?;
        }
        Ok(())
    }

    fn setting(&self, place: &SettingPlace) -> Result<Option<String>, SqlError> {
        let (condition, parameters) = row_condition(place);
        let sql = format!(
            "SELECT \"{}\" FROM \"{}\" WHERE {condition}",
            place.column, place.table
        );
        Ok(match self.scalar(&sql, &parameters)? {
            Some(Value::Text(text)) => Some(text),
            Some(Value::Integer(number)) => Some(number.to_string()),
            Some(Value::Null) | None => None,
        })
    }

    fn set(&self, place: &SettingPlace, value: Value) -> Result<(), SqlError> {
        let table = self.table(&place.table)?;
        let (condition, parameters) = row_condition(place);
        let rows = self.rows_where(table, &condition, &parameters)?;
        let assignment = (place.column.clone(), value);
        if rows.is_empty() {
            let mut values: Vec<(String, Value)> = place
                .condition
                .iter()
                .map(|(column, value)| (column.clone(), Value::text(value)))
                .collect();
            values.push(assignment);
            self.insert_row(table, &values, Writer::Surgeon)?;
        } else {
            self.update_rows(table, rows, &[assignment], Writer::Surgeon)?;
        }
        Ok(())
    }
}

fn row_condition(place: &SettingPlace) -> (String, Vec<Value>) {
    let mut condition = "1 = 1".to_owned();
    let mut parameters = Vec::new();
    for (column, value) in &place.condition {
        let _ = write!(condition, " AND \"{column}\" = ?");
        parameters.push(Value::text(value));
    }
    (condition, parameters)
}
