use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

use super::*;

#[tokio::test]
async fn a_request_answers_and_is_counted() {
    let requests = Requests::new();
    let counted = Arc::clone(&requests);
    let answer = requests
        .run("Read", async move { counted.in_flight() })
        .await;
    assert_eq!(answer, Ok(1));
    requests.idle().await;
    assert_eq!(requests.in_flight(), 0);
}

#[tokio::test]
async fn a_panic_is_a_value_and_the_next_request_runs() {
    crate::install_panic_hook();
    let requests = Requests::new();
    let answer: Result<(), _> = requests.run("Apply", async { panic!("no such row") }).await;
    assert_eq!(answer.unwrap_err().message, "no such row");
    requests.idle().await;
    assert_eq!(requests.run("Apply", async { 7 }).await, Ok(7));
}

#[tokio::test]
async fn the_work_goes_on_when_the_caller_is_dropped() {
    let requests = Requests::new();
    let (started, finish) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let finished = Arc::new(AtomicBool::new(false));
    let work = {
        let (started, finish, finished) = (
            Arc::clone(&started),
            Arc::clone(&finish),
            Arc::clone(&finished),
        );
        async move {
            started.notify_one();
            finish.notified().await;
            finished.store(true, Ordering::SeqCst);
        }
    };
    tokio::select! {
        _ = requests.run("Apply", work) => unreachable!("nobody has let the work finish"),
        () = started.notified() => {}
    }
    assert_eq!(requests.in_flight(), 1);
    finish.notify_one();
    requests.idle().await;
    assert!(finished.load(Ordering::SeqCst));
}

#[tokio::test]
async fn cancelling_concerns_only_what_is_in_flight() {
    let requests = Requests::new();
    let before = requests.cancellation();
    requests.cancel_all();
    let after = requests.cancellation();
    assert!(before.is_cancelled());
    assert!(!after.is_cancelled());
    requests.cancel_all();
    assert!(after.is_cancelled());
}
