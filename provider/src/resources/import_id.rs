//! The ids that an import takes: `publisher/key`, or only the key where there is one publisher, and in
//! place of the natural key also the pkid.

mod full_form;
#[cfg(test)]
mod tests;

pub use full_form::{Importable, full_form};
use imp_publisher::domain::Pkid;
use tfplugin_framework::{Diagnostic, Diagnostics, Identity};

/// An import id taken apart: the publisher, and what names the row on it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ImportId<'a> {
    pub(crate) publisher: String,
    pub(crate) row: RowId<'a>,
}

/// What names a row: its primary key, or its natural key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RowId<'a> {
    Pkid(Pkid),
    Key(&'a str),
}

/// Takes an import id apart. `names` are those of the publishers; `form` is shown where it cannot be.
pub(crate) fn parse<'a>(
    names: &[&str],
    id: &'a str,
    form: &str,
) -> Result<ImportId<'a>, Diagnostics> {
    let (publisher, row) = match (id.split_once('/'), names) {
        (Some((first, rest)), names) if names.contains(&first) => (first.to_owned(), rest),
        (_, [only]) => ((*only).to_owned(), id),
        (_, names) => {
            return Err(invalid(
                id,
                &format!(
                    "it must begin with the name of a publisher: one of {}",
                    names.join(", ")
                ),
                form,
            ));
        }
    };
    if row.is_empty() {
        return Err(invalid(id, "it does not say which row", form));
    }
    let row = row.parse().map_or(RowId::Key(row), RowId::Pkid);
    Ok(ImportId { publisher, row })
}

/// The publisher that an identity names, or the only one there is.
pub(crate) fn identity_publisher(
    identity: &Identity,
    names: &[&str],
) -> Result<String, Diagnostics> {
    match (identity.get::<String>("publisher")?.into_known(), names) {
        (Some(name), _) => Ok(name),
        (None, [only]) => Ok((*only).to_owned()),
        (None, names) => Err(Diagnostic::error("Incomplete identity")
            .detail(format!(
                "The identity needs `publisher`: one of {}.",
                names.join(", ")
            ))
            .into()),
    }
}

/// An import id that cannot be read.
pub(crate) fn invalid(id: &str, why: &str, form: &str) -> Diagnostics {
    Diagnostic::error("Invalid import id")
        .detail(format!(
            "{id:?} cannot be imported: {}. Write {form}.",
            why.trim_end_matches('.')
        ))
        .into()
}

/// There is no such row.
pub(crate) fn not_found(name: &str, id: &str, publisher: &str) -> Diagnostics {
    Diagnostic::error(format!("There is no such {name}"))
        .detail(format!(
            "Publisher {publisher:?} has no {name} {id:?}. Look the row up in its administration pages, and \
             check the spelling."
        ))
        .into()
}

/// There is such a row, but it is none that a resource can manage.
pub(crate) fn unmanageable(name: &str, id: &str, why: &str) -> Diagnostics {
    Diagnostic::error(format!("This {name} cannot be managed here"))
        .detail(format!(
            "{id:?} {why}. Leave it to the publisher, and remove the import."
        ))
        .into()
}
