//! Rules between attributes, for [`Resource::validate`](crate::Resource::validate). An unknown value
//! might turn out either way, so that a rule is broken only when no outcome could keep it.

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::field::Field;

/// Whether an attribute is set; what a rule between attributes needs to know of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Presence {
    /// Null.
    Absent,
    /// Known.
    Present,
    /// Unknown.
    Undecided,
}

impl<T> From<&Field<T>> for Presence {
    fn from(field: &Field<T>) -> Self {
        match field {
            Field::Null => Self::Absent,
            Field::Unknown => Self::Undecided,
            Field::Known(_) => Self::Present,
        }
    }
}

/// At least one of the attributes must be set.
pub fn at_least_one_of(attributes: &[(&str, Presence)], diagnostics: &mut Diagnostics) {
    if attributes
        .iter()
        .all(|(_, presence)| *presence == Presence::Absent)
    {
        diagnostics.push(
            Diagnostic::error("Missing attribute")
                .detail(format!("Set at least one of {}.", names(attributes))),
        );
    }
}

/// At most one of the attributes may be set.
pub fn at_most_one_of(attributes: &[(&str, Presence)], diagnostics: &mut Diagnostics) {
    let mut present = attributes
        .iter()
        .filter(|(_, presence)| *presence == Presence::Present);
    if let (Some((first, _)), Some((second, _))) = (present.next(), present.next()) {
        diagnostics.push(
            Diagnostic::error("Conflicting attributes")
                .detail(format!(
                    "Only one of {} may be set; here {first} and {second} both are.",
                    names(attributes)
                ))
                .at(*second),
        );
    }
}

/// Exactly one of the attributes must be set.
pub fn exactly_one_of(attributes: &[(&str, Presence)], diagnostics: &mut Diagnostics) {
    at_least_one_of(attributes, diagnostics);
    at_most_one_of(attributes, diagnostics);
}

/// Where the first attribute is set, the second must be set too.
pub fn requires(
    attribute: (&str, Presence),
    other: (&str, Presence),
    diagnostics: &mut Diagnostics,
) {
    if attribute.1 == Presence::Present && other.1 == Presence::Absent {
        diagnostics.push(
            Diagnostic::error("Missing attribute")
                .detail(format!("{} needs {} to be set too.", attribute.0, other.0))
                .at(attribute.0),
        );
    }
}

fn names(attributes: &[(&str, Presence)]) -> String {
    let names: Vec<&str> = attributes.iter().map(|(name, _)| *name).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
