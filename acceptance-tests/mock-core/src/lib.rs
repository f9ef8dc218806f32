//! A Terraform core for tests: it drives a provider and enforces what Terraform enforces.
//!
//! It shares no code with the framework it tests: values, codecs and the algorithms of core are
//! written a second time here, so that a mistake made on one side is seen on the other.
//!
//! ```no_run
//! use mock_core::config::reference;
//! use mock_core::{Action, Configuration, Core, Workspace, config};
//!
//! # async fn example(channel: tonic::transport::Channel) -> Result<(), mock_core::Failure> {
//! let core = Core::connect(channel).await?;
//! core.configure(&config! { address = "imp.example.com" }).await?;
//!
//! let mut workspace = Workspace::new(core);
//! let configuration = Configuration::new()
//!     .resource("imp_federated_domain.a", config! { domain_name = "example.com" })
//!     .resource(
//!         "imp_static_route.a",
//!         config! {
//!             domain = reference("imp_federated_domain.a", "domain_name"),
//!             next_hop = "edge.example.com",
//!         },
//!     );
//! let plan = workspace.plan(&configuration).await?;
//! assert_eq!(plan.action("imp_static_route.a"), Action::Create);
//! workspace.apply(&plan).await?;
//! assert!(workspace.plan(&configuration).await?.is_empty());
//! workspace.destroy().await?;
//! # Ok(())
//! # }
//! ```

pub mod codec;
pub mod config;
mod core;
mod diagnostic;
#[cfg(test)]
#[allow(
    clippy::default_trait_access,
    clippy::unnecessary_wraps,
    reason = "answers are mostly defaults, and their fields are optional"
)]
mod fake;
mod instance;
pub mod objchange;
mod other;
mod problem;
mod report;
pub mod schema;
mod state;
pub mod value;
mod workspace;

pub use crate::core::{
    ConnectOptions, Core, CoreVersion, FunctionSignature, Parameter, Phase, ResourceSchema,
    Schemas, in_process,
};
pub use diagnostic::{Diagnostic, Severity};
pub use instance::{Action, ImportTarget, InstancePlan, Lifecycle, MoveSource, Trigger};
pub use other::{Ephemeral, FunctionFailure, ListOptions, Listed, StateLock, StateStore};
pub use problem::{CallError, Problem, ProblemKind, Rule, Violation};
pub use report::{Failure, Report};
pub use state::{Object, State, StoredObject};
pub use workspace::{
    Applied, Configuration, Interrupt, Plan, PlanMode, PlanOptions, PlannedChange, ResourceConfig,
    Workspace,
};
