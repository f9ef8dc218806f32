//! The functions, which need no publisher: `provider::imp::destination_pattern` and
//! `provider::imp::domain_name`.

use imp_publisher::domain::{DestinationPattern, DomainName};
use tfplugin_framework::{
    Arguments, Function, FunctionError, IntoValue, Parameter, Signature, Type, Value,
};

/// `destination_pattern(domain)`.
#[derive(Debug)]
pub(crate) struct DestinationPatternOf;

/// `domain_name(pattern)`.
#[derive(Debug)]
pub(crate) struct DomainNameOf;

impl Function for DestinationPatternOf {
    fn name(&self) -> &'static str {
        "destination_pattern"
    }

    fn signature(&self) -> Signature {
        Signature::new(Type::String)
            .summary("The destination pattern of a domain")
            .describe(
                "Reverses a domain and puts a dot in front, as a static route takes it: `remote.com` becomes \
                 `.com.remote`.",
            )
            .parameter(
                Parameter::new("domain", Type::String).describe("A domain, such as `remote.com`."),
            )
    }

    fn call(&self, arguments: &Arguments) -> Result<Value, FunctionError> {
        let domain: DomainName = arguments
            .get::<String>(0)?
            .parse()
            .map_err(|error| argument_error(&error))?;
        Ok(DestinationPattern::from_domain(&domain)
            .to_string()
            .into_value())
    }
}

impl Function for DomainNameOf {
    fn name(&self) -> &'static str {
        "domain_name"
    }

    fn signature(&self) -> Signature {
        Signature::new(Type::String)
            .summary("The domain of a destination pattern")
            .describe(
                "The domain whose destination pattern this is: `.com.remote` becomes `remote.com`. A pattern \
                 that is no plain reversed name, such as `.com.remote.*`, is an error.",
            )
            .parameter(
                Parameter::new("pattern", Type::String)
                    .describe("A destination pattern, such as `.com.remote`."),
            )
    }

    fn call(&self, arguments: &Arguments) -> Result<Value, FunctionError> {
        let pattern: DestinationPattern = arguments
            .get::<String>(0)?
            .parse()
            .map_err(|error| argument_error(&error))?;
        match pattern.domain() {
            Some(domain) => Ok(domain.to_string().into_value()),
            None => Err(FunctionError::argument(
                0,
                format!(
                    "\"{pattern}\" is no plain reversed name, so that it has no domain. Write a pattern such \
                     as \".com.remote\""
                ),
            )),
        }
    }
}

/// Terraform puts a full stop behind the text of a function's error.
fn argument_error(error: &impl ToString) -> FunctionError {
    FunctionError::argument(0, error.to_string().trim_end_matches('.'))
}
