//! Watching what the administration pages do: a person makes one change at a time, and the rows of before and after
//! tell where it went.

use std::collections::{BTreeMap, BTreeSet};

use super::contents::{Contents, Difference, is_pkid};
use super::draft::{Draft, draft};
use super::findings::{Findings, Found};
use super::meaning::{Meaning, Object};
use super::survey::Survey;
use crate::axl::{Axl, Row};
use crate::{Error, Scope};

const DOMAIN_NAME: &str = "imp-discovery.example";
const DOMAIN_DESCRIPTION: &str = "imp discovery of a domain";
const PATTERN: &str = ".example.imp-discovery";
const ROUTE_DESCRIPTION: &str = "imp discovery of a route";
const NEXT_HOP: &str = "192.0.2.117";
const PORT: &str = "5067";
const PRIORITY: &str = "7317";
const WEIGHT: &str = "4119";

/// One change that a person makes in the administration pages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// Add a SIP federated domain.
    AddDomain,
    /// Clear its *Direct Federation*.
    ClearDirectFederation,
    /// Add a static route.
    AddRoute,
    /// Clear its *Allow Less-Specific Route*.
    ClearLessSpecificRoute,
    /// Clear its *In Service*.
    ClearInService,
    /// Check its *Block Route*.
    CheckBlockRoute,
    /// Delete the static route.
    DeleteRoute,
    /// Delete the SIP federated domain.
    DeleteDomain,
}

/// Reads the tables before and after each change.
#[derive(Clone, Debug)]
pub struct Recorder {
    axl: Axl,
    survey: Survey,
    before: Contents,
    findings: Findings,
    /// The tables that changed with a step, besides the object's own.
    side_effects: BTreeMap<Object, BTreeSet<String>>,
    open: Vec<String>,
}

/// What a change did. Names of tables and columns, and no values.
#[derive(Clone, Debug, Default)]
pub struct Observation {
    /// Each table that changed.
    pub tables: Vec<TableChange>,
    /// What it tells, in sentences.
    pub learned: Vec<String>,
}

/// What changed in one table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TableChange {
    /// The table.
    pub table: String,
    /// How many rows appeared.
    pub added: usize,
    /// How many rows disappeared.
    pub removed: usize,
    /// The columns in which rows changed.
    pub columns: Vec<String>,
    /// Whether only the number of its rows is known to have changed: there are too many of them, or they hold secrets.
    pub only_counted: bool,
}

impl Step {
    /// All of them, in the order in which they are made.
    pub const ALL: [Self; 8] = [
        Self::AddDomain,
        Self::ClearDirectFederation,
        Self::AddRoute,
        Self::ClearLessSpecificRoute,
        Self::ClearInService,
        Self::CheckBlockRoute,
        Self::DeleteRoute,
        Self::DeleteDomain,
    ];

    /// What the person does, in the words of the pages.
    pub fn instruction(self) -> String {
        let domain = "Presence > Inter-Domain Federation > SIP Federation";
        let route = "Presence > Routing > Static Routes";
        match self {
            Self::AddDomain => format!(
                "In {domain}, add a domain and save it:\n  Domain Name        {DOMAIN_NAME}\n  Description        \
                 {DOMAIN_DESCRIPTION}\n  Integration Type   Inter-domain to OCS/Lync\n  Direct Federation  checked"
            ),
            Self::ClearDirectFederation => {
                format!("In {domain}, clear Direct Federation of {DOMAIN_NAME}, and save it.")
            }
            Self::AddRoute => format!(
                "In {route}, add a route and save it:\n  Destination Pattern        {PATTERN}\n  Description                \
                 {ROUTE_DESCRIPTION}\n  Next Hop                   {NEXT_HOP}\n  Next Hop Port              {PORT}\n  \
                 Route Type                 domain\n  Protocol Type              TLS\n  Priority                   \
                 {PRIORITY}\n  Weight                     {WEIGHT}\n  Allow Less-Specific Route  checked\n  In Service                 \
                 checked\n  Block Route                cleared"
            ),
            Self::ClearLessSpecificRoute => {
                format!("In {route}, clear Allow Less-Specific Route of {PATTERN}, and save it.")
            }
            Self::ClearInService => {
                format!("In {route}, clear In Service of {PATTERN}, and save it.")
            }
            Self::CheckBlockRoute => {
                format!("In {route}, check Block Route of {PATTERN}, and save it.")
            }
            Self::DeleteRoute => format!("In {route}, delete {PATTERN}."),
            Self::DeleteDomain => format!("In {domain}, delete {DOMAIN_NAME}."),
        }
    }

    fn object(self) -> Object {
        match self {
            Self::AddDomain | Self::ClearDirectFederation | Self::DeleteDomain => {
                Object::FederatedDomain
            }
            Self::AddRoute
            | Self::ClearLessSpecificRoute
            | Self::ClearInService
            | Self::CheckBlockRoute
            | Self::DeleteRoute => Object::StaticRoute,
        }
    }

