//! How a plugin is started: its command line, its environment, and the mistakes a test may make.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::Command;

use crate::{HostError, Plugin, identity};

/// The variable of Terraform's and OpenTofu's magic cookie.
const COOKIE_KEY: &str = "TF_PLUGIN_MAGIC_COOKIE";

/// Its value.
const COOKIE_VALUE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/// What the host tells the plugin about its certificate, and what it presents then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientCertificate {
    /// As Terraform: it presents the certificate it told.
    #[default]
    Own,
    /// It presents none.
    Missing,
    /// It presents another one than it told.
    Foreign,
    /// It tells none, and speaks no TLS (`TF_DISABLE_PLUGIN_TLS`).
    Plaintext,
    /// It tells something that is no certificate.
    Unreadable,
}

/// A host about to start a plugin. Unless told otherwise it does what Terraform does.
#[derive(Debug, Clone)]
pub struct Host {
    binary: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    removed: Vec<OsString>,
    client_certificate: ClientCertificate,
    time_limit: Duration,
}

impl Host {
    /// A host for this binary.
    pub fn new(binary: impl Into<PathBuf>) -> Self {
        Self {
            binary: binary.into(),
            arguments: Vec::new(),
            environment: [
                (COOKIE_KEY, COOKIE_VALUE),
                ("PLUGIN_MIN_PORT", "10000"),
                ("PLUGIN_MAX_PORT", "25000"),
                ("PLUGIN_PROTOCOL_VERSIONS", "6,5"),
            ]
            .map(|(name, value)| (OsString::from(name), OsString::from(value)))
            .to_vec(),
            removed: Vec::new(),
            client_certificate: ClientCertificate::Own,
            time_limit: Duration::from_secs(60),
        }
    }

    /// Adds an argument; Terraform gives none.
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets an environment variable. The rest of the environment is this process's, without the
    /// variables for logging and for plugins.
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Removes an environment variable.
    pub fn env_remove(mut self, name: impl Into<OsString>) -> Self {
        self.removed.push(name.into());
        self
    }

    /// Sends another cookie than Terraform's.
    pub fn cookie(self, value: &str) -> Self {
        self.env(COOKIE_KEY, value)
    }

    /// Sends no cookie, as a shell does.
    pub fn without_cookie(self) -> Self {
        self.env_remove(COOKIE_KEY)
    }

    /// Offers these protocol versions, `5,6` for example.
    pub fn protocol_versions(self, versions: &str) -> Self {
        self.env("PLUGIN_PROTOCOL_VERSIONS", versions)
    }

    /// Tells and presents another certificate than its own.
    pub fn client_certificate(mut self, certificate: ClientCertificate) -> Self {
        self.client_certificate = certificate;
        self
    }

    /// How long to wait for the handshake and for the end; 60 seconds unless told otherwise.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Starts the plugin and reads its handshake. Dropping the plugin kills it.
    pub async fn start(&self) -> Result<Plugin, HostError> {
        let mut command = self.command();
        let begin = Instant::now();
        let child = command.spawn().map_err(|source| HostError::Start {
            binary: self.binary.clone(),
            source,
        })?;
        Plugin::greet(child, begin, self.client_certificate, self.time_limit).await
    }

    /// The command to start, with everything set; for those who want to start it themselves.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        for (name, _) in std::env::vars_os() {
            if is_of_plugins(&name) {
                command.env_remove(name);
            }
        }
        command
            .args(&self.arguments)
            .envs(self.environment.iter().cloned());
        match self.client_certificate {
            ClientCertificate::Plaintext => {}
            ClientCertificate::Unreadable => {
                command.env("PLUGIN_CLIENT_CERT", "no certificate");
            }
            ClientCertificate::Own | ClientCertificate::Missing | ClientCertificate::Foreign => {
                command.env("PLUGIN_CLIENT_CERT", identity::pem(&identity::own()));
            }
        }
        for name in &self.removed {
            command.env_remove(name);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A Ctrl-C for the tests is none for the plugin; tests send their own.
            .process_group(0)
            .kill_on_drop(true);
        command
    }
}

fn is_of_plugins(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    [&b"TF_LOG"[..], b"PLUGIN_", b"TF_PLUGIN_", b"TF_REATTACH_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}
