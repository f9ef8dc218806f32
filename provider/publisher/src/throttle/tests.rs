use std::fmt::{self, Write as _};
use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::*;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<String>>);

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Words(self.0.lock().unwrap()));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Words<'a>(MutexGuard<'a, String>);

impl Visit for Words<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = writeln!(self.0, "{field}: {value:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_wait_is_told_once_and_a_short_one_is_not() {
    let listener = Listener::default();
    let _heard = tracing::subscriber::set_default(listener.clone());
    let throttle = Throttle::new("imp-pub:8443", 1);
    for (busy, told) in [(LONG_WAIT / 2, 0), (LONG_WAIT * 3, 1)] {
        let place = throttle.place(&scope()).await.unwrap();
        let waiting = scope();
        let (waited, ()) = tokio::join!(throttle.place(&waiting), async {
            tokio::time::sleep(busy).await;
            drop(place);
        });
        drop(waited.unwrap());
        let heard = listener.0.lock().unwrap();
        assert_eq!(heard.matches("waiting for other requests").count(), told);
        assert_eq!(heard.contains("imp-pub:8443"), told > 0, "{heard}");
    }
}

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
