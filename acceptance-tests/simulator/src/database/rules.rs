//! The product's own rules for domains and routes, with its own texts.
//!
//! The texts are those of the product's list of database errors. Whether the product asks these rules of a SQL
//! statement, or only of its administration page, is not known; the simulated database asks them of both.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Database, StoredRow};
use crate::options::DuplicateAnswer;
use crate::schema::Table;
use crate::sql::SqlError;
use crate::value::Value;

impl Database {
    /// Asks the rules of a new row, or of a changed one.
    pub(super) fn check_rules(
        &self,
        table: &Table,
        row: &StoredRow,
        before: Option<&StoredRow>,
    ) -> Result<(), SqlError> {
        if table.name == self.definition.federated_domain.table {
            self.check_domain(table, row)
        } else if table.name == self.definition.static_route.table {
            self.check_route(table, row, before)
        } else {
            Ok(())
        }
    }

    fn check_domain(&self, table: &Table, row: &StoredRow) -> Result<(), SqlError> {
        let names = &self.definition.federated_domain;
        let name = row
            .get(table, &names.domain_name)
            .as_text()
            .unwrap_or_default();
        if name.is_empty() {
            return Err(SqlError::raised(
                "Domain name cannot be NULL or an empty string.",
            ));
        }
        if name.len() > 128
            || !name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
        {
            return Err(SqlError::raised(
                "Federated domain name has invalid format. Valid characters are restricted to letters, numbers, and \
                 dash. Length must be between 0 and 128 characters. Regular expression used to \
                 validate:^[a-zA-Z0-9.-]{0,128}$",
            ));
        }
        if let Some(proxy_domain) = self.settings()?.proxy_domain
            && proxy_domain.eq_ignore_ascii_case(name)
        {
            return Err(SqlError::raised(format!(
                "A federated domain must be different than the proxy domain ({proxy_domain}) ."
            )));
        }
        let sql = format!(
            "SELECT \"{0}\" FROM \"{1}\" WHERE \"{0}\" = ? COLLATE NOCASE AND rowid <> ?",
            names.domain_name, names.table
        );
        match self.scalar(&sql, &[Value::text(name), Value::Integer(row.number)])? {
            // The unique index answers for a name spelled the same.
            Some(Value::Text(other))
                if other == name && self.behaviour.duplicates == DuplicateAnswer::UniqueIndex =>
            {
                Ok(())
            }
            Some(_) => Err(SqlError::raised(format!(
                "A federated domain with the name {name} already exists."
            ))),
            None => Ok(()),
        }
    }

    fn check_route(
        &self,
        table: &Table,
        row: &StoredRow,
        before: Option<&StoredRow>,
    ) -> Result<(), SqlError> {
        let names = &self.definition.static_route;
        let pattern = row
            .get(table, &names.destination_pattern)
            .as_text()
            .unwrap_or_default();
        let route_type = row.get(table, &names.route_type).as_integer().unwrap_or(-1);
        check_pattern(pattern, names.route_types.key(route_type) == Some("domain"))?;

        let port = row
            .get(table, &names.next_hop_port)
            .as_integer()
            .unwrap_or(-1);
        let next_hop = row
            .get(table, &names.next_hop)
            .as_text()
            .unwrap_or_default();
        if !is_next_hop(next_hop, port) {
            return Err(SqlError::raised("Next hop address is invalid"));
        }
        check_range(table, &names.next_hop_port, port, 0)?;
        for column in [&names.priority, &names.weight] {
            check_range(
                table,
                column,
                row.get(table, column).as_integer().unwrap_or(-1),
                1,
            )?;
        }
        self.check_route_key(table, row)?;

        let moved = before.is_none_or(|before| {
            before.get(table, &names.destination_pattern).as_text() != Some(pattern)
        });
        let limit = self.behaviour.routes_per_pattern;
        let sql = format!(
            "SELECT count(*) FROM \"{}\" WHERE \"{}\" = ?",
            names.table, names.destination_pattern
        );
        let routes = self
            .scalar(&sql, &[Value::text(pattern)])?
            .and_then(|value| value.as_integer());
        if moved && routes.unwrap_or(0) >= i64::from(limit) {
            return Err(SqlError::raised(format!(
                "A maximum of {limit} static routes with the same destination pattern may be assigned."
            )));
        }
        Ok(())
    }

    fn check_route_key(&self, table: &Table, row: &StoredRow) -> Result<(), SqlError> {
        if self.behaviour.duplicates == DuplicateAnswer::UniqueIndex {
            return Ok(());
        }
        let names = &self.definition.static_route;
        let key = [
            &names.destination_pattern,
            &names.next_hop,
            &names.next_hop_port,
            &names.protocol,
        ];
        let condition: Vec<String> = key
            .iter()
            .map(|column| format!("\"{column}\" = ?"))
            .collect();
        let sql = format!(
            "SELECT 1 FROM \"{}\" WHERE {} AND rowid <> ?",
            names.table,
            condition.join(" AND ")
        );
        let mut parameters: Vec<Value> = key
            .iter()
            .map(|column| row.get(table, column).clone())
            .collect();
        parameters.push(Value::Integer(row.number));
        match self.scalar(&sql, &parameters)? {
            Some(_) => Err(SqlError::raised(
                "Duplicate static route. Unique key includes destination pattern, next hop address, next hop port, and \
                 protocol type",
            )),
            None => Ok(()),
        }
    }
}

fn check_pattern(pattern: &str, domain_type: bool) -> Result<(), SqlError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '+' | '.' | '-' | '\\');
    if pattern.is_empty() || !pattern.chars().all(allowed) {
        return Err(SqlError::raised(
            "Invalid destination pattern: Valid characters include [A-Za-z0-9*+.-\\]",
        ));
    }
    let asterisks = pattern.match_indices('*').map(|(index, _)| index);
    for index in asterisks {
        if index + 1 != pattern.len() && !pattern[..index].ends_with('\\') {
            return Err(SqlError::raised(
                "Invalid destination pattern: Asterisk (*) only allowed at end of pattern or escaped (\\)",
            ));
        }
    }
    if domain_type && !pattern.starts_with('.') {
        return Err(SqlError::raised(
            "Invalid destination pattern: Domain types must start with a period(.)",
        ));
    }
    Ok(())
}

/// An address, or a name; port 0 makes it a DNS SRV name, which no address is.
fn is_next_hop(next_hop: &str, port: i64) -> bool {
    if next_hop.parse::<Ipv4Addr>().is_ok() || next_hop.parse::<Ipv6Addr>().is_ok() {
        return port != 0;
    }
    let name = next_hop.trim_end_matches('.');
    let only_numbers = name.chars().all(|c| c.is_ascii_digit() || c == '.');
    !name.is_empty()
        && !only_numbers
        && name.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        })
}

fn check_range(table: &Table, column: &str, value: i64, lowest: i64) -> Result<(), SqlError> {
    if (lowest..=65535).contains(&value) {
        return Ok(());
    }
    Err(SqlError::check_failed(&format!(
        "ck_{}_{column}",
        table.name
    )))
}
