//! What every test begins and ends with.

use std::path::{Path, PathBuf};

use acceptance_tests::Provider;
use go_plugin_host::{Finished, Host, Plugin};
use tempfile::TempDir;
use tfplugin_protocol::tfplugin6::provider_client::ProviderClient;
use tonic::transport::Channel;

/// Messages of Terraform's may be that long.
const MESSAGE_LIMIT: usize = 256 << 20;

/// An empty folder for the provider's socket.
pub(crate) struct Setting(TempDir);

impl Setting {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The built provider.
    pub(crate) fn executable() -> PathBuf {
        Provider::imp().unwrap().executable().to_owned()
    }

    /// A host for the provider, with the socket in this folder.
    pub(crate) fn host(&self) -> Host {
        Host::new(Self::executable()).env("TMPDIR", self.0.path())
    }

    /// The provider, started.
    pub(crate) async fn plugin(&self) -> Plugin {
        self.host().start().await.unwrap()
    }

    pub(crate) fn directory(&self) -> &Path {
        self.0.path()
    }

    /// No socket and no folder of it is left.
    #[track_caller]
    pub(crate) fn assert_nothing_left(&self) {
        let left: Vec<_> = self.0.path().read_dir().unwrap().flatten().collect();
        assert!(left.is_empty(), "left behind: {left:?}");
    }

    /// The provider has ended well, written nothing but its handshake, and left nothing behind.
    #[track_caller]
    pub(crate) fn assert_ended_in_silence(&self, finished: &Finished) {
        assert!(finished.status.success(), "{finished:?}");
        let written = (finished.stdout.as_str(), finished.stderr.as_str());
        assert_eq!(written, ("", ""));
        self.assert_nothing_left();
    }
}

/// A client of the started provider.
pub(crate) async fn client(plugin: &mut Plugin) -> ProviderClient<Channel> {
    client_over(plugin.connect().await.unwrap())
}

pub(crate) fn client_over(channel: Channel) -> ProviderClient<Channel> {
    ProviderClient::new(channel)
        .max_decoding_message_size(MESSAGE_LIMIT)
        .max_encoding_message_size(MESSAGE_LIMIT)
}
