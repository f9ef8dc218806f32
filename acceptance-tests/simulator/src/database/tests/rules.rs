//! The product's rules, in its own words.

use super::*;

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
