//! What every case begins and ends with.

use std::ffi::OsString;
use std::path::Path;

use go_plugin_host::{Finished, Host, Plugin};
use tempfile::TempDir;

use crate::ROLE;

/// An empty folder for the plugin's socket.
pub(crate) struct Setting(TempDir);

impl Setting {
    /// A new one.
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A host for the plugin, with its socket in this folder.
    pub(crate) fn host(&self) -> Host {
        Self::host_in(self.0.path())
    }

    /// A host for the plugin, with its socket in that folder.
    pub(crate) fn host_in(directory: impl Into<OsString>) -> Host {
        let directory = directory.into();
        Host::new(std::env::current_exe().unwrap())
            .env(ROLE, "plugin")
            .env("PLUGIN_UNIX_SOCKET_DIR", &directory)
            .env("TMPDIR", directory)
    }

    /// A plugin, started.
    pub(crate) async fn plugin(&self) -> Plugin {
        self.host().start().await.unwrap()
    }

    /// The folder.
    pub(crate) fn directory(&self) -> &Path {
        self.0.path()
    }

    /// Nothing is left of the plugin.
    #[track_caller]
    pub(crate) fn assert_nothing_left(&self) {
        let left: Vec<_> = self
            .0
            .path()
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert!(left.is_empty(), "left behind: {left:?}");
    }

    /// The plugin has ended well, said nothing, and nothing is left of it.
    #[track_caller]
    pub(crate) fn assert_ended_in_silence(&self, finished: &Finished) {
        assert!(finished.status.success(), "{finished:?}");
        assert_eq!(
            (finished.stdout.as_str(), finished.stderr.as_str()),
            ("", "")
        );
        self.assert_nothing_left();
    }
}
