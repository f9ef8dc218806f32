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
pub trait Function: Send + Sync + 'static {
    /// The name, without the provider's.
    fn name(&self) -> &str;

    /// Parameters, result and documentation. Asked for once.
    fn signature(&self) -> Signature;

    /// The result. Read arguments with [`Arguments::get`].
    fn call(&self, arguments: &Arguments) -> Result<Value, FunctionError>;
}
