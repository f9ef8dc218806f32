//! WHERE and ON.

use std::fmt::Write as _;

use super::{Translator, typed};
use crate::sql::SqlError;
use crate::sql::statement::{Condition, Expression, Literal};
use crate::value::Value;

impl Translator<'_> {
    pub(super) fn condition(&mut self, condition: &Condition) -> Result<(), SqlError> {
        match condition {
            Condition::All(terms) => self.joined(terms, " AND "),
            Condition::Any(terms) => self.joined(terms, " OR "),
            Condition::Not(term) => {
                self.sql.push_str("NOT (");
                self.condition(term)?;
                self.sql.push(')');
                Ok(())
            }
            Condition::Compare {
                left,
                operator,
                right,
            } => {
                self.expression(left, self.kind_of(right)?)?;
                let _ = write!(self.sql, " {operator} ");
                self.expression(right, self.kind_of(left)?)
            }
            Condition::Between {
                value,
                low,
                high,
                negated,
            } => {
                let kind = self.kind_of(value)?;
                self.expression(value, None)?;
                self.sql.push_str(if *negated {
                    " NOT BETWEEN "
                } else {
                    " BETWEEN "
                });
                self.expression(low, kind)?;
                self.sql.push_str(" AND ");
                self.expression(high, kind)
            }
            Condition::InList {
                value,
                list,
                negated,
            } => self.in_list(value, list, *negated),
            Condition::InSelect {
                value,
                select,
                negated,
            } => {
                self.expression(value, None)?;
                self.sql
                    .push_str(if *negated { " NOT IN (" } else { " IN (" });
                if self.select(select)?.len() != 1 {
                    return Err(SqlError::syntax());
                }
                self.sql.push(')');
                Ok(())
            }
            Condition::Exists(select) => {
                self.sql.push_str("EXISTS (");
                self.select(select)?;
                self.sql.push(')');
                Ok(())
            }
            Condition::IsNull { value, negated } => {
                self.expression(value, None)?;
                self.sql
                    .push_str(if *negated { " IS NOT NULL" } else { " IS NULL" });
                Ok(())
            }
            Condition::Like {
                value,
                pattern,
                negated,
                matches,
            } => {
                self.expression(value, None)?;
                self.sql.push_str(if *negated { " NOT " } else { " " });
                self.sql.push_str(if *matches {
                    "GLOB ?"
                } else {
                    "LIKE ? ESCAPE '\\'"
                });
                self.parameters.push(Value::text(pattern));
                Ok(())
            }
        }
    }

    fn joined(&mut self, terms: &[Condition], word: &str) -> Result<(), SqlError> {
        self.sql.push('(');
        for (index, term) in terms.iter().enumerate() {
            if index > 0 {
                self.sql.push_str(word);
            }
            self.condition(term)?;
        }
        self.sql.push(')');
        Ok(())
    }

    fn in_list(
        &mut self,
        value: &Expression,
        list: &[Literal],
        negated: bool,
    ) -> Result<(), SqlError> {
        let kind = self.kind_of(value)?;
        self.expression(value, None)?;
        self.sql
            .push_str(if negated { " NOT IN (" } else { " IN (" });
        for (index, literal) in list.iter().enumerate() {
            self.comma(index > 0);
            // SQLite allows 32,766 parameters; a list may be longer, so its elements are written out.
            match typed(literal, kind)? {
                Value::Null => self.sql.push_str("NULL"),
                Value::Integer(number) => {
                    let _ = write!(self.sql, "{number}");
                }
                Value::Text(text) => {
                    let _ = write!(self.sql, "'{}'", text.replace('\'', "''").replace('\0', ""));
                }
            }
        }
        self.sql.push(')');
        Ok(())
    }
}
