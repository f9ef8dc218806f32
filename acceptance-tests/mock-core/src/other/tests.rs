use tfplugin_protocol::tfplugin6::{FunctionError, invoke_action, list_resource};

use crate::config;
use crate::config::{Input, unknown};
use crate::fake::{Fake, error};
use crate::problem::Rule;
use crate::value::Value;
use crate::{Configuration, Core, CoreVersion, FunctionFailure, ListOptions};

async fn core(fake: &Fake) -> Core {
    fake.core(CoreVersion::CURRENT).await.unwrap()
}

fn nothing() -> Input {
    Input::object([])
}

#[tokio::test]
async fn data_sources_are_read_once_everything_is_known() {
    let fake = Fake::default();
    let core = core(&fake).await;
    let (value, _) = core
        .read_data_source("test_thing", &config! { name = "x" })
        .await
        .unwrap();
    assert_eq!(value.attribute("id"), "9".into());
    let (value, _) = core
        .read_data_source("test_thing", &config! { name = unknown() })
        .await
        .unwrap();
    assert_eq!(value, Value::Null);
    assert!(core.read_data_source("nothing", &nothing()).await.is_err());
}

#[tokio::test]
async fn functions_are_called_with_checked_arguments() {
    let fake = Fake::default();
    let core = core(&fake).await;
    assert_eq!(
        core.call_function("upper", &["a".into()]).await.unwrap(),
        "A".into()
    );
    let with_null = core
        .call_function("upper", &["a".into(), Value::Null])
        .await;
    assert_eq!(with_null.unwrap(), "A-".into());
    assert!(
        core.call_function("upper", &[Value::unknown()])
            .await
            .unwrap()
            .is_unknown()
    );
    let refused = [
        core.call_function("upper", &[Value::Null]).await,
        core.call_function("upper", &[]).await,
        core.call_function("upper", &[Value::int(1)]).await,
        core.call_function("lower", &["a".into()]).await,
    ];
    for refused in refused {
        assert!(
            matches!(refused, Err(FunctionFailure::Refused(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn opentofu_sends_null_arguments_empty() {
    let fake = Fake::default();
    let core = fake.core(CoreVersion::OpenTofu(9)).await.unwrap();
    let result = core
        .call_function("upper", &["a".into(), Value::Null])
        .await;
    assert_eq!(result.unwrap(), "A-".into());
}

#[tokio::test]
async fn functions_may_fail_but_not_change_their_minds() {
    let fake = Fake::default();
    let core = core(&fake).await;
    fake.lock().spoil.function = Some(Box::new(|answer| {
        let text = "no".to_owned();
        answer.error = Some(FunctionError {
            text,
            function_argument: Some(0),
        });
    }));
    let failure = core
        .call_function("upper", &["a".into()])
        .await
        .unwrap_err();
    assert_eq!(failure.to_string(), "no (argument 0)");

    fake.lock().spoil.function = None;
    core.call_function("upper", &["a".into()]).await.unwrap();
    fake.lock().spoil.function = Some(Box::new(|answer| answer.result = None));
    let failure = core
        .call_function("upper", &["a".into()])
        .await
        .unwrap_err();
    assert!(failure.to_string().contains("inconsistent"), "{failure}");
}

#[tokio::test]
async fn ephemeral_resources_are_opened_renewed_and_closed() {
    for (version, closed_with) in [
        (CoreVersion::Terraform(14), "opened"),
        (CoreVersion::OpenTofu(11), "renewed"),
    ] {
        let fake = Fake::default();
        let core = fake.core(version).await.unwrap();
        let (opened, _) = core
            .open_ephemeral("test_thing", &config! { name = "x" })
            .await
            .unwrap();
        let mut opened = opened.unwrap();
        assert_eq!(opened.value.attribute("id"), "9".into());
        assert!(opened.renew_at.is_some());
        core.renew_ephemeral(&mut opened).await.unwrap();
        core.close_ephemeral(opened).await.unwrap();
        let calls = fake.take_calls();
        assert_eq!(
            calls,
            [
                "renew private=opened".to_owned(),
                format!("close private={closed_with}")
            ]
        );
        let waiting = core
            .open_ephemeral("test_thing", &config! { name = unknown() })
            .await;
        assert!(waiting.unwrap().0.is_none());
    }
}

#[tokio::test]
async fn lists_give_identities_names_and_objects_up_to_the_limit() {
    let fake = Fake::default();
    let core = core(&fake).await;
    let mut workspace = crate::Workspace::new(core.clone());
    let configuration = Configuration::new()
        .resource("test_thing.a", config! { name = "a" })
        .resource("test_thing.b", config! { name = "b" });
    workspace.run(&configuration).await.unwrap();

    let (found, _) = core
        .list("test_thing", &nothing(), ListOptions::default())
        .await
        .unwrap();
    let names: Vec<_> = found
        .iter()
        .map(|listed| listed.display_name.as_str())
        .collect();
    assert_eq!(names, ["thing 1", "thing 2"]);
    assert!(found.iter().all(|listed| listed.object.is_null()));
    let whole = ListOptions {
        include_resource: true,
        limit: 1,
    };
    let (found, _) = core.list("test_thing", &nothing(), whole).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].object.attribute("id"),
        found[0].identity.attribute("id")
    );
}

#[tokio::test]
async fn unusable_list_results_are_named_and_errors_end_the_list() {
    let fake = Fake::default();
    let core = core(&fake).await;
    fake.lock().spoil.list = Some(Box::new(|events| {
        events.push(list_resource::Event::default());
    }));
    let failure = core
        .list("test_thing", &nothing(), ListOptions::default())
        .await
        .unwrap_err();
    assert!(failure.violates(Rule::InvalidListResult), "{failure}");
    fake.lock().spoil.list = Some(Box::new(|events| {
        let diagnostic = vec![error("no access")];
        events.push(list_resource::Event {
            diagnostic,
            ..Default::default()
        });
        events.push(list_resource::Event::default());
    }));
    let failure = core
        .list("test_thing", &nothing(), ListOptions::default())
        .await
        .unwrap_err();
    assert_eq!(failure.to_string(), "list.test_thing: no access");
}

#[tokio::test]
async fn actions_report_progress_and_complete_once() {
    let fake = Fake::default();
    let core = core(&fake).await;
    let (progress, _) = core.invoke_action("test_poke", &nothing()).await.unwrap();
    assert_eq!(progress, ["poking"]);
    let spoilers: [fn(&mut Vec<invoke_action::Event>); 3] = [
        |events| events.truncate(1),
        |events| events.push(events[1].clone()),
        |events| events.insert(0, invoke_action::Event::default()),
    ];
    for spoil in spoilers {
        fake.lock().spoil.action = Some(Box::new(spoil));
        let failure = core
            .invoke_action("test_poke", &nothing())
            .await
            .unwrap_err();
        assert!(failure.violates(Rule::InvalidActionEvents), "{failure}");
    }
}
