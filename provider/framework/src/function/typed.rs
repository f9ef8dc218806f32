//! A function with its checked signature.

use std::sync::OnceLock;

use tfplugin_values::Value;

use super::{Arguments, Function, FunctionError, Signature};
use crate::panics::caught_now;
use crate::schema::SchemaError;

/// A function with its checked signature.
pub(crate) struct Registered {
    function: Box<dyn Function>,
    signature: OnceLock<Result<Signature, SchemaError>>,
}

impl Registered {
    pub(crate) fn new(function: impl Function) -> Self {
        Self {
            function: Box::new(function),
            signature: OnceLock::new(),
        }
    }

    pub(crate) fn signature(&self) -> Result<&Signature, &SchemaError> {
        self.signature
            .get_or_init(|| {
                let signature = self.function.signature();
                signature.check(self.function.name())?;
                Ok(signature)
            })
            .as_ref()
    }

    pub(crate) fn call(&self, arguments: Vec<Value>) -> Result<Value, FunctionError> {
        let arguments = Arguments(arguments);
        caught_now(|| self.function.call(&arguments)).unwrap_or_else(|panic| {
            let doing = format!("computing {}", self.function.name());
            Err(FunctionError::new(panic.diagnostic(&doing).to_string()))
        })
    }
}
