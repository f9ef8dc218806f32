//! Configurations as tests write them, and their evaluation into values.

mod convert;
mod evaluate;
mod input;

pub use evaluate::{Resolve, evaluate};
pub use input::{Input, null, number, reference, unknown, unknown_not_null};

/// An object of a configuration: `config! { name = "x", port = 5060, tags = ["a"] }`.
#[macro_export]
macro_rules! config {
    ($($name:ident = $value:expr),* $(,)?) => {
        $crate::config::Input::object([$((stringify!($name), $crate::config::Input::from($value))),*])
    };
}

#[cfg(test)]
mod tests;
