//! What is written to standard error, and in which form.

use serde_json::Value;

use crate::requests::validate;
use crate::setting::{Setting, client};

#[tokio::test]
async fn nothing_is_logged_unless_asked_for() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    validate(&mut client(&mut plugin).await, "remote.com").await;
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

#[tokio::test]
async fn every_line_at_trace_is_hclogs() {
    let setting = Setting::new();
    let mut plugin = setting.host().env("TF_LOG", "TRACE").start().await.unwrap();
    validate(&mut client(&mut plugin).await, "remote.com").await;
    let finished = plugin.shut_down().await.unwrap();
    assert_eq!(finished.stdout, "");
    let lines: Vec<Value> = finished
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect();
    let answered =
        |line: &Value| line["@message"] == "answered" && line["rpc"] == "ValidateResourceConfig";
    assert!(lines.iter().any(answered), "{}", finished.stderr);
    for line in &lines {
        for key in ["@level", "@message", "@module", "@timestamp"] {
            assert!(line[key].is_string(), "{line}");
        }
        let level = line["@level"].as_str().unwrap();
        let levels = ["trace", "debug", "info", "warn", "error"];
        assert!(levels.contains(&level), "{line}");
        let timestamp = line["@timestamp"].as_str().unwrap();
        assert_eq!(shape(timestamp), "0000-00-00T00:00:00.000000Z");
    }
}

#[tokio::test]
async fn the_providers_own_variable_outranks_the_general_one() {
    let setting = Setting::new();
    let host = setting.host().env("TF_LOG", "TRACE");
    let mut plugin = host
        .env("TF_LOG_PROVIDER_IMP", "OFF")
        .start()
        .await
        .unwrap();
    validate(&mut client(&mut plugin).await, "remote.com").await;
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

fn shape(timestamp: &str) -> String {
    let digit = |character: char| {
        if character.is_ascii_digit() {
            '0'
        } else {
            character
        }
    };
    timestamp.chars().map(digit).collect()
}
