//! A schema profile, drafted. It is never verified: that is for a person to do.

use serde_json::{Map, Value, json};

use super::findings::{Findings, Found};
use super::meaning::{Meaning, Object};
use super::settings;
use super::survey::Survey;
use crate::Profile;

/// What stands for a name that was not found. No profile with it is accepted.
const UNKNOWN: &str = "?";

/// A draft of a schema profile: names of tables, columns and enumerations, and no rows.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The profile. A name that was not found is `?`.
    pub profile: Value,
    /// What is missing or in doubt.
    pub open: Vec<String>,
    /// The fingerprint to write into `verification` once the profile has been tried; `None` while names are missing.
    pub fingerprint: Option<String>,
}

impl Survey {
    /// What the columns' names and types suggest.
    pub fn draft(&self) -> Draft {
        draft(self, &self.guesses())
    }
}

pub(super) fn draft(survey: &Survey, findings: &Findings) -> Draft {
    let mut open = Vec::new();
    let mut profile = json!({
        "format": 1,
        "name": format!("draft for {}", survey.release),
        "release": survey.release,
        "verification": null,
    });
    for object in Object::ALL {
        let nothing = Found::default();
        let found = findings.objects.get(&object).unwrap_or(&nothing);
        profile[object.key()] = drafted(survey, object, found, &mut open);
    }
    let companions = companions(findings, &mut open);
    if !companions.is_empty() {
        profile["companions"] = Value::Object(companions);
    }
    let settings = settings::drafted(survey, &mut open);
    if !settings.is_empty() {
        profile["settings"] = Value::Object(settings);
    }
    let fingerprint = Profile::from_json(&profile.to_string())
        .ok()
        .map(|profile| survey.fingerprint(&profile));
    Draft {
        profile,
        open,
        fingerprint,
    }
}

fn drafted(survey: &Survey, object: Object, found: &Found, open: &mut Vec<String>) -> Value {
    let table = if found.table.is_empty() {
        open.push(format!("No table was found for {}.", object.key()));
        UNKNOWN
    } else {
        found.table.as_str()
    };
    let mut columns = Map::new();
    let mut value = json!({ "table": table });
    for meaning in object.meanings() {
        let column = found.columns.get(meaning).map_or(UNKNOWN, String::as_str);
        if column == UNKNOWN && table != UNKNOWN {
            open.push(format!(
                "No column of {table} was found for {}.",
                meaning.key()
            ));
        }
        columns.insert(meaning.key().to_owned(), column.into());
        if matches!(
            meaning,
            Meaning::IntegrationType | Meaning::RouteType | Meaning::Protocol
        ) {
            value[meaning.key()] = enumeration(survey, *meaning, column, found, open);
        }
    }
    value["columns"] = Value::Object(columns);
    if object == Object::FederatedDomain
        && let Some(column) = learned(survey, table)
    {
        value["learned"] = json!({ "column": column, "value": "t" });
        open.push(format!(
            "By its name, {table}.{column} tells domains that were learned by open federation. See that it does."
        ));
    }
    value
}

/// The type table of an enumeration: the one that was seen in use, the one named after the column, or the only one
/// with such values.
fn enumeration(
    survey: &Survey,
    meaning: Meaning,
    column: &str,
    found: &Found,
    open: &mut Vec<String>,
) -> Value {
    let seen = found
        .type_tables
        .get(&meaning)
        .and_then(|table| survey.type_tables.get_key_value(table))
        .map(|(table, values)| (table.as_str(), values));
    let known = seen.or_else(|| survey.type_table_of(column)).or_else(|| {
        let mut all = survey.type_tables_for(meaning);
        all.next().filter(|_| all.next().is_none())
    });
    let Some((table, values)) = known else {
        open.push(format!("No type table was found for {}.", meaning.key()));
        return json!({ "table": UNKNOWN, "names": {} });
    };
    let names: Map<String, Value> = values
        .words(meaning)
        .into_iter()
        .map(|(word, name)| (word.to_owned(), name.into()))
        .collect();
    json!({ "table": table, "names": names })
}

fn learned<'a>(survey: &'a Survey, table: &str) -> Option<&'a str> {
    let columns = survey.columns(table).iter();
    let mut named = columns.filter(|column| {
        column.kind() == super::meaning::Kind::Switch && column.name.contains("learned")
    });
    named.next().map(|column| column.name.as_str())
}

fn companions(findings: &Findings, open: &mut Vec<String>) -> Map<String, Value> {
    let mut named = Map::new();
    // The two keys are checked alike, so that a table whose name says nothing may stand under either.
    let (acl, others): (Vec<_>, Vec<_>) = findings
        .companions
        .iter()
        .partition(|(table, _)| table.contains("acl"));
    let mut free = ["backend_gateway", "incoming_acl"].into_iter();
    let mut rest = acl.into_iter();
    if let Some((table, column)) = rest.next() {
        named.insert("incoming_acl".to_owned(), companion(table, column));
    }
    for (table, column) in others.into_iter().chain(rest) {
        match free.find(|key| !named.contains_key(*key)) {
            Some(key) => {
                named.insert(key.to_owned(), companion(table, column));
            }
            None => open.push(format!(
                "A row also appears in {table} with a domain ({column} has its name). The profile has no place for a \
                 third such table."
            )),
        }
    }
    if named.is_empty() {
        open.push("No table was found in which a row appears with a domain.".to_owned());
    }
    named
}

fn companion(table: &str, column: &str) -> Value {
    json!({ "table": table, "domain_column": column })
}
