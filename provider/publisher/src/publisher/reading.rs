//! Reading tables: all of it in one request where the publisher allows that, else page by page.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Shared;
use super::contact::within;
use super::lookups::{Batch, Found, Turn, Wanted};
use super::store::Store;
use crate::axl::Row;
use crate::domain::Pkid;
use crate::profile::Identifier;
use crate::record::{Enumeration, Record, Stored};
use crate::sql::{quoted, quoted_list};
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
        if freshness == Freshness::Snapshot
            && let Some(error) = store.standing_failure()
        {
            return Err(error);
        }
        Box::pin(self.read_anew(store, freshness, scope)).await
    }

    async fn read_anew<T: Record>(
        &self,
        store: &Store<T>,
        freshness: Freshness,
        scope: &Scope,
    ) -> Result<Arc<Table<T, T::Key>>, Error> {
        let wanted = store.next_number();
        let _flight = within(scope, store.flight.lock()).await?;
        let shared = match freshness {
            Freshness::Snapshot => store.current(),
            Freshness::Fresh => store.since(wanted),
        };
        if let Some(table) = shared {
            return Ok(table);
        }
        if let Some(error) = store.failure_since(wanted) {
            return Err(error);
        }
        let number = store.begin();
        let read = async {
            self.contact(scope).await?;
            let enumerations = self.enumerations(store, scope).await?;
            self.all_rows(&enumerations, scope).await
        };
        match read.await {
            Ok(Found { rows, unreadable }) => {
                Ok(store.replace(number, Table::new(rows, unreadable)))
            }
            Err(error) => {
                if !error.is_own_limit() {
                    store.fail(number, &error);
                }
                Err(error)
            }
        }
    }

    /// The rows with a primary key or a natural key, read directly. The reading begins after the call; those
    /// who ask at the same time share it.
    pub(super) async fn find<T: Record>(
        &self,
        store: &Store<T>,
        pkid: Option<&Pkid>,
        key: Option<&T::Key>,
        scope: &Scope,
    ) -> Result<Vec<Stored<T>>, Error> {
        if pkid.is_none() && key.is_none() {
            return Ok(Vec::new());
        }
        self.contact(scope).await?;
        let enumerations = self.enumerations(store, scope).await?;
        let mut ticket = store.lookups.join(Wanted {
            pkid: pkid.cloned(),
            key: key.cloned(),
        });
        // So many keep the writers busy while the others look up, come back and look up again. With a single
        // writer, which is slow as it is, fewer requests matter more.
        let few = self.axl.most_writes().saturating_mul(3).saturating_sub(1);
        let found = loop {
            match store.lookups.turn(&mut ticket, few, scope).await? {
                Turn::Answered(found) => break found,
                Turn::Ask(batch) => match self.ask_for(&enumerations, &batch, scope).await {
                    // The limits of this caller are not those of the others.
                    Err(error) if error.is_own_limit() => return Err(error),
                    found => batch.answer(found),
                },
            }
        };
        if let Some(error) = pkid.and_then(|pkid| found.problem_of(pkid)) {
            return Err(error);
        }
        Ok(found
            .rows
            .iter()
            .filter(|row| pkid == Some(&row.pkid) || key.is_some_and(|key| row.value.key() == *key))
            .cloned()
            .collect())
    }

    /// One request for everything that a batch of look-ups wants.
    async fn ask_for<T: Record>(
        &self,
        enumerations: &[Enumeration],
        batch: &Batch<'_, T>,
        scope: &Scope,
    ) -> Result<Found<T>, Error> {
        let pkids: BTreeSet<&str> = batch
            .wanted()
            .filter_map(|wanted| wanted.pkid.as_ref())
            .map(Pkid::as_str)
            .collect();
        let by_pkid = (!pkids.is_empty()).then(|| {
            let column = T::key_column(&self.profile);
            format!("{column} IN ({})", quoted_list(pkids))
        });
        let keys: Vec<&T::Key> = batch
            .wanted()
            .filter_map(|wanted| wanted.key.as_ref())
            .collect();
        let by_key = (!keys.is_empty()).then(|| T::condition(&self.profile, &keys));
        let conditions: Vec<String> = by_pkid.into_iter().chain(by_key).collect();
        let sql = format!("{} WHERE {}", self.select::<T>(""), conditions.join(" OR "));
        Ok(self.page(enumerations, &sql, scope).await?.found)
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
        within(scope, store.enumerations.get_or_try_init(|| read))
            .await?
            .cloned()
    }

    /// Every row, in the order of the primary key.
    async fn all_rows<T: Record>(
        &self,
        enumerations: &[Enumeration],
        scope: &Scope,
    ) -> Result<Found<T>, Error> {
        let order = format!("ORDER BY {}", T::key_column(&self.profile));
        let whole = format!("{} {order}", self.select::<T>(""));
        match self.page(enumerations, &whole, scope).await {
            Err(error) => match page_size(&error) {
                Some(size) => self.pages(enumerations, size, &order, scope).await,
                None => Err(error),
            },
            Ok(page) => Ok(page.found),
        }
    }

    /// Page by page, with one page in memory besides the rows that are understood. Each page begins after the
    /// last primary key of the one before, so that rows which come and go meanwhile cannot hide or double
    /// others.
    async fn pages<T: Record>(
        &self,
        enumerations: &[Enumeration],
        mut size: u64,
        order: &str,
        scope: &Scope,
    ) -> Result<Found<T>, Error> {
        let column = T::key_column(&self.profile);
        let mut found = Found::default();
        let mut last: Option<String> = None;
        loop {
            let after = last.as_ref().map_or_else(String::new, |last| {
                format!(" WHERE {column} > {}", quoted(last))
            });
            let first = format!("FIRST {size} ");
            let sql = format!("{}{after} {order}", self.select::<T>(&first));
            let page = match self.page(enumerations, &sql, scope).await {
                Ok(page) => page,
                Err(error) => match page_size(&error) {
                    // The suggestion is no promise: rows differ in size.
                    Some(smaller) if size > 1 => {
                        size = smaller.min(size / 2).max(1);
                        continue;
                    }
                    _ => return Err(error),
                },
            };
            let Page {
                found: more,
                length,
                last: next,
            } = page;
            found.extend(more);
            // A publisher that does not move on would be asked for ever.
            if length < size || next.is_none() || next == last {
                return Ok(found);
            }
            last = next;
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

    /// One SELECT. Each row is understood as soon as it is read.
    async fn page<T: Record>(
        &self,
        enumerations: &[Enumeration],
        sql: &str,
        scope: &Scope,
    ) -> Result<Page<T>, Error> {
        let column = T::key_column(&self.profile);
        let take = |page: &mut Page<T>, row: Row| {
            let pkid = row.get(column.as_str()).map(str::trim);
            match T::read(&self.profile, enumerations, &row) {
                Ok(stored) => page.found.rows.push(stored),
                Err(problem) => {
                    let pkid = pkid.unwrap_or_default();
                    tracing::warn!(pkid, problem, "a row cannot be read");
                    let unreadable = &mut page.found.unreadable;
                    unreadable.insert(pkid.to_ascii_lowercase(), problem);
                }
            }
            page.length += 1;
            page.last = pkid.map(ToOwned::to_owned);
        };
        self.axl.query_into(sql, scope, take).await
    }
}

/// What one SELECT found.
struct Page<T: Record> {
    found: Found<T>,
    /// How many rows there were.
    length: u64,
    /// The primary key of the last one, as the publisher writes it.
    last: Option<String>,
}

impl<T: Record> Default for Page<T> {
    fn default() -> Self {
        Self {
            found: Found::default(),
            length: 0,
            last: None,
        }
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
