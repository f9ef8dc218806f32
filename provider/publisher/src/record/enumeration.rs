//! Enumerations: their numbers differ from release to release, so that they are read by name.

use std::collections::BTreeMap;

use crate::axl::Row;
use crate::profile::EnumColumn;
use crate::sql::Literal;

/// The numbers of one enumeration, by the words of the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Enumeration(BTreeMap<String, Literal>);

impl Enumeration {
    /// From the rows of the type table; the error lists the names that are missing from it.
    pub(crate) fn new(column: &EnumColumn, rows: &[Row]) -> Result<Self, Vec<String>> {
        let mut numbers = BTreeMap::new();
        let mut problems = Vec::new();
        for (word, name) in &column.names {
            let row = rows
                .iter()
                .find(|row| row.get("name").is_some_and(|found| found.trim() == name));
            match row.and_then(|row| row.get("enum")?.trim().parse().ok()) {
                Some(number) => {
                    numbers.insert(word.clone(), Literal::Number(number));
                }
                None => problems.push(format!("the table {} has no name {name:?}", column.table)),
            }
        }
        if problems.is_empty() {
            Ok(Self(numbers))
        } else {
            Err(problems)
        }
    }

    /// With a placeholder for each number, as long as no publisher was asked.
    pub(crate) fn unread(column: &EnumColumn) -> Self {
        let placeholder = |(word, name): (&String, &String)| {
            let text = format!("{name} in {}", column.table);
            (word.clone(), Literal::Placeholder(text))
        };
        Self(column.names.iter().map(placeholder).collect())
    }

    /// The number of a word.
    pub(crate) fn number(&self, word: &str) -> Result<Literal, String> {
        self.0
            .get(word)
            .cloned()
            .ok_or_else(|| format!("the profile has no name for {word:?}"))
    }

    /// The word of a number.
    pub(crate) fn word(&self, number: &str) -> Result<&str, String> {
        let wanted: Option<Literal> = number.parse().ok().map(Literal::Number);
        self.0
            .iter()
            .find(|(_, number)| Some(*number) == wanted.as_ref())
            .map(|(word, _)| word.as_str())
            .ok_or_else(|| format!("the profile has no word for the number {number:?}"))
    }
}
