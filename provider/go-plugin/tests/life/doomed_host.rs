//! A host that starts the plugin, makes it work, and waits to be killed.

use std::process::ExitCode;

use crate::message::call;
use crate::setting::Setting;

/// Where the plugin's request calls, for this role.
pub(crate) const COMMAND: &str = "GO_PLUGIN_TEST_COMMAND";

/// Where the plugin's socket goes, for this role.
pub(crate) const DIRECTORY: &str = "GO_PLUGIN_TEST_DIRECTORY";

pub(crate) fn main() -> ExitCode {
    let command = std::env::var(COMMAND).unwrap();
    let directory = std::env::var_os(DIRECTORY).unwrap();
    let life = async {
        // Its log goes into a pipe that nobody will read any more.
        let host = Setting::host_in(directory).env("TF_LOG", "TRACE");
        let mut plugin = host.start().await.unwrap();
        let channel = plugin.connect().await.unwrap();
        call(channel, command).await
    };
    let answer = go_plugin::block_on(life).unwrap();
    unreachable!("this host should have been killed before it got {answer:?}")
}
