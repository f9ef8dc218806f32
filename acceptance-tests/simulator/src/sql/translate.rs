//! Looks names up in the catalogue, types every literal by its column, and writes the query for SQLite.

mod condition;

use std::fmt::Write as _;

use super::SqlError;
use super::statement::{
    ColumnName, Condition, Expression, Function, Item, Join, Literal, OrderKey, Select,
};
use crate::schema::{Catalogue, Column, ColumnKind, Table};
use crate::value::{Value, new_row_identifier};

/// A query for SQLite: its text, what its question marks stand for, and the names of its result columns.
#[derive(Debug)]
pub(crate) struct Translated {
    pub(crate) sql: String,
    pub(crate) parameters: Vec<Value>,
    pub(crate) labels: Vec<String>,
}

/// Translates a query; `host_name` is the node that answers it.
pub(crate) fn translate_select(
    catalogue: &Catalogue,
    host_name: &str,
    select: &Select,
) -> Result<Translated, SqlError> {
    let mut translator = Translator::new(catalogue, host_name);
    let labels = translator.select(select)?;
    Ok(translator.finish(labels))
}

/// Translates the condition of an UPDATE or DELETE of `table`.
pub(crate) fn translate_condition(
    catalogue: &Catalogue,
    host_name: &str,
    table: &Table,
    condition: &Condition,
) -> Result<Translated, SqlError> {
    let mut translator = Translator::new(catalogue, host_name);
    let table = catalogue
        .table(&table.name)
        .ok_or_else(|| SqlError::no_such_table(&table.name))?;
    translator.scopes.push(vec![(table.name.clone(), table)]);
    translator.condition(condition)?;
    Ok(translator.finish(Vec::new()))
}

/// The value that `literal` has in `column`, or why it can have none.
pub(crate) fn coerce(column: &Column, literal: &Literal) -> Result<Value, SqlError> {
    let value = match literal {
        Literal::Null => return Ok(Value::Null),
        Literal::NewId => Value::Text(new_row_identifier()),
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Number(number) => Value::Integer(*number),
    };
    match (column.kind, value) {
        (ColumnKind::Boolean, Value::Text(text)) => match text.as_str() {
            "t" | "T" => Ok(Value::flag(true)),
            "f" | "F" => Ok(Value::flag(false)),
            _ => Err(SqlError::no_conversion()),
        },
        (ColumnKind::Boolean, _) => Err(SqlError::no_conversion()),
        (ColumnKind::Integer | ColumnKind::Smallint, value) => {
            let number = match value {
                Value::Integer(number) => number,
                Value::Text(text) => text.trim().parse().map_err(|_| SqlError::not_a_number())?,
                Value::Null => return Ok(Value::Null),
            };
            let (limit, name) = match column.kind {
                ColumnKind::Smallint => (i64::from(i16::MAX), "SMALLINT"),
                _ => (i64::from(i32::MAX), "INTEGER"),
            };
            if number.abs() > limit {
                return Err(SqlError::number_too_large(name));
            }
            Ok(Value::Integer(number))
        }
        (_, Value::Integer(number)) => Ok(Value::Text(number.to_string())),
        (_, value) => Ok(value),
    }
}

struct Translator<'a> {
    catalogue: &'a Catalogue,
    host_name: &'a str,
    /// The tables in sight by the names they go by, the innermost query's last.
    scopes: Vec<Vec<(String, &'a Table)>>,
    sql: String,
    parameters: Vec<Value>,
}

impl<'a> Translator<'a> {
    fn new(catalogue: &'a Catalogue, host_name: &'a str) -> Self {
        Self {
            catalogue,
            host_name,
            scopes: Vec::new(),
            sql: String::new(),
            parameters: Vec::new(),
        }
    }

    fn finish(self, labels: Vec<String>) -> Translated {
        Translated {
            sql: self.sql,
            parameters: self.parameters,
            labels,
        }
    }

    fn select(&mut self, select: &Select) -> Result<Vec<String>, SqlError> {
        let mut scope = Vec::new();
        for source in &select.from {
            let table = self
                .catalogue
                .table(&source.table)
                .ok_or_else(|| SqlError::no_such_table(&source.table))?;
            scope.push((
                source.alias.clone().unwrap_or_else(|| source.table.clone()),
                table,
            ));
        }
        self.scopes.push(scope);
        self.sql.push_str(if select.distinct {
            "SELECT DISTINCT "
        } else {
            "SELECT "
        });
        let labels = self.items(&select.items)?;
        self.from(select)?;
        if let Some(condition) = &select.condition {
            self.sql.push_str(" WHERE ");
            self.condition(condition)?;
        }
        self.order(select, &labels)?;
        if select.first.is_some() || select.skip.is_some() {
            let _ = write!(
                self.sql,
                " LIMIT {} OFFSET {}",
                select.first.unwrap_or(-1),
                select.skip.unwrap_or(0)
            );
        }
        self.scopes.pop();
        Ok(labels)
    }

    fn items(&mut self, items: &[Item]) -> Result<Vec<String>, SqlError> {
        let mut labels = Vec::new();
        for item in items {
            match item {
                Item::All => {
                    for (alias, table) in self.innermost() {
                        self.all_of(&alias, table, &mut labels);
                    }
                }
                Item::AllOf(qualifier) => {
                    let (alias, table) = self
                        .innermost()
                        .into_iter()
                        .find(|(alias, _)| alias == qualifier)
                        .ok_or_else(|| SqlError::no_such_column(qualifier))?;
                    self.all_of(&alias, table, &mut labels);
                }
                Item::Expression { expression, label } => {
                    self.comma(!labels.is_empty());
                    self.expression(expression, None)?;
                    labels.push(label.clone().unwrap_or_else(|| default_label(expression)));
                }
            }
        }
        Ok(labels)
    }

