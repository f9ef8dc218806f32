//! Where words go: results to standard output, so that they can be redirected; everything else to standard error.

use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::Path;

use super::failure::Failure;

/// Prints a result.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    let mut stream = io::stdout().lock();
    stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush())
        .map_err(|error| Failure::Failed(format!("The result cannot be printed: {error}.")))
}

/// Tells the person something. A closed stream is no reason to stop.
pub(super) fn note(text: &str) {
    let mut stream = io::stderr().lock();
    let _ = stream.write_all(text.as_bytes());
    let _ = stream.flush();
}

/// Waits for Enter, and gives back what was typed before it.
pub(super) fn answer() -> Result<String, Failure> {
    let mut line = String::new();
    let length = io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::Failed(format!("Nothing can be read from you: {error}.")))?;
    if length == 0 {
        return Err(Failure::Failed(
            "The input ended before the recording did.".to_owned(),
        ));
    }
    Ok(line.trim().to_owned())
}

/// Writes a result into a file, or prints it.
pub(super) fn result_to(path: Option<&Path>, text: &str) -> Result<(), Failure> {
    match path {
        None => result(text),
        Some(path) => write(path, text),
    }
}

/// Writes a file that is not there yet.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::File::create_new(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| Failure::Failed(format!("{} cannot be written: {error}.", path.display())))
}
