//! A framework for writing Terraform and OpenTofu providers in Rust.
//!
//! It serves protocol 6.11 to Terraform 1.0 and later and to every OpenTofu: managed resources with
//! identity, import, state upgrades, moves from other types, private data, timeouts and generated configuration;
//! data sources; ephemeral resources; functions; list resources; actions; state stores; write-only attributes; nested
//! attributes and blocks of every kind.
//!
//! # How it begins
//!
//! A provider is a binary whose name is `terraform-provider-` and the provider's own name, with one line in `main`:
//!
//! ```toml
//! [package]
//! name = "terraform-provider-notebook"
//!
//! [dependencies]
//! tfplugin-framework = "0.1"
//! ```
//!
//! To try it without a registry, tell Terraform where the binary is, in the file that `TF_CLI_CONFIG_FILE` names, and
//! skip `terraform init`:
//!
//! ```hcl
//! provider_installation {
//!   dev_overrides { "example/notebook" = "/home/me/notebook/target/debug" }
//!   direct {}
//! }
//! ```
//!
//! Started with `--debug`, in a debugger if you like, it serves until Ctrl-C and prints what to set for Terraform to
//! attach to it. With `TF_LOG_PROVIDER=DEBUG`, whatever the provider says by the macros of the crate `tracing` is in
//! Terraform's log; without it, nothing is written anywhere.
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
//! The example `keyring` goes on from here: an ephemeral resource, the write-only attribute that takes its value, what a
//! module says about itself, a move from another type, and a state store.
//!
//! # What each Terraform can do
//!
//! One binary serves all of them. A Terraform that lacks something never asks for it, so that nothing has to be
//! declared, and no version compared:
//!
//! | | Terraform | OpenTofu |
//! |---|---|---|
//! | resources, data sources, import, private data, state upgrades, [`provider_meta`](Provider::meta_schema) | 1.0 | 1.6 |
//! | a say in plans of destruction | 1.3 | 1.6 |
//! | [functions](Function) | 1.8 | 1.7 |
//! | [moves](StateMove) from other types | 1.8 | 1.10 |
//! | [ephemeral resources](EphemeralResource) | 1.10 | 1.11 |
//! | [write-only attributes](Attribute::write_only); with an older one their use is an error | 1.11 | 1.11 |
//! | [identity](IdentitySchema) | 1.12 | 1.12 |
//! | [list resources](ListResource), [generated configuration](Resource::generate_config), [actions](Action) | 1.14 | |
//! | [state stores](StateStore), in alpha builds with the experiment switched on | 1.15 | |
//! | [what an earlier plan left](Plan::planned_private), [computed blocks](Block::computed) | 1.16 | |
//!
//! Not served: protocol 5 and deferred changes.
//!
//! # Rules worth knowing
//!
//! - **Secrets.** Whatever is in a state, a plan or private data is stored there in clear; `sensitive` only hides it on
//!   the screen. Diagnostics, progress and names in lists are printed as they are. A secret belongs into the provider's
//!   configuration, a write-only attribute or an ephemeral resource; a field of the type `secrecy::SecretString` cannot
//!   print itself.
//! - **Standard output** belongs to the handshake: never print.
//! - **An error** says in one line what happened, and in its detail what that means and what to write instead. Put it
//!   [at](Diagnostic::at) its attribute.
//! - **Unknown** is no special case of null: during a plan any configured value may be unknown, and a rule that needs the
//!   value stays silent.
//! - **Whatever a handler does may be tried again**: a user runs Terraform once more after every failure.
//!
//! # Coming from terraform-plugin-framework
//!
//! | there | here |
//! |---|---|
//! | `types.String` and its like | [`Field<String>`](Field) |
//! | a struct with `tfsdk` tags | [`model!`] |
//! | `RequiresReplace`, `UseStateForUnknown` | [`Attribute::requires_replace`], [`Attribute::use_state_for_unknown`], [`modifiers`] |
//! | `stringdefault.StaticString` | [`Attribute::default_value`] |
//! | `StringSemanticEquals` of a custom type | [`Attribute::equal_when`] |
//! | `ModifyPlan` | [`Resource::plan`] |
//! | `ValidateConfig`, config validators | [`Resource::validate`], [`validators::combinations`] |
//! | `UpgradeState`, `MoveState` | [`Resource::state_upgrades`], [`Resource::moves`] |
//! | `req.Private.GetKey`, `resp.Private.SetKey` | [`Private::get`], [`Private::set`] |
//! | `statestore.StateStore`, `statestore.LockInfo` | [`StateStore`], [`LockInfo`](state_store::LockInfo) |
//! | a cancelled `ctx` | [`RequestContext::cancellation`] |
//! | `diags.AddAttributeError` | [`Diagnostic::error`] and [`Diagnostic::at`] |
//! | `timeouts.Attributes` | [`timeouts::attribute`] |
//! | `providerserver.Serve` | [`run`] |
//!
//! # The rooms
//!
//! [`schema`] says what a user may write; [`field`] gives typed access to it; `plan` is the pure engine that
//! turns configuration and prior state into a plan, `validate` the pure check of a configuration; `lifecycle`
//! is what happens around a resource's handlers; [`resource`], [`data_source`], [`ephemeral`], [`function`], [`list`],
//! [`action`] and [`state_store`] are what an author implements; `convert` and `service` alone know the wire, and no semantics.

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
pub mod state_store;
pub mod timeouts;
mod validate;
pub mod validators;

pub use bytes::Bytes;
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
pub use self::state_store::StateStore;
pub use self::timeouts::Timeouts;

/// For the code that [`model!`] writes.
#[doc(hidden)]
pub mod __private {
    pub use crate::field::{attribute_name, check_model_type, write_attribute};
}
