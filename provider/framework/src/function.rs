//! Functions: pure computations that a provider offers to every configuration.
//!
//! Terraform calls them in a process whose provider was never configured, and expects the same answer to
//! the same arguments for ever.

mod arguments;
mod signature;
mod typed;

use tfplugin_values::Value;

pub use self::arguments::{Arguments, FunctionError};
pub use self::signature::{Parameter, Signature};
pub(crate) use self::typed::Registered;

/// A function.
///
/// ```
/// use tfplugin_framework::{Arguments, Function, FunctionError, Parameter, Signature, Type, Value};
///
/// /// `provider::office::initials("Ada Lovelace")` is `"AL"`.
/// struct Initials;
///
/// impl Function for Initials {
///     fn name(&self) -> &str {
///         "initials"
///     }
///
///     fn signature(&self) -> Signature {
///         Signature::new(Type::String).parameter(Parameter::new("name", Type::String))
///     }
///
///     fn call(&self, arguments: &Arguments) -> Result<Value, FunctionError> {
///         let name: String = arguments.get(0)?;
///         if name.trim().is_empty() {
///             return Err(FunctionError::argument(0, "Write a name, as in \"Ada Lovelace\"."));
///         }
///         let initials: String = name.split(' ').filter_map(|word| word.chars().next()).collect();
///         Ok(initials.into())
///     }
/// }
/// ```
pub trait Function: Send + Sync + 'static {
    /// The name, without the provider's.
    fn name(&self) -> &str;

    /// Parameters, result and documentation. Asked for once.
    fn signature(&self) -> Signature;

    /// The result, of the signature's type. Read arguments with [`Arguments::get`]. Terraform shows an error in its own
    /// frame, at the argument that it names: write one full sentence.
    fn call(&self, arguments: &Arguments) -> Result<Value, FunctionError>;
}
