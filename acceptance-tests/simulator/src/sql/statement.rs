//! A parsed statement. Names are in lower case and not yet looked up in the catalogue.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Statement {
    Select(Select),
    Insert(Insert),
    Update(Update),
    Delete(Delete),
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// It reads.
    Select,
    /// It adds a row.
    Insert,
    /// It changes rows.
    Update,
    /// It removes rows.
    Delete,
}

impl Statement {
    pub(crate) fn verb(&self) -> Verb {
        match self {
            Self::Select(_) => Verb::Select,
            Self::Insert(_) => Verb::Insert,
            Self::Update(_) => Verb::Update,
            Self::Delete(_) => Verb::Delete,
        }
    }

    /// The tables it names, in order.
    pub(crate) fn tables(&self) -> Vec<&str> {
        match self {
            Self::Select(select) => select
                .from
                .iter()
                .map(|source| source.table.as_str())
                .collect(),
            Self::Insert(insert) => vec![&insert.table],
            Self::Update(update) => vec![&update.table],
            Self::Delete(delete) => vec![&delete.table],
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Select {
    pub(crate) skip: Option<i64>,
    pub(crate) first: Option<i64>,
    pub(crate) distinct: bool,
    pub(crate) items: Vec<Item>,
    pub(crate) from: Vec<Source>,
    pub(crate) condition: Option<Condition>,
    pub(crate) order: Vec<Order>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    All,
    AllOf(String),
    Expression {
        expression: Expression,
        label: Option<String>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) table: String,
    pub(crate) alias: Option<String>,
    pub(crate) join: Join,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Join {
    /// The first table, or one after a comma.
    None,
    Inner(Condition),
    Left(Condition),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) by: OrderKey,
    pub(crate) descending: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OrderKey {
    Column(ColumnName),
    Position(i64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColumnName {
    pub(crate) qualifier: Option<String>,
    pub(crate) name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    Column(ColumnName),
    Literal(Literal),
    CountAll,
    Call {
        function: Function,
        argument: Box<Expression>,
    },
    /// `dbinfo('dbhostname')`: the name of the node that answers.
    HostName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Count,
    CountDistinct,
    Minimum,
    Maximum,
    Lower,
    Upper,
    Length,
    Trim,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    Null,
    Text(String),
    Number(i64),
    /// `newid()`, in the VALUES and SET clauses only.
    NewId,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        left: Expression,
        operator: &'static str,
        right: Expression,
    },
    Between {
        value: Expression,
        low: Expression,
        high: Expression,
        negated: bool,
    },
    InList {
        value: Expression,
        list: Vec<Literal>,
        negated: bool,
    },
    InSelect {
        value: Expression,
        select: Box<Select>,
        negated: bool,
    },
    Exists(Box<Select>),
    IsNull {
        value: Expression,
        negated: bool,
    },
    /// LIKE, or MATCHES with its `*` and `?`.
    Like {
        value: Expression,
        pattern: String,
        negated: bool,
        matches: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Insert {
    pub(crate) table: String,
    /// `None`: every column in order.
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) values: Vec<Literal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Update {
    pub(crate) table: String,
    pub(crate) assignments: Vec<(String, Literal)>,
    pub(crate) condition: Option<Condition>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delete {
    pub(crate) table: String,
    pub(crate) condition: Option<Condition>,
}
