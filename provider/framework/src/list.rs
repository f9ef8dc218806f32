//! List resources: finding existing objects of a managed resource type (`terraform query`).

mod results;
mod typed;

use std::future::Future;

use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::schema::Schema;

pub(crate) use self::results::ListItem;
pub use self::results::{Found, ListEnded, Results};
pub(crate) use self::typed::{AnyListResource, ListRequest, Typed};

/// Finds existing objects of a managed resource type, which must have an identity schema.
///
/// ```
/// use tfplugin_framework::list::{Found, List};
/// use tfplugin_framework::{Attribute, Diagnostics, Identity, ListResource, Schema, model};
///
/// model! {
///     struct Search { floor: u32 }
///     /// The model of the managed resource `office_desk`.
///     struct Desk { number: u32 }
/// }
///
/// struct Desks;
///
/// impl ListResource for Desks {
///     type Config = Search;
///     type Model = Desk;
///
///     fn type_name(&self) -> &str {
///         "office_desk"
///     }
///
///     fn schema(&self) -> Schema {
///         Schema::new(0).attribute("floor", Attribute::number().optional())
///     }
///
///     async fn list(&self, list: &mut List<Search, Desk>) -> Result<(), Diagnostics> {
///         for number in 1..=3_u32 {
///             let found = Found {
///                 display_name: format!("Desk {number}"),
///                 identity: Identity::new().with("number", number),
///                 object: list.include_object.then(|| Desk { number: number.into() }),
///             };
///             list.results.send(found).await?;
///         }
///         Ok(())
///     }
/// }
/// ```
pub trait ListResource: Send + Sync + 'static {
    /// What a user may write to narrow the search down.
    type Config: Model;
    /// The model of the managed resource.
    type Model: Model;

    /// The name of the managed resource type.
    fn type_name(&self) -> &str;

    /// The schema of the search. Nothing in it is computed.
    fn schema(&self) -> Schema;

    /// Rules between attributes. Any value may be unknown; then the rule is silent.
    fn validate(&self, _config: &Self::Config, _diagnostics: &mut Diagnostics) {}

    /// Searches and sends each object as it is found: `list.results.send(…).await?` ends the search by
    /// itself once Terraform has enough.
    fn list(
        &self,
        list: &mut List<Self::Config, Self::Model>,
    ) -> impl Future<Output = Result<(), Diagnostics>> + Send;
}

/// A search.
#[derive(Debug)]
#[non_exhaustive]
pub struct List<C: Model, M: Model> {
    /// The search. Everything is known.
    pub config: C,
    /// Where the objects go.
    pub results: Results<M>,
    /// Whether the user wants whole objects, and not only identities.
    pub include_object: bool,
    /// The greatest number of objects that Terraform will take.
    pub limit: u64,
    /// Warnings and errors found on the way.
    pub diagnostics: Diagnostics,
    /// The request.
    pub context: RequestContext,
}
