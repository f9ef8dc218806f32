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

#[test]
fn a_domain_comes_with_its_companions_and_they_go_with_it() {
    let database = database(SchemaDefinition::a());
    assert_eq!(
        run(&database, &format!("{INSERT} ('p1', 'remote.com', 2, 't')")),
        Ok(1)
    );
    let companions = database.companions().unwrap();
    assert_eq!(companions.incoming_acl[0].domain_name, "remote.com");
    assert_eq!(companions.backend_gateway[0].domain_name, "remote.com");

    let error = run(
        &database,
        "DELETE FROM sipproxyincomingacl WHERE address = 'remote.com'",
    )
    .unwrap_err();
    assert_eq!(
        error.message,
        "To remove this ACL you must first remove the remote.com federated domain."
    );

    assert_eq!(
        run(&database, "DELETE FROM pefederateddomain WHERE pkid = 'p1'"),
        Ok(1)
    );
    assert_eq!(database.companions().unwrap(), Companions::default());
    assert_eq!(
        run(&database, "DELETE FROM pefederateddomain WHERE pkid = 'p1'"),
        Ok(0)
    );
}

#[test]
fn where_sql_makes_no_companions_the_administration_page_still_does() {
    let mut database = database(SchemaDefinition::a());
    database.behaviour.companions = CompanionsMadeBy::AdminPageOnly;
    run(&database, &format!("{INSERT} ('p1', 'remote.com', 2, 't')")).unwrap();
    assert_eq!(database.companions().unwrap(), Companions::default());
    database
        .insert_domain(&DomainRow::named("other.com"), Writer::AdminPage)
        .unwrap();
    assert_eq!(database.companions().unwrap().incoming_acl.len(), 1);
}

#[test]
fn domains_are_refused_in_the_products_own_words() {
    let database = database(SchemaDefinition::a());
    run(&database, &format!("{INSERT} ('p1', 'remote.com', 2, 't')")).unwrap();
    for (name, text) in [
        ("", "Domain name cannot be NULL or an empty string."),
        (
            "under_score.com",
            "Federated domain name has invalid format.",
        ),
        (
            "Own.Example.com",
            "A federated domain must be different than the proxy domain (own.example.com) .",
        ),
        (
            "REMOTE.com",
            "A federated domain with the name REMOTE.com already exists.",
        ),
    ] {
        let error = run(&database, &format!("{INSERT} (newid(), '{name}', 2, 't')")).unwrap_err();
        assert_eq!(error.code, -746);
        assert!(error.message.starts_with(text), "{}", error.message);
    }
    let long = "a".repeat(129);
    assert_eq!(
        code(run(
            &database,
            &format!("{INSERT} (newid(), '{long}', 2, 't')")
        )),
        -1279
    );
}

#[test]
fn routes_are_refused_in_the_products_own_words() {
    let database = database(SchemaDefinition::a());
    for (pattern, next_hop, port, text) in [
        (
            ".com.re mote",
            "10.0.0.1",
            5061,
            "Invalid destination pattern: Valid characters include [A-Za-z0-9*+.-\\]",
        ),
        (
            ".com.*.x",
            "10.0.0.1",
            5061,
            "Invalid destination pattern: Asterisk (*) only allowed at end of pattern or escaped (\\)",
        ),
        (
            "com.remote",
            "10.0.0.1",
            5061,
            "Invalid destination pattern: Domain types must start with a period(.)",
        ),
        (
            ".com.remote",
            "10.0.0.256",
            5061,
            "Next hop address is invalid",
        ),
        (
            ".com.remote",
            "host name",
            5061,
            "Next hop address is invalid",
        ),
        (".com.remote", "10.0.0.1", 0, "Next hop address is invalid"),
    ] {
        let error = run(&database, &insert_route(pattern, next_hop, port)).unwrap_err();
        assert_eq!(
            (error.code, error.message.as_str()),
            (-746, text),
            "{pattern} {next_hop}"
        );
    }
    for pattern in [
        ".com.remote",
        ".com.remote.*",
        ".com.\\*.x",
        ".com.remote.server-1",
    ] {
        assert_eq!(
            run(&database, &insert_route(pattern, "srv.example.com", 0)),
            Ok(1),
            "{pattern}"
        );
    }
}

#[test]
fn a_pattern_has_at_most_a_hundred_routes() {
    let database = database(SchemaDefinition::a());
    for number in 0..100 {
        run(
            &database,
            &insert_route(".com.remote", &format!("10.0.0.{number}"), 5061),
        )
        .unwrap();
    }
    let error = run(&database, &insert_route(".com.remote", "10.0.1.1", 5061)).unwrap_err();
    assert_eq!(
        error.message,
        "A maximum of 100 static routes with the same destination pattern may be assigned."
    );
    assert_eq!(
        run(
            &database,
            "UPDATE sipproxystaticroute SET priority = 2 WHERE nexthop = '10.0.0.7'"
        ),
        Ok(1)
    );
}

