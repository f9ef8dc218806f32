//! Cores that hang, are interrupted or crash, and where a provider is started from.

use std::time::Duration;

use acceptance_tests::{Diagnostic, PlanOptions, Provider, Signal, Step, Terraform, Workspace};

use crate::{THIS, case, fails_after, workspace};

#[test]
fn a_command_that_hangs_is_killed_in_time() {
    fails_after(
        case().limit(Duration::from_secs(8)),
        Step::apply("slow"),
        "still running after 8s",
    );
}

#[test]
#[cfg(unix)]
fn a_provider_is_started_from_where_it_was_built() {
    let built = tempfile::tempdir().unwrap();
    let executable = built.path().join("provider");
    let marker = built.path().join("started");
    let script = format!("#!/bin/sh\necho \"$0\" > '{}'\n", marker.display());
    std::fs::write(&executable, script).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&executable, mode).unwrap();

    let mut workspace = workspace("provider");
    let unavailable = workspace.validate().unwrap();
    assert!(
        unavailable.iter().any(Diagnostic::is_error),
        "{unavailable:?}"
    );
    assert!(!marker.exists());

    let provider = Provider::new("imp-federation", "imp", &executable);
    workspace.add_provider(&provider).unwrap();
    let diagnostics = workspace.validate().unwrap();
    assert!(marker.exists(), "{diagnostics:?}");
    // It is no provider, and the core says so.
    assert!(
        diagnostics.iter().any(Diagnostic::is_error),
        "{diagnostics:?}"
    );
}

#[test]
fn an_interrupt_stops_an_apply_which_records_what_it_has_done() {
    let workspace = workspace("slow");
    let running = workspace
        .start(["apply", "-auto-approve", "-no-color"])
        .unwrap();
    running
        .wait_for_output("(local-exec): begun", Duration::from_secs(60))
        .unwrap();
    running.signal_group(Signal::Interrupt).unwrap();
    let outcome = running.wait(Duration::from_secs(60)).unwrap();
    assert!(!outcome.success(), "{}", outcome.transcript());
    assert!(
        outcome.text().contains("Interrupt received"),
        "{}",
        outcome.transcript()
    );
    let state = workspace.state().unwrap();
    assert!(state.resource(THIS).unwrap().is_tainted());
}

#[cfg(unix)]
#[test]
fn a_core_that_crashes_fails_whatever_was_expected() {
    use std::os::unix::fs::PermissionsExt as _;

    // Go ends a panic with status 2, which after `plan` also stands for changes.
    let panics = "printf 'panic: not an object\\n\\ngoroutine 7 [running]:\\n' >&2; exit 2";
    let told = "printf '!!! OPENTOFU CRASH !!!\\n\\nOpenTofu crashed!\\n' >&2; exit 11";
    let without_a_plan = "exit 2";
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("core");
    for (product, end, said) in [
        ("Terraform", panics, "goroutine 7"),
        ("OpenTofu", told, "OpenTofu crashed!"),
        ("Terraform", without_a_plan, "exit status: 2"),
    ] {
        let script = format!(
            "#!/bin/sh\nif [ \"$1\" = version ]; then echo '{product} v1.6.3'; exit; fi\n{end}\n"
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let core = Terraform::at(&program).unwrap();
        let mut workspace = Workspace::new(&core).unwrap();
        // The plan of an earlier command does not count.
        workspace.write("saved.tfplan", "").unwrap();
        let failure = workspace.plan(&PlanOptions::new()).unwrap_err().to_string();
        assert!(
            failure.contains("plan crashed") && failure.contains(said),
            "{failure}"
        );
        let failure = workspace.validate().unwrap_err().to_string();
        assert!(failure.contains(said), "{failure}");
    }
}
