//! How long operations may take where the user does not say.

use std::time::Duration;

use imp_publisher::Scope;
use tfplugin_framework::timeouts::{self, Operation, Timeouts};
use tfplugin_framework::{Attribute, Field, RequestContext};
use tokio::time::Instant;

const READ: Duration = Duration::from_secs(5 * 60);
const WRITE: Duration = Duration::from_secs(10 * 60);

/// The attribute `timeouts` of every resource.
pub(crate) fn attribute() -> Attribute {
    timeouts::attribute(&[
        Operation::Create,
        Operation::Read,
        Operation::Update,
        Operation::Delete,
    ])
    .describe(
        "How long operations may take: `create`, `read`, `update` and `delete` with durations such as `30s`, `10m` \
         or `1h30m`. By default these are 10 minutes to create, update and delete, and 5 to read. \
         An operation also ends when nothing else in flight can clear its way.",
    )
}

/// How long an operation may take.
pub(crate) fn of(timeouts: &Field<Timeouts>, operation: Operation) -> Duration {
    let default = match operation {
        Operation::Read => READ,
        Operation::Create | Operation::Update | Operation::Delete => WRITE,
    };
    timeouts.get_or(operation, default)
}

/// The limits of a reading for a plan, a refresh or an import.
pub(crate) fn reading(timeouts: &Field<Timeouts>, context: &RequestContext) -> Scope {
    Scope {
        deadline: Instant::now() + of(timeouts, Operation::Read),
        cancellation: context.cancellation.clone(),
    }
}
