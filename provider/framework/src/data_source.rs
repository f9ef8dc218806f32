//! Data sources: what Terraform reads and never writes.

mod typed;

use std::future::Future;

use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::schema::Schema;

pub(crate) use self::typed::{AnyDataSource, Typed};

/// A data source.
///
/// ```
/// use tfplugin_framework::{Attribute, DataSource, Diagnostics, ReadData, Schema, model};
///
/// model! { struct RoomModel { name: String, seats: u32 } }
///
/// struct Room;
///
/// impl DataSource for Room {
///     type Model = RoomModel;
///
///     fn type_name(&self) -> &str {
///         "office_room"
///     }
///
///     fn schema(&self) -> Schema {
///         Schema::new(0)
///             .attribute("name", Attribute::string().required())
///             .attribute("seats", Attribute::number().computed())
///     }
///
///     async fn read(&self, read: &mut ReadData<RoomModel>) -> Result<(), Diagnostics> {
///         let found = read.config.name.as_str().map(|name| if name == "hall" { 80 } else { 4 });
///         read.state.seats = found.into();
///         Ok(())
///     }
/// }
/// ```
pub trait DataSource: Send + Sync + 'static {
    /// The configuration and the result, as one struct.
    type Model: Model;

    /// The full name, which begins with the provider's.
    fn type_name(&self) -> &str;

    /// The schema. Asked for once.
    fn schema(&self) -> Schema;

    /// Rules between attributes. Any value may be unknown; then the rule is silent.
    fn validate(&self, _config: &Self::Model, _diagnostics: &mut Diagnostics) {}

    /// Reads. `read.state` begins as a copy of the configuration: fill in what is computed.
    fn read(
        &self,
        read: &mut ReadData<Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;
}

/// A read of a data source.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadData<M: Model> {
    /// The configuration. Everything is known.
    pub config: M,
    /// The result: begins as a copy of the configuration, which must stay in it.
    pub state: M,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}
