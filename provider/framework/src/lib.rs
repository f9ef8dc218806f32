//! A framework for writing Terraform and OpenTofu providers in Rust.
//!
//! It serves protocol 6.11 to Terraform 1.0 and later and to every OpenTofu: managed resources with
//! identity, import, state upgrades, moves from other types, private data, timeouts and generated configuration;
//! data sources; ephemeral resources; functions; list resources; actions; write-only attributes; nested attributes
//! and blocks of every kind.
//!
//! # How a provider is written
//!
//! - Declare **models** with [`model!`]: one struct for the configuration, plan and state of a resource.
//!   Every field is a [`Field`], which is null, unknown or known; the three are never the same thing.
//! - Build a **[`Schema`]** of [`Attribute`]s: who sets each (`required`, `optional`, `computed`), its
//!   default, its [validators], and its [plan modifiers](modifiers).
//! - Implement **[`Resource`]**. Each handler reads and writes one struct ([`Create`], [`Read`],
//!   [`Update`], [`Delete`], [`Plan`], [`Import`]); `?` works on [`Diagnostic`] and [`Diagnostics`].
//! - Implement **[`Provider`]**, which registers them, and answer [`run`] in `main`.
//! - Call [`check`] in a unit test: a provider that passes is never refused when Terraform loads it.
//!
//! # What the framework does around a handler
//!
//! *Plan*: defaults where the user left an attribute out; write-only values removed; spellings that mean
//! the same as the state kept ([`Attribute::equal_when`]); then, if anything changes, every computed value
//! without default becomes unknown; then plan modifiers; then [`Resource::plan`]. Plan everything you can
//! know: people read plans.
//!
//! *Apply*: what was planned known must come back exactly so. Set `create.state` as soon as the remote
//! object exists: on an error, and even on a panic, that state is stored, so that nothing is lost.
//! An update begins with the prior state; a failed delete keeps it.
//!
//! *Read*: begins with the state as it was. Set it to `None` only where the object is certainly gone;
//! an unreachable system is an error.
//!
//! A collection with unknown elements reads as [`Field::Unknown`], and is planned as it was; take
//! `Vec<Field<T>>` to look at the known elements. A number that does not fit its Rust type is an error at its
//! attribute, found when the configuration is validated.
//!
//! Handlers share one thread: await, or use `tokio::task::spawn_blocking`. They go on when Terraform
//! goes away, and should stop at a safe point when [`RequestContext::cancellation`] says so.
//!
//! # A complete provider
//!
#![doc = concat!("```no_run\n", include_str!("../examples/notebook.rs"), "```")]
//!
//! The example `keyring` goes on from here: an ephemeral resource, the write-only attribute that takes its value, and a
//! move from another type.
//!
//! # The rooms
//!
//! [`schema`] says what a user may write; [`field`] gives typed access to it; `plan` is the pure engine that
//! turns configuration and prior state into a plan, `validate` the pure check of a configuration; `lifecycle`
//! is what happens around a resource's handlers; [`resource`], [`data_source`], [`function`], [`list`] and
//! [`action`] are what an author implements; `convert` and `service` alone know the wire, and no semantics.

pub mod action;
mod check;
mod context;
mod convert;
pub mod data_source;
pub mod diagnostics;
pub mod ephemeral;
pub mod field;
pub mod function;
mod handler;
pub mod identity;
mod lifecycle;
pub mod list;
pub mod modifiers;
mod panics;
mod plan;
mod private;
mod provider;
mod registry;
pub mod resource;
mod run;
pub mod schema;
mod service;
pub mod timeouts;
mod validate;
pub mod validators;

pub use go_plugin::Requests;
pub use tfplugin_values::{DynamicValue, Number, ObjectType, Path, Refinements, Step, Type, Value};
pub use tokio_util::sync::CancellationToken;

pub use self::action::Action;
pub use self::check::{CheckError, check};
pub use self::context::RequestContext;
pub use self::data_source::{DataSource, ReadData};
pub use self::diagnostics::{Diagnostic, Diagnostics, Severity};
pub use self::ephemeral::EphemeralResource;
pub use self::field::{
    AttributeReader, Field, FieldType, IntoValue, Mismatch, Mismatches, Model, ModelField, SetOf,
};
pub use self::function::{Arguments, Function, FunctionError, Parameter, Signature};
pub use self::identity::{Identity, IdentityAttribute, IdentitySchema, IdentityUpgrade};
pub use self::list::ListResource;
pub use self::private::{Private, PrivateError};
pub use self::provider::{Configure, Provider};
pub use self::registry::Registry;
pub use self::resource::{
    Create, Delete, Import, ImportTarget, Plan, PlanAction, Read, Resource, StateMove,
    StateUpgrade, Update,
};
pub use self::run::{run, run_beside_commands};
pub use self::schema::{Attribute, Block, Nesting, Schema};
pub use self::service::{Service, service};
pub use self::timeouts::Timeouts;

/// For the code that [`model!`] writes.
#[doc(hidden)]
pub mod __private {
    pub use crate::field::{attribute_name, check_model_type, write_attribute};
}
