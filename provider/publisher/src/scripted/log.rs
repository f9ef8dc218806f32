//! What is logged.
//!
//! One subscriber serves all tests of the process. With one each, whether a place in the code may log at all would be
//! decided by the test that comes by it first, and remembered for those that listen.

use std::cell::RefCell;
use std::io;
use std::sync::Once;

use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry;

thread_local! {
    static HEARD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Hears what is logged on this thread, as long as it lives.
pub(crate) struct Listener(());

impl Listener {
    pub(crate) fn new() -> Self {
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(subscribe);
        HEARD.set(Some(Vec::new()));
        Self(())
    }

    /// How many lines have these words in them.
    pub(crate) fn lines_with(&self, words: &[&str]) -> usize {
        let heard = HEARD.with_borrow(|heard| heard.clone().unwrap_or_default());
        let heard = String::from_utf8(heard).unwrap();
        let has_all = |line: &&str| words.iter().all(|word| line.contains(word));
        heard.lines().filter(has_all).count()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        HEARD.set(None);
    }
}

/// Where lines go.
struct Ear;

impl io::Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HEARD.with_borrow_mut(|heard| heard.get_or_insert_default().extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn subscribe() {
    let layer = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(|| Ear)
        .with_filter(dynamic_filter_fn(|_, _| HEARD.with_borrow(Option::is_some)));
    tracing::subscriber::set_global_default(registry().with(layer)).unwrap();
    // Places that logged for the first time just before are asked again.
    tracing::callsite::rebuild_interest_cache();
}
