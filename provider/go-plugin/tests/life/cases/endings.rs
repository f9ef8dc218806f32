//! How a plugin ends: only when nothing is in flight, and leaving nothing behind.

use std::process::Stdio;
use std::time::Duration;

use go_plugin_host::{Finished, Signal};
use libtest_mimic::Trial;
use tfplugin_protocol::plugin::grpc_broker_client::GrpcBrokerClient;
use tfplugin_protocol::plugin::grpc_stdio_client::GrpcStdioClient;

use crate::control::ControlListener;
use crate::message::call;
use crate::setting::Setting;
use crate::{ROLE, doomed_host, trial};

pub(super) fn cases() -> Vec<Trial> {
    vec![
        trial(
            "shutdown_ends_the_plugin_with_its_streams_open",
            shutdown_with_open_streams,
        ),
        trial(
            "shutdown_does_not_wait_for_ever_for_a_request",
            shutdown_during_a_request,
        ),
        trial("an_interrupt_changes_nothing", interrupt),
        trial(
            "a_termination_cancels_and_waits_for_the_request",
            termination_during_a_request,
        ),
        trial("a_termination_ends_an_idle_plugin", termination_while_idle),
        trial("a_lost_terminal_ends_an_idle_plugin", lost_terminal),
        trial(
            "the_work_of_a_vanished_client_comes_to_its_end",
            vanished_client,
        ),
        trial(
            "a_killed_hosts_plugin_finishes_its_work_and_ends",
            killed_host,
        ),
    ]
}

/// A plugin gives its last answers a second to get out, which must not be what a request lives on.
const LONGER_THAN_ANY_FAREWELL: Duration = Duration::from_millis(1500);

/// It waits three seconds for another connection, and then still for its requests.
const LONGER_THAN_ANY_WAIT: Duration = Duration::from_secs(4);

async fn shutdown_with_open_streams() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let channel = plugin.connect().await.unwrap();
    let mut stdio = GrpcStdioClient::new(channel.clone())
        .stream_stdio(())
        .await
        .unwrap()
        .into_inner();
    // A host's half that never says a word, and never ends by itself.
    let silence = tonic::codegen::tokio_stream::pending();
    let mut broker = GrpcBrokerClient::new(channel.clone())
        .start_stream(silence)
        .await
        .unwrap()
        .into_inner();
    plugin.ask_to_shut_down().await.unwrap();
    assert!(!matches!(stdio.message().await, Ok(Some(_))));
    assert!(!matches!(broker.message().await, Ok(Some(_))));
    setting.assert_ended_in_silence(&plugin.finished().await.unwrap());
}

async fn shutdown_during_a_request() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let listener = ControlListener::open().await;
    let channel = plugin.connect().await.unwrap();
    let request = tokio::spawn(call(channel, listener.command()));
    let mut control = listener.request().await;
    plugin.ask_to_shut_down().await.unwrap();
    assert_eq!(control.hear().await.as_deref(), Some("cancelled"));
    setting.assert_ended_in_silence(&plugin.finished().await.unwrap());
    assert!(request.await.unwrap().is_err());
}

async fn interrupt() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let listener = ControlListener::open().await;
    let channel = plugin.connect().await.unwrap();
    let request = tokio::spawn(call(channel.clone(), listener.command()));
    let mut control = listener.request().await;
    plugin.signal(Signal::SIGINT).unwrap();
    // Its answer shows that the plugin has run on after the signal.
    assert_eq!(
        call(channel, "echo still here").await.unwrap(),
        "still here"
    );
    control.say("finish").await;
    assert_eq!(request.await.unwrap().unwrap(), "finished");
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

async fn termination_during_a_request() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let listener = ControlListener::open().await;
    let channel = plugin.connect().await.unwrap();
    let request = tokio::spawn(call(channel.clone(), listener.command()));
    let mut control = listener.request().await;
    plugin.signal(Signal::SIGTERM).unwrap();
    assert_eq!(control.hear().await.as_deref(), Some("cancelled"));
    // Terraform, interrupted too, still speaks to the plugin.
    assert_eq!(
        call(channel, "echo still here").await.unwrap(),
        "still here"
    );
    tokio::time::sleep(LONGER_THAN_ANY_FAREWELL).await;
    control.say("finish").await;
    assert_eq!(
        request.await.unwrap().unwrap(),
        "finished although cancelled"
    );
    setting.assert_ended_in_silence(&plugin.finished().await.unwrap());
}

async fn termination_while_idle() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let _channel = plugin.connect().await.unwrap();
    plugin.signal(Signal::SIGTERM).unwrap();
    setting.assert_ended_in_silence(&plugin.finished().await.unwrap());
}

async fn lost_terminal() {
    let setting = Setting::new();
    let plugin = setting.plugin().await;
    plugin.signal(Signal::SIGHUP).unwrap();
    setting.assert_ended_in_silence(&plugin.finished().await.unwrap());
}

async fn vanished_client() {
    let setting = Setting::new();
    let mut plugin = setting.host().env("TF_LOG", "WARN").start().await.unwrap();
    let listener = ControlListener::open().await;
    let channel = plugin.connect().await.unwrap();
    let request = tokio::spawn(call(channel, listener.command()));
    let mut control = listener.request().await;
    request.abort();
    assert!(request.await.unwrap_err().is_cancelled());
    plugin.disconnect();
    assert_eq!(control.hear().await.as_deref(), Some("abandoned"));
    control.say("finish").await;
    assert_eq!(control.hear().await.as_deref(), Some("finished"));
    let Finished {
        status,
        stdout,
        stderr,
    } = plugin.finished().await.unwrap();
    assert!(status.success(), "{stderr}");
    assert_eq!(stdout, "");
    assert!(
        stderr.contains("Work finished after its client had gone"),
        "{stderr}"
    );
    setting.assert_nothing_left();
}

async fn killed_host() {
    let setting = Setting::new();
    let listener = ControlListener::open().await;
    let mut host = tokio::process::Command::new(std::env::current_exe().unwrap())
        .env(ROLE, "host")
        .env(doomed_host::COMMAND, listener.command())
        .env(doomed_host::DIRECTORY, setting.directory())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut control = listener.request().await;
    host.kill().await.unwrap();
    assert_eq!(control.hear().await.as_deref(), Some("abandoned"));
    tokio::time::sleep(LONGER_THAN_ANY_WAIT).await;
    control.say("finish").await;
    assert_eq!(control.hear().await.as_deref(), Some("finished"));
    // The line is cut when the process ends.
    assert_eq!(control.hear().await, None);
    setting.assert_nothing_left();
}
