//! Unicode normal form C, in which a Terraform core keeps every string and map key.

use std::borrow::Cow;
use std::cmp::Ordering;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The string in normal form C; untouched when it already is, as nearly all are.
pub(crate) fn normalise(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The owned string in normal form C.
pub(crate) fn into_normalised(text: String) -> String {
    match normalise(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(normalised) => normalised,
    }
}

/// Compares two strings by the code points of their normal forms.
pub(crate) fn compare(left: &str, right: &str) -> Ordering {
    if left == right {
        Ordering::Equal
    } else {
        normalise(left).cmp(&normalise(right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_and_composed_are_the_same_text() {
        assert_eq!(compare("cafe\u{301}", "caf\u{e9}"), Ordering::Equal);
        assert_eq!(into_normalised("cafe\u{301}".into()), "caf\u{e9}");
        assert_ne!(compare("cafe", "caf\u{e9}"), Ordering::Equal);
        assert!(matches!(normalise("caf\u{e9}"), Cow::Borrowed(_)));
    }
}
