//! What statements do, and what survives them.

use super::*;

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
