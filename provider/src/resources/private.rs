//! What the resources keep in private data.

use imp_publisher::domain::Pkid;
use tfplugin_framework::{Diagnostics, Private};

const PKID: &str = "pkid";

/// The primary key of the object's row, where it has one: known even where Terraform plans the object as a
/// new one, as it does for a tainted object or a replacement.
pub(super) fn pkid(private: &Private) -> Result<Option<Pkid>, Diagnostics> {
    Ok(private
        .get::<String>(PKID)?
        .and_then(|text| text.parse().ok()))
}

/// Remembers the primary key of the object's row.
pub(super) fn set_pkid(private: &mut Private, pkid: &Pkid) -> Result<(), Diagnostics> {
    Ok(private.set(PKID, pkid.as_str())?)
}
