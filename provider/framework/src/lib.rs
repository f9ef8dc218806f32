//! A framework for writing Terraform and OpenTofu providers in Rust.
//!
//! Implement [`Provider`] and [`Resource`], with structs declared by [`model!`].
//!
//! The rooms: [`schema`] says what a user may write; [`field`] gives typed access to it; `plan` is the
//! pure engine that turns configuration and prior state into a plan; [`resource`], [`data_source`],
//! [`function`], [`list`] and [`action`] are what an author implements; `service` alone knows the wire, and
//! no semantics.

#![allow(
    dead_code,
    unused_imports,
    reason = "the engine that uses the rest follows"
)]

pub mod action;
mod check;
mod context;
mod convert;
pub mod data_source;
pub mod diagnostics;
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
    Create, Delete, Import, ImportTarget, Plan, PlanAction, Read, Resource, StateUpgrade, Update,
};
pub use self::run::run;
pub use self::schema::{Attribute, Block, Nesting, Schema};
pub use self::service::{Service, service};
pub use self::timeouts::Timeouts;

/// For the code that [`model!`] writes.
#[doc(hidden)]
pub mod __private {
    pub use crate::field::{attribute_name, check_model_type, write_attribute};
}
