use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::{DomainName, FederatedDomain, IntegrationType};

fn row(pkid: u8, name: u8) -> Stored<FederatedDomain> {
    Stored {
        pkid: pkid_of(pkid),
        value: FederatedDomain {
            domain_name: name_of(name),
            description: None,
            integration_type: IntegrationType::OcsLync,
            direct_federation: true,
        },
        system_owned: false,
    }
}

fn pkid_of(number: u8) -> Pkid {
    format!("00000000-0000-4000-8000-0000000000{number:02x}")
        .parse()
        .unwrap()
}

fn name_of(number: u8) -> DomainName {
    format!("d{number}.example.com").parse().unwrap()
}

proptest! {
    /// The indices agree with the rows after any series of changes.
    #[test]
    fn both_indices_follow_every_change(changes in proptest::collection::vec((0_u8..12, 0_u8..3), 0..60)) {
        let mut table: Table<FederatedDomain, DomainName> = Table::new(Vec::new(), HashMap::new());
        let mut model: BTreeMap<u8, u8> = BTreeMap::new();
        for (pkid, action) in changes {
            if action == 0 {
                table.remove(&pkid_of(pkid));
                model.remove(&pkid);
            } else {
                // Names are unique, as a publisher keeps them.
                let name = pkid * 2 + action;
                table.put(row(pkid, name));
                model.insert(pkid, name);
            }
        }
        prop_assert_eq!(table.rows().len(), model.len());
        for number in 0_u8..12 {
            let expected = model.get(&number).map(|name| row(number, *name));
            prop_assert_eq!(table.by_pkid(&pkid_of(number)), expected.as_ref());
            if let Some(expected) = &expected {
                prop_assert_eq!(table.by_key(&expected.value.domain_name), Some(expected));
            }
        }
    }
}
