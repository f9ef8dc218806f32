//! Panics, caught and not.

use libtest_mimic::Trial;

use crate::message::call;
use crate::setting::Setting;
use crate::trial;

pub(super) fn cases() -> Vec<Trial> {
    vec![
        trial(
            "a_panic_in_a_request_is_its_answer_and_the_plugin_lives",
            caught,
        ),
        trial("a_caught_panic_is_logged_as_an_error", logged),
        trial("any_other_panic_is_told_in_the_hosts_words", told),
    ]
}

async fn caught() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let channel = plugin.connect().await.unwrap();
    assert_eq!(
        call(channel.clone(), "panic no such row").await.unwrap(),
        "panicked: no such row"
    );
    assert_eq!(call(channel, "echo hello").await.unwrap(), "hello");
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

async fn logged() {
    let setting = Setting::new();
    let mut plugin = setting.host().env("TF_LOG", "ERROR").start().await.unwrap();
    let channel = plugin.connect().await.unwrap();
    call(channel, "panic no such row").await.unwrap();
    let stderr = plugin.shut_down().await.unwrap().stderr;
    assert!(
        stderr.starts_with(r#"{"@level":"error","@message":"panic: no such row (provider"#),
        "{stderr}"
    );
    assert!(stderr.contains(r#""backtrace":"#), "{stderr}");
}

async fn told() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let channel = plugin.connect().await.unwrap();
    assert!(call(channel, "panic-outside no such row").await.is_err());
    let stderr = plugin.shut_down().await.unwrap().stderr;
    assert!(
        stderr.starts_with("panic: no such row (provider"),
        "{stderr}"
    );
    assert!((3..100).contains(&stderr.lines().count()), "{stderr}");
}
