//! The one place where an error of a publisher becomes a diagnostic.

use imp_publisher::Error;
use tfplugin_framework::Diagnostic;

use crate::rules::{self, refusal};

/// What happened, in the publisher's own words where it used any, and what to do.
pub(crate) fn explain(error: &Error, summary: &str) -> Diagnostic {
    let mut detail = error.to_string();
    if let Some(remedy) = next_step(error).or_else(|| error.remedy()) {
        detail.push_str("\n\n");
        detail.push_str(&remedy);
    }
    let diagnostic = match refusal(error) {
        Some(rule) => rules::error(rule, summary, detail),
        None => Diagnostic::error(summary).detail(detail),
    };
    if error.is_connection_problem() {
        diagnostic.at("publisher")
    } else {
        diagnostic
    }
}

/// What to do with Terraform about an error, where that is better advice than the publisher's side has.
fn next_step(error: &Error) -> Option<String> {
    let text = match error {
        Error::UnknownOutcome { .. } => {
            "Run `terraform plan` when the publisher answers again: it reads what was carried out. If the time of the \
             operation ended, give the resource more with `timeouts`."
        }
        Error::RowChanged { .. } => {
            "Nothing was changed. Run `terraform plan` again, and look at what it shows before you apply."
        }
        Error::OutOfTime { .. } => {
            "A resource may be given more time with `timeouts`. Where that does not help, look why the publisher \
             is so slow."
        }
        Error::RowVanished { .. } => "Run `terraform plan` again: it plans to create the row anew.",
        _ => return None,
    };
    Some(text.to_owned())
}
