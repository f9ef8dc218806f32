//! Between the fields of a model and the types of a publisher.

use std::fmt::Display;
use std::str::FromStr;

use tfplugin_framework::{Diagnostic, Diagnostics, Field};

/// A field that has a value by now, parsed.
pub(crate) fn parsed<T>(field: &Field<String>, attribute: &str) -> Result<T, Diagnostics>
where
    T: FromStr<Err: Display>,
{
    optional(field, attribute)?.ok_or_else(|| missing(attribute))
}

/// A field parsed, where it has a value.
pub(crate) fn optional<T>(field: &Field<String>, attribute: &str) -> Result<Option<T>, Diagnostics>
where
    T: FromStr<Err: Display>,
{
    field
        .as_str()
        .map(|text| {
            text.parse()
                .map_err(|error: T::Err| invalid(attribute, &error))
        })
        .transpose()
}

/// A number that has a value by now, checked.
pub(crate) fn number<T>(field: Field<i64>, attribute: &str) -> Result<T, Diagnostics>
where
    T: TryFrom<i64, Error: Display>,
{
    let number = field.into_known().ok_or_else(|| missing(attribute))?;
    T::try_from(number).map_err(|error| invalid(attribute, &error))
}

/// A switch that has a value by now.
pub(crate) fn switch(field: Field<bool>, attribute: &str) -> Result<bool, Diagnostics> {
    field.into_known().ok_or_else(|| missing(attribute))
}

/// What a publisher has, in the spelling that Terraform has, where the two mean the same.
pub(crate) fn in_known_spelling<T>(known: &Field<String>, found: &T) -> Field<String>
where
    T: FromStr + PartialEq + Display,
{
    match known.as_str().map(str::parse::<T>) {
        Some(Ok(same)) if same == *found => known.clone(),
        _ => Field::Known(found.to_string()),
    }
}

/// A text made from other attributes, in the spelling it has in the state, where only case differs.
pub(crate) fn in_prior_spelling(prior: Option<&Field<String>>, planned: String) -> Field<String> {
    match prior.and_then(Field::as_str) {
        Some(text) if text.eq_ignore_ascii_case(&planned) => Field::Known(text.to_owned()),
        _ => Field::Known(planned),
    }
}

fn invalid(attribute: &str, error: &impl Display) -> Diagnostics {
    Diagnostic::error("Invalid value")
        .detail(error.to_string())
        .at(attribute)
        .into()
}

fn missing(attribute: &str) -> Diagnostics {
    Diagnostic::error("Missing value")
        .detail(format!("`{attribute}` has no value."))
        .at(attribute)
        .into()
}
