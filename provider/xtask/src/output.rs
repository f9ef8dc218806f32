//! What the tasks tell the person who runs them.

use std::io::{self, Write as _};

/// The beginning of a new stage.
pub(crate) fn stage(text: &str) {
    let mut output = io::stdout().lock();
    // Whoever closes the output does not want to read on.
    let _ = writeln!(output, "\n== {text}");
    let _ = output.flush();
}

/// A line within a stage.
pub(crate) fn line(text: &str) {
    let mut output = io::stdout().lock();
    let indent = if text.trim().is_empty() { "" } else { "   " };
    let _ = writeln!(output, "{indent}{}", text.trim_end());
    let _ = output.flush();
}
