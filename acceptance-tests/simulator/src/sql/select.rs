//! The SELECT statement.

use super::SqlError;
use super::parse::Parser;
use super::statement::{ColumnName, Expression, Item, Join, Order, OrderKey, Select, Source};
use super::token::Token;

impl Parser {
    /// What follows the word SELECT.
    pub(super) fn select(&mut self) -> Result<Select, SqlError> {
        let skip = self.row_limit("skip")?;
        let first = self.row_limit("first")?;
        let distinct = self.take_word("distinct") || self.take_word("unique");
        let items = self.list(Self::item)?;
        self.expect_word("from")?;
        let from = self.sources()?;
        let condition = self.optional_where()?;
        let order = if self.take_word("order") {
            self.expect_word("by")?;
            self.list(Self::order)?
        } else {
            Vec::new()
        };
        Ok(Select {
            skip,
            first,
            distinct,
            items,
            from,
            condition,
            order,
        })
    }

    /// `SKIP n` or `FIRST n`; either word alone is a column.
    fn row_limit(&mut self, word: &str) -> Result<Option<i64>, SqlError> {
        if !matches!(self.peek_after(1), Some(Token::Number(_))) || !self.take_word(word) {
            return Ok(None);
        }
        self.number().map(Some)
    }

    fn item(&mut self) -> Result<Item, SqlError> {
        if self.take_sign("*") {
            return Ok(Item::All);
        }
        if let (Some(Token::Word(qualifier)), Some(Token::Sign(".")), Some(Token::Sign("*"))) =
            (self.peek(), self.peek_after(1), self.peek_after(2))
        {
            let qualifier = qualifier.clone();
            self.any_name()?;
            self.expect_sign(".")?;
            self.expect_sign("*")?;
            return Ok(Item::AllOf(qualifier));
        }
        let expression = self.expression()?;
        let label = if self.take_word("as") {
            Some(self.any_name()?)
        } else {
            self.optional_name()
        };
        Ok(Item::Expression { expression, label })
    }

    fn sources(&mut self) -> Result<Vec<Source>, SqlError> {
        let mut sources = vec![self.source()?];
        loop {
            if self.take_sign(",") {
                sources.push(self.source()?);
                continue;
            }
            let left = self.take_word("left");
            if left {
                self.take_word("outer");
            }
            if left || self.take_word("inner") {
                self.expect_word("join")?;
            } else if !self.take_word("join") {
                return Ok(sources);
            }
            let mut source = self.source()?;
            self.expect_word("on")?;
            let condition = self.condition()?;
            source.join = if left {
                Join::Left(condition)
            } else {
                Join::Inner(condition)
            };
            sources.push(source);
        }
    }

    fn source(&mut self) -> Result<Source, SqlError> {
        let table = self.name()?;
        let alias = if self.take_word("as") {
            Some(self.name()?)
        } else {
            self.optional_name()
        };
        Ok(Source {
            table,
            alias,
            join: Join::None,
        })
    }

    fn order(&mut self) -> Result<Order, SqlError> {
        let by = match self.peek() {
            Some(Token::Number(_)) => OrderKey::Position(self.number()?),
            _ => match self.expression()? {
                Expression::Column(column) => OrderKey::Column(column),
                _ => return Err(SqlError::syntax()),
            },
        };
        let descending = self.take_word("desc");
        if !descending {
            self.take_word("asc");
        }
        Ok(Order { by, descending })
    }
}

impl ColumnName {
    /// The name as it was written.
    pub(super) fn written(&self) -> String {
        match &self.qualifier {
            Some(qualifier) => format!("{qualifier}.{}", self.name),
            None => self.name.clone(),
        }
    }
}
