//! Functions: called on a provider nobody has configured.

use std::sync::PoisonError;

use tfplugin_protocol::tfplugin6::{DynamicValue, call_function};
use tonic::Status;

use crate::codec;
use crate::core::{Core, CoreVersion, FunctionSignature, Parameter};
use crate::problem::{CallError, Rule, Violation};
use crate::value::{Type, Value, conform};

/// A function call that gave no value.
#[derive(Clone, Debug, thiserror::Error)]
pub enum FunctionFailure {
    /// Core did not call: no such function, or wrong arguments.
    #[error("{0}")]
    Refused(String),
    /// The function's own error.
    #[error("{text}{}", argument.map(|at| format!(" (argument {at})")).unwrap_or_default())]
    Function {
        /// What it says.
        text: String,
        /// Index of the argument at fault.
        argument: Option<i64>,
    },
    /// The provider broke a rule.
    #[error("{0}")]
    Violation(Violation),
    /// The provider gave no answer.
    #[error("{0}")]
    Call(CallError),
}

impl Core {
    /// Calls a function. Arguments for dynamic parameters are [`Value::Dynamic`] or null.
    pub async fn call_function(
        &self,
        name: &str,
        arguments: &[Value],
    ) -> Result<Value, FunctionFailure> {
        let signature = self.signature(name)?;
        let parameters = parameters(&signature, arguments.len())?;
        check_arguments(&parameters, arguments)?;
        let unknown = arguments
            .iter()
            .zip(&parameters)
            .any(|(argument, parameter)| !argument.is_wholly_known() && !parameter.allow_unknown);
        if unknown {
            return Ok(Value::unknown());
        }
        let request = call_function::Request {
            name: name.to_owned(),
            arguments: arguments
                .iter()
                .zip(&parameters)
                .map(|(argument, parameter)| self.argument(argument, &parameter.ty))
                .collect::<Result<_, _>>()?,
        };
        let answer = self.client().call_function(request).await;
        let answer = answer
            .map_err(|status: Status| {
                FunctionFailure::Call(CallError::new("CallFunction", &status))
            })?
            .into_inner();
        if let Some(error) = answer.error {
            return Err(FunctionFailure::Function {
                text: error.text,
                argument: error.function_argument,
            });
        }
        let result = codec::from_wire(answer.result.as_ref(), &signature.result)
            .map_err(|problem| violation(Rule::InvalidObject, format!("{name}: {problem}")))?;
        self.remember(name, arguments, &result)?;
        Ok(result)
    }

    fn signature(&self, name: &str) -> Result<FunctionSignature, FunctionFailure> {
        let declared = self.schemas().functions.get(name);
        match declared.filter(|_| self.version().has_functions()) {
            Some(signature) => Ok(signature.clone()),
            None => Err(FunctionFailure::Refused(format!(
                "there is no function {name:?}"
            ))),
        }
    }

    fn argument(&self, argument: &Value, ty: &Type) -> Result<DynamicValue, FunctionFailure> {
        // OpenTofu leaves null arguments unencoded.
        if argument.is_null() && matches!(self.version(), CoreVersion::OpenTofu(_)) {
            return Ok(DynamicValue::default());
        }
        codec::to_wire(argument, ty)
            .map_err(|problem| FunctionFailure::Refused(problem.to_string()))
    }

    /// Functions are pure: the same arguments must give the same result, across processes too.
    fn remember(
        &self,
        name: &str,
        arguments: &[Value],
        result: &Value,
    ) -> Result<(), FunctionFailure> {
        if !arguments.iter().all(Value::is_wholly_known) {
            return Ok(());
        }
        let mut known = self
            .function_results
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let earlier = known
            .entry((name.to_owned(), arguments.to_vec()))
            .or_insert_with(|| result.clone());
        if earlier == result {
            return Ok(());
        }
        Err(violation(
            Rule::InconsistentFunction,
            format!("The provider function {name:?} returned an inconsistent result"),
        ))
    }
}

fn parameters(
    signature: &FunctionSignature,
    count: usize,
) -> Result<Vec<Parameter>, FunctionFailure> {
    let mut parameters = signature.parameters.clone();
    if count < parameters.len() {
        return Err(FunctionFailure::Refused(
            "Not enough function arguments".to_owned(),
        ));
    }
    match &signature.variadic {
        Some(variadic) => parameters.resize(count, variadic.clone()),
        None if count > parameters.len() => {
            return Err(FunctionFailure::Refused(
                "Too many function arguments".to_owned(),
            ));
        }
        None => {}
    }
    Ok(parameters)
}

fn check_arguments(parameters: &[Parameter], arguments: &[Value]) -> Result<(), FunctionFailure> {
    for (parameter, argument) in parameters.iter().zip(arguments) {
        if argument.is_null() && !parameter.allow_null {
            let reason = format!(
                "Invalid value for {:?} parameter: argument must not be null",
                parameter.name
            );
            return Err(FunctionFailure::Refused(reason));
        }
        conform(argument, &parameter.ty).map_err(|problem| {
            FunctionFailure::Refused(format!(
                "Invalid value for {:?} parameter: {problem}",
                parameter.name
            ))
        })?;
    }
    Ok(())
}

fn violation(rule: Rule, detail: String) -> FunctionFailure {
    FunctionFailure::Violation(Violation { rule, detail })
}