    /// The switch that it turns.
    fn switch(self) -> Option<Meaning> {
        match self {
            Self::ClearDirectFederation => Some(Meaning::DirectFederation),
            Self::ClearLessSpecificRoute => Some(Meaning::AllowLessSpecificRoute),
            Self::ClearInService => Some(Meaning::InService),
            Self::CheckBlockRoute => Some(Meaning::BlockRoute),
            Self::AddDomain | Self::AddRoute | Self::DeleteRoute | Self::DeleteDomain => None,
        }
    }
}

impl Object {
    /// What the person entered, as it is found in a row.
    fn entered(self) -> &'static [(Meaning, &'static str)] {
        match self {
            Self::FederatedDomain => &[
                (Meaning::DomainName, DOMAIN_NAME),
                (Meaning::Description, DOMAIN_DESCRIPTION),
            ],
            Self::StaticRoute => &[
                (Meaning::DestinationPattern, PATTERN),
                (Meaning::Description, ROUTE_DESCRIPTION),
                (Meaning::NextHop, NEXT_HOP),
                (Meaning::NextHopPort, PORT),
                (Meaning::Priority, PRIORITY),
                (Meaning::Weight, WEIGHT),
            ],
        }
    }

    /// What the person chose from lists.
    fn chosen(self) -> &'static [(Meaning, &'static str)] {
        match self {
            Self::FederatedDomain => &[(Meaning::IntegrationType, "ocs_lync")],
            Self::StaticRoute => &[(Meaning::RouteType, "domain"), (Meaning::Protocol, "TLS")],
        }
    }
}

impl Recorder {
    pub(super) async fn begin(axl: Axl, survey: Survey, scope: &Scope) -> Result<Self, Error> {
        let before = Contents::read(&axl, &survey, None, scope).await?;
        Ok(Self {
            axl,
            survey,
            before,
            findings: Findings::default(),
            side_effects: BTreeMap::new(),
            open: Vec::new(),
        })
    }

    /// Reads the tables again after a change was made. Where nothing changed, the change was not saved yet; it can be
    /// observed again.
    pub async fn observe(&mut self, step: Step, scope: &Scope) -> Result<Observation, Error> {
        let only = self.interesting(step);
        let after = Contents::read(&self.axl, &self.survey, only.as_ref(), scope).await?;
        let differences = self.before.differences(&after);
        self.before.update(after);
        let mut learned = Vec::new();
        match step {
            Step::AddDomain | Step::AddRoute => self.appeared(step, &differences, &mut learned),
            Step::DeleteRoute | Step::DeleteDomain => {
                self.disappeared(step, &differences, &mut learned);
            }
            _ => self.turned(step, &differences, &mut learned),
        }
        Ok(Observation {
            tables: differences
                .iter()
                .map(|(table, difference)| TableChange {
                    table: table.clone(),
                    added: difference.added.len(),
                    removed: difference.removed.len(),
                    columns: difference.columns().into_iter().collect(),
                    only_counted: difference.counted,
                })
                .collect(),
            learned,
        })
    }

    /// What was found, as a profile.
    pub fn draft(&self) -> Draft {
        let mut drafted = draft(&self.survey, &self.findings);
        drafted.open.extend(self.open.iter().cloned());
        drafted
    }

