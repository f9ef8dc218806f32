//! Reading tables: all of it in one request where the publisher allows that, else page by page.

use std::collections::HashMap;
use std::sync::Arc;

use super::Shared;
use super::store::Store;
use crate::axl::Row;
use crate::domain::Pkid;
use crate::profile::Identifier;
use crate::record::{Enumeration, Record, Stored};
use crate::sql::quoted;
use crate::table::Table;
use crate::{Error, Scope};

/// How recent a reading must be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Freshness {
    /// At most ten minutes old, with the writes of this client in it.
    Snapshot,
    /// Begun after it was asked for.
    Fresh,
}

/// Rows that are understood, and what is wrong with the others.
type Rows<T> = (Vec<Stored<T>>, HashMap<String, String>);

impl Shared {
    /// A whole table. Those who ask at the same time share one reading.
    pub(super) async fn read<T: Record>(
        &self,
        store: &Store<T>,
        freshness: Freshness,
        scope: &Scope,
    ) -> Result<Arc<Table<T, T::Key>>, Error> {
        if freshness == Freshness::Snapshot
            && let Some(table) = store.current()
        {
            return Ok(table);
        }
        let wanted = store.next_number();
        let _flight = tokio::select! {
            biased;
            () = scope.cancellation.cancelled() => return Err(Error::Cancelled),
            flight = store.flight.lock() => flight,
        };
        let shared = match freshness {
            Freshness::Snapshot => store.current(),
            Freshness::Fresh => store.since(wanted),
        };
        if let Some(table) = shared {
            return Ok(table);
        }
        self.contact(scope).await?;
        let enumerations = self.enumerations(store, scope).await?;
        let number = store.begin();
        let rows = self.all_rows::<T>(scope).await?;
        let (rows, unreadable) = self.understand(&enumerations, &rows);
        let table = Arc::new(Table::new(rows, unreadable));
        store.replace(number, Arc::clone(&table));
        Ok(table)
    }

    /// The rows with a primary key or a natural key, read directly.
    pub(super) async fn find<T: Record>(
        &self,
        store: &Store<T>,
        pkid: Option<&Pkid>,
        key: Option<&T::Key>,
        scope: &Scope,
    ) -> Result<Vec<Stored<T>>, Error> {
        let by_pkid = pkid.map(|pkid| {
            let column = T::key_column(&self.profile);
            format!("{column} = {}", quoted(pkid.as_str()))
        });
        let by_key = key.map(|key| T::condition(&self.profile, key));
        let conditions: Vec<String> = by_pkid.into_iter().chain(by_key).collect();
        if conditions.is_empty() {
            return Ok(Vec::new());
        }
        self.contact(scope).await?;
        let enumerations = self.enumerations(store, scope).await?;
        let sql = format!("{} WHERE {}", self.select::<T>(""), conditions.join(" OR "));
        let rows = self.axl.query(&sql, scope).await?;
        let (rows, unreadable) = self.understand::<T>(&enumerations, &rows);
        if let Some(pkid) = pkid
            && let Some(problem) = unreadable.get(pkid.as_str())
        {
            return Err(Error::UnreadableRow {
                pkid: pkid.to_string(),
                problem: problem.clone(),
            });
        }
        Ok(rows
            .into_iter()
            .filter(|row| pkid == Some(&row.pkid) || key.is_some_and(|key| row.value.key() == *key))
            .collect())
    }

    /// The numbers of the enumerations that a table points to, asked for once.
    pub(super) async fn enumerations<T: Record>(
        &self,
        store: &Store<T>,
        scope: &Scope,
    ) -> Result<Arc<Vec<Enumeration>>, Error> {
        let read = async {
            let mut enumerations = Vec::new();
            let mut problems = Vec::new();
            for column in T::enumerations(&self.profile) {
                let sql = format!("SELECT enum, name FROM {}", column.table);
                let rows = self.axl.query(&sql, scope).await?;
                match Enumeration::new(column, &rows) {
                    Ok(enumeration) => enumerations.push(enumeration),
                    Err(missing) => problems.extend(missing),
                }
            }
            if problems.is_empty() {
                Ok(Arc::new(enumerations))
            } else {
                Err(self.mismatch(problems))
            }
        };
        store.enumerations.get_or_try_init(|| read).await.cloned()
    }

    /// Every row, in the order of the primary key.
    async fn all_rows<T: Record>(&self, scope: &Scope) -> Result<Vec<Row>, Error> {
        let order = format!("ORDER BY {}", T::key_column(&self.profile));
        let whole = format!("{} {order}", self.select::<T>(""));
        match self.axl.query(&whole, scope).await {
            Err(error) => match page_size(&error) {
                Some(size) => self.pages::<T>(size, &order, scope).await,
                None => Err(error),
            },
            rows => rows,
        }
    }

    /// Page by page. Each begins after the last primary key of the one before, so that rows which come and
    /// go meanwhile cannot hide or double others.
    async fn pages<T: Record>(
        &self,
        mut size: u64,
        order: &str,
        scope: &Scope,
    ) -> Result<Vec<Row>, Error> {
        let column = T::key_column(&self.profile);
        let mut rows: Vec<Row> = Vec::new();
        let mut last: Option<String> = None;
        loop {
            let after = last.as_ref().map_or_else(String::new, |last| {
                format!(" WHERE {column} > {}", quoted(last))
            });
            let first = format!("FIRST {size} ");
            let sql = format!("{}{after} {order}", self.select::<T>(&first));
            let page = match self.axl.query(&sql, scope).await {
                Ok(page) => page,
                Err(error) => match page_size(&error) {
                    Some(smaller) if smaller < size => {
                        size = smaller;
                        continue;
                    }
                    _ => return Err(error),
                },
            };
            let full = u64::try_from(page.len()).is_ok_and(|length| length >= size);
            last = page
                .last()
                .and_then(|row| row.get(column.as_str()))
                .map(|pkid| pkid.trim().to_owned());
            rows.extend(page);
            if !full || last.is_none() {
                return Ok(rows);
            }
        }
    }

    fn select<T: Record>(&self, first: &str) -> String {
        let columns: Vec<&str> = T::columns(&self.profile)
            .into_iter()
            .map(Identifier::as_str)
            .collect();
        format!(
            "SELECT {first}{} FROM {}",
            columns.join(", "),
            T::table(&self.profile)
        )
    }

    fn understand<T: Record>(&self, enumerations: &[Enumeration], rows: &[Row]) -> Rows<T> {
        let mut understood = Vec::with_capacity(rows.len());
        let mut unreadable = HashMap::new();
        for row in rows {
            match T::read(&self.profile, enumerations, row) {
                Ok(stored) => understood.push(stored),
                Err(problem) => {
                    let column = T::key_column(&self.profile);
                    let pkid = row.get(column.as_str()).unwrap_or_default().trim();
                    tracing::warn!(pkid, problem, "a row cannot be read");
                    unreadable.insert(pkid.to_owned(), problem);
                }
            }
        }
        (understood, unreadable)
    }
}

/// How many rows fit into an answer, where a fault says that there are too many: somewhat fewer than the
/// publisher suggests, since rows differ in size.
fn page_size(error: &Error) -> Option<u64> {
    let message = &error.fault()?.message;
    let (_, suggestion) = message
        .contains("Query request too large")
        .then(|| message.split_once("less than"))??;
    let digits: String = suggestion
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let suggested: u64 = digits.parse().ok()?;
    Some((suggested.saturating_mul(9) / 10).max(1))
}
