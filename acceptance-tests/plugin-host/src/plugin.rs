//! A plugin that runs: connected to, spoken to, signalled, ended.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tfplugin_protocol::plugin::Empty;
use tfplugin_protocol::plugin::grpc_controller_client::GrpcControllerClient;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout};
use tokio::task::JoinHandle;
use tonic::transport::Channel;

use crate::connection::{TlsPeers, connect_plaintext, connect_tls};
use crate::{ClientCertificate, Handshake, HostError, identity};

/// A plugin between its handshake and its end. Dropping it kills it.
#[derive(Debug)]
pub struct Plugin {
    child: Child,
    process: u32,
    handshake: Handshake,
    client_certificate: ClientCertificate,
    time_limit: Duration,
    begin: Instant,
    timings: Timings,
    channel: Option<Channel>,
    stdout: JoinHandle<String>,
    stderr: JoinHandle<String>,
}

/// How long the plugin took, from just before it was started.
#[derive(Debug, Clone, Copy)]
pub struct Timings {
    /// Until its handshake was read.
    pub handshake: Duration,
    /// Until the connection stood: TLS, HTTP/2.
    pub connected: Option<Duration>,
}

/// A plugin that has ended.
#[derive(Debug)]
pub struct Finished {
    /// How.
    pub status: ExitStatus,
    /// What it wrote to standard output after the handshake: nothing, if all is well.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Plugin {
    /// Reads the handshake of a plugin just started.
    pub(crate) async fn greet(
        mut child: Child,
        begin: Instant,
        client_certificate: ClientCertificate,
        time_limit: Duration,
    ) -> Result<Self, HostError> {
        let gone =
            || HostError::Process(io::Error::other("the plugin has no process or no output"));
        let process = child.id().ok_or_else(gone)?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or_else(gone)?);
        let mut stderr = child.stderr.take().ok_or_else(gone)?;
        let stderr = tokio::spawn(async move {
            let mut bytes = Vec::new();
            let _ = stderr.read_to_end(&mut bytes).await;
            String::from_utf8_lossy(&bytes).into_owned()
        });

        let mut line = String::new();
        let read = within(
            "write its handshake",
            time_limit,
            stdout.read_line(&mut line),
        )
        .await?;
        let handshake_time = begin.elapsed();
        read.map_err(HostError::Process)?;
        let Some(line) = line.strip_suffix('\n') else {
            let status = within("end", time_limit, child.wait())
                .await?
                .map_err(HostError::Process)?;
            let stderr = stderr.await.unwrap_or_default();
            return Err(HostError::Ended {
                status,
                stdout: line,
                stderr,
            });
        };
        Ok(Self {
            child,
            process,
            handshake: line.parse()?,
            client_certificate,
            time_limit,
            begin,
            timings: Timings {
                handshake: handshake_time,
                connected: None,
            },
            channel: None,
            stdout: tokio::spawn(read_rest(stdout)),
            stderr,
        })
    }

    /// Connects as the host was told to, once; later calls give the same connection.
    pub async fn connect(&mut self) -> Result<Channel, HostError> {
        if let Some(channel) = &self.channel {
            return Ok(channel.clone());
        }
        let channel = within("accept a connection", self.time_limit, self.open()).await??;
        self.timings.connected = Some(self.begin.elapsed());
        self.channel = Some(channel.clone());
        Ok(channel)
    }

    async fn open(&self) -> Result<Channel, HostError> {
        let client = match self.client_certificate {
            ClientCertificate::Plaintext => return connect_plaintext(self.socket()).await,
            ClientCertificate::Missing | ClientCertificate::Unreadable => None,
            ClientCertificate::Own => Some(identity::own()),
            ClientCertificate::Foreign => Some(identity::foreign()),
        };
        let server = self
            .handshake
            .certificate
            .clone()
            .ok_or_else(|| HostError::Handshake {
                reason: "a certificate is expected",
                line: format!("{:?}", self.handshake),
            })?;
        connect_tls(self.socket(), TlsPeers { server, client }).await
    }

    /// The same plugin for a host that presents another certificate. The next
    /// [`connect`](Self::connect) opens a new connection.
    pub fn present(&mut self, certificate: ClientCertificate) {
        self.client_certificate = certificate;
        self.channel = None;
    }

    /// Closes the host's connection, if no client of it is left.
    pub fn disconnect(&mut self) {
        self.channel = None;
    }

    /// What the plugin said first.
    pub fn handshake(&self) -> &Handshake {
        &self.handshake
    }

    /// The path of its socket.
    pub fn socket(&self) -> PathBuf {
        PathBuf::from(&self.handshake.address)
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.process
    }

    /// How long it took.
    pub fn timings(&self) -> Timings {
        self.timings
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) -> Result<(), HostError> {
        let process = i32::try_from(self.process)
            .map_err(|error| HostError::Process(io::Error::other(error)))?;
        kill(Pid::from_raw(process), signal).map_err(|error| HostError::Process(error.into()))
    }

    /// Asks it to end, as Terraform does at the end of each phase, and waits until it has.
    pub async fn shut_down(mut self) -> Result<Finished, HostError> {
        self.ask_to_shut_down().await?;
        self.disconnect();
        self.finished().await
    }

    /// Asks it to end, and returns with its answer.
    pub async fn ask_to_shut_down(&mut self) -> Result<(), HostError> {
        GrpcControllerClient::new(self.connect().await?)
            .shutdown(Empty {})
            .await?;
        Ok(())
    }

    /// Waits until it has ended by itself.
    pub async fn finished(mut self) -> Result<Finished, HostError> {
        let status = within("end", self.time_limit, self.child.wait())
            .await?
            .map_err(HostError::Process)?;
        Ok(Finished {
            status,
            stdout: self.stdout.await.unwrap_or_default(),
            stderr: self.stderr.await.unwrap_or_default(),
        })
    }

    /// Kills it, as Terraform does two seconds after it has asked it to end.
    pub async fn kill(mut self) -> Result<Finished, HostError> {
        self.child.start_kill().map_err(HostError::Process)?;
        self.finished().await
    }
}

async fn read_rest(mut stdout: BufReader<ChildStdout>) -> String {
    let mut bytes = Vec::new();
    let _ = stdout.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn within<T>(
    what: &'static str,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Result<T, HostError> {
    tokio::time::timeout(limit, work)
        .await
        .map_err(|_| HostError::TimedOut { what, limit })
}
