use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Obstacle, Operation, Operations, WaitError, WaitLimits};

#[derive(Debug, PartialEq, Eq)]
struct Rows(BTreeSet<String>);

impl Obstacle for Rows {
    fn keys(&self) -> BTreeSet<String> {
        self.0.clone()
    }
}

/// A table that operations of the test delete from, and that counts its reads.
#[derive(Default)]
struct Device {
    rows: Mutex<BTreeSet<String>>,
    reads: Mutex<usize>,
}

impl Device {
    fn with(rows: &[&str]) -> Self {
        let device = Self::default();
        *device.rows.lock().unwrap() = rows.iter().map(ToString::to_string).collect();
        device
    }

    fn remove(&self, row: &str) {
        self.rows.lock().unwrap().remove(row);
    }

    fn blocking(&self, prefix: &str) -> Option<Rows> {
        *self.reads.lock().unwrap() += 1;
        let rows: BTreeSet<String> = self
            .rows
            .lock()
            .unwrap()
            .iter()
            .filter(|row| row.starts_with(prefix))
            .cloned()
            .collect();
        (!rows.is_empty()).then_some(Rows(rows))
    }

    async fn wait(
        &self,
        operation: &Operation,
        prefix: &str,
        limits: &WaitLimits,
    ) -> Result<(), WaitError<Rows, ()>> {
        operation
            .wait_until_clear(limits, || async { Ok(self.blocking(prefix)) })
            .await
    }
}

