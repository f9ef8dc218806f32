//! What is served.

use libtest_mimic::Trial;
use tonic::Code;

use go_plugin_host::HostError;

use crate::control::ControlListener;
use crate::message::{call, call_path};
use crate::setting::Setting;
use crate::trial;

pub(super) fn cases() -> Vec<Trial> {
    vec![
        trial("eight_mebibytes_come_back_unchanged", large_message),
        trial("the_plugin_is_healthy", health),
        trial("an_unknown_service_is_unimplemented", unknown_service),
        trial(
            "cancelling_reaches_the_running_request_and_no_later_one",
            cancellation,
        ),
    ]
}

async fn large_message() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let text: String = ('a'..='z').cycle().take(8 << 20).collect();
    let answer = call(plugin.connect().await.unwrap(), format!("echo {text}"))
        .await
        .unwrap();
    assert!(answer == text, "{} bytes came back", answer.len());
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

async fn health() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let channel = plugin.connect().await.unwrap();
    let path = "/grpc.health.v1.Health/Check";
    // The answer holds a number where a text is expected: that it has one at all is an OK.
    let error = call_path(channel.clone(), path, "plugin")
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("invalid wire type: Varint"),
        "{error}"
    );
    assert_eq!(
        code(call_path(channel, path, "nonsense").await),
        Code::NotFound
    );
}

async fn unknown_service() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let channel = plugin.connect().await.unwrap();
    assert_eq!(
        code(call_path(channel, "/tfplugin5.Provider/GetSchema", "").await),
        Code::Unimplemented
    );
}

async fn cancellation() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let channel = plugin.connect().await.unwrap();
    let listener = ControlListener::open().await;

    let first = tokio::spawn(call(channel.clone(), listener.command()));
    let mut first_control = listener.request().await;
    assert_eq!(call(channel.clone(), "cancel").await.unwrap(), "cancelled");
    assert_eq!(first_control.hear().await.as_deref(), Some("cancelled"));

    let second = tokio::spawn(call(channel, listener.command()));
    let mut second_control = listener.request().await;
    second_control.say("finish").await;
    assert_eq!(second.await.unwrap().unwrap(), "finished");
    first_control.say("finish").await;
    assert_eq!(first.await.unwrap().unwrap(), "finished although cancelled");
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

fn code(answer: Result<String, HostError>) -> Code {
    match answer {
        Err(HostError::Call(status)) => status.code(),
        other => panic!("{other:?}"),
    }
}
