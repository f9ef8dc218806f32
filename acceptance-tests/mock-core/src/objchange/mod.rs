//! Core's algorithms over objects: what it proposes, what it accepts as a plan, and what it accepts
//! as the result of one. Pure functions of schema and values.

mod compatible;
mod computed_blocks;
mod ignore_changes;
mod plan_valid;
mod proposed_new;
mod requires_replace;
mod sets;
mod valid_prior;
mod write_only;

pub use compatible::compatible;
pub use computed_blocks::prepare_computed_blocks;
pub use ignore_changes::ignore_changes;
pub use plan_valid::plan_valid;
pub use proposed_new::proposed_new;
pub use requires_replace::{UnknownPath, effective_replace_paths};
pub use write_only::{set_write_only, strip_write_only};

#[cfg(test)]
mod tests;
