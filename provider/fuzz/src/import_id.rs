//! Import ids: what a person writes after `terraform import`.

use terraform_provider_imp::import_id::{Importable, full_form};

use crate::memory::bounded;

/// Reads an id for each kind of resource, with one publisher and with two.
pub fn read(input: &[u8]) {
    let Ok(id) = std::str::from_utf8(input) else {
        return;
    };
    for publishers in [&["emea"][..], &["apac", "emea"]] {
        for kind in [Importable::StaticRoute, Importable::SipFederationDomain] {
            check(publishers, id, kind);
        }
    }
}

fn check(publishers: &[&str], id: &str, kind: Importable) {
    match bounded(id.as_bytes(), || full_form(publishers, id, kind)) {
        Ok(full) => {
            let publisher = full.split('/').next().unwrap_or_default();
            assert!(publishers.contains(&publisher), "{full:?} is nowhere");
            let again = full_form(publishers, &full, kind);
            assert_eq!(again.as_ref(), Ok(&full), "of {id:?}");
            // One id never names different objects on different fleets.
            if let Ok(alone) = full_form(&[publisher], &full, kind) {
                assert_eq!(alone, full);
            }
        }
        Err(why) => assert!(why.contains("Write "), "no remedy: {why}"),
    }
}
