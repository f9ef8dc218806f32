//! Functions. They are served whether or not the provider was ever configured.

use std::collections::BTreeMap;
use std::sync::Arc;

use tfplugin_protocol::tfplugin6::{self as wire, call_function, get_functions};
use tfplugin_values::Value;

use super::Server;
use crate::context::RequestContext;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::function::{FunctionError, Signature};
use crate::handler::broken_schema;

/// The signatures of all functions.
pub(super) fn messages(
    server: &Server,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, wire::Function> {
    let mut messages = BTreeMap::new();
    for (name, function) in &server.registry.functions {
        match function.signature() {
            Ok(signature) => {
                messages.insert(name.clone(), convert::function(signature));
            }
            Err(error) => diagnostics.push(broken_schema(name, error)),
        }
    }
    messages
}

pub(super) async fn get_functions(
    server: Arc<Server>,
    _: get_functions::Request,
    _: RequestContext,
) -> Result<get_functions::Response, get_functions::Response> {
    let mut diagnostics = Diagnostics::new();
    let functions = messages(&server, &mut diagnostics);
    Ok(get_functions::Response {
        functions,
        diagnostics: convert::diagnostics(&diagnostics),
    })
}

pub(super) async fn call(
    server: Arc<Server>,
    request: call_function::Request,
    _: RequestContext,
) -> Result<call_function::Response, call_function::Response> {
    Ok(match compute(&server, &request) {
        Ok(result) => call_function::Response {
            result: Some(result),
            error: None,
        },
        Err(error) => call_function::Response {
            result: None,
            error: Some(wire::FunctionError {
                text: error.text,
                function_argument: error.argument,
            }),
        },
    })
}

fn compute(
    server: &Server,
    request: &call_function::Request,
) -> Result<wire::DynamicValue, FunctionError> {
    let name = &request.name;
    let function = server
        .registry
        .functions
        .get(name)
        .ok_or_else(|| FunctionError::new(format!("The provider has no function {name:?}.")))?;
    let signature = function
        .signature()
        .map_err(|error| FunctionError::new(broken_schema(name, error).to_string()))?;
    if request.arguments.len() < signature.parameters.len() {
        return Err(FunctionError::new(format!(
            "The function {name} needs {} arguments; there are {}.",
            signature.parameters.len(),
            request.arguments.len()
        )));
    }
    let arguments = request
        .arguments
        .iter()
        .enumerate()
        .map(|(index, argument)| self::argument(signature, index, argument))
        .collect::<Result<Vec<Value>, FunctionError>>()?;
    let result = function.call(arguments)?;
    convert::value_to(&result, &signature.result, "result")
        .map_err(|diagnostics| FunctionError::new(diagnostics.to_string()))
}

fn argument(
    signature: &Signature,
    index: usize,
    message: &wire::DynamicValue,
) -> Result<Value, FunctionError> {
    let parameter = signature
        .parameter_at(index)
        .ok_or_else(|| FunctionError::argument(index, "There is one argument too many."))?;
    let value = convert::value_from(Some(message), &parameter.ty, "an argument")
        .map_err(|diagnostics| FunctionError::argument(index, diagnostics.to_string()))?;
    if value.is_null() && !parameter.allow_null {
        return Err(FunctionError::argument(
            index,
            "The argument must not be null.",
        ));
    }
    if !value.is_wholly_known() && !parameter.allow_unknown {
        return Err(FunctionError::argument(
            index,
            "The argument must be known.",
        ));
    }
    Ok(value)
}
