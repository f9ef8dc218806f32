//! Running a handler: whatever goes wrong, a panic included, ends up among the diagnostics.

use std::future::Future;
use std::pin::Pin;

use tfplugin_values::Value;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::field::{Mismatches, Model};
use crate::panics::{caught, caught_now};
use crate::plan::{Keep, Level, complete_blocks, keep_equal, unknown_to_null};
use crate::schema::{CheckedSchema, SchemaError};

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Runs a handler. `doing` completes "While …".
///
/// The handler is pinned by the caller: one that is passed on is copied each time, and some are large.
pub(crate) async fn run(
    doing: &str,
    name: &str,
    handler: Pin<&mut impl Future<Output = Result<(), Diagnostics>>>,
) -> Diagnostics {
    run_for(doing, name, handler)
        .await
        .err()
        .unwrap_or_default()
}

/// Runs a handler that makes something, as [`run`] does.
pub(crate) async fn run_for<T>(
    doing: &str,
    name: &str,
    handler: Pin<&mut impl Future<Output = Result<T, Diagnostics>>>,
) -> Result<T, Diagnostics> {
    match caught(handler).await {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(errors)) if errors.has_errors() => Err(errors),
        Ok(Err(mut warnings)) => {
            warnings.error(
                format!("Failed {doing} {name}"),
                "The provider stopped without saying why. This is a bug in the provider.",
            );
            Err(warnings)
        }
        Err(panic) => Err(panic.diagnostic(&format!("{doing} {name}")).into()),
    }
}

/// Reads a model of a configuration and lets its owner look at it.
pub(crate) fn validate<M: Model>(
    name: &str,
    config: &Value,
    diagnostics: &mut Diagnostics,
    look: impl FnOnce(&M, &mut Diagnostics),
) {
    let mut found = Diagnostics::new();
    match M::from_object(config) {
        Ok(model) => {
            if let Err(panic) = caught_now(|| look(&model, &mut found)) {
                found.push(panic.diagnostic(&format!("validating {name}")));
            }
        }
        Err(mismatches) => {
            // A validator that spoke of the same attribute said it better.
            found.extend(unsaid(mismatches, diagnostics));
        }
    }
    diagnostics.append(found);
}

fn unsaid(
    mismatches: Mismatches,
    said: &Diagnostics,
) -> impl Iterator<Item = Diagnostic> + use<'_> {
    Diagnostics::from(mismatches)
        .into_iter()
        .filter(|error| error.path().is_none_or(|path| !said.has_error_at(path)))
}

/// Makes what was read or opened fit to be answered: spellings that mean the same as the configured ones give way to
/// them, and nothing unknown passes.
pub(crate) fn settle_result(
    name: &str,
    schema: Option<&CheckedSchema>,
    config: &Value,
    result: &mut Value,
    diagnostics: &mut Diagnostics,
) {
    if let Some(schema) = schema {
        let level = Level::of_body(&schema.body);
        complete_blocks(level, result);
        keep_equal(level, config, result, Keep::Elements);
    }
    for path in unknown_to_null(result) {
        let problem = format!(
            "The provider left {path} of {name} without a value. This is a bug in the provider."
        );
        diagnostics.push(
            Diagnostic::error("Unknown value in a result")
                .detail(problem)
                .at(path),
        );
    }
}

/// The error for a type whose schema breaks rules.
pub(crate) fn broken_schema(name: &str, error: &SchemaError) -> Diagnostic {
    Diagnostic::error(format!("Invalid schema of {name}")).detail(format!(
        "The schema breaks rules of the protocol. This is a bug in the provider.\n\n{error}"
    ))
}
