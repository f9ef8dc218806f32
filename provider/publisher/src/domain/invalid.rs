//! Why a text is not what it was taken for.

/// What is wrong with a value, and what to write instead, in full sentences.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(String);

impl Invalid {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

/// The longest part of a value that a message repeats.
const SHOWN: usize = 80;

/// A value as a message shows it: quoted, without control characters, and never long.
pub(crate) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{short:?}")
}
