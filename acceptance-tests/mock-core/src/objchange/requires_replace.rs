//! Which of the paths a provider names really force a replacement.

use crate::schema::Block;
use crate::value::{Path, Step, Type, Value};

/// A path that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPath(pub Path);

/// The paths whose value changes between prior and planned state; every path is ignored on create.
pub fn effective_replace_paths(
    block: &Block,
    paths: &[Path],
    prior: &Value,
    planned: &Value,
) -> Result<Vec<Path>, UnknownPath> {
    if prior.is_null() {
        return Ok(Vec::new());
    }
    let ty = block.implied_type();
    let mut effective = Vec::new();
    for path in paths {
        let (before, after) = (lookup(prior, path), lookup(planned, path));
        if (before.is_none() && after.is_none()) || !leads_somewhere(path, &ty) {
            return Err(UnknownPath(path.clone()));
        }
        // A path that one side lacks stands for null there.
        let (before, after) = (before.unwrap_or(Value::Null), after.unwrap_or(Value::Null));
        let write_only = block
            .attribute_at(path)
            .is_some_and(|attribute| attribute.write_only);
        if before != after || !after.is_wholly_known() || write_only {
            effective.push(path.clone());
        }
    }
    Ok(effective)
}

/// The value at a path; anything inside an unknown value is unknown.
fn lookup(value: &Value, path: &Path) -> Option<Value> {
    let unknown_at = (0..=path.steps().len()).find(|length| {
        let prefix = path.steps()[..*length]
            .iter()
            .fold(Path::root(), |path, step| path.then(step.clone()));
        value.at(&prefix).is_some_and(Value::is_unknown)
    });
    match unknown_at {
        Some(_) => Some(Value::unknown()),
        None => value.at(path).cloned(),
    }
}

/// Whether every attribute the path names is one the type has.
fn leads_somewhere(path: &Path, ty: &Type) -> bool {
    let end = path
        .steps()
        .iter()
        .try_fold(ty, |ty, step| match (ty, step) {
            (Type::Object(attributes), Step::Attribute(name)) => attributes.get(name),
            (Type::List(element), Step::Index(_)) | (Type::Map(element), Step::Key(_)) => {
                Some(&**element)
            }
            (Type::Tuple(elements), Step::Index(index)) => usize::try_from(*index)
                .ok()
                .and_then(|index| elements.get(index)),
            (Type::Dynamic, _) => Some(ty),
            _ => None,
        });
    end.is_some()
}
