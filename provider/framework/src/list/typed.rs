//! A list resource without its type: what the framework calls, over values.

use std::pin::pin;
use std::sync::OnceLock;

use tfplugin_values::Value;
use tokio::sync::mpsc;

use super::{List, ListItem, ListResource, Results};
use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::handler::{self, BoxFuture};
use crate::resource::check_model;
use crate::schema::{CheckedSchema, Purpose, SchemaError};

/// What Terraform asks for.
pub(crate) struct ListRequest {
    pub(crate) config: Value,
    pub(crate) include_object: bool,
    pub(crate) limit: u64,
    pub(crate) items: mpsc::Sender<ListItem>,
    pub(crate) context: RequestContext,
}

/// A list resource of any model.
pub(crate) trait AnyListResource: Send + Sync {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError>;
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);
    fn list(&self, request: ListRequest) -> BoxFuture<'_, Diagnostics>;
}

pub(crate) struct Typed<L> {
    list: L,
    schema: OnceLock<Result<CheckedSchema, SchemaError>>,
}

impl<L: ListResource> Typed<L> {
    pub(crate) fn new(list: L) -> Self {
        Self {
            list,
            schema: OnceLock::new(),
        }
    }
}

impl<L: ListResource> AnyListResource for Typed<L> {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError> {
        self.schema
            .get_or_init(|| {
                let schema = CheckedSchema::new(self.list.schema(), Purpose::ListResource)?;
                check_model::<L::Config>(&schema.ty)?;
                Ok(schema)
            })
            .as_ref()
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let name = self.list.type_name();
        handler::validate(name, config, diagnostics, |model, found| {
            self.list.validate(model, found);
        });
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Diagnostics> {
        Box::pin(async move {
            let config = match L::Config::from_object(&request.config) {
                Ok(config) => config,
                Err(mismatches) => return mismatches.into(),
            };
            let mut list = List {
                config,
                results: Results::<L::Model>::new(request.items, request.limit),
                include_object: request.include_object,
                limit: request.limit,
                diagnostics: Diagnostics::new(),
                context: request.context,
            };
            let name = self.list.type_name();
            let search = async {
                match self.list.list(&mut list).await {
                    // Terraform has enough: the quiet end of a search.
                    Err(ended) if ended.is_empty() => Ok(()),
                    outcome => outcome,
                }
            };
            let failure = handler::run("listing", name, pin!(search)).await;
            let mut diagnostics = list.diagnostics;
            diagnostics.append(failure);
            diagnostics
        })
    }
}
