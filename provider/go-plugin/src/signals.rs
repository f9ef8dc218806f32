//! The signals a plugin gets, and takes away from the system's rough defaults.

use std::io;

pub(crate) use platform::Signals;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// Ctrl-C.
    Interrupt,
    /// The process is asked to end, or its terminal is gone.
    Terminate,
}

#[cfg(unix)]
mod platform {
    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::{Request, io};

    /// SIGINT, SIGTERM and SIGHUP, which from now on do nothing by themselves.
    pub(crate) struct Signals {
        interrupt: Signal,
        terminate: Signal,
        hang_up: Signal,
    }

    impl Signals {
        /// Takes the signals over. They stay taken over until the process ends.
        pub(crate) fn take_over() -> io::Result<Self> {
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
            })
        }

        /// The next signal.
        pub(crate) async fn next(&mut self) -> Request {
            tokio::select! {
                _ = self.interrupt.recv() => Request::Interrupt,
                _ = self.terminate.recv() => Request::Terminate,
                _ = self.hang_up.recv() => Request::Terminate,
            }
        }
    }
}

#[cfg(windows)]
mod platform {
    use tokio::signal::windows::{CtrlBreak, CtrlC, CtrlClose, CtrlShutdown};
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown};

    use super::{Request, io};

    /// The console's events, which from now on do nothing by themselves.
    pub(crate) struct Signals {
        interrupt: CtrlC,
        terminate: CtrlBreak,
        close: CtrlClose,
        shutdown: CtrlShutdown,
    }

    impl Signals {
        /// Takes the events over. They stay taken over until the process ends.
        pub(crate) fn take_over() -> io::Result<Self> {
            Ok(Self {
                interrupt: ctrl_c()?,
                terminate: ctrl_break()?,
                close: ctrl_close()?,
                shutdown: ctrl_shutdown()?,
            })
        }

        /// The next event.
        pub(crate) async fn next(&mut self) -> Request {
            tokio::select! {
                _ = self.interrupt.recv() => Request::Interrupt,
                _ = self.terminate.recv() => Request::Terminate,
                _ = self.close.recv() => Request::Terminate,
                _ = self.shutdown.recv() => Request::Terminate,
            }
        }
    }
}
