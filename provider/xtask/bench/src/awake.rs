//! Processors that do not sleep while something is measured.
//!
//! A provider and its host wait for each other by turns. Each time, a processor has nothing to do and halts; in a
//! virtual machine it then takes the hypervisor up to some milliseconds to run it again. That is neither the
//! provider's time nor the peer's, and it falls on the faster of the two more heavily.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::Context as _;

/// Work of the lowest priority for each processor. It ends when dropped.
pub(crate) struct Awake {
    end: Arc<AtomicBool>,
}

impl Awake {
    /// Starts it.
    pub(crate) fn keep() -> anyhow::Result<Self> {
        let end = Arc::new(AtomicBool::new(false));
        for _ in 0..thread::available_parallelism()?.get() {
            let end = Arc::clone(&end);
            thread::Builder::new()
                .spawn(move || idle(&end))
                .context("cannot start a thread")?;
        }
        Ok(Self { end })
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
    }
}

fn idle(end: &AtomicBool) {
    // At any other priority it would take time from what is measured.
    if rustix::process::nice(19).is_ok() {
        while !end.load(Ordering::Relaxed) {
            std::hint::spin_loop();
        }
    }
}
