//! Ephemeral resources: opened, renewed and closed, and never stored.

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use mock_core::value::Value;
use mock_core::{CoreVersion, config, config::unknown};
use tfplugin_framework::ephemeral::{Close, Open, Renew};
use tfplugin_framework::{
    Attribute, Diagnostic, Diagnostics, EphemeralResource, Field, Schema, model,
};

use crate::{core, core_as, errors};

model! {
    pub(crate) struct LeaseModel { holder: String, seconds: u32, token: String }
}

/// A token that ends by itself, unless it is renewed or given back.
pub(crate) struct Lease;

/// Who has given a lease back, and how often it had been renewed.
static GIVEN_BACK: Mutex<Vec<(String, u32)>> = Mutex::new(Vec::new());

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

impl EphemeralResource for Lease {
    type Model = LeaseModel;

    fn type_name(&self) -> &'static str {
        "corner_lease"
    }

    fn schema(&self) -> Schema {
        let holder = Attribute::string().required();
        Schema::new(0)
            .attribute("holder", holder.equal_when(str::eq_ignore_ascii_case))
            .attribute("seconds", Attribute::number().optional())
            .attribute("token", Attribute::string().computed().sensitive())
    }

    fn validate(&self, config: &LeaseModel, diagnostics: &mut Diagnostics) {
        if config.holder.is("") {
            diagnostics.push(Diagnostic::error("Nobody holds it").at("holder"));
        }
    }

    async fn open(&self, open: &mut Open<LeaseModel>) -> Result<(), Diagnostics> {
        let holder = open.config.holder.as_str().unwrap_or_default().to_owned();
        match holder.as_str() {
            "refused" => Err(Diagnostic::error("No lease for you"))?,
            "panics" => panic!("out of leases"),
            "forgets" => open.result.token = Field::Unknown,
            _ => open.result.token.set(format!("token of {holder}")),
        }
        // A remote system that shouts.
        open.result.holder.set(holder.to_uppercase());
        open.private.set("holder", &holder)?;
        if let Field::Known(seconds) = open.config.seconds {
            open.renew_at = Some(at(seconds.into()));
        }
        Ok(())
    }

    async fn renew(&self, renew: &mut Renew) -> Result<(), Diagnostics> {
        let renewed = renew.private.get::<u32>("renewed")?.unwrap_or(0) + 1;
        renew.private.set("renewed", &renewed)?;
        if renewed == 3 {
            Err(Diagnostic::error("Renewed often enough"))?;
        }
        renew.renew_at = Some(at(100 * u64::from(renewed)));
        Ok(())
    }

    async fn close(&self, close: &mut Close) -> Result<(), Diagnostics> {
        let holder: String = close.private.get("holder")?.unwrap_or_default();
        if holder == "sticky" {
            Err(Diagnostic::error("Cannot be given back"))?;
        }
        let renewed = close.private.get("renewed")?.unwrap_or(0);
        GIVEN_BACK.lock().unwrap().push((holder, renewed));
        Ok(())
    }
}

#[tokio::test]
async fn it_is_opened_renewed_and_closed() {
    // OpenTofu closes with what the last renewal left, Terraform with what opening left.
    for (version, holder, renewed) in [
        (CoreVersion::Terraform(14), "terraform", 0),
        (CoreVersion::OpenTofu(12), "opentofu", 2),
    ] {
        let core = core_as(version).await;
        let config = config! { holder = holder, seconds = 60 };
        let (opened, warnings) = core.open_ephemeral("corner_lease", &config).await.unwrap();
        assert_eq!(warnings, []);
        let mut lease = opened.unwrap();
        let token = format!("token of {holder}");
        assert_eq!(lease.value.attribute("token"), Value::string(&token));
        assert_eq!(lease.value.attribute("holder"), Value::string(holder));
        assert_eq!(lease.renew_at, Some(at(60)));
        for renewal in [at(100), at(200)] {
            core.renew_ephemeral(&mut lease).await.unwrap();
            assert_eq!(lease.renew_at, Some(renewal));
        }
        let failure = core.renew_ephemeral(&mut lease.clone()).await.unwrap_err();
        assert_eq!(errors(&failure), ["Renewed often enough"]);
        core.close_ephemeral(lease).await.unwrap();
        let given_back = GIVEN_BACK.lock().unwrap();
        assert!(given_back.contains(&(holder.to_owned(), renewed)));
    }
}

#[tokio::test]
async fn without_a_time_it_is_not_renewed() {
    let (opened, _) = core()
        .await
        .open_ephemeral("corner_lease", &config! { holder = "once" })
        .await
        .unwrap();
    assert_eq!(opened.unwrap().renew_at, None);
}

#[tokio::test]
async fn what_is_not_known_yet_is_validated_and_not_opened() {
    let core = core().await;
    let (opened, _) = core
        .open_ephemeral("corner_lease", &config! { holder = unknown() })
        .await
        .unwrap();
    assert!(opened.is_none());
    let failure = core
        .open_ephemeral(
            "corner_lease",
            &config! { holder = "", seconds = unknown() },
        )
        .await
        .unwrap_err();
    assert_eq!(errors(&failure), ["Nobody holds it (at .holder)"]);
}

#[tokio::test]
async fn a_failure_or_panic_is_an_error_about_the_resource() {
    let core = core().await;
    for (holder, said) in [
        ("refused", "No lease for you"),
        ("panics", "opening corner_lease"),
        ("forgets", "left token of corner_lease without a value"),
    ] {
        let failure = core
            .open_ephemeral("corner_lease", &config! { holder = holder })
            .await
            .unwrap_err();
        assert!(errors(&failure)[0].contains(said), "{failure}");
        assert_eq!(failure.violations().count(), 0, "{failure}");
    }
    let (opened, _) = core
        .open_ephemeral("corner_lease", &config! { holder = "sticky" })
        .await
        .unwrap();
    let failure = core.close_ephemeral(opened.unwrap()).await.unwrap_err();
    assert_eq!(errors(&failure), ["Cannot be given back"]);
}
