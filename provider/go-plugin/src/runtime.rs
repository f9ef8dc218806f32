//! The asynchronous runtime of a plugin: one thread, started in well under a millisecond.

use std::future::Future;
use std::io;

use tokio::runtime::Builder;

/// Runs a plugin to its end.
///
/// All requests share one thread, on which they take turns whenever they wait; this costs neither
/// threads at start-up nor wake-ups between them. A request that computes or blocks for long belongs
/// on `tokio::task::spawn_blocking`. At the end nothing is waited for.
pub fn block_on<T>(plugin: impl Future<Output = T>) -> io::Result<T> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(plugin);
    runtime.shutdown_background();
    Ok(outcome)
}