    /// New rows may be anywhere; changes are where the object is, and what goes went with it.
    fn interesting(&self, step: Step) -> Option<BTreeSet<String>> {
        let found = self.findings.objects.get(&step.object())?;
        let mut tables = BTreeSet::from([found.table.clone()]);
        if step.switch().is_none() {
            tables.extend(
                self.side_effects
                    .get(&step.object())
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
        }
        Some(tables)
    }

    /// Something was added: the row with most of what was entered is the object's.
    fn appeared(
        &mut self,
        step: Step,
        differences: &BTreeMap<String, Difference>,
        learned: &mut Vec<String>,
    ) {
        let object = step.object();
        let rows = differences
            .iter()
            .flat_map(|(table, difference)| difference.added.iter().map(move |row| (table, row)));
        let Some((table, row)) = rows
            .clone()
            .max_by_key(|(_, row)| recognised(object, row).len())
            .filter(|(_, row)| recognised(object, row).len() > 1)
        else {
            learned.push("No new row has what was to be entered.".to_owned());
            return;
        };
        let mut found = Found {
            table: table.clone(),
            columns: recognised(object, row),
            type_tables: BTreeMap::new(),
        };
        learned.push(format!("{table} is the table of {}.", object.key()));
        if let Some(column) = self.key_column(table, row) {
            found.columns.insert(Meaning::Pkid, column);
        }
        for (meaning, word) in object.chosen() {
            if let Some((column, type_table)) = self.pointing(*meaning, word, row, &found) {
                found.columns.insert(*meaning, column);
                found.type_tables.insert(*meaning, type_table);
            }
        }
        for (meaning, column) in &found.columns {
            learned.push(format!("{table}.{column} is {}.", meaning.key()));
        }
        let others: Vec<(&String, &Row)> = rows.filter(|(other, _)| *other != table).collect();
        for (other, row) in &others {
            let named = row
                .columns()
                .find(|(_, value)| value.trim().eq_ignore_ascii_case(DOMAIN_NAME));
            match named {
                Some((column, _)) if object == Object::FederatedDomain => {
                    learned.push(format!(
                        "A row appeared in {other} as well; {other}.{column} has the domain's name."
                    ));
                    let companion = ((*other).clone(), column.to_owned());
                    if !self.findings.companions.contains(&companion) {
                        self.findings.companions.push(companion);
                    }
                }
                _ => learned.push(format!("A row appeared in {other} as well.")),
            }
        }
        let side_effects = others.iter().map(|(other, _)| (*other).clone()).collect();
        self.side_effects.insert(object, side_effects);
        self.findings.objects.insert(object, found);
    }

    /// A switch was turned: it is the one column that turned that way.
    fn turned(
        &mut self,
        step: Step,
        differences: &BTreeMap<String, Difference>,
        learned: &mut Vec<String>,
    ) {
        let (Some(meaning), Some(found)) =
            (step.switch(), self.findings.objects.get_mut(&step.object()))
        else {
            learned.push("Its table is not known.".to_owned());
            return;
        };
        let (from, to) = match meaning {
            Meaning::BlockRoute => ("f", "t"),
            _ => ("t", "f"),
        };
        let changed = differences.get(&found.table).into_iter();
        let columns: BTreeSet<&str> = changed
            .flat_map(|difference| &difference.changed)
            .flat_map(|(before, after)| {
                let turned = before
                    .columns()
                    .filter(move |(column, value)| *value == from && after.get(column) == Some(to));
                turned.map(|(column, _)| column)
            })
            .collect();
        let mut columns = columns.into_iter();
        match (columns.next(), columns.next()) {
            (Some(column), None) => {
                learned.push(format!("{}.{column} is {}.", found.table, meaning.key()));
                found.columns.insert(meaning, column.to_owned());
            }
            (None, _) => learned.push("No switch was turned.".to_owned()),
            (Some(_), Some(_)) => learned.push("More than one switch was turned.".to_owned()),
        }
    }

    /// Something was deleted: all that appeared with it should be gone.
    fn disappeared(
        &mut self,
        step: Step,
        differences: &BTreeMap<String, Difference>,
        learned: &mut Vec<String>,
    ) {
        let gone = |table: &String| {
            differences
                .get(table)
                .is_some_and(|difference| !difference.removed.is_empty())
        };
        let object = step.object();
        if !self
            .findings
            .objects
            .get(&object)
            .is_some_and(|found| gone(&found.table))
        {
            learned.push("Its row is still there.".to_owned());
            return;
        }
        learned.push("Its row is gone.".to_owned());
        for table in self.side_effects.get(&object).into_iter().flatten() {
            if gone(table) {
                learned.push(format!("The row in {table} went with it."));
            } else {
                let stayed = format!("The row in {table} stayed when it was deleted.");
                learned.push(stayed.clone());
                self.open.push(stayed);
            }
        }
    }

    /// The column of the primary key: written like one, and never NULL.
    fn key_column(&self, table: &str, row: &Row) -> Option<String> {
        let columns = self.survey.columns(table);
        let is_required = |name: &str| {
            columns
                .iter()
                .any(|column| column.name == name && column.is_required())
        };
        let mut keys = row
            .columns()
            .filter(|(name, value)| is_pkid(value.trim()) && is_required(name));
        let first = keys.next()?.0;
        Some(
            keys.fold(
                first,
                |known, (name, _)| if name == "pkid" { name } else { known },
            )
            .to_owned(),
        )
    }

    /// The column that points to what was chosen, and the type table: by name, else by the number that only one
    /// column and one type table agree on.
    fn pointing(
        &self,
        meaning: Meaning,
        word: &str,
        row: &Row,
        found: &Found,
    ) -> Option<(String, String)> {
        let free = |column: &str| !found.columns.values().any(|taken| taken == column);
        let number = |value: &str| value.trim().parse::<i64>().ok();
        let mut by_number = Vec::new();
        for (column, value) in row.columns().filter(|(column, _)| free(column)) {
            let Some(number) = number(value) else {
                continue;
            };
            if let Some((table, values)) = self.survey.type_table_of(column) {
                if values.number(meaning, word) == Some(number) && values.meaning() == Some(meaning)
                {
                    return Some((column.to_owned(), table.to_owned()));
                }
                continue;
            }
            for (table, values) in self.survey.type_tables_for(meaning) {
                if values.number(meaning, word) == Some(number) {
                    by_number.push((column.to_owned(), table.to_owned()));
                }
            }
        }
        match by_number.len() {
            1 => by_number.pop(),
            _ => None,
        }
    }
}

/// The columns of a row that have what was entered.
fn recognised(object: Object, row: &Row) -> BTreeMap<Meaning, String> {
    let mut columns = BTreeMap::new();
    for (meaning, entered) in object.entered() {
        let column = row
            .columns()
            .find(|(_, value)| value.trim().eq_ignore_ascii_case(entered));
        if let Some((column, _)) = column {
            columns.insert(*meaning, column.to_owned());
        }
    }
    columns
}
