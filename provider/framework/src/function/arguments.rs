//! The arguments of a call, and errors that name one of them.

use tfplugin_values::Value;

use crate::field::{Field, FieldType, Mismatches};

/// The arguments of a call.
#[derive(Clone, Debug)]
pub struct Arguments(pub(crate) Vec<Value>);

impl Arguments {
    /// Reads an argument, counted from 0; the variadic ones follow the others. Take a
    /// [`Field`](crate::Field) for a parameter that allows null or unknown values. A value that does not fit, as a number
    /// too large for `T`, is an error that names the argument.
    pub fn get<T: FieldType>(&self, index: usize) -> Result<T, FunctionError> {
        let value = self.0.get(index).unwrap_or(&Value::Null);
        T::from_element(value).map_err(|mismatches| decode_error(index, &mismatches))
    }

    /// Reads an argument that may be null or unknown; one that is not there is null. Errors are those of [`Self::get`].
    pub fn field<T: FieldType>(&self, index: usize) -> Result<Field<T>, FunctionError> {
        self.get(index)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Why a call failed.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{text}")]
pub struct FunctionError {
    pub(crate) text: String,
    pub(crate) argument: Option<i64>,
}

impl FunctionError {
    /// An error about the call.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            argument: None,
        }
    }

    /// An error about one argument, counted from 0.
    pub fn argument(index: usize, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            argument: i64::try_from(index).ok(),
        }
    }
}

/// The error for an argument of a wrong kind.
pub(crate) fn decode_error(index: usize, mismatches: &Mismatches) -> FunctionError {
    let problems: Vec<String> = mismatches
        .iter()
        .map(|mismatch| match mismatch.path() {
            path if path.is_root() => format!("The argument must be {}.", mismatch.problem()),
            path => format!("The argument's {path} must be {}.", mismatch.problem()),
        })
        .collect();
    FunctionError::argument(index, problems.join(" "))
}
