//! Actions: progress, then exactly one end.

use mock_core::{config, config::unknown};
use tfplugin_framework::action::{ActionPlan, Invoke};
use tfplugin_framework::{Action, Attribute, Diagnostic, Diagnostics, Schema, model};

use crate::{core, errors};

model! {
    pub(crate) struct BellModel { times: u32 }
}

pub(crate) struct Bell;

impl Action for Bell {
    type Config = BellModel;

    fn type_name(&self) -> &'static str {
        "corner_bell"
    }

    fn schema(&self) -> Schema {
        Schema::new(0).attribute("times", Attribute::number().required())
    }

    async fn plan(&self, plan: &mut ActionPlan<BellModel>) -> Result<(), Diagnostics> {
        if plan.config.times.is_unknown() {
            plan.diagnostics
                .warning("Unknown times", "It may get loud.");
        }
        Ok(())
    }

    async fn invoke(&self, invoke: &mut Invoke<BellModel>) -> Result<(), Diagnostics> {
        for time in 0..invoke.config.times.known_or(0) {
            invoke.progress.report(format!("ring {time}")).await;
            if time == 3 {
                Err(Diagnostic::error("Broken"))?;
            }
            assert!(invoke.config.times != 13.into(), "bad luck");
        }
        Ok(())
    }
}

#[tokio::test]
async fn progress_is_told_in_order() {
    let (progress, _) = core()
        .await
        .invoke_action("corner_bell", &config! { times = 3 })
        .await
        .unwrap();
    assert_eq!(progress, ["ring 0", "ring 1", "ring 2"]);
}

#[tokio::test]
async fn a_failure_or_panic_completes_with_an_error() {
    for (times, said) in [(5, "Broken"), (13, "invoking corner_bell")] {
        let failure = core()
            .await
            .invoke_action("corner_bell", &config! { times = times })
            .await
            .unwrap_err();
        assert!(errors(&failure)[0].contains(said), "{failure:?}");
        assert_eq!(failure.violations().count(), 0);
    }
}

#[tokio::test]
async fn a_plan_takes_unknown_values() {
    let warnings = core()
        .await
        .plan_action("corner_bell", &config! { times = unknown() })
        .await
        .unwrap();
    assert_eq!(warnings.len(), 1);
}
