//! Changes to the tables themselves, as an upgrade of the product makes them.

use super::Database;
use super::storage::affinity;
use crate::schema::{CatalogueChange, SchemaDefinition};
use crate::sql::SqlError;

impl Database {
    /// Changes the tables, and the schema along with them, so that rows are still understood afterwards.
    pub(crate) fn change_catalogue(&mut self, change: &CatalogueChange) -> Result<(), SqlError> {
        self.reshape_tables(change)?;
        match change {
            CatalogueChange::RenameTable { table, to } => {
                rename_in_definition(&mut self.definition, table, None, to);
                for candidate in &mut self.catalogue.tables {
                    for reference in candidate
                        .references
                        .iter_mut()
                        .filter(|reference| &reference.table == table)
                    {
                        reference.table.clone_from(to);
                    }
                }
                if let Some(table) = self.catalogue.table_mut(table) {
                    table.name.clone_from(to);
                }
            }
            CatalogueChange::RenameColumn { table, column, to } => {
                rename_in_definition(&mut self.definition, table, Some(column), to);
                if let Some(table) = self.catalogue.table_mut(table) {
                    let in_constraints = table
                        .unique
                        .iter_mut()
                        .flat_map(|index| &mut index.columns)
                        .chain(
                            table
                                .references
                                .iter_mut()
                                .map(|reference| &mut reference.column),
                        );
                    let names = table
                        .columns
                        .iter_mut()
                        .map(|column| &mut column.name)
                        .chain(in_constraints);
                    for name in names.filter(|name| *name == column) {
                        name.clone_from(to);
                    }
                }
            }
            CatalogueChange::AddColumn { table, column } => {
                if let Some(table) = self.catalogue.table_mut(table) {
                    table.columns.push(column.clone());
                }
            }
            CatalogueChange::ChangeLength {
                table,
                column,
                length,
            } => {
                let table = self.catalogue.table_mut(table).into_iter();
                for column in table
                    .flat_map(|table| &mut table.columns)
                    .filter(|known| &known.name == column)
                {
                    column.length = *length;
                }
            }
            CatalogueChange::RenameEnumValue { table, number, to } => {
                for value in enumerations(&mut self.definition)
                    .into_iter()
                    .filter(|enumeration| &enumeration.table == table)
                    .flat_map(|enumeration| &mut enumeration.values)
                    .filter(|value| value.number == *number)
                {
                    value.name.clone_from(to);
                }
            }
            CatalogueChange::ChangeRelease { to } => self.definition.release.clone_from(to),
        }
        self.describe_catalogue()
    }

    /// Makes the change in SQLite, after looking up everything it names.
    fn reshape_tables(&self, change: &CatalogueChange) -> Result<(), SqlError> {
        let known = |table: &str, column: &str| -> Result<(), SqlError> {
            let found = self.table(table)?.column(column);
            found
                .map(|_| ())
                .ok_or_else(|| SqlError::no_such_column(column))
        };
        let sql = match change {
            CatalogueChange::RenameTable { table, to } => {
                self.table(table)?;
                format!("ALTER TABLE \"{table}\" RENAME TO \"{}\"", identifier(to)?)
            }
            CatalogueChange::RenameColumn { table, column, to } => {
                known(table, column)?;
                format!(
                    "ALTER TABLE \"{table}\" RENAME COLUMN \"{column}\" TO \"{}\"",
                    identifier(to)?
                )
            }
            CatalogueChange::AddColumn { table, column } => {
                self.table(table)?;
                let name = identifier(&column.name)?;
                format!(
                    "ALTER TABLE \"{table}\" ADD COLUMN \"{name}\" {}",
                    affinity(column.kind)
                )
            }
            CatalogueChange::ChangeLength { table, column, .. } => return known(table, column),
            CatalogueChange::RenameEnumValue { table, number, to } => {
                self.table(table)?;
                let sql = format!("UPDATE \"{table}\" SET name = ? WHERE enum = ?");
                self.connection.execute(&sql, (to, number))?;
                return Ok(());
            }
            CatalogueChange::ChangeRelease { .. } => return Ok(()),
        };
        self.connection.execute_batch(&sql)?;
        Ok(())
    }
}

fn identifier(name: &str) -> Result<&str, SqlError> {
    let valid = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    valid.then_some(name).ok_or_else(SqlError::syntax)
}

fn enumerations(definition: &mut SchemaDefinition) -> [&mut crate::schema::TypeTable; 3] {
    [
        &mut definition.federated_domain.integration_types,
        &mut definition.static_route.route_types,
        &mut definition.static_route.protocols,
    ]
}

/// Renames a table (`column` is `None`) or one of its columns wherever the schema names it.
fn rename_in_definition(
    definition: &mut SchemaDefinition,
    table: &str,
    column: Option<&str>,
    to: &str,
) {
    let rename = |owner: &mut String, columns: Vec<&mut String>| {
        if owner != table {
            return;
        }
        match column {
            None => to.clone_into(owner),
            Some(column) => {
                for name in columns.into_iter().filter(|name| *name == column) {
                    to.clone_into(name);
                }
            }
        }
    };
    let domain = &mut definition.federated_domain;
    let mut columns = vec![
        &mut domain.pkid,
        &mut domain.domain_name,
        &mut domain.description,
        &mut domain.integration_type,
        &mut domain.direct_federation,
    ];
    columns.extend(domain.learned.as_mut().map(|learned| &mut learned.column));
    rename(&mut domain.table, columns);
    let route = &mut definition.static_route;
    rename(
        &mut route.table,
        vec![
            &mut route.pkid,
            &mut route.destination_pattern,
            &mut route.description,
            &mut route.next_hop,
            &mut route.next_hop_port,
            &mut route.route_type,
            &mut route.protocol,
            &mut route.priority,
            &mut route.weight,
            &mut route.allow_less_specific_route,
            &mut route.in_service,
            &mut route.block_route,
        ],
    );
    for companion in [
        &mut definition.incoming_acl,
        &mut definition.backend_gateway,
    ] {
        rename(&mut companion.table, vec![&mut companion.domain_column]);
    }
    let settings = &mut definition.settings;
    for place in [
        &mut settings.proxy_domain,
        &mut settings.email_address_for_federation,
        &mut settings.partitioned_federation,
        &mut settings.tls_peer_subjects,
    ] {
        rename(&mut place.table, vec![&mut place.column]);
    }
    for enumeration in enumerations(definition) {
        rename(&mut enumeration.table, Vec::new());
    }
}
