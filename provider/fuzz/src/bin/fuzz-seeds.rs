//! Writes the inputs that a target begins from into a folder, one a file: `fuzz-seeds TARGET FOLDER`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [target, folder] = arguments.as_slice() else {
        return ExitCode::FAILURE;
    };
    match write(target, Path::new(folder)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

/// Whether there is such a target.
fn write(target: &str, folder: &Path) -> std::io::Result<bool> {
    let Some(seeds) = fuzz::seeds::of(target) else {
        return Ok(false);
    };
    std::fs::create_dir_all(folder)?;
    for (number, seed) in seeds.iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{number}")), seed)?;
    }
    Ok(true)
}
