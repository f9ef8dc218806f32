//! The built-in profile: an educated guess, and never more. It reads where it happens to fit, and never
//! writes.

use super::Profile;

/// The built-in profile.
pub(super) fn profile() -> Profile {
    #[expect(
        clippy::expect_used,
        reason = "the text is part of this program, and a test reads it"
    )]
    Profile::from_json(include_str!("built_in.json")).expect("the built-in profile is well formed")
}
