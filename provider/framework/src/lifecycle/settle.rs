//! Makes a handler's state fit to be stored.

use tfplugin_values::Value;

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::plan::{Keep, Level, complete_blocks, keep_equal, nullify_write_only, unknown_to_null};

/// Whether a value that is still unknown is a mistake, or what a failure left behind.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unknown {
    Mistake,
    Leftover,
}

/// Keeps what means the same as `reference`, nulls write-only attributes, and lets nothing unknown pass.
pub(super) fn settle(
    subject: Subject<'_>,
    reference: &Value,
    state: &mut Value,
    unknown: Unknown,
    diagnostics: &mut Diagnostics,
) {
    let level = Level::of_body(&subject.definition.schema.body);
    complete_blocks(level, state);
    keep_equal(level, reference, state, Keep::Elements);
    nullify_write_only(level, state);
    for path in unknown_to_null(state) {
        if unknown == Unknown::Mistake {
            diagnostics.push(
                Diagnostic::error("Unknown value in a state")
                    .detail(format!(
                        "The provider left {path} of {} without a value. This is a bug in the provider.",
                        subject.resource.type_name()
                    ))
                    .at(path),
            );
        }
    }
}
