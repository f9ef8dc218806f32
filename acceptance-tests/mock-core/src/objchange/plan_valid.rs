//! Whether a planned state is one the configuration allows: "Provider produced invalid plan".

mod attributes;
mod blocks;

use crate::schema::Block;
use crate::value::{Path, PathError, Value};

/// Every place where the plan is not what the configuration or the prior state says.
pub fn plan_valid(block: &Block, prior: &Value, config: &Value, planned: &Value) -> Vec<PathError> {
    let mut problems = Vec::new();
    blocks::check(block, prior, config, planned, &Path::root(), &mut problems);
    problems
}

/// Whether something planned is there when the configuration has it and absent when it has not;
/// says so when not. `None` means there is nothing to look into.
fn check_presence(
    config: &Value,
    planned: &Value,
    path: &Path,
    problems: &mut Vec<PathError>,
) -> Option<()> {
    match (planned.is_null(), config.is_null()) {
        (true, false) => {
            problems.push(PathError::new(
                path,
                "planned for absence but config wants existence",
            ));
            None
        }
        (false, true) => {
            problems.push(PathError::new(
                path,
                "planned for existence but config wants absence",
            ));
            None
        }
        (true, true) => None,
        (false, false) => Some(()),
    }
}
