//! What the tables of a simulated publisher are called and how they are made.
//!
//! The names of a real publisher's tables are not public, so a client must take them from a profile. Here are two
//! built-in schemas whose names have nothing in common, and the type a test uses to invent a third. Nothing in this
//! module knows SQL or SOAP.

mod builtin_a;
mod builtin_b;
mod catalogue;
mod decoys;
mod definition;
mod profile_file;
mod table;

pub use catalogue::{Catalogue, CatalogueChange};
pub use definition::{
    CompanionTable, DomainColumn, FederatedDomainTable, LearnedMark, RouteColumn, SchemaDefinition,
    SettingPlace, SettingsPlaces, StaticRouteTable, TypeTable, TypeValue,
};
pub use profile_file::{catalogue_fingerprint, profile_file};
pub use table::{Column, ColumnKind, DefaultValue, Reference, Table, UniqueIndex};
