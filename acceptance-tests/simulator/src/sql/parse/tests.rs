use proptest::prelude::*;

use super::*;

#[test]
fn what_is_outside_the_subset_is_a_syntax_error() {
    for sql in [
        "",
        "SELECT",
        "SELECT * FROM",
        "DROP TABLE x",
        "SELECT a FROM t UNION SELECT b FROM u",
        "SELECT a FROM t GROUP BY a",
        "SELECT a FROM t WHERE a",
        "SELECT a FROM t WHERE a = NULL",
        "INSERT INTO t (a) SELECT b FROM u",
        "INSERT INTO t (a) VALUES (b)",
        "INSERT INTO t (a) VALUES ('x') DELETE FROM t",
        "UPDATE t SET a = b + 1",
        "UPDATE t SET a = (SELECT b FROM u)",
        "DELETE t",
        "DELETE FROM t WHERE a = -'x'",
        "EXECUTE PROCEDURE p()",
    ] {
        assert_eq!(parse(sql).map_err(|error| error.code), Err(-201), "{sql}");
    }
}

#[test]
fn keywords_know_no_case() {
    assert_eq!(
        parse("SELECT FIRST 2 a FROM t WHERE b IS NOT NULL ORDER BY a DESC"),
        parse("select first 2 A from T where B is not null order by A desc")
    );
}

#[test]
fn deep_nesting_is_refused() {
    let sql = format!(
        "DELETE FROM t WHERE {}a = 1{}",
        "(".repeat(5000),
        ")".repeat(5000)
    );
    assert_eq!(parse(&sql).unwrap_err().code, -201);
}

proptest! {
    #[test]
    fn no_text_panics(sql in "(?i)(select|insert|update|delete|where|from|and|or|not|in|[a-z(),.*='<> 0-9-]){0,40}") {
        let _ = parse(&sql);
    }
}
