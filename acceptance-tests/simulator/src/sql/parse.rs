//! Statements, by recursive descent.

use super::SqlError;
use super::statement::{
    ColumnName, Condition, Delete, Expression, Function, Insert, Literal, Select, Statement, Update,
};
use super::token::{Token, tokens};

/// Parses one statement. A second one, or anything outside the subset, is a syntax error.
pub(crate) fn parse(sql: &str) -> Result<Statement, SqlError> {
    let mut parser = Parser::new(tokens(sql)?);
    let statement = match parser.word()?.as_str() {
        "select" => Statement::Select(parser.select()?),
        "insert" => Statement::Insert(parser.insert()?),
        "update" => Statement::Update(parser.update()?),
        "delete" => Statement::Delete(parser.delete()?),
        _ => return Err(SqlError::syntax()),
    };
    parser.end()?;
    Ok(statement)
}

/// Conditions nest no deeper than this.
const DEEPEST: usize = 40;

/// Words that end a list of names or expressions, so that none of them is taken for a name or an alias.
const RESERVED: [&str; 27] = [
    "and", "as", "between", "by", "delete", "exists", "from", "full", "group", "having", "in",
    "inner", "insert", "into", "is", "join", "left", "like", "matches", "not", "null", "on", "or",
    "order", "outer", "select", "where",
];

pub(super) struct Parser {
    tokens: Vec<Token>,
    position: usize,
    depth: usize,
}

impl Parser {
    fn new(tokens: Vec<Token>) -> Self {
        Self {
            tokens,
            position: 0,
            depth: 0,
        }
    }

    fn insert(&mut self) -> Result<Insert, SqlError> {
        self.expect_word("into")?;
        let table = self.name()?;
        let columns = if self.take_sign("(") {
            let columns = self.list(Self::any_name)?;
            self.expect_sign(")")?;
            Some(columns)
        } else {
            None
        };
        self.expect_word("values")?;
        self.expect_sign("(")?;
        let values = self.list(Self::new_value)?;
        self.expect_sign(")")?;
        Ok(Insert {
            table,
            columns,
            values,
        })
    }

    fn update(&mut self) -> Result<Update, SqlError> {
        let table = self.name()?;
        self.expect_word("set")?;
        let assignments = self.list(|parser| {
            let column = parser.any_name()?;
            parser.expect_sign("=")?;
            Ok((column, parser.new_value()?))
        })?;
        Ok(Update {
            table,
            assignments,
            condition: self.optional_where()?,
        })
    }

    fn delete(&mut self) -> Result<Delete, SqlError> {
        self.expect_word("from")?;
        Ok(Delete {
            table: self.name()?,
            condition: self.optional_where()?,
        })
    }

    pub(super) fn optional_where(&mut self) -> Result<Option<Condition>, SqlError> {
        if self.take_word("where") {
            return self.condition().map(Some);
        }
        Ok(None)
    }

    pub(super) fn condition(&mut self) -> Result<Condition, SqlError> {
        let mut alternatives = vec![self.conjunction()?];
        while self.take_word("or") {
            alternatives.push(self.conjunction()?);
        }
        Ok(one_or(alternatives, Condition::Any))
    }

    fn conjunction(&mut self) -> Result<Condition, SqlError> {
        let mut terms = vec![self.term()?];
        while self.take_word("and") {
            terms.push(self.term()?);
        }
        Ok(one_or(terms, Condition::All))
    }

