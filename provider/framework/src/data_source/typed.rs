//! A data source without its type: what the framework calls, over values.

use std::pin::pin;
use std::sync::OnceLock;

use tfplugin_values::Value;

use super::{DataSource, ReadData};
use crate::context::RequestContext;
use crate::diagnostics::Diagnostics;
use crate::field::Model;
use crate::handler::{self, BoxFuture};
use crate::resource::check_model;
use crate::schema::{CheckedSchema, Purpose, SchemaError};

/// A data source of any model.
pub(crate) trait AnyDataSource: Send + Sync {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError>;
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);
    fn read(&self, config: Value, context: RequestContext) -> BoxFuture<'_, (Value, Diagnostics)>;
}

pub(crate) struct Typed<D> {
    data_source: D,
    schema: OnceLock<Result<CheckedSchema, SchemaError>>,
}

impl<D: DataSource> Typed<D> {
    pub(crate) fn new(data_source: D) -> Self {
        Self {
            data_source,
            schema: OnceLock::new(),
        }
    }
}

impl<D: DataSource> AnyDataSource for Typed<D> {
    fn schema(&self) -> Result<&CheckedSchema, &SchemaError> {
        self.schema
            .get_or_init(|| {
                let schema = CheckedSchema::new(self.data_source.schema(), Purpose::DataSource)?;
                check_model::<D::Model>(&schema.ty)?;
                Ok(schema)
            })
            .as_ref()
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let name = self.data_source.type_name();
        handler::validate(name, config, diagnostics, |model, found| {
            self.data_source.validate(model, found);
        });
    }

    fn read(&self, config: Value, context: RequestContext) -> BoxFuture<'_, (Value, Diagnostics)> {
        Box::pin(async move {
            let model = match D::Model::from_object(&config) {
                Ok(model) => model,
                Err(mismatches) => return (Value::Null, mismatches.into()),
            };
            let mut read = ReadData {
                state: model.clone(),
                config: model,
                diagnostics: Diagnostics::new(),
                context,
            };
            let name = self.data_source.type_name();
            let failure =
                handler::run("reading", name, pin!(self.data_source.read(&mut read))).await;
            let mut diagnostics = read.diagnostics;
            diagnostics.append(failure);
            if diagnostics.has_errors() {
                return (Value::Null, diagnostics);
            }
            let mut state = read.state.into_object();
            let schema = self.schema().ok();
            handler::settle_result(name, schema, &config, &mut state, &mut diagnostics);
            (state, diagnostics)
        })
    }
}
