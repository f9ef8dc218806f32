//! Where the settings that federation depends on are kept, as far as names tell: columns of their own, or rows of a
//! table that has a name and a value in each.

use serde_json::{Map, Value, json};

use super::meaning::Kind;
use super::survey::Survey;

/// A setting, and how it is recognised by the name of its column or its parameter.
struct Known {
    key: &'static str,
    /// What a column of its own holds.
    kind: Kind,
    /// One of these is in the name, whose letters are taken as lower case.
    words: &'static [&'static str],
    /// One of these is in the name, or in that of the table.
    about: &'static [&'static str],
}

const KNOWN: [Known; 4] = [
    Known {
        key: "proxy_domain",
        kind: Kind::Text,
        words: &["proxydomain", "sipdomain"],
        about: &["proxy", "sip"],
    },
    Known {
        key: "email_address_for_federation",
        kind: Kind::Switch,
        words: &["emailaddress", "useemail"],
        about: &["fed"],
    },
    Known {
        key: "partitioned_federation",
        kind: Kind::Switch,
        words: &["partition"],
        about: &["fed"],
    },
    Known {
        key: "tls_peer_subjects",
        kind: Kind::Text,
        words: &["subject"],
        about: &["tlspeer"],
    },
];

/// A table with a parameter in each row.
#[derive(Clone, Debug)]
pub(super) struct Parameters {
    pub(super) table: String,
    pub(super) name_column: String,
    pub(super) value_column: String,
    /// The names of the parameters.
    pub(super) names: Vec<String>,
}

/// The columns of names and of values, where a table has them.
pub(super) fn parameter_columns(columns: &[super::survey::Column]) -> Option<(&str, &str)> {
    let ending = |end: &str| {
        let mut fitting = columns
            .iter()
            .filter(|column| column.kind() == Kind::Text && column.name.ends_with(end));
        fitting.next().map(|column| column.name.as_str())
    };
    let (name, value) = (ending("paramname")?, ending("paramvalue")?);
    Some((name, value))
}

/// The settings whose places are told by their names. What is not found, or in more than one place, is left out, and
/// said in `open`.
pub(super) fn drafted(survey: &Survey, open: &mut Vec<String>) -> Map<String, Value> {
    let mut settings = Map::new();
    for known in &KNOWN {
        let mut places = places(survey, known);
        match (places.pop(), places.is_empty()) {
            (Some(place), true) => {
                settings.insert(known.key.to_owned(), place);
            }
            (None, _) => open.push(format!(
                "No place was found for the setting {}. Without it nothing that depends on it is checked.",
                known.key
            )),
            (Some(last), false) => {
                places.push(last);
                let places: Vec<String> = places.iter().map(Value::to_string).collect();
                open.push(format!(
                    "The setting {} may be in several places: {}. Write the right one into `settings`.",
                    known.key,
                    places.join(", ")
                ));
            }
        }
    }
    if !settings.is_empty() {
        open.push(
            "The places in `settings` are told by their names alone. Compare what the data source imp_publisher shows \
             with the administration pages."
                .to_owned(),
        );
    }
    settings
}

fn places(survey: &Survey, known: &Known) -> Vec<Value> {
    let mut places = Vec::new();
    for (table, columns) in survey.ordinary_tables() {
        for column in columns {
            if column.kind() == known.kind && known.fits(&column.name, table) {
                places.push(json!({ "table": table, "column": column.name }));
            }
        }
    }
    for parameters in &survey.parameters {
        for name in &parameters.names {
            if known.fits(name, "") {
                places.push(json!({
                    "table": parameters.table,
                    "column": parameters.value_column,
                    "where": { parameters.name_column.as_str(): name },
                }));
            }
        }
    }
    places
}

impl Known {
    fn fits(&self, name: &str, table: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
        any(self.words) && (any(self.about) || self.about.iter().any(|word| table.contains(word)))
    }
}