    fn term(&mut self) -> Result<Condition, SqlError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(SqlError::syntax());
        }
        let condition = if self.take_word("not") {
            Condition::Not(Box::new(self.term()?))
        } else if self.take_word("exists") {
            Condition::Exists(Box::new(self.select_in_parentheses()?))
        } else if self.take_sign("(") {
            let condition = self.condition()?;
            self.expect_sign(")")?;
            condition
        } else {
            self.predicate()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn predicate(&mut self) -> Result<Condition, SqlError> {
        let value = self.expression()?;
        if self.take_word("is") {
            let negated = self.take_word("not");
            self.expect_word("null")?;
            return Ok(Condition::IsNull { value, negated });
        }
        for operator in ["=", "<>", "<=", ">=", "<", ">"] {
            if self.take_sign(operator) {
                let right = self.expression()?;
                return Ok(Condition::Compare {
                    left: value,
                    operator,
                    right,
                });
            }
        }
        let negated = self.take_word("not");
        match self.word()?.as_str() {
            "in" => self.membership(value, negated),
            "between" => {
                let low = self.expression()?;
                self.expect_word("and")?;
                let high = self.expression()?;
                Ok(Condition::Between {
                    value,
                    low,
                    high,
                    negated,
                })
            }
            operator @ ("like" | "matches") => Ok(Condition::Like {
                value,
                pattern: self.text()?,
                negated,
                matches: operator == "matches",
            }),
            _ => Err(SqlError::syntax()),
        }
    }

    fn membership(&mut self, value: Expression, negated: bool) -> Result<Condition, SqlError> {
        if matches!(self.tokens.get(self.position + 1), Some(Token::Word(word)) if word == "select")
        {
            let select = Box::new(self.select_in_parentheses()?);
            return Ok(Condition::InSelect {
                value,
                select,
                negated,
            });
        }
        self.expect_sign("(")?;
        let list = self.list(Self::literal)?;
        self.expect_sign(")")?;
        Ok(Condition::InList {
            value,
            list,
            negated,
        })
    }

    fn select_in_parentheses(&mut self) -> Result<Select, SqlError> {
        self.expect_sign("(")?;
        self.expect_word("select")?;
        let select = self.select()?;
        self.expect_sign(")")?;
        Ok(select)
    }

    pub(super) fn expression(&mut self) -> Result<Expression, SqlError> {
        if !matches!(self.peek(), Some(Token::Word(_))) {
            return self.literal().map(Expression::Literal);
        }
        let name = self.name()?;
        if self.take_sign("(") {
            let call = self.call(&name)?;
            self.expect_sign(")")?;
            return Ok(call);
        }
        if self.take_sign(".") {
            return Ok(Expression::Column(ColumnName {
                qualifier: Some(name),
                name: self.any_name()?,
            }));
        }
        Ok(Expression::Column(ColumnName {
            qualifier: None,
            name,
        }))
    }

    fn call(&mut self, name: &str) -> Result<Expression, SqlError> {
        let function = match name {
            "dbinfo" => {
                return match self.text()?.to_ascii_lowercase().as_str() {
                    "dbhostname" => Ok(Expression::HostName),
                    _ => Err(SqlError::syntax()),
                };
            }
            "count" if self.take_sign("*") => return Ok(Expression::CountAll),
            "count" if self.take_word("distinct") || self.take_word("unique") => {
                Function::CountDistinct
            }
            "count" => Function::Count,
            "min" => Function::Minimum,
            "max" => Function::Maximum,
            "lower" => Function::Lower,
            "upper" => Function::Upper,
            "length" => Function::Length,
            "trim" => Function::Trim,
            _ => {
                return Err(SqlError::new(
                    -674,
                    format!("Routine ({name}) cannot be resolved."),
                ));
            }
        };
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(SqlError::syntax());
        }
        let argument = Box::new(self.expression()?);
        self.depth -= 1;
        Ok(Expression::Call { function, argument })
    }

    /// A literal, or `newid()`.
    fn new_value(&mut self) -> Result<Literal, SqlError> {
        if self.take_word("newid") {
            self.expect_sign("(")?;
            self.expect_sign(")")?;
            return Ok(Literal::NewId);
        }
        if self.take_word("null") {
            return Ok(Literal::Null);
        }
        self.literal()
    }

    fn literal(&mut self) -> Result<Literal, SqlError> {
        let negative = self.take_sign("-");
        match self.next()? {
            Token::Text(text) if !negative => Ok(Literal::Text(text)),
            Token::Number(number) => Ok(Literal::Number(if negative { -number } else { number })),
            _ => Err(SqlError::syntax()),
        }
    }

    pub(super) fn list<T>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<T, SqlError>,
    ) -> Result<Vec<T>, SqlError> {
        let mut elements = vec![element(self)?];
        while self.take_sign(",") {
            elements.push(element(self)?);
        }
        Ok(elements)
    }

    /// A name that is no reserved word.
    pub(super) fn name(&mut self) -> Result<String, SqlError> {
        let word = self.word()?;
        if RESERVED.contains(&word.as_str()) {
            return Err(SqlError::syntax());
        }
        Ok(word)
    }

    /// A name where only a name can stand, so that reserved words are names too.
    pub(super) fn any_name(&mut self) -> Result<String, SqlError> {
        self.word()
    }

    /// A name, if the next token is one.
    pub(super) fn optional_name(&mut self) -> Option<String> {
        match self.peek() {
            Some(Token::Word(word)) if !RESERVED.contains(&word.as_str()) => {
                let word = word.clone();
                self.position += 1;
                Some(word)
            }
            _ => None,
        }
    }

    pub(super) fn number(&mut self) -> Result<i64, SqlError> {
        match self.next()? {
            Token::Number(number) => Ok(number),
            _ => Err(SqlError::syntax()),
        }
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.position)
    }

    pub(super) fn peek_after(&self, distance: usize) -> Option<&Token> {
        self.tokens.get(self.position + distance)
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let taken = matches!(self.peek(), Some(Token::Word(next)) if next == word);
        self.position += usize::from(taken);
        taken
    }

    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let taken = matches!(self.peek(), Some(Token::Sign(next)) if *next == sign);
        self.position += usize::from(taken);
        taken
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<(), SqlError> {
        self.take_word(word)
            .then_some(())
            .ok_or_else(SqlError::syntax)
    }

    pub(super) fn expect_sign(&mut self, sign: &str) -> Result<(), SqlError> {
        self.take_sign(sign)
            .then_some(())
            .ok_or_else(SqlError::syntax)
    }

    fn word(&mut self) -> Result<String, SqlError> {
        match self.next()? {
            Token::Word(word) => Ok(word),
            _ => Err(SqlError::syntax()),
        }
    }

    fn text(&mut self) -> Result<String, SqlError> {
        match self.next()? {
            Token::Text(text) => Ok(text),
            _ => Err(SqlError::syntax()),
        }
    }

    fn next(&mut self) -> Result<Token, SqlError> {
        let token = self
            .tokens
            .get(self.position)
            .cloned()
            .ok_or_else(SqlError::syntax)?;
        self.position += 1;
        Ok(token)
    }

    fn end(&self) -> Result<(), SqlError> {
        if self.position == self.tokens.len() {
            return Ok(());
        }
        Err(SqlError::syntax())
    }
}

fn one_or(
    mut conditions: Vec<Condition>,
    several: impl FnOnce(Vec<Condition>) -> Condition,
) -> Condition {
    if conditions.len() == 1 {
        return conditions.remove(0);
    }
    several(conditions)
}

#[cfg(test)]
mod tests;
