//! Reports of a review: for a terminal, for a pull request, for code scanning, and for other programs.
//!
//! Whatever comes from the plan may hold any characters; each report makes them harmless in its own way.

mod json;
mod markdown;
mod sarif;
mod text;
mod words;

pub use json::json;
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::text;
