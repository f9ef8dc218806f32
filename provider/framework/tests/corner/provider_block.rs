//! The provider block: its values may be unknown at plan, other ones at apply, and secret.

use mock_core::{Action, config, config::unknown};

use crate::log::Log;
use crate::remote::{ADDRESS, Shop, workspace_of};
use crate::{errors, one};

#[tokio::test]
async fn ephemeral_values_differ_from_phase_to_phase_and_are_kept_nowhere() {
    let log = Log::default();
    let logging = log.clone().listen();
    let mut workspace = workspace_of(&Shop::default()).await;
    let configuration = one(ADDRESS, config! { name = "a" });
    let core = workspace.core().clone();
    // Not open yet in the phase of the plan, and opened anew for each phase after it.
    core.configure(&config! { address = unknown() })
        .await
        .unwrap();
    let plan = workspace.plan(&configuration).await.unwrap();
    core.configure(&config! { address = "ephemeral-1" })
        .await
        .unwrap();
    workspace.apply(&plan).await.unwrap();
    core.configure(&config! { address = "ephemeral-2" })
        .await
        .unwrap();
    let plan = workspace.plan(&configuration).await.unwrap();
    assert_eq!(plan.action(ADDRESS), Action::NoOp);
    drop(logging);
    for kept in [
        workspace.state.to_json().unwrap(),
        format!("{:?}", plan.planned(ADDRESS)),
        log.text(),
    ] {
        assert!(!kept.is_empty() && !kept.contains("ephemeral-"), "{kept}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_provider_block_is_told_at_its_place() {
    let workspace = workspace_of(&Shop::default()).await;
    let core = workspace.core();
    for (address, said) in [
        ("nowhere", "No such shop (at .address)"),
        ("panic", "shop on fire"),
    ] {
        let failure = core
            .configure(&config! { address = address })
            .await
            .unwrap_err();
        assert!(errors(&failure)[0].contains(said), "{failure}");
    }
}
