//! Cookie, protocol versions, handshake.

use go_plugin_host::{ClientCertificate, Host, HostError};

use crate::setting::Setting;

#[tokio::test]
async fn a_person_who_starts_it_by_hand_is_told_what_it_is() {
    let setting = Setting::new();
    let advice = "It is not started by hand";
    assert_refused(setting.host().without_cookie(), advice).await;
    assert_refused(setting.host().cookie("d602bf8f"), advice).await;
    setting.assert_nothing_left();
}

#[tokio::test]
async fn a_client_certificate_that_cannot_be_read_ends_it() {
    let setting = Setting::new();
    let unreadable = ClientCertificate::Unreadable;
    let host = setting.host().client_certificate(unreadable);
    assert_refused(host, "PLUGIN_CLIENT_CERT").await;
    setting.assert_nothing_left();
}

/// Exit code 1, nothing on standard output, and this text on standard error.
async fn assert_refused(host: Host, expected: &str) {
    match host.start().await.unwrap_err() {
        HostError::Ended {
            status,
            stdout,
            stderr,
        } => {
            assert_eq!((status.code(), stdout.as_str()), (Some(1), ""));
            assert!(stderr.contains(expected), "{stderr}");
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn protocol_6_is_announced_whatever_the_host_offers() {
    for offered in ["5,6", "6,5", "5"] {
        let setting = Setting::new();
        let host = setting.host().protocol_versions(offered);
        let plugin = host.start().await.unwrap();
        let handshake = plugin.handshake();
        assert_eq!(handshake.protocol_version, 6, "{offered}");
        assert_eq!(handshake.network, "unix");
        assert!(handshake.certificate.is_some());
        setting.assert_ended_in_silence(&plugin.shut_down().await.unwrap());
    }
}
