//! Everything that is logged, at every level.
//!
//! One subscriber serves all tests of this process. With one each, whether a place in the code may log at all would be
//! decided by the test that comes by it first, and remembered for those that listen.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, Once};

use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry;

thread_local! {
    static LISTENER: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// What was logged while somebody listened.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

/// Listens as long as it lives.
pub(crate) struct Listening;

impl Log {
    /// Listens on this thread, as long as the guard lives.
    pub(crate) fn listen(self) -> Listening {
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(subscribe);
        LISTENER.set(Some(self));
        Listening
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        LISTENER.set(None);
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn subscribe() {
    let layer = tracing_subscriber::fmt::layer()
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(|| LISTENER.with_borrow(|log| log.clone().unwrap_or_default()))
        .with_filter(dynamic_filter_fn(|_, _| {
            LISTENER.with_borrow(Option::is_some)
        }));
    tracing::subscriber::set_global_default(registry().with(layer)).unwrap();
    // Places that logged for the first time just before are asked again.
    tracing::callsite::rebuild_interest_cache();
}
