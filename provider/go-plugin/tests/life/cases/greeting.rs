//! Cookie, protocol versions, handshake.

use go_plugin_host::{ClientCertificate, Host, HostError};
use libtest_mimic::Trial;

use crate::fixture::ADVICE;
use crate::setting::Setting;
use crate::trial;

pub(super) fn cases() -> Vec<Trial> {
    vec![
        trial("no_cookie_no_plugin", no_cookie),
        trial("a_wrong_cookie_no_plugin", wrong_cookie),
        trial("protocol_6_whatever_the_host_offers", versions),
        trial(
            "a_certificate_that_cannot_be_read_ends_the_plugin",
            unreadable_certificate,
        ),
        trial("multiplexing_is_denied", multiplexing),
    ]
}

async fn no_cookie() {
    let setting = Setting::new();
    assert_refused(setting.host().without_cookie(), ADVICE).await;
    setting.assert_nothing_left();
}

async fn wrong_cookie() {
    let setting = Setting::new();
    assert_refused(setting.host().cookie("d602"), ADVICE).await;
    setting.assert_nothing_left();
}

async fn unreadable_certificate() {
    let setting = Setting::new();
    let host = setting
        .host()
        .client_certificate(ClientCertificate::Unreadable);
    assert_refused(
        host,
        "PLUGIN_CLIENT_CERT, which the host sets, is not a certificate",
    )
    .await;
    setting.assert_nothing_left();
}

/// Exit code 1, nothing on standard output, and this text on standard error.
async fn assert_refused(host: Host, text: &str) {
    match host.start().await.unwrap_err() {
        HostError::Ended {
            status,
            stdout,
            stderr,
        } => {
            assert_eq!(status.code(), Some(1));
            assert_eq!(stdout, "");
            assert!(stderr.contains(text), "{stderr}");
        }
        other => panic!("{other}"),
    }
}

async fn versions() {
    for offered in ["5,6", "6,5", "5", "7,6"] {
        let setting = Setting::new();
        let plugin = setting
            .host()
            .protocol_versions(offered)
            .start()
            .await
            .unwrap();
        assert_eq!(plugin.handshake().protocol_version, 6, "{offered}");
        assert_eq!(plugin.handshake().network, "unix");
        assert!(plugin.socket().starts_with(setting.directory()));
        setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
    }
    let setting = Setting::new();
    let host = setting.host().env_remove("PLUGIN_PROTOCOL_VERSIONS");
    assert_eq!(host.start().await.unwrap().handshake().protocol_version, 6);
}

async fn multiplexing() {
    let setting = Setting::new();
    assert_eq!(setting.plugin().await.handshake().multiplexing, None);
    let asking = setting
        .host()
        .env("PLUGIN_MULTIPLEX_GRPC", "true")
        .start()
        .await
        .unwrap();
    assert_eq!(asking.handshake().multiplexing, Some(false));
}