#[test]
fn constraints_answer_with_informix_numbers() {
    let database = database(SchemaDefinition::a());
    run(&database, &format!("{INSERT} ('p1', 'remote.com', 2, 't')")).unwrap();
    run(&database, &insert_route(".com.remote", "10.0.0.1", 5061)).unwrap();
    for (sql, number) in [
        (format!("{INSERT} ('p1', 'other.com', 2, 't')"), -239),
        (format!("{INSERT} ('p2', 'remote.com', 2, 't')"), -239),
        (insert_route(".com.remote", "10.0.0.1", 5061), -239),
        (format!("{INSERT} ('p2', 'other.com', 9, 't')"), -691),
        (format!("{INSERT} ('p2', 'other.com', NULL, 't')"), -391),
        (format!("{INSERT} ('p2', 'other.com', 'two', 't')"), -1213),
        (format!("{INSERT} ('p2', 'other.com', 2, 'yes')"), -1260),
        (format!("{INSERT} ('p2', 'other.com', 2)"), -236),
        (
            "INSERT INTO pefederateddomain (pkid) VALUES ('p2')".to_owned(),
            -391,
        ),
        (
            "INSERT INTO pefederateddomain (nope) VALUES ('p2')".to_owned(),
            -217,
        ),
        ("INSERT INTO nope (pkid) VALUES ('p2')".to_owned(), -206),
        (
            "DELETE FROM typefedprotocol WHERE enum = 2".to_owned(),
            -692,
        ),
        ("DELETE FROM systables".to_owned(), -274),
        (
            "UPDATE sipproxystaticroute SET priority = 65536".to_owned(),
            -530,
        ),
        (
            "UPDATE pefederateddomain SET domainname = NULL".to_owned(),
            -391,
        ),
        (
            "DELETE FROM pefederateddomain WHERE nope = 1".to_owned(),
            -217,
        ),
    ] {
        assert_eq!(
            run(&database, &sql).map_err(|error| error.code),
            Err(number),
            "{sql}"
        );
    }
    assert_eq!(database.domains().unwrap().len(), 1);
}

#[test]
fn duplicates_may_be_answered_in_the_products_words() {
    let mut database = database(SchemaDefinition::a());
    database.behaviour.duplicates = DuplicateAnswer::RuleText;
    run(&database, &format!("{INSERT} ('p1', 'remote.com', 2, 't')")).unwrap();
    run(&database, &insert_route(".com.remote", "10.0.0.1", 5061)).unwrap();
    let domain = run(&database, &format!("{INSERT} ('p2', 'remote.com', 2, 't')")).unwrap_err();
    assert_eq!(
        domain.message,
        "A federated domain with the name remote.com already exists."
    );
    let route = run(&database, &insert_route(".com.remote", "10.0.0.1", 5061)).unwrap_err();
    assert!(
        route.message.starts_with("Duplicate static route."),
        "{route}"
    );
}

#[test]
fn what_is_not_committed_leaves_no_trace() {
    let database = database(SchemaDefinition::a());
    let statement = parse(&format!("{INSERT} ('p1', 'remote.com', 2, 't')")).unwrap();
    assert_eq!(database.execute(&statement, false).unwrap().rows, 1);
    assert_eq!(database.domains().unwrap(), []);
    assert_eq!(database.companions().unwrap(), Companions::default());
}

#[test]
fn queries_join_page_and_count() {
    let database = database(SchemaDefinition::a());
    for (pkid, name) in [("p1", "a.com"), ("p2", "b.com"), ("p3", "c.com")] {
        run(&database, &format!("{INSERT} ('{pkid}', '{name}', 2, 't')")).unwrap();
    }
    let select = |sql: &str| rows(&database, sql).unwrap();
    assert_eq!(
        select("SELECT SKIP 1 FIRST 1 domainname FROM pefederateddomain ORDER BY pkid"),
        ["b.com"]
    );
    assert_eq!(
        select(
            "SELECT FIRST 2 pkid, description FROM pefederateddomain WHERE pkid > 'p1' ORDER BY pkid"
        ),
        ["p2|-", "p3|-"]
    );
    assert_eq!(
        select("SELECT COUNT(*) FROM pefederateddomain WHERE isdirectfederation = 't'"),
        ["3"]
    );
    assert_eq!(
        select(
            "SELECT domainname FROM pefederateddomain WHERE pkid IN ('p3', 'p1') ORDER BY 1 DESC"
        ),
        ["c.com", "a.com"]
    );
    assert_eq!(
        select(
            "SELECT d.domainname, t.name FROM pefederateddomain AS d INNER JOIN typefedprotocol t ON d.tkfedprotocol = \
             t.enum WHERE d.domainname LIKE 'a%'"
        ),
        ["a.com|Inter-Domain to OCS/Lync"]
    );
    assert_eq!(
        select(
            "SELECT t.tabname, c.colname, c.coltype, c.collength FROM systables t, syscolumns c WHERE t.tabid = c.tabid \
             AND t.tabname IN ('typefedprotocol') ORDER BY c.colno"
        ),
        [
            "typefedprotocol|enum|258|4",
            "typefedprotocol|name|269|100",
            "typefedprotocol|moniker|13|100"
        ]
    );
    assert_eq!(
        select(
            "SELECT c.colname, d.default FROM systables t, syscolumns c, sysdefaults d WHERE t.tabid = c.tabid AND \
             c.tabid = d.tabid AND c.colno = d.colno AND t.tabname = 'sipproxystaticroute' AND d.type = 'L' ORDER BY \
             c.colno"
        ),
        [
            "nexthopport|5060",
            "priority|1",
            "weight|1",
            "allowlessspecific|t",
            "inservice|t",
            "blockroute|f",
            "versionstamp|0"
        ]
    );
    assert_eq!(
        select("SELECT dbinfo('dbhostname') FROM systables WHERE tabid = 1"),
        ["imp-pub"]
    );
    for (sql, number) in [
        ("SELECT a FROM nope", -206),
        ("SELECT nope FROM pefederateddomain", -217),
        ("SELECT tabid FROM systables, syscolumns", -324),
        ("SELECT tabname FROM systables WHERE tabid = 'x'", -1213),
    ] {
        assert_eq!(rows(&database, sql).unwrap_err().code, number, "{sql}");
    }
}

