use super::{Diagnostic, Diagnostics};
use tfplugin_values::Path;

#[test]
fn a_repeated_diagnostic_is_said_once() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.warning("Careful", "Slow.");
    diagnostics.warning("Careful", "Slow.");
    diagnostics.warning("Careful", "Slower.");
    assert_eq!(diagnostics.len(), 2);
    assert!(!diagnostics.has_errors());
}

#[test]
fn the_question_mark_works_from_one_and_from_many() {
    fn one() -> Result<(), Diagnostics> {
        Err(Diagnostic::error("No").at("name"))?;
        Ok(())
    }
    fn many() -> Result<(), Diagnostics> {
        one()?;
        Ok(())
    }
    let diagnostics = many().unwrap_err();
    assert!(diagnostics.has_error_at(&Path::from("name")));
    assert_eq!(diagnostics.to_string(), "Error: No (at name)");
}

#[test]
fn warnings_alone_are_no_failure() {
    let warnings = Diagnostics::from(Diagnostic::warning("Careful"));
    assert_eq!(warnings.into_result(), Ok(()));
}
