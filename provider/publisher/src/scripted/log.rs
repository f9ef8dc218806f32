//! What is logged.
//!
//! One subscriber serves all tests of the process. With one each, whether a place in the code may log at all would be
//! decided by the test that comes by it first, and remembered for those that listen.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::sync::Once;

use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry;

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// What is logged on this thread until another test listens there.
#[derive(Clone, Default)]
pub(crate) struct Listener(Rc<RefCell<Vec<u8>>>);

impl Listener {
    pub(crate) fn new() -> Self {
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(subscribe);
        let listener = Self::default();
        LISTENER.set(Some(listener.clone()));
        listener
    }

    /// How many lines have these words in them.
    pub(crate) fn lines_with(&self, words: &[&str]) -> usize {
        let heard = String::from_utf8(self.0.borrow().clone()).unwrap();
        let has_all = |line: &&str| words.iter().all(|word| line.contains(word));
        heard.lines().filter(has_all).count()
    }
}

impl io::Write for Listener {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn subscribe() {
    let layer = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(|| LISTENER.with_borrow(|listener| listener.clone().unwrap_or_default()))
        .with_filter(dynamic_filter_fn(|_, _| {
            LISTENER.with_borrow(Option::is_some)
        }));
    tracing::subscriber::set_global_default(registry().with(layer)).unwrap();
    // Places that logged for the first time just before are asked again.
    tracing::callsite::rebuild_interest_cache();
}
