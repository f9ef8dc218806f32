//! The change log: what was sent, and the rows as they were.

use imp_publisher::domain::Pkid;
use imp_publisher::{Error, Options};
use imp_publisher_simulator::{DEFAULT_PASSWORD, Verb};

use crate::practice::{Practice, created_route, description, domain, options, route, scope};

#[tokio::test]
async fn each_write_has_a_beginning_with_the_prior_row_and_an_end() {
    let practice = Practice::start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changes.jsonl");
    let publisher = practice.publisher_with(Options {
        change_log: Some(path.clone()),
        ..options(&practice.profile())
    });
    let prior = route(".com.remote", "10.20.0.15");
    let pkid = created_route(&publisher, &prior).await.pkid;
    let mut new = prior.clone();
    new.description = Some(description("O'Brien"));
    publisher
        .update_route(&pkid, &prior, &new, &scope())
        .await
        .unwrap();
    publisher.delete_route(&pkid, &scope()).await.unwrap();

    let text = std::fs::read_to_string(path).unwrap();
    assert!(!text.contains(DEFAULT_PASSWORD));
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let events: Vec<&str> = lines
        .iter()
        .map(|line| line["event"].as_str().unwrap())
        .collect();
    assert_eq!(events, ["begin", "end", "begin", "end", "begin", "end"]);
    for pair in lines.chunks(2) {
        assert_eq!(pair[0]["id"], pair[1]["id"]);
        assert_eq!(pair[1]["outcome"]["rows_updated"], 1);
    }
    assert!(lines[0]["prior_row"].is_null());
    assert_eq!(lines[2]["prior_row"]["description"], "NULL");
    assert_eq!(lines[4]["prior_row"]["description"], "'O''Brien'");
}

#[tokio::test]
async fn without_the_log_nothing_is_sent() {
    let practice = Practice::start().await;
    let folder = tempfile::tempdir().unwrap();
    let publisher = practice.publisher_with(Options {
        change_log: Some(folder.path().join("no such folder").join("changes.jsonl")),
        ..options(&practice.profile())
    });
    let error = publisher
        .create_domain(&Pkid::random(), &domain("remote.com"), &scope())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::ChangeLog { .. }), "{error:?}");
    assert_eq!(practice.statements(Verb::Insert), Vec::<String>::new());
}
