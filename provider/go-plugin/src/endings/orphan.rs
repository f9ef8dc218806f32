//! When a host has gone without a word (killed, crashed), its plugin must not live on for ever.

use std::time::Duration;

use tokio::sync::watch;

use crate::requests::Requests;

/// How long a plugin waits for its first connection. go-plugin's own start-up limit.
const FIRST_CONNECTION: Duration = Duration::from_secs(60);

/// How long it waits for the next one after the last was closed, or after its parent has gone.
const NEXT_CONNECTION: Duration = Duration::from_secs(3);

/// How often it looks whether its parent is still there, before the first connection.
const PARENT_INTERVAL: Duration = Duration::from_secs(1);

/// Tells whether the process that started this one has gone since this call.
pub(crate) fn parent_watch() -> impl Fn() -> bool {
    let parent = parent_id();
    move || parent_id() != parent
}

#[cfg(unix)]
fn parent_id() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent_id() -> u32 {
    // Windows keeps the number of a parent that is gone; there the waiting times alone decide.
    0
}

/// Returns when nobody is connected, nobody has come for a while, and no request is in flight.
pub(super) async fn orphaned(
    requests: &Requests,
    mut connections: watch::Receiver<usize>,
    parent_is_gone: impl Fn() -> bool,
) {
    let mut patience = FIRST_CONNECTION;
    loop {
        if connected(&mut connections, patience, &parent_is_gone).await {
            // The sender outlives this function's caller, so that waiting cannot fail.
            let _ = connections.wait_for(|open| *open == 0).await;
            patience = NEXT_CONNECTION;
            continue;
        }
        if requests.in_flight() > 0 {
            tracing::warn!(
                in_flight = requests.in_flight(),
                "the host has gone; the plugin ends when its requests have come to their end"
            );
            requests.idle().await;
        }
        if *connections.borrow() == 0 {
            tracing::warn!("the host has gone; the plugin ends");
            return;
        }
    }
}

/// Whether a client is connected before patience ends.
async fn connected(
    connections: &mut watch::Receiver<usize>,
    patience: Duration,
    parent_is_gone: impl Fn() -> bool,
) -> bool {
    tokio::select! {
        () = opened(connections) => true,
        () = tokio::time::sleep(patience) => false,
        () = parent_gone(parent_is_gone) => false,
    }
}

/// Returns when a client is connected, or was: it may have gone again before anybody looked.
async fn opened(connections: &mut watch::Receiver<usize>) {
    if *connections.borrow() == 0 {
        // The sender outlives this function's caller, so that waiting cannot fail.
        let _ = connections.changed().await;
    }
}

async fn parent_gone(parent_is_gone: impl Fn() -> bool) {
    while !parent_is_gone() {
        tokio::time::sleep(PARENT_INTERVAL).await;
    }
    // A wrapper may have started the plugin and ended before the host could connect.
    tokio::time::sleep(NEXT_CONNECTION).await;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::Notify;
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn nobody_ever_comes() {
        let open = watch::Sender::new(0);
        let begin = Instant::now();
        orphaned(&Requests::new(), open.subscribe(), || false).await;
        assert_eq!(begin.elapsed().as_secs(), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn the_parent_dies_before_anybody_comes() {
        let open = watch::Sender::new(0);
        let begin = Instant::now();
        orphaned(&Requests::new(), open.subscribe(), || {
            begin.elapsed() > Duration::from_secs(10)
        })
        .await;
        assert!(
            (13..=15).contains(&begin.elapsed().as_secs()),
            "{:?}",
            begin.elapsed()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_was_closed_before_anybody_looked() {
        let open = watch::Sender::new(0);
        let begin = Instant::now();
        let (requests, connections) = (Requests::new(), open.subscribe());
        open.send_replace(1);
        open.send_replace(0);
        orphaned(&requests, connections, || false).await;
        assert_eq!(begin.elapsed().as_secs(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_closed_connection_and_no_other() {
        let open = watch::Sender::new(1);
        let begin = Instant::now();
        let (requests, connections) = (Requests::new(), open.subscribe());
        let life = orphaned(&requests, connections, || false);
        let host = async {
            tokio::time::sleep(Duration::from_secs(600)).await;
            open.send_replace(0);
            tokio::time::sleep(Duration::from_secs(2)).await;
            open.send_replace(1);
            tokio::time::sleep(Duration::from_secs(600)).await;
            open.send_replace(0);
        };
        tokio::join!(life, host);
        assert_eq!(begin.elapsed().as_secs(), 600 + 2 + 600 + 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_running_request_is_waited_for() {
        let open = watch::Sender::new(1);
        let requests = Requests::new();
        let begin = Instant::now();
        let started = Arc::new(Notify::new());
        let work = {
            let started = Arc::clone(&started);
            async move {
                started.notify_one();
                tokio::time::sleep(Duration::from_secs(3600)).await;
            }
        };
        let running = Arc::clone(&requests);
        let host = tokio::spawn(async move { running.run("Apply", work).await });
        started.notified().await;
        host.abort();
        open.send_replace(0);
        orphaned(&requests, open.subscribe(), || true).await;
        assert_eq!(requests.in_flight(), 0);
        assert!(begin.elapsed().as_secs() >= 3600);
    }
}
