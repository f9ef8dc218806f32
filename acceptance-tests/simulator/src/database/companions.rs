//! The rows that come and go with a domain: an incoming access control entry and a presence engine gateway.

use super::{Database, StoredRow, Writer, Written};
use crate::options::CompanionsMadeBy;
use crate::schema::{CompanionTable, Table};
use crate::sql::SqlError;
use crate::value::Value;

impl Database {
    pub(super) fn companions_after_insert(
        &self,
        table: &Table,
        row: &StoredRow,
        writer: Writer,
        written: &mut Written,
    ) -> Result<(), SqlError> {
        if !self.makes_companions(table, writer) {
            return Ok(());
        }
        let name = row
            .get(table, &self.definition.federated_domain.domain_name)
            .clone();
        for companion in self.companion_tables() {
            let table = self.table(&companion.table)?;
            let made = self.insert_row(
                table,
                &[(companion.domain_column.clone(), name.clone())],
                Writer::Surgeon,
            )?;
            written.changes.extend(made.changes);
        }
        Ok(())
    }

    pub(super) fn companions_after_update(
        &self,
        table: &Table,
        before: &StoredRow,
        after: &StoredRow,
        writer: Writer,
        written: &mut Written,
    ) -> Result<(), SqlError> {
        let column = &self.definition.federated_domain.domain_name;
        let (old, new) = (before.get(table, column), after.get(table, column));
        if !self.makes_companions(table, writer) || old == new {
            return Ok(());
        }
        for companion in self.companion_tables() {
            let (table, rows) = self.companion_rows(companion, old)?;
            let assignment = [(companion.domain_column.clone(), new.clone())];
            let changed = self.update_rows(table, rows, &assignment, Writer::Surgeon)?;
            written.changes.extend(changed.changes);
        }
        Ok(())
    }

    pub(super) fn companions_after_delete(
        &self,
        table: &Table,
        row: &StoredRow,
        writer: Writer,
        written: &mut Written,
    ) -> Result<(), SqlError> {
        if !self.makes_companions(table, writer) {
            return Ok(());
        }
        let name = row.get(table, &self.definition.federated_domain.domain_name);
        for companion in self.companion_tables() {
            let (table, rows) = self.companion_rows(companion, name)?;
            let gone = self.delete_rows(table, &rows, Writer::Surgeon)?;
            written.changes.extend(gone.changes);
        }
        Ok(())
    }

    /// An access control entry stays as long as its domain.
    pub(super) fn check_companion_may_go(
        &self,
        table: &Table,
        row: &StoredRow,
        writer: Writer,
    ) -> Result<(), SqlError> {
        let acl = &self.definition.incoming_acl;
        if table.name != acl.table || writer == Writer::Surgeon {
            return Ok(());
        }
        let name = row.get(table, &acl.domain_column);
        let domain = &self.definition.federated_domain;
        let sql = format!(
            "SELECT 1 FROM \"{}\" WHERE \"{}\" = ?",
            domain.table, domain.domain_name
        );
        match (
            name.as_text(),
            self.scalar(&sql, std::slice::from_ref(name))?,
        ) {
            (Some(name), Some(_)) => Err(SqlError::raised(format!(
                "To remove this ACL you must first remove the {name} federated domain."
            ))),
            _ => Ok(()),
        }
    }

    fn makes_companions(&self, table: &Table, writer: Writer) -> bool {
        table.name == self.definition.federated_domain.table
            && match writer {
                Writer::AdminPage => true,
                Writer::Sql => self.behaviour.companions == CompanionsMadeBy::Database,
                Writer::Surgeon => false,
            }
    }

    fn companion_tables(&self) -> [&CompanionTable; 2] {
        [
            &self.definition.incoming_acl,
            &self.definition.backend_gateway,
        ]
    }

    fn companion_rows(
        &self,
        companion: &CompanionTable,
        name: &Value,
    ) -> Result<(&Table, Vec<StoredRow>), SqlError> {
        let table = self.table(&companion.table)?;
        let condition = format!("\"{}\" = ?", companion.domain_column);
        let rows = self.rows_where(table, &condition, std::slice::from_ref(name))?;
        Ok((table, rows))
    }
}