fn limits(seconds: u64) -> WaitLimits {
    WaitLimits {
        deadline: Instant::now() + Duration::from_secs(seconds),
        cancellation: CancellationToken::new(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_clear_way_needs_one_read_and_no_time() {
    let device = Device::default();
    let operation = Operations::new().begin();
    let began = Instant::now();
    device.wait(&operation, "a", &limits(60)).await.unwrap();
    assert_eq!(*device.reads.lock().unwrap(), 1);
    assert_eq!(Instant::now(), began);
}

#[tokio::test(start_paused = true)]
async fn a_waiter_goes_on_when_all_its_rows_are_released() {
    let device = Device::with(&["a1", "a2", "b1"]);
    let operations = Operations::new();
    let domain = operations.begin();
    let route = operations.begin();
    let waiting = limits(60);
    let (result, ()) = tokio::join!(device.wait(&domain, "a", &waiting), async {
        for row in ["a1", "a2"] {
            tokio::time::sleep(Duration::from_secs(5)).await;
            device.remove(row);
            route.release(row);
        }
        drop(route);
    });
    result.unwrap();
    // Once at the start, once after both were gone: a release of only some is not worth a read.
    assert_eq!(*device.reads.lock().unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_release_during_the_read_is_not_missed() {
    let device = Device::with(&["a1"]);
    let operations = Operations::new();
    let domain = operations.begin();
    let route = operations.begin();
    let mut first = true;
    let began = Instant::now();
    domain
        .wait_until_clear(&limits(60), || {
            let found = device.blocking("a");
            if std::mem::take(&mut first) {
                device.remove("a1");
                route.release("a1");
            }
            async { Ok::<_, ()>(found) }
        })
        .await
        .unwrap();
    assert_eq!(Instant::now(), began);
}

#[tokio::test(start_paused = true)]
async fn a_lone_waiter_gives_up_after_a_second_and_one_more_read() {
    let device = Device::with(&["a1"]);
    let operation = Operations::new().begin();
    let began = Instant::now();
    let error = device.wait(&operation, "a", &limits(60)).await.unwrap_err();
    assert!(matches!(error, WaitError::Stalled(rows) if rows.0.contains("a1")));
    assert_eq!(Instant::now() - began, super::waiting::STALL);
    assert_eq!(*device.reads.lock().unwrap(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_last_read_sees_what_another_process_did() {
    let device = Device::with(&["a1"]);
    let operation = Operations::new().begin();
    let waiting = limits(60);
    let (result, ()) = tokio::join!(device.wait(&operation, "a", &waiting), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        device.remove("a1");
    });
    result.unwrap();
}

#[tokio::test(start_paused = true)]
async fn whoever_another_process_made_way_for_goes_on_and_only_the_longest_gives_up() {
    let device = Device::with(&["a1", "b1", "c1", "d1"]);
    let operations = Operations::new();
    let waiting = limits(60);
    let one = async |prefix: &str| {
        let operation = operations.begin();
        device.wait(&operation, prefix, &waiting).await.is_ok()
    };
    let (a, b, c, d, ()) = tokio::join!(one("a"), one("b"), one("c"), one("d"), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        device.remove("b1");
        device.remove("c1");
        // The first gives up a second after the others went on, and its place helps the last.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        device.remove("d1");
    });
    assert_eq!((a, b, c, d), (false, true, true, true));
}

#[tokio::test(start_paused = true)]
async fn many_that_another_process_made_way_for_need_no_second_each() {
    let rows: Vec<String> = (0..100).map(|number| format!("{number:02}")).collect();
    let names: Vec<&str> = rows.iter().map(String::as_str).collect();
    let device = Arc::new(Device::with(&names));
    let operations = Operations::new();
    let began = Instant::now();
    let mut waiters = tokio::task::JoinSet::new();
    for row in rows.clone() {
        let (device, operation) = (Arc::clone(&device), operations.begin());
        waiters.spawn(async move { device.wait(&operation, &row, &limits(60)).await.is_ok() });
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    for row in &rows {
        device.remove(row);
    }
    assert!(waiters.join_all().await.into_iter().all(|cleared| cleared));
    assert!(Instant::now() - began < Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn nobody_gives_up_while_something_works() {
    let device = Device::with(&["a1"]);
    let operations = Operations::new();
    let domain = operations.begin();
    let busy = operations.begin();
    let waiting = limits(3600);
    let (result, ()) = tokio::join!(device.wait(&domain, "a", &waiting), async {
        tokio::time::sleep(Duration::from_secs(600)).await;
        device.remove("a1");
        busy.release("a1");
        tokio::time::sleep(Duration::from_secs(600)).await;
        drop(busy);
    });
    result.unwrap();
}

#[tokio::test(start_paused = true)]
async fn only_the_longest_waiting_gives_up_and_its_place_helps_the_rest() {
    let device = Device::with(&["a1", "b1"]);
    let operations = Operations::new();
    let first = operations.begin();
    let second = operations.begin();
    let waiting = limits(60);
    let (first_result, second_result) = tokio::join!(
        async {
            let result = device.wait(&first, "a", &waiting).await;
            drop(first);
            // The place that became free is taken by the route that the second waits for.
            let route = operations.begin();
            tokio::time::sleep(Duration::from_secs(5)).await;
            device.remove("b1");
            route.release("b1");
            result
        },
        async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            device.wait(&second, "b", &waiting).await
        }
    );
    assert!(matches!(first_result, Err(WaitError::Stalled(_))));
    second_result.unwrap();
}

#[tokio::test(start_paused = true)]
async fn after_one_gave_up_the_next_has_a_second_of_its_own() {
    let device = Device::with(&["a1", "b1"]);
    let operations = Operations::new();
    let waiting = limits(60);
    let began = Instant::now();
    let one = async |prefix: &str| {
        let operation = operations.begin();
        let result = device.wait(&operation, prefix, &waiting).await;
        (result.is_err(), Instant::now() - began)
    };
    let (first, second) = tokio::join!(one("a"), one("b"));
    assert_eq!(first, (true, Duration::from_secs(1)));
    assert_eq!(second, (true, Duration::from_secs(2)));
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_at_the_deadline_and_on_cancellation() {
    let device = Device::with(&["a1"]);
    let operations = Operations::new();
    let _busy = operations.begin();
    let operation = operations.begin();
    let error = device.wait(&operation, "a", &limits(7)).await.unwrap_err();
    assert!(matches!(error, WaitError::TimedOut(_)));

    let interrupted = limits(7);
    interrupted.cancellation.cancel();
    let error = device
        .wait(&operation, "a", &interrupted)
        .await
        .unwrap_err();
    assert!(matches!(error, WaitError::Cancelled(_)));
}
