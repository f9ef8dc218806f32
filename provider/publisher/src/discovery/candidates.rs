//! Which tables look like the two that are sought, by their columns alone.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Findings, Found};
use super::meaning::{Meaning, Object};
use super::survey::{Column, Survey};

/// What it counts that a column points to the right enumeration.
const ENUMERATION: u32 = 30;

/// What it counts that a port is 5060 unless told otherwise.
const USUAL_PORT: u32 = 10;

/// What it counts that the most telling hint is in a name; each further one counts one less.
const HINT: u32 = 8;

/// Below this a table is not worth a look: a few words in common are chance.
const LEAST: u32 = 16;

/// A table that may be the one.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its name.
    pub table: String,
    /// How well its columns fit; only good for comparing.
    pub score: u32,
    /// The column for each meaning, where one fits.
    pub columns: BTreeMap<Meaning, String>,
}

impl Survey {
    /// The tables that may hold an object, the most likely first.
    pub fn candidates(&self, object: Object) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = self
            .ordinary_tables()
            .map(|(table, columns)| self.judge(object, table, columns))
            .filter(|candidate| candidate.score >= LEAST)
            .collect();
        candidates.sort_by(|one, other| {
            let order = other.score.cmp(&one.score);
            order.then_with(|| one.table.cmp(&other.table))
        });
        candidates
    }

    pub(super) fn guesses(&self) -> Findings {
        let mut findings = Findings::default();
        for object in Object::ALL {
            if let Some(best) = self.candidates(object).into_iter().next() {
                let found = Found {
                    table: best.table,
                    columns: best.columns,
                    type_tables: BTreeMap::new(),
                };
                findings.objects.insert(object, found);
            }
        }
        findings.companions = self.likely_companions();
        findings
    }

    fn judge(&self, object: Object, table: &str, columns: &[Column]) -> Candidate {
        let mut fits: Vec<(u32, Meaning, &str)> = Vec::new();
        for meaning in object.meanings() {
            for column in columns {
                let score = self.fit(*meaning, column);
                if score > 0 {
                    fits.push((score, *meaning, column.name.as_str()));
                }
            }
        }
        // A shorter name that has the same hint says less besides it.
        fits.sort_by_key(|(score, meaning, name)| {
            (std::cmp::Reverse(*score), name.len(), *meaning, *name)
        });
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        let mut candidate = Candidate {
            table: table.to_owned(),
            score: 0,
            columns: BTreeMap::new(),
        };
        for (score, meaning, name) in fits {
            if !candidate.columns.contains_key(&meaning) && taken.insert(name) {
                candidate.columns.insert(meaning, name.to_owned());
                candidate.score += score;
            }
        }
        candidate
    }

    /// How well a column fits a meaning; 0 where it cannot be.
    fn fit(&self, meaning: Meaning, column: &Column) -> u32 {
        if column.kind() != meaning.kind() {
            return 0;
        }
        if let Some((_, values)) = self.type_table_of(&column.name) {
            return if values.meaning() == Some(meaning) {
                ENUMERATION
            } else {
                0
            };
        }
        if meaning == Meaning::Pkid {
            return u32::from(column.name == "pkid" && column.length == 36);
        }
        let hint = meaning
            .hints()
            .iter()
            .zip((1..=HINT).rev())
            .find(|(hint, _)| column.name.contains(**hint))
            .map_or(0, |(_, score)| score);
        let is_usual_port = meaning == Meaning::NextHopPort
            && matches!(column.default.as_deref(), Some("5060" | "5061"));
        hint + if is_usual_port { USUAL_PORT } else { 0 }
    }

    /// Tables whose names say that they hold what the administration page makes with a domain.
    fn likely_companions(&self) -> Vec<(String, String)> {
        let named = |words: &[&[&str]], columns: &[&str]| {
            self.ordinary_tables().find_map(|(table, known)| {
                let fits = words
                    .iter()
                    .all(|any| any.iter().any(|word| table.contains(word)));
                let column = known
                    .iter()
                    .find(|column| columns.iter().any(|word| column.name.contains(word)))?;
                fits.then(|| (table.to_owned(), column.name.clone()))
            })
        };
        [
            named(
                &[&["acl"], &["incoming", "inbound"]],
                &["address", "host", "domain"],
            ),
            named(&[&["backendgateway", "externalgateway"]], &["domain"]),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
