mod rules;
mod statements;

use super::*;
use crate::schema::{CatalogueChange, Column};
use crate::sql::parse;

fn database(definition: SchemaDefinition) -> Database {
    let behaviour = Behaviour {
        companions: CompanionsMadeBy::Database,
        duplicates: DuplicateAnswer::UniqueIndex,
        routes_per_pattern: 100,
    };
    let nodes = [NodeRow {
        name: "imp-pub".to_owned(),
        publisher: true,
        im_and_presence: true,
    }];
    Database::open(
        None,
        Contents::ImAndPresence,
        definition,
        behaviour,
        "own.example.com",
        &nodes,
    )
    .unwrap()
}

fn run(database: &Database, sql: &str) -> Result<u64, SqlError> {
    database
        .execute(&parse(sql)?, true)
        .map(|written| written.rows)
}

/// The rows of a query, each cell as text, NULL as `-`.
fn rows(database: &Database, sql: &str) -> Result<Vec<String>, SqlError> {
    let Statement::Select(select) = parse(sql)? else {
        panic!("{sql} is no query")
    };
    let mut rows = Vec::new();
    database.query("imp-pub", &select, |labels, row| {
        let cells: Vec<String> = (0..labels.len())
            .map(|index| match Value::of_cell(row.get_ref(index).unwrap()) {
                Value::Null => "-".to_owned(),
                Value::Text(text) => text,
                Value::Integer(number) => number.to_string(),
            })
            .collect();
        rows.push(cells.join("|"));
    })?;
    Ok(rows)
}

fn code(result: Result<u64, SqlError>) -> i32 {
    result.unwrap_err().code
}

const INSERT: &str =
    "INSERT INTO pefederateddomain (pkid, domainname, tkfedprotocol, isdirectfederation) VALUES";

fn insert_route(pattern: &str, next_hop: &str, port: i64) -> String {
    format!(
        "INSERT INTO sipproxystaticroute (pkid, destinationpattern, nexthop, nexthopport, tksiproutetype, \
         tksipprotocol) VALUES (newid(), '{pattern}', '{next_hop}', {port}, 1, 3)"
    )
}
