use super::*;

#[tokio::test]
async fn each_write_leaves_two_lines_that_belong_together() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changes.jsonl");
    let log = ChangeLog::new(path.clone(), "emea", "axl");
    let entry = log.begin("DELETE FROM t", None).await.unwrap();
    let written = Written {
        rows: 1,
        repeated: false,
    };
    entry.end(&Ok(written)).await;
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["statement"], "DELETE FROM t");
    assert_eq!(lines[0]["publisher"], "emea");
    assert_eq!(lines[0]["id"], lines[1]["id"]);
    assert_eq!(lines[1]["outcome"]["rows_updated"], 1);
}

#[tokio::test]
async fn a_log_that_cannot_be_written_is_an_error_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let log = ChangeLog::new(folder.path().to_owned(), "emea", "axl");
    let error = log.begin("DELETE FROM t", None).await.unwrap_err();
    assert!(error.to_string().contains("Nothing was sent"));
}
