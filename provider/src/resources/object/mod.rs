//! The life of an object that is one row of a publisher, whatever its kind.
//!
//! A resource says with [`Object`] how its attributes and its row belong together; planning, reading,
//! creating, updating and deleting are then the same for all of them.

mod create;
mod delete;
mod import;
mod plan;
mod read;
mod update;

use imp_publisher::domain::Pkid;
use imp_publisher::{Error, Scope, Stored};
use tfplugin_framework::timeouts::Timeouts;
use tfplugin_framework::{Diagnostics, Field, Identity, Model};

pub(super) use create::create;
pub(super) use delete::{delete_row, pkid_to_delete};
pub(super) use import::import;
pub(super) use plan::{asked, change, finish_plan};
pub(super) use read::read;
pub(super) use update::update;

use crate::fleet::Cluster;
use crate::rows::{Blocked, Row};
use crate::rules::Existing;

/// The attributes of an object that is one row of a publisher.
pub(crate) trait Object: Model + PartialEq {
    /// Its row.
    type Row: Row;

    /// How its import ids are written, for messages.
    const IMPORT_FORM: &'static str;

    /// The attribute `publisher`.
    fn publisher(&self) -> &Field<String>;

    /// The attribute `id`.
    fn id(&self) -> &Field<String>;

    /// The attribute `pkid`.
    fn pkid(&self) -> &Field<String>;

    /// The attribute `timeouts`.
    fn timeouts(&self) -> &Field<Timeouts>;

    /// The natural key, where all of it is known.
    fn key(&self) -> Option<<Self::Row as Row>::Key>;

    /// The row that these attributes describe. All of them are known.
    fn row(&self) -> Result<Self::Row, Diagnostics>;

    /// Takes over what a publisher has.
    fn fill(&mut self, publisher: &str, stored: &Stored<Self::Row>);

    /// An object of which only its place is known, to be read.
    fn to_be_read(publisher: &str, pkid: Option<&Pkid>, key: Option<&str>) -> Result<Self, String>;

    /// The object that an identity names, to be read; `names` are those of all publishers.
    fn of_identity(identity: &Identity, names: &[&str]) -> Result<Self, Diagnostics>;
}

/// The parsed attribute `pkid`, where it is known.
pub(super) fn pkid_of(object: &impl Object) -> Option<Pkid> {
    object.pkid().as_str().and_then(|text| text.parse().ok())
}

/// The other row that has the natural key, looked up afresh.
async fn key_taken<O: Object>(
    cluster: &Cluster,
    own: Option<&Pkid>,
    key: &<O::Row as Row>::Key,
    scope: &Scope,
) -> Result<Option<Blocked>, Error> {
    let found = O::Row::look_up_directly(&cluster.publisher, None, Some(key), scope).await?;
    Ok(found
        .by_key
        .filter(|row| own != Some(&row.pkid))
        .map(|row| Blocked::KeyTaken(Existing::new(cluster, &row))))
}

/// Notes that an object of the state holds a row.
pub(super) fn note<O: Object>(cluster: &Cluster, object: &O) {
    if let (Some(pkid), Some(id)) = (pkid_of(object), object.id().as_str()) {
        O::Row::seen(cluster).note(pkid.as_str(), id);
    }
}
