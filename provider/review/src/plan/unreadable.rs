//! Why a file cannot be reviewed.

use super::LARGEST_PLAN;

/// Why a file cannot be reviewed.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Unreadable {
    /// It has more bytes than are read.
    #[error("The plan is larger than {} MiB, and is not read.", LARGEST_PLAN / (1024 * 1024))]
    TooLarge,
    /// It is a plan file as `terraform plan -out` writes it.
    #[error(
        "This is a binary plan file. Write `terraform show -json PLANFILE > plan.json` where it was made, and \
         review plan.json."
    )]
    Binary,
    /// It is no JSON.
    #[error(
        "This is not JSON: {0}. Write `terraform show -json PLANFILE > plan.json`, and review plan.json."
    )]
    NotJson(String),
    /// It is JSON, but no plan.
    #[error(
        "This is {0}, not a plan. Write `terraform show -json PLANFILE > plan.json`, and review plan.json."
    )]
    NotAPlan(&'static str),
    /// It is a plan, but a part of it is not as plans are.
    #[error("The plan cannot be understood: {place}: {problem}.")]
    Malformed {
        /// Where.
        place: String,
        /// What is wrong there.
        problem: String,
    },
    /// It is a state.
    #[error(
        "This is a state, not a plan. Write `terraform plan -out=PLANFILE`, then `terraform show -json PLANFILE > \
         plan.json`, and review plan.json."
    )]
    State,
    /// It is a plan in a format of another major version.
    #[error(
        "The plan has the format version {0}, and this program reads 0.x and 1.x. Use a newer version of \
         terraform-provider-imp."
    )]
    FutureFormat(String),
    /// It has nothing to do with federation.
    #[error(
        "The plan has no imp_sip_federation_domain and no imp_static_route, so that there is nothing to review. Is \
         it the plan of another configuration?"
    )]
    NoFederation,
}

impl Unreadable {
    pub(super) fn malformed(place: impl Into<String>, problem: &impl ToString) -> Self {
        Self::Malformed {
            place: place.into(),
            problem: problem.to_string(),
        }
    }
}
