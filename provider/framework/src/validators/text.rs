//! Validators of strings.

use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

use tfplugin_values::Value;

use super::{Check, Validator};

/// Text that a type of yours can parse; its error is shown to the user.
///
/// Write the error for the user: what is wrong and what to write instead, without the value where it may
/// be a secret.
pub fn parses_as<T>() -> impl Validator
where
    T: FromStr + 'static,
    T::Err: Display,
{
    ParsesAs(PhantomData::<fn() -> T>)
}

struct ParsesAs<T>(PhantomData<fn() -> T>);

impl<T: FromStr> Validator for ParsesAs<T>
where
    T::Err: Display,
{
    fn validate(&self, check: &mut Check<'_>) {
        if let Value::String(text) = check.value
            && let Err(error) = text.parse::<T>()
        {
            check.error(as_sentence(&error.to_string()));
        }
    }
}

/// Rust's errors are phrases; what a user reads is a sentence.
fn as_sentence(phrase: &str) -> String {
    let mut characters = phrase.chars();
    let mut sentence: String = match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => return String::new(),
    };
    if !sentence.ends_with(['.', '!', '?', '\n']) {
        sentence.push('.');
    }
    sentence
}

/// One of a few words.
pub fn one_of(words: &'static [&'static str]) -> impl Validator {
    OneOf(words)
}

struct OneOf(&'static [&'static str]);

impl Validator for OneOf {
    fn validate(&self, check: &mut Check<'_>) {
        let Value::String(text) = check.value else {
            return;
        };
        if !self.0.contains(&text.as_str()) {
            let words: Vec<String> = self.0.iter().map(|word| format!("{word:?}")).collect();
            let shown = check.shown();
            check.error(format!("Write one of {}; got {shown}.", words.join(", ")));
        }
    }
}

/// Text of a length within bounds, both included, in Unicode characters.
pub fn length_between(least: usize, greatest: usize) -> impl Validator {
    Length { least, greatest }
}

struct Length {
    least: usize,
    greatest: usize,
}

impl Validator for Length {
    fn validate(&self, check: &mut Check<'_>) {
        let Value::String(text) = check.value else {
            return;
        };
        let length = text.chars().count();
        if length < self.least || length > self.greatest {
            let (least, greatest) = (self.least, self.greatest);
            check.error(format!(
                "Write {least} to {greatest} characters; the text has {length}."
            ));
        }
    }
}

/// Text that is not empty. Leaving an attribute out is not the same as writing `""`.
pub fn not_empty() -> impl Validator {
    NotEmpty
}

struct NotEmpty;

impl Validator for NotEmpty {
    fn validate(&self, check: &mut Check<'_>) {
        if matches!(check.value, Value::String(text) if text.is_empty()) {
            check.error(
                "The text must not be empty. Leave the attribute out where there is no value.",
            );
        }
    }
}
