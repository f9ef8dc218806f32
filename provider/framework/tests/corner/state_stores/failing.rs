//! Steps that fail: each says so, and leaves what there was.

use mock_core::config;

use super::{configured, failing, said};
use crate::core_as;
use crate::state_stores::{VERSION, stored};

#[tokio::test]
async fn a_step_that_fails_says_so_and_the_next_is_taken() {
    for (way, expected) in [
        ("refuses", "Closed today"),
        ("panics", "no shelf left"),
        ("silent", "without saying why"),
    ] {
        let store = |step: &str| {
            let (room, fails) = (format!("{way} {step}"), format!("{way} {step}"));
            async move { failing(&room, &fails).await }
        };
        let told = |said: &str, step: &str| {
            assert!(said.contains(expected), "{way} {step}: {said}");
            let named = said.contains(&format!("{step} a state of corner_archive"))
                || said.contains(&format!("{step} the states of corner_archive"));
            assert!(named || way == "refuses", "{way} {step}: {said}");
        };
        let reading = store("reading").await;
        reading.write("default", b"x").await.unwrap();
        told(&said(reading.read("default").await), "reading");
        let change = reading.change("default", "apply", |_| b"y".to_vec()).await;
        told(&said(change), "reading");
        assert_eq!(stored(&format!("{way} reading"), "default").unwrap(), "x");
        let writing = store("writing").await;
        let change = writing.change("default", "apply", |_| b"y".to_vec()).await;
        told(&said(change), "writing");
        // The lock was given back, both times.
        for store in [&reading, &writing] {
            assert!(store.lock("default", "next").await.unwrap().is_some());
        }
        told(
            &said(store("locking").await.lock("default", "plan").await),
            "locking",
        );
        let unlocking = store("unlocking").await;
        let lock = unlocking.lock("default", "plan").await.unwrap().unwrap();
        told(&said(unlocking.unlock(&lock).await), "unlocking");
        told(&said(store("listing").await.workspaces().await), "listing");
        let deleting = store("deleting").await;
        deleting.write("default", b"x").await.unwrap();
        told(&said(deleting.delete("default").await), "deleting");
        assert!(deleting.read("default").await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_configuration_that_fails_leaves_no_store() {
    let core = core_as(VERSION).await;
    let store = configured(&core, config! { room = "left" }).await;
    store.write("default", b"x").await.unwrap();
    for (fails, expected) in [
        ("refuses configuring", "Closed today"),
        ("panics configuring", "no shelf left"),
        ("silent configuring", "without saying why"),
        ("panics validating", "too dark to see anything"),
        ("pushes", "No key to it"),
    ] {
        let store = configured(&core, config! { room = "left" }).await;
        assert!(store.read("default").await.unwrap().is_some());
        let input = config! { room = "left", fails = fails };
        let failed = said(core.state_store("corner_archive", &input).await);
        assert!(failed.contains(expected), "{fails}: {failed}");
        let refused = said(store.read("default").await);
        assert!(refused.contains("State store not configured"), "{refused}");
    }
    let store = configured(&core, config! { room = "left" }).await;
    assert_eq!(store.read("default").await.unwrap().unwrap(), b"x");
}

#[tokio::test]
async fn a_configuration_that_is_not_valid_never_configures() {
    let core = core_as(VERSION).await;
    let wrong = |input| {
        let core = core.clone();
        async move { said(core.state_store("corner_archive", &input).await) }
    };
    let wet = wrong(config! { room = "cellar" }).await;
    assert!(wet.contains("The cellar is wet (at .room)"), "{wet}");
    assert!(!wet.contains("not valid"), "{wet}");
    let input = config! { room = "w", fails = "warns" };
    let (_, warnings) = core.state_store("corner_archive", &input).await.unwrap();
    assert_eq!(warnings[0].summary, "The archive is old");
}
