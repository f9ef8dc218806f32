//! `review` at a terminal: colours, and none for those who do not want them.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::support::command;

/// What a person at a terminal sees who has set this variable.
fn seen_with((name, value): (&str, &str)) -> String {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../provider/review/testdata/plans/window-domain-replaced/plan.json");
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let path = ptsname(&terminal, Vec::new()).unwrap();
    let other_end = rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let mut running = command(&[], &["review", plan.to_str().unwrap()])
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        .env(name, value)
        .stdout(Stdio::from(other_end))
        .spawn()
        .unwrap();
    let mut seen = Vec::new();
    // Linux calls it an error when nobody holds the other end any more.
    let _ = fs::File::from(terminal).read_to_end(&mut seen);
    assert!(running.wait().unwrap().success());
    String::from_utf8(seen).unwrap()
}

#[test]
fn a_terminal_has_colours_unless_somebody_does_not_want_them() {
    for (variable, has_colours) in [
        (("TERM", "xterm"), true),
        (("NO_COLOR", ""), true),
        (("NO_COLOR", "1"), false),
        (("TERM", "dumb"), false),
    ] {
        let seen = seen_with(variable);
        assert!(seen.contains("IMP301"), "{seen}");
        assert_eq!(seen.contains("\x1b["), has_colours, "{variable:?}: {seen}");
    }
}
