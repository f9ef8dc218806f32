use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::*;
use crate::patience::LONG_WAIT;
use crate::scripted::log::Listener;

fn scope() -> Scope {
    Scope {
        deadline: Instant::now() + Duration::from_secs(60),
        cancellation: CancellationToken::new(),
    }
}

#[tokio::test(start_paused = true)]
async fn no_more_places_than_allowed_are_given() {
    let throttle = Throttle::new("imp-pub:8443", 2);
    let first = throttle.place(&scope()).await.unwrap();
    let _second = throttle.place(&scope()).await.unwrap();
    let error = throttle.place(&scope()).await.unwrap_err();
    assert!(matches!(error, Error::OutOfTime { .. }));
    drop(first);
    throttle.place(&scope()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_waiter_gets_the_place_that_is_freed() {
    let throttle = Throttle::new("imp-pub:8443", 1);
    let first = throttle.place(&scope()).await.unwrap();
    let waiting = scope();
    let (second, ()) = tokio::join!(throttle.place(&waiting), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        drop(first);
    });
    second.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_long_wait_for_a_place_is_told_and_a_short_one_is_not() {
    let log = Listener::new();
    let throttle = Throttle::new("imp-pub:8443", 1);
    for (busy, told) in [(LONG_WAIT / 2, 0), (LONG_WAIT * 3, 1)] {
        let place = throttle.place(&scope()).await.unwrap();
        let waiting = scope();
        let (waited, ()) = tokio::join!(throttle.place(&waiting), async {
            tokio::time::sleep(busy).await;
            drop(place);
        });
        drop(waited.unwrap());
        let words = ["waiting for other requests", "imp-pub:8443"];
        assert_eq!(log.lines_with(&words), told);
    }
}

#[tokio::test(start_paused = true)]
async fn overload_halves_the_places_and_successes_bring_them_back() {
    let throttle = Throttle::new("imp-pub:8443", 4);
    throttle.shrink();
    assert_eq!(throttle.lock().limit, 2);
    throttle.shrink();
    throttle.shrink();
    assert_eq!(throttle.lock().limit, 1);
    for _ in 0..(1 + 2 + 3) {
        throttle.succeed();
    }
    assert_eq!(throttle.lock().limit, 4);
    throttle.succeed();
    assert_eq!(throttle.lock().limit, 4);
}

#[tokio::test(start_paused = true)]
async fn cancellation_ends_the_wait_at_once() {
    let throttle = Throttle::new("imp-pub:8443", 1);
    let _place = throttle.place(&scope()).await.unwrap();
    let interrupted = scope();
    interrupted.cancellation.cancel();
    let began = Instant::now();
    let error = throttle.place(&interrupted).await.unwrap_err();
    assert!(matches!(error, Error::Cancelled));
    assert_eq!(began.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn places_that_are_taken_go_when_they_are_given_back() {
    let throttle = Throttle::new("imp-pub:8443", 4);
    let taken = [
        throttle.place(&scope()).await.unwrap(),
        throttle.place(&scope()).await.unwrap(),
        throttle.place(&scope()).await.unwrap(),
    ];
    throttle.shrink();
    throttle.shrink();
    drop(taken);
    let _only = throttle.place(&scope()).await.unwrap();
    let error = throttle.place(&scope()).await.unwrap_err();
    assert!(matches!(error, Error::OutOfTime { .. }), "{error:?}");
    throttle.succeed();
    throttle.place(&scope()).await.unwrap();
}
