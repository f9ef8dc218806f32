//! Validators of lists, sets and maps.

use tfplugin_values::{Path, Value};

use super::{Check, Validator};

/// At least so many elements.
pub fn size_at_least(least: usize) -> impl Validator {
    Size {
        least,
        greatest: usize::MAX,
    }
}

/// At most so many elements.
pub fn size_at_most(greatest: usize) -> impl Validator {
    Size { least: 0, greatest }
}

struct Size {
    least: usize,
    greatest: usize,
}

impl Validator for Size {
    fn validate(&self, check: &mut Check<'_>) {
        let size = match check.value {
            Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => elements.len(),
            Value::Map(elements) => elements.len(),
            _ => return,
        };
        // An unknown element of a set may turn out to equal another one.
        let may_shrink =
            matches!(check.value, Value::Set(elements) if elements.iter().any(Value::is_unknown));
        if size < self.least {
            let least = self.least;
            check.error(format!(
                "Write at least {least} elements; there are {size}."
            ));
        } else if size > self.greatest && !may_shrink {
            let greatest = self.greatest;
            check.error(format!(
                "Write at most {greatest} elements; there are {size}."
            ));
        }
    }
}

/// Every known element of a list, set or map passes a validator. Errors stand at the element, where it
/// has an address.
pub fn each(validator: impl Validator) -> impl Validator {
    Each(validator)
}

struct Each<V>(V);

impl<V: Validator> Each<V> {
    fn element(&self, check: &mut Check<'_>, value: &Value, path: &Path) {
        if !value.is_null() && !value.is_unknown() {
            self.0.validate(&mut Check {
                value,
                path,
                sensitive: check.sensitive,
                diagnostics: check.diagnostics,
            });
        }
    }
}

impl<V: Validator> Validator for Each<V> {
    fn validate(&self, check: &mut Check<'_>) {
        match check.value {
            Value::List(elements) | Value::Tuple(elements) => {
                for (element, index) in elements.iter().zip(0..) {
                    let path = check.path.clone().index(index);
                    self.element(check, element, &path);
                }
            }
            Value::Set(elements) => {
                for element in elements {
                    let path = check.path.clone();
                    self.element(check, element, &path);
                }
            }
            Value::Map(elements) => {
                for (key, element) in elements {
                    let path = check.path.clone().key(key);
                    self.element(check, element, &path);
                }
            }
            _ => {}
        }
    }
}
