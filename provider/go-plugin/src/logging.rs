//! Logging as hclog does it: one JSON object a line on standard error, which the host reads, filters
//! and mixes with its own.
//!
//! Off unless an environment variable asks for it; then no subscriber is installed and an event
//! costs one comparison. Everything logged is written with `tracing`.

mod layer;
mod level;
mod line;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;

use layer::HclogLayer;

/// Starts logging if one of the environment variables asks for it, and says how much is logged.
///
/// The first variable that is set wins (`TF_LOG_PROVIDER_NAME` before `TF_LOG_PROVIDER` before
/// `TF_LOG`). Values: `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `OFF`, `JSON` (everything) in any
/// case; whatever else is set counts as `TRACE`, as in Terraform. Where a process has a subscriber
/// already, that one stays.
pub fn init(variables: &[&str]) -> LevelFilter {
    let level = level::from_environment(variables, |name| std::env::var_os(name));
    if level != LevelFilter::OFF {
        let subscriber = tracing_subscriber::registry().with(HclogLayer::new(level));
        // A test harness may have installed one; it wants to see the events itself.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
    level
}