    fn all_of(&mut self, alias: &str, table: &Table, labels: &mut Vec<String>) {
        for column in &table.columns {
            self.comma(!labels.is_empty());
            let _ = write!(self.sql, "\"{alias}\".\"{}\"", column.name);
            labels.push(column.name.clone());
        }
    }

    fn from(&mut self, select: &Select) -> Result<(), SqlError> {
        self.sql.push_str(" FROM ");
        for (index, source) in select.from.iter().enumerate() {
            let separator = match (&source.join, index) {
                (_, 0) => "",
                (Join::None, _) => ", ",
                (Join::Inner(_), _) => " JOIN ",
                (Join::Left(_), _) => " LEFT JOIN ",
            };
            let alias = source.alias.as_ref().unwrap_or(&source.table);
            let _ = write!(self.sql, "{separator}\"{}\" AS \"{alias}\"", source.table);
            if let Join::Inner(condition) | Join::Left(condition) = &source.join {
                self.sql.push_str(" ON ");
                self.condition(condition)?;
            }
        }
        Ok(())
    }

    fn order(&mut self, select: &Select, labels: &[String]) -> Result<(), SqlError> {
        for (index, order) in select.order.iter().enumerate() {
            self.sql
                .push_str(if index == 0 { " ORDER BY " } else { ", " });
            match &order.by {
                OrderKey::Position(position) => {
                    if *position < 1
                        || usize::try_from(*position).is_ok_and(|position| position > labels.len())
                    {
                        return Err(SqlError::syntax());
                    }
                    let _ = write!(self.sql, "{position}");
                }
                OrderKey::Column(column) => {
                    match labels.iter().position(|label| label == &column.name) {
                        Some(position) if column.qualifier.is_none() => {
                            let _ = write!(self.sql, "{}", position + 1);
                        }
                        _ => {
                            self.column(column)?;
                        }
                    }
                }
            }
            if order.descending {
                self.sql.push_str(" DESC");
            }
        }
        Ok(())
    }

    fn expression(
        &mut self,
        expression: &Expression,
        compared_with: Option<&'a Column>,
    ) -> Result<(), SqlError> {
        match expression {
            Expression::Column(column) => self.column(column).map(|_| ()),
            Expression::Literal(literal) => {
                self.parameters.push(typed(literal, compared_with)?);
                self.sql.push('?');
                Ok(())
            }
            Expression::CountAll => {
                self.sql.push_str("count(*)");
                Ok(())
            }
            Expression::HostName => {
                self.parameters.push(Value::text(self.host_name));
                self.sql.push('?');
                Ok(())
            }
            Expression::Call { function, argument } => {
                self.sql.push_str(match function {
                    Function::Count => "count(",
                    Function::CountDistinct => "count(DISTINCT ",
                    Function::Minimum => "min(",
                    Function::Maximum => "max(",
                    Function::Lower => "lower(",
                    Function::Upper => "upper(",
                    Function::Length => "length(",
                    Function::Trim => "trim(",
                });
                self.expression(argument, None)?;
                self.sql.push(')');
                Ok(())
            }
        }
    }

    fn column(&mut self, name: &ColumnName) -> Result<&'a Column, SqlError> {
        let (alias, column) = self.resolve(name)?;
        let _ = write!(self.sql, "\"{alias}\".\"{}\"", column.name);
        Ok(column)
    }

    fn resolve(&self, name: &ColumnName) -> Result<(String, &'a Column), SqlError> {
        for scope in self.scopes.iter().rev() {
            let mut found = scope
                .iter()
                .filter(|(alias, _)| {
                    name.qualifier
                        .as_ref()
                        .is_none_or(|qualifier| qualifier == alias)
                })
                .filter_map(|(alias, table)| Some((alias.clone(), table.column(&name.name)?)));
            if let Some(first) = found.next() {
                return match found.next() {
                    None => Ok(first),
                    Some(_) => Err(SqlError::ambiguous_column(&name.written())),
                };
            }
        }
        Err(SqlError::no_such_column(&name.written()))
    }

    /// The column whose type a literal on the other side of a comparison takes.
    fn kind_of(&self, expression: &Expression) -> Result<Option<&'a Column>, SqlError> {
        match expression {
            Expression::Column(name) => self.resolve(name).map(|(_, column)| Some(column)),
            _ => Ok(None),
        }
    }

    fn innermost(&self) -> Vec<(String, &'a Table)> {
        self.scopes.last().cloned().unwrap_or_default()
    }

    fn comma(&mut self, needed: bool) {
        if needed {
            self.sql.push_str(", ");
        }
    }
}

fn typed(literal: &Literal, column: Option<&Column>) -> Result<Value, SqlError> {
    match (column, literal) {
        (Some(column), literal) => coerce(column, literal),
        (None, Literal::Text(text)) => Ok(Value::text(text)),
        (None, Literal::Number(number)) => Ok(Value::Integer(*number)),
        (None, Literal::Null | Literal::NewId) => Err(SqlError::syntax()),
    }
}

fn default_label(expression: &Expression) -> String {
    match expression {
        Expression::Column(column) => column.name.clone(),
        Expression::CountAll => "count".to_owned(),
        Expression::Literal(_) | Expression::HostName => "constant".to_owned(),
        Expression::Call { function, .. } => match function {
            Function::Count | Function::CountDistinct => "count",
            Function::Minimum => "min",
            Function::Maximum => "max",
            Function::Lower => "lower",
            Function::Upper => "upper",
            Function::Length => "length",
            Function::Trim => "trim",
        }
        .to_owned(),
    }
}
