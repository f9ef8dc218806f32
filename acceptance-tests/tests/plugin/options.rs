//! The command line, for people.

use std::ffi::OsStr;
use std::process::{Command, Output};

use crate::setting::Setting;

fn run<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    let mut command = Command::new(Setting::executable());
    command.args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_version_is_printed() {
    let output = run(&["--version"]);
    assert!(output.status.success());
    let expected = format!("terraform-provider-imp {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(text(&output.stdout), expected);
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn the_help_names_every_option_and_the_source() {
    let output = run(&["--help"]);
    assert!(output.status.success());
    for part in ["--debug", "--version", "--help", "imp-federation/imp"] {
        assert!(text(&output.stdout).contains(part), "{part}");
    }
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn an_unknown_option_gets_the_help_and_fails() {
    let output = run(&["--nonsense"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).contains("--debug"));
}

#[test]
#[cfg(unix)]
fn what_is_not_unicode_is_refused_without_a_panic() {
    use std::os::unix::ffi::OsStrExt as _;

    let word = OsStr::from_bytes(b"\xff");
    for arguments in [&[word][..], &[OsStr::new("export"), word]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        assert!(!text(&output.stderr).contains("panicked"));
    }
}
