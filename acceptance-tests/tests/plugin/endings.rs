//! How the provider ends, and that it leaves nothing behind. What is in flight then is tried with a real core.

use std::process::Stdio;

use go_plugin_host::Signal;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Command;

use crate::messages::text;
use crate::requests::validate;
use crate::setting::{Setting, client};

#[tokio::test]
async fn shutdown_ends_it() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let _connected = client(&mut plugin).await;
    plugin.ask_to_shut_down().await.unwrap();
    setting.assert_ended_in_silence(&plugin.finished().await.unwrap());
}

#[tokio::test]
async fn a_termination_ends_it() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let _connected = client(&mut plugin).await;
    plugin.signal(Signal::SIGTERM).unwrap();
    setting.assert_ended_in_silence(&plugin.finished().await.unwrap());
}

#[tokio::test]
async fn an_interrupt_changes_nothing() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let mut client = client(&mut plugin).await;
    plugin.signal(Signal::SIGINT).unwrap();
    assert_eq!(text(&validate(&mut client, "remote.com").await), "");
    drop(client);
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

#[tokio::test]
async fn a_host_that_hangs_up_is_not_waited_for() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    drop(client(&mut plugin).await);
    plugin.disconnect();
    setting.assert_ended_in_silence(&plugin.finished().await.unwrap());
}

/// The shell is a host that starts the provider and is killed before it has connected.
#[tokio::test]
async fn an_orphan_ends_by_itself() {
    let setting = Setting::new();
    let as_terraform = setting.host().command();
    let variables = as_terraform.as_std().get_envs();
    let mut command = Command::new("sh");
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let mut host = command
        .args(["-c", r#""$0" & wait"#])
        .arg(Setting::executable())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut output = BufReader::new(host.stdout.take().unwrap());
    let mut handshake = String::new();
    output.read_line(&mut handshake).await.unwrap();
    assert!(handshake.starts_with("1|6|unix|"), "{handshake:?}");
    assert!(setting.directory().read_dir().unwrap().next().is_some());
    host.kill().await.unwrap();
    // The pipe ends when the last process that holds it does: the provider.
    let mut rest = String::new();
    output.read_to_string(&mut rest).await.unwrap();
    assert_eq!(rest, "");
    setting.assert_nothing_left();
}
