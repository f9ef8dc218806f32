//! Who is let in.

use go_plugin_host::{ClientCertificate, Plugin, connect_plaintext};
use tfplugin_protocol::tfplugin6::get_metadata;

use crate::setting::{Setting, client_over};

#[tokio::test]
async fn only_the_host_that_started_it_is_let_in() {
    let setting = Setting::new();
    let mut plugin = setting.plugin().await;
    for stranger in [ClientCertificate::Foreign, ClientCertificate::Missing] {
        plugin.present(stranger);
        assert!(!is_served(&mut plugin).await, "{stranger:?} was let in");
    }
    plugin.present(ClientCertificate::Own);
    assert!(is_served(&mut plugin).await);
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

#[tokio::test]
async fn who_speaks_no_tls_is_refused() {
    let setting = Setting::new();
    let plugin = setting.plugin().await;
    let request = get_metadata::Request {};
    let served = match connect_plaintext(plugin.socket()).await {
        Ok(channel) => client_over(channel).get_metadata(request).await.is_ok(),
        Err(_) => false,
    };
    assert!(!served, "plain text was let in");
    setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
}

async fn is_served(plugin: &mut Plugin) -> bool {
    let request = get_metadata::Request {};
    match plugin.connect().await {
        Ok(channel) => client_over(channel).get_metadata(request).await.is_ok(),
        Err(_) => false,
    }
}
