//! The worked example of the documentation, driven by a core.

#![allow(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

#[path = "../examples/notebook.rs"]
#[allow(dead_code, reason = "main is the example's own")]
mod notebook;

use mock_core::{Action, Configuration, Core, ImportTarget, Workspace, config, in_process};
use notebook::Notebook;
use tempfile::TempDir;
use tfplugin_framework::{Requests, check, service};
use tonic::service::Routes;

async fn workspace(folder: &TempDir) -> Workspace {
    let core = Core::connect(in_process(Routes::new(service(
        Notebook::default(),
        Requests::new(),
    ))))
    .await
    .unwrap();
    let provider = config! { folder = folder.path().to_str().unwrap() };
    core.configure(&provider).await.unwrap();
    Workspace::new(core)
}

fn note(title: &str, text: &str) -> Configuration {
    Configuration::new().resource("notebook_note.a", config! { title = title, text = text })
}

#[test]
fn it_passes_the_self_check() {
    check(Notebook::default()).unwrap();
}

#[tokio::test]
async fn a_note_is_written_changed_replaced_and_torn_up() {
    let folder = TempDir::new().unwrap();
    let read = |title: &str| std::fs::read_to_string(folder.path().join(title)).ok();
    let mut workspace = workspace(&folder).await;

    workspace.run(&note("shopping", "milk")).await.unwrap();
    assert_eq!(read("shopping").as_deref(), Some("milk"));
    assert!(
        workspace
            .plan(&note("shopping", "milk"))
            .await
            .unwrap()
            .is_empty()
    );

    let plan = workspace.run(&note("shopping", "tea")).await.unwrap();
    assert_eq!(plan.action("notebook_note.a"), Action::Update);
    assert_eq!(read("shopping").as_deref(), Some("tea"));

    let plan = workspace.run(&note("errands", "tea")).await.unwrap();
    assert_eq!(plan.action("notebook_note.a"), Action::DeleteThenCreate);
    assert_eq!(read("shopping"), None);

    workspace.destroy().await.unwrap();
    assert_eq!(read("errands"), None);
}

#[tokio::test]
async fn a_process_that_is_configured_again_works_in_the_new_folder() {
    let [first, second] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let mut workspace = workspace(&first).await;
    let provider = config! { folder = second.path().to_str().unwrap() };
    workspace.core().clone().configure(&provider).await.unwrap();
    workspace.run(&note("shopping", "milk")).await.unwrap();
    assert!(second.path().join("shopping").exists() && !first.path().join("shopping").exists());
}

#[tokio::test]
async fn a_note_that_was_lost_is_written_again() {
    let folder = TempDir::new().unwrap();
    let mut workspace = workspace(&folder).await;
    workspace.run(&note("shopping", "milk")).await.unwrap();
    std::fs::remove_file(folder.path().join("shopping")).unwrap();
    let plan = workspace.plan(&note("shopping", "milk")).await.unwrap();
    assert_eq!(plan.action("notebook_note.a"), Action::Create);
}

#[tokio::test]
async fn a_note_is_imported_by_title_and_by_identity() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("found"), "on the desk").unwrap();
    for target in [
        ImportTarget::from("found"),
        ImportTarget::Identity(config! { title = "found" }),
    ] {
        let mut workspace = workspace(&folder).await;
        workspace.import("notebook_note.a", target).await.unwrap();
        let plan = workspace.plan(&note("found", "on the desk")).await.unwrap();
        assert!(plan.is_empty(), "{:?}", plan.actions());
    }
}

#[tokio::test]
async fn a_title_that_leads_out_of_the_folder_is_refused_at_plan() {
    let folder = TempDir::new().unwrap();
    let workspace = workspace(&folder).await;
    let failure = workspace.plan(&note("../passwd", "")).await.unwrap_err();
    let diagnostic = failure.diagnostics().next().unwrap();
    assert!(
        diagnostic.detail.contains("without slashes"),
        "{diagnostic}"
    );
    assert_eq!(diagnostic.attribute.as_ref().unwrap().to_string(), ".title");
}
