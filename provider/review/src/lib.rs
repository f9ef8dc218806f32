//! Reviews a Terraform plan that changes federation on Cisco IM and Presence: what a reviewer must know before the
//! plan is applied.
//!
//! [`Plan::read`] takes plan JSON as `terraform show -json` and `tofu show -json` write it, [`Review::of`] finds
//! what there is to say, and [`report`] says it. The crate knows neither publishers nor their protocols, sends
//! nothing, and prints nothing.

mod configuration;
mod estate;
mod finding;
mod plan;
pub mod report;
mod review;
mod rules;
mod silence;

pub use finding::{Finding, Silenced};
pub use plan::{
    Action, Attribute, Cause, Change, Domain, LARGEST_PLAN, Plan, Route, Router, Unreadable,
};
pub use review::{ClusterReview, Kind, Line, Options, Outage, Restart, Review, Sign};
