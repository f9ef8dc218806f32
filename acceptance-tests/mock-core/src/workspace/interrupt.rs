//! Ctrl-C: the provider is asked to stop, and nothing new is begun.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::core::Core;
use crate::report::Failure;

/// Interrupts a running command. Clones interrupt the same one.
#[derive(Clone, Debug)]
pub struct Interrupt {
    core: Core,
    raised: Arc<AtomicBool>,
}

impl Interrupt {
    pub(super) fn new(core: Core) -> Self {
        Self {
            core,
            raised: Arc::default(),
        }
    }

    /// The first Ctrl-C: what runs may end, what waits does not begin.
    pub async fn interrupt(&self) -> Result<(), Failure> {
        self.raise();
        self.core.stop().await
    }

    /// From now on nothing new is begun.
    pub(super) fn raise(&self) {
        self.raised.store(true, Ordering::SeqCst);
    }

    pub(super) fn is_raised(&self) -> bool {
        self.raised.load(Ordering::SeqCst)
    }

    /// Each command begins uninterrupted.
    pub(super) fn clear(&self) {
        self.raised.store(false, Ordering::SeqCst);
    }
}
