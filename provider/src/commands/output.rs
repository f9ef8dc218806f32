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

/// Where a result goes: standard output, or a file that is not there yet.
#[derive(Debug)]
pub(super) struct Target<'a>(Option<&'a Path>);

impl<'a> Target<'a> {
    /// Refuses a file that is there already, before the work for it is done.
    pub(super) fn new(path: Option<&'a Path>) -> Result<Self, Failure> {
        match path {
            Some(path) if path.exists() => Err(Failure::Failed(format!(
                "{} exists already. Name another file, or remove this one first.",
                path.display()
            ))),
            _ => Ok(Self(path)),
        }
    }

    /// Writes the result.
    pub(super) fn put(&self, text: &str) -> Result<(), Failure> {
        match self.0 {
            None => result(text),
            Some(path) => write(path, text),
        }
    }
}

/// Writes a file that is not there yet, whole or not at all.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let unwritten =
        |error| Failure::Failed(format!("{} cannot be written: {error}.", path.display()));
    let mut file = fs::File::create_new(path).map_err(unwritten)?;
    file.write_all(text.as_bytes()).map_err(|error| {
        let _ = fs::remove_file(path);
        unwritten(error)
    })
}
