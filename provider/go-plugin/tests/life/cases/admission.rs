//! Who is let in.

use go_plugin_host::{ClientCertificate, Plugin, connect_plaintext};
use libtest_mimic::Trial;
use tokio::net::UnixStream;

use crate::message::call;
use crate::setting::Setting;
use crate::trial;

pub(super) fn cases() -> Vec<Trial> {
    vec![
        trial("the_host_is_let_in_and_no_stranger", strangers),
        trial("who_speaks_no_tls_is_refused", no_tls),
        trial(
            "silent_strangers_do_not_keep_the_host_out",
            silent_strangers,
        ),
        trial("plaintext_where_the_host_sends_no_certificate", plaintext),
    ]
}

async fn strangers() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    for stranger in [ClientCertificate::Foreign, ClientCertificate::Missing] {
        plugin.present(stranger);
        let answer = echo(&mut plugin).await;
        assert!(answer.is_err(), "{stranger:?} was let in");
    }
    plugin.present(ClientCertificate::Own);
    assert_eq!(echo(&mut plugin).await, Ok("hello".to_owned()));
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

async fn no_tls() {
    let setting = Setting::new();
    let plugin = setting.plugin().await;
    let answer =
        async { call(connect_plaintext(plugin.socket()).await?, "echo hello").await }.await;
    assert!(answer.is_err(), "{answer:?}");
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

async fn silent_strangers() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    let mut strangers = Vec::new();
    for _ in 0..8 {
        strangers.push(UnixStream::connect(plugin.socket()).await.unwrap());
    }
    assert_eq!(echo(&mut plugin).await, Ok("hello".to_owned()));
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

async fn plaintext() {
    let setting = Setting::new();
    let mut plugin = setting
        .host()
        .client_certificate(ClientCertificate::Plaintext)
        .start()
        .await
        .unwrap();
    assert_eq!(plugin.handshake().certificate, None);
    assert_eq!(echo(&mut plugin).await, Ok("hello".to_owned()));
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

async fn echo(plugin: &mut Plugin) -> Result<String, String> {
    let channel = plugin.connect().await.map_err(|error| error.to_string())?;
    call(channel, "echo hello")
        .await
        .map_err(|error| error.to_string())
}
