//! Moving: the stored object of another resource type becomes one of this type. It is read like an import.

use super::identities::{complete, identity_of};
use super::upgrade::{convert, decode};
use super::{Outcome, Subject};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::private::Private;

/// The object that moves, as its provider stored it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MoveSource<'a> {
    pub(crate) provider_address: &'a str,
    pub(crate) type_name: &'a str,
    pub(crate) version: i64,
    pub(crate) state: &'a [u8],
}

/// Makes an object of this type from one of another.
pub(crate) fn move_state(
    subject: Subject<'_>,
    source: MoveSource<'_>,
) -> Result<Outcome, Diagnostics> {
    let ways = subject.definition.moves.iter();
    let (mut versions, mut way) = (Vec::new(), None);
    for candidate in ways.filter(|way| way.is_from(source.provider_address, source.type_name)) {
        versions.push(candidate.version.to_string());
        if candidate.version == source.version {
            way = way.or(Some(candidate));
        }
    }
    let way = match way {
        Some(way) => way,
        None if versions.is_empty() => return Err(unsupported(subject, source)),
        None => return Err(other_version(source, &versions)),
    };
    let former = decode(source.state, &way.source_type, source.type_name)?;
    let state = convert(subject, "moving", || (way.convert)(former))?;
    let mut private = Private::default();
    private.imported = true;
    Ok(Outcome {
        identity: complete(identity_of(subject, None, &state)),
        state,
        private: private.to_bytes(),
        diagnostics: Diagnostics::new(),
    })
}

fn unsupported(subject: Subject<'_>, source: MoveSource<'_>) -> Diagnostics {
    Diagnostic::error("Move is not supported")
        .detail(format!(
            "An object of type {} (of {}) cannot become one of type {}. Remove the moved block, and import the object \
             under its new type instead.",
            source.type_name,
            source.provider_address,
            subject.resource.type_name()
        ))
        .into()
}

fn other_version(source: MoveSource<'_>, versions: &[String]) -> Diagnostics {
    Diagnostic::error("Unable to move the object")
        .detail(format!(
            "The state of this {} (of {}) has version {}; this provider can move version {}. Apply once with a release \
             of {} whose states have that version, then move.",
            source.type_name,
            source.provider_address,
            source.version,
            versions.join(" or "),
            source.provider_address,
        ))
        .into()
}
