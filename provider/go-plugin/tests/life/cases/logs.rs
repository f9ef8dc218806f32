//! What is logged, and how.

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::message::call;
use crate::setting::Setting;
use crate::trial;

pub(super) fn cases() -> Vec<Trial> {
    vec![
        trial("log_lines_are_hclogs", format),
        trial("only_what_is_asked_for_is_logged", levels),
        trial("details_of_the_connection_are_not_logged", no_wire_details),
    ]
}

async fn format() {
    let lines = logged(&[("TF_LOG", "INFO")]).await;
    for line in &lines {
        for key in ["@level", "@message", "@module", "@timestamp"] {
            assert!(line[key].is_string(), "{line}");
        }
        let timestamp = line["@timestamp"].as_str().unwrap();
        assert_eq!(shape(timestamp), "0000-00-00T00:00:00.000000Z");
    }
    let info = lines.iter().find(|line| line["count"] == 3).unwrap();
    assert_eq!(info["@level"], "info");
    assert_eq!(info["@message"], "an info: \"quoted\"\nand more");
    assert_eq!(info["@module"], "life::fixture");
    assert_eq!(
        (&info["tf_rpc"], &info["tf_req_id"]),
        (&json!("Log"), &json!(7))
    );
    assert_eq!(info["ratio"], json!(0.5));
}

async fn levels() {
    assert_eq!(levels_logged(&[]).await, [""; 0]);
    assert_eq!(levels_logged(&[("TF_LOG", "OFF")]).await, [""; 0]);
    assert_eq!(
        levels_logged(&[("TF_LOG", "TRACE"), ("TF_LOG_PROVIDER", "error")]).await,
        ["error"]
    );
    assert_eq!(
        levels_logged(&[
            ("TF_LOG_PROVIDER", "OFF"),
            ("TF_LOG_PROVIDER_FIXTURE", "Warn")
        ])
        .await,
        ["warn", "error"]
    );
    assert_eq!(
        levels_logged(&[("TF_LOG", "JSON")]).await,
        ["trace", "debug", "info", "warn", "error"]
    );
}

async fn no_wire_details() {
    let foreign: Vec<Value> = logged(&[("TF_LOG", "TRACE")])
        .await
        .into_iter()
        .filter(|line| {
            let module = line["@module"].as_str().unwrap();
            !module.starts_with("life") && !module.starts_with("go_plugin")
        })
        .collect();
    assert_eq!(foreign, [Value::Null; 0]);
}

/// The levels of the fixture's own lines.
async fn levels_logged(variables: &[(&str, &str)]) -> Vec<String> {
    let lines = logged(variables).await;
    let own = lines
        .iter()
        .filter(|line| line["@module"] == "life::fixture");
    own.map(|line| line["@level"].as_str().unwrap().to_owned())
        .collect()
}

/// Everything on standard error of a plugin that logs one event of each level.
async fn logged(variables: &[(&str, &str)]) -> Vec<Value> {
    let setting = Setting::new();
    let host = variables
        .iter()
        .fold(setting.host(), |host, (name, value)| host.env(name, value));
    let mut plugin = host.start().await.unwrap();
    call(plugin.connect().await.unwrap(), "log").await.unwrap();
    let stderr = plugin.shut_down().await.unwrap().stderr;
    stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn shape(timestamp: &str) -> String {
    timestamp
        .chars()
        .map(|char| if char.is_ascii_digit() { '0' } else { char })
        .collect()
}
