//! Debug mode: started by a person, found through `TF_REATTACH_PROVIDERS`.

use std::process::Stdio;

use go_plugin_host::connect_plaintext;
use libtest_mimic::Trial;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Command;

use crate::control::ControlListener;
use crate::message::call;
use crate::setting::Setting;
use crate::{ROLE, trial};

pub(super) fn cases() -> Vec<Trial> {
    vec![trial(
        "several_hosts_one_after_the_other_and_ctrl_c",
        several_hosts,
    )]
}

async fn several_hosts() {
    let setting = Setting::new();
    let mut process = Command::new(std::env::current_exe().unwrap())
        .arg("--debug")
        .env(ROLE, "plugin")
        .env("TMPDIR", setting.directory())
        .env_remove("TF_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let reattach = loop {
        let line = lines
            .next_line()
            .await
            .unwrap()
            .expect("no TF_REATTACH_PROVIDERS");
        if let Some(value) = line.trim().strip_prefix("TF_REATTACH_PROVIDERS=") {
            break serde_json::from_str::<Value>(value.trim_matches('\'')).unwrap();
        }
    };
    let entry = &reattach["example.com/test/fixture"];
    assert_eq!(
        (&entry["Protocol"], &entry["Test"]),
        (&Value::from("grpc"), &Value::from(true))
    );
    assert_eq!(
        (&entry["ProtocolVersion"], &entry["Pid"]),
        (&Value::from(6), &Value::from(process.id()))
    );
    let socket = entry["Addr"]["String"].as_str().unwrap();

    for host in ["first", "second"] {
        let channel = connect_plaintext(socket).await.unwrap();
        assert_eq!(call(channel, format!("echo {host}")).await.unwrap(), host);
    }
    let listener = ControlListener::open().await;
    let channel = connect_plaintext(socket).await.unwrap();
    let request = tokio::spawn(call(channel, listener.command()));
    let mut control = listener.request().await;
    interrupt(process.id().unwrap()).await;
    assert_eq!(control.hear().await.as_deref(), Some("cancelled"));
    control.say("finish").await;
    assert_eq!(
        request.await.unwrap().unwrap(),
        "finished although cancelled"
    );
    assert!(process.wait().await.unwrap().success());
    let mut stderr = String::new();
    process
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .await
        .unwrap();
    assert_eq!(stderr, "");
    setting.assert_nothing_left();
}

async fn interrupt(process: u32) {
    let status = Command::new("kill")
        .args(["-INT", &process.to_string()])
        .status()
        .await
        .unwrap();
    assert!(status.success());
}
