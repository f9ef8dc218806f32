//! What an action tells the user on the way.

use tokio::sync::mpsc;

/// Tells the user how far an action is.
#[derive(Clone, Debug)]
pub struct Progress(mpsc::Sender<String>);

impl Progress {
    pub(crate) fn new(sender: mpsc::Sender<String>) -> Self {
        Self(sender)
    }

    /// Shows a line to the user. It never holds a secret. Nobody listening is no failure: an action that has
    /// begun goes on.
    pub async fn report(&self, message: impl Into<String> + Send) {
        // The receiver is gone when the core went away.
        let _ = self.0.send(message.into()).await;
    }
}
