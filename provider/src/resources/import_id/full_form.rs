//! What an import takes from an id before it asks any publisher.

use super::{ImportId, RowId, invalid, parse};
use crate::resources::object::Object;
use crate::resources::{sip_federation_domain, static_route};

/// The resources that can be imported.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Importable {
    /// `imp_static_route`.
    StaticRoute,
    /// `imp_sip_federation_domain`.
    SipFederationDomain,
}

/// An import id in full: `publisher/key` or `publisher/pkid`, where `publishers` are all there are.
///
/// # Errors
///
/// What is wrong with the id, and what to write instead.
pub fn full_form(publishers: &[&str], id: &str, of: Importable) -> Result<String, String> {
    match of {
        Importable::StaticRoute => full::<static_route::Model>(publishers, id),
        Importable::SipFederationDomain => full::<sip_federation_domain::Model>(publishers, id),
    }
}

fn full<O: Object>(publishers: &[&str], id: &str) -> Result<String, String> {
    let parsed = parse(publishers, id, O::IMPORT_FORM);
    let ImportId { publisher, row } = parsed.map_err(|error| error.to_string())?;
    let (pkid, key) = match &row {
        RowId::Pkid(pkid) => (Some(pkid), None),
        RowId::Key(key) => (None, Some(*key)),
    };
    let object = O::to_be_read(&publisher, pkid, key)
        .map_err(|why| invalid(id, &why, O::IMPORT_FORM).to_string())?;
    let row = match pkid {
        Some(pkid) => pkid.to_string(),
        None => object.key().map(|key| key.to_string()).unwrap_or_default(),
    };
    Ok(format!("{publisher}/{row}"))
}
