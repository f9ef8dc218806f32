//! Drives real Terraform and OpenTofu binaries, as their users do.
//!
//! [`Terraform`] is the core under test, found or fetched; [`Workspace`] a directory in which it runs,
//! isolated from the user's own settings; [`TestCase`] a sequence of [`Step`]s in it: plan, check, apply,
//! check, plan again and find nothing to do, import, destroy, and ask the other side whether all is gone.
//!
//! The harness knows no resource, and of publishers only [`Practice`]: practice clusters for a test case. It
//! runs the provider as a user would: a built binary, started by the core. A check that cannot fail is worse
//! than none, so each check here has a test in which it fails.

#![allow(
    clippy::missing_panics_doc,
    reason = "a harness for tests fails by panicking"
)]

mod case;
mod diagnostics;
mod failure;
mod lookup;
mod plan;
mod practice;
mod process;
mod provider;
mod state;
mod terraform;
mod workspace;

pub use case::{
    ApplyStep, Context, FailureStep, ImportStep, Phase, PlanExpectations, PlanStep, Step, TestCase,
    TestStep,
};
pub use diagnostics::{Diagnostic, Severity};
pub use failure::Failure;
pub use lookup::lookup;
pub use plan::{Action, Plan, ResourceChange};
pub use practice::Practice;
pub use process::{Outcome, Running, Signal};
pub use provider::{Provider, program};
pub use state::{ResourceState, State};
#[doc(hidden)]
pub use terraform::core_with;
pub use terraform::{Capabilities, Feature, Product, Terraform, Unavailable, Version};
pub use workspace::{PlanOptions, Workspace};
