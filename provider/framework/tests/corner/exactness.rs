//! Values that must come through unchanged, however long or odd.

use mock_core::config::{Input, number};
use mock_core::value::Value;
use mock_core::{Action, config};

use crate::{one, workspace};

const ADDRESS: &str = "corner_nest.a";

#[tokio::test]
async fn numbers_of_any_size_stay_exact_through_plan_apply_and_the_next_plan() {
    let mut workspace = workspace().await;
    for text in [
        "0.1",
        "0.5",
        "-0",
        "3.0",
        "1e30",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "12345678901234567890123",
        "0.1234567890123456789012345",
        "1.7976931348623157e308",
        "5e-324",
    ] {
        let exact = || number(text);
        let any = Input::from(vec![config! { deep = exact() }]);
        let configuration = one(ADDRESS, config! { exact = exact(), any = any });
        workspace.run(&configuration).await.unwrap();
        let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
        let Input::Number(expected) = exact() else {
            panic!("{text} is no number");
        };
        let expected = Value::Number(expected);
        assert_eq!(value.attribute("exact"), expected, "{text}");
        let inside = value.attribute("any").elements().unwrap()[0].attribute("deep");
        assert_eq!(inside, expected, "{text}");
        assert!(workspace.plan(&configuration).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_text_of_ten_mebibytes_comes_through() {
    let mut workspace = workspace().await;
    let text = "ten MiB, ".repeat((10 << 20) / 9 + 1);
    assert!(text.len() > 10 << 20);
    let configuration = one(ADDRESS, config! { host = text.as_str() });
    workspace.run(&configuration).await.unwrap();
    assert!(workspace.plan(&configuration).await.unwrap().is_empty());
    let value = workspace.object(ADDRESS).await.unwrap().unwrap().value;
    assert!(value.attribute("host") == Value::string(&text));
}

#[tokio::test]
async fn dynamic_values_keep_their_type() {
    let mut workspace = workspace().await;
    for any in [
        Input::from("1"),
        Input::from(1),
        Input::from(true),
        Input::List(vec![]),
        config! {},
        config! { a = 1, b = vec!["x"] },
    ] {
        let configuration = one(ADDRESS, config! { any = any.clone() });
        let plan = workspace.run(&configuration).await.unwrap();
        assert_ne!(plan.action(ADDRESS), Action::NoOp, "{any:?}");
        assert!(
            workspace.plan(&configuration).await.unwrap().is_empty(),
            "{any:?}"
        );
    }
}

#[tokio::test]
async fn the_order_of_a_set_is_no_change() {
    let mut workspace = workspace().await;
    let configuration = |tags: [&str; 3]| one(ADDRESS, config! { tags = tags });
    workspace
        .run(&configuration(["a", "b", "c"]))
        .await
        .unwrap();
    let plan = workspace.plan(&configuration(["c", "a", "b"])).await;
    assert!(plan.unwrap().is_empty());
    let plan = workspace.plan(&configuration(["a", "b", "d"])).await;
    assert_eq!(plan.unwrap().action(ADDRESS), Action::Update);
}
