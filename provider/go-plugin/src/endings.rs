//! The ways in which a plugin's life ends, and the one thing they share: no request is cut off.
//!
//! Knows nothing of sockets: it sees how many clients are connected and how many requests run.

mod orphan;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::requests::Requests;
use crate::signals::{Request, Signals};

pub(crate) use self::orphan::parent_watch;

/// Why a plugin ended, regularly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The host asked for it.
    Shutdown,
    /// SIGTERM or SIGHUP, and nothing was in flight any more.
    Terminated,
    /// The host has gone without a word, and nothing was in flight any more.
    Orphaned,
    /// Ctrl-C in debug mode.
    Interrupted,
}

/// How long requests may go on after the host has asked the plugin to end. The host kills the
/// process two seconds after it asked.
const SHUTDOWN_TIME: Duration = Duration::from_millis(1500);

/// Everything that can end a plugin.
pub(crate) struct Endings {
    /// What is in flight.
    pub(crate) requests: Arc<Requests>,
    /// How many clients are connected.
    pub(crate) connections: watch::Receiver<usize>,
    /// Cancelled when the host asks the plugin to end.
    pub(crate) shutdown: CancellationToken,
    /// The process's signals.
    pub(crate) signals: Signals,
}

impl Endings {
    /// Waits for the end of a plugin that a host started. SIGINT does not end it: Ctrl-C reaches
    /// host and plugin alike, and the host decides.
    pub(crate) async fn of_child(mut self, parent_is_gone: impl Fn() -> bool) -> Ending {
        tokio::select! {
            () = self.shutdown.cancelled() => {
                self.requests.cancel_all();
                let _ = tokio::time::timeout(SHUTDOWN_TIME, self.requests.idle()).await;
                Ending::Shutdown
            }
            () = terminated(&mut self.signals, &self.requests) => Ending::Terminated,
            () = orphan::orphaned(&self.requests, self.connections, parent_is_gone) => Ending::Orphaned,
        }
    }

    /// Waits for the end of a plugin that a person started to debug it: Ctrl-C (twice, if a request
    /// does not want to stop) or a signal. Hosts come and go.
    pub(crate) async fn of_debugged(mut self) -> Ending {
        let ending = tokio::select! {
            signal = self.signals.next() => match signal {
                Request::Interrupt => Ending::Interrupted,
                Request::Terminate => Ending::Terminated,
            },
            () = self.shutdown.cancelled() => Ending::Shutdown,
        };
        self.requests.cancel_all();
        tokio::select! {
            () = self.requests.idle() => {}
            _ = self.signals.next() => {}
        }
        ending
    }
}

async fn terminated(signals: &mut Signals, requests: &Requests) {
    while signals.next().await == Request::Interrupt {}
    tracing::info!(in_flight = requests.in_flight(), "asked to end by a signal");
    requests.cancel_all();
    requests.idle().await;
}