#[test]
fn a_guarded_update_touches_only_the_row_it_knows() {
    let database = database(SchemaDefinition::a());
    run(&database, &format!("{INSERT} ('p1', 'remote.com', 2, 't')")).unwrap();
    let update = |guard: &str| {
        run(
            &database,
            &format!(
                "UPDATE pefederateddomain SET description = 'new' WHERE pkid = 'p1' AND (isdirectfederation = 't') AND \
                 ({guard})"
            ),
        )
    };
    assert_eq!(update("description = 'old'"), Ok(0));
    assert_eq!(update("description IS NULL OR description = ''"), Ok(1));
    assert_eq!(
        database.domains().unwrap()[0].description.as_deref(),
        Some("new")
    );
}

#[test]
fn a_removed_domain_tells_the_routes_it_left_behind() {
    let database = database(SchemaDefinition::b());
    for name in ["remote.com", "sub.remote.com"] {
        database
            .insert_domain(&DomainRow::named(name), Writer::AdminPage)
            .unwrap();
    }
    for pattern in [
        ".com.remote",
        ".com.remote.*",
        ".com.remote.sub",
        ".com.remote.sub.x",
        ".com.remoter",
    ] {
        database
            .insert_route(&RouteRow::to(pattern, "10.0.0.1"), Writer::AdminPage)
            .unwrap();
    }
    let statement = parse("DELETE FROM pesipfederation WHERE feddomain = 'remote.com'").unwrap();
    let written = database.execute(&statement, true).unwrap();
    assert_eq!(
        written.changes[0].routes_left,
        [".com.remote", ".com.remote.*"]
    );
}

#[test]
fn rows_are_still_understood_after_the_catalogue_changed() {
    let mut database = database(SchemaDefinition::a());
    database
        .insert_domain(&DomainRow::named("remote.com"), Writer::AdminPage)
        .unwrap();
    let rename = |table: &str, column: &str, to: &str| CatalogueChange::RenameColumn {
        table: table.to_owned(),
        column: column.to_owned(),
        to: to.to_owned(),
    };
    database
        .change_catalogue(&rename("pefederateddomain", "domainname", "feddomain"))
        .unwrap();
    database
        .change_catalogue(&CatalogueChange::RenameTable {
            table: "pefederateddomain".to_owned(),
            to: "pedomain".to_owned(),
        })
        .unwrap();
    database
        .change_catalogue(&CatalogueChange::AddColumn {
            table: "pedomain".to_owned(),
            column: Column::integer("mandatory").required(),
        })
        .unwrap();
    assert_eq!(database.domains().unwrap()[0].domain_name, "remote.com");
    assert_eq!(code(run(&database, "DELETE FROM pefederateddomain")), -206);
    assert_eq!(
        code(run(
            &database,
            "INSERT INTO pedomain (feddomain, tkfedprotocol) VALUES ('x.com', 2)"
        )),
        -391
    );
    assert!(
        database
            .change_catalogue(&rename("pedomain", "feddomain", "x; DROP"))
            .is_err()
    );
}

#[test]
fn a_file_survives_and_a_foreign_one_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("cluster.sqlite");
    let open = |definition| {
        let behaviour = Behaviour {
            companions: CompanionsMadeBy::Database,
            duplicates: DuplicateAnswer::UniqueIndex,
            routes_per_pattern: 100,
        };
        Database::open(
            Some(&path),
            Contents::ImAndPresence,
            definition,
            behaviour,
            "own.example.com",
            &[],
        )
    };
    let first = open(SchemaDefinition::a()).unwrap();
    first
        .insert_domain(&DomainRow::named("remote.com"), Writer::AdminPage)
        .unwrap();
    drop(first);
    assert_eq!(
        open(SchemaDefinition::a()).unwrap().domains().unwrap()[0].domain_name,
        "remote.com"
    );
    assert!(matches!(
        open(SchemaDefinition::b()),
        Err(StorageError::OtherSchema { .. })
    ));

    std::fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE x (y)")
        .unwrap();
    assert!(matches!(
        open(SchemaDefinition::a()),
        Err(StorageError::Foreign { .. })
    ));
}
