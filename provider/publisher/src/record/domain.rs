//! SIP federated domains in their table.

use super::{Enumeration, Record, Stored, boolean, one_of, optional, parsed, text};
use crate::axl::Row;
use crate::domain::{Description, DomainName, FederatedDomain};
use crate::profile::{EnumColumn, Identifier, Profile};
use crate::sql::{Assignment, Literal};

impl Record for FederatedDomain {
    type Key = DomainName;

    fn key(&self) -> DomainName {
        self.domain_name.clone()
    }

    fn table(profile: &Profile) -> &Identifier {
        &profile.federated_domain.table
    }

    fn key_column(profile: &Profile) -> &Identifier {
        &profile.federated_domain.columns.pkid
    }

    fn columns(profile: &Profile) -> Vec<&Identifier> {
        let table = &profile.federated_domain;
        let columns = &table.columns;
        let mut all = vec![
            &columns.pkid,
            &columns.domain_name,
            &columns.description,
            &columns.integration_type,
            &columns.direct_federation,
        ];
        all.extend(table.learned.iter().map(|learned| &learned.column));
        all
    }

    fn enumerations(profile: &Profile) -> Vec<&EnumColumn> {
        vec![&profile.federated_domain.integration_type]
    }

    fn read(
        profile: &Profile,
        enumerations: &[Enumeration],
        row: &Row,
    ) -> Result<Stored<Self>, String> {
        let columns = &profile.federated_domain.columns;
        let [integration_types] = enumerations else {
            return Err("the enumerations are missing".to_owned());
        };
        let integration_type = integration_types.word(text(row, &columns.integration_type)?)?;
        let learned = match &profile.federated_domain.learned {
            Some(learned) => text(row, &learned.column)? == learned.value,
            None => false,
        };
        Ok(Stored {
            pkid: parsed(row, &columns.pkid)?,
            value: Self {
                domain_name: parsed(row, &columns.domain_name)?,
                description: optional(row, &columns.description)?,
                integration_type: integration_type
                    .parse()
                    .map_err(|error| format!("{}: {error}", columns.integration_type))?,
                direct_federation: boolean(row, &columns.direct_federation)?,
            },
            system_owned: learned,
        })
    }

    fn assignments<'a>(
        &self,
        profile: &'a Profile,
        enumerations: &[Enumeration],
    ) -> Result<Vec<Assignment<'a>>, String> {
        let columns = &profile.federated_domain.columns;
        let [integration_types] = enumerations else {
            return Err("the enumerations are missing".to_owned());
        };
        let integration_type = integration_types.number(self.integration_type.as_str())?;
        Ok(vec![
            (
                &columns.domain_name,
                Literal::Text(self.domain_name.to_string()),
            ),
            (
                &columns.description,
                Literal::text(self.description.as_ref().map(Description::as_str)),
            ),
            (&columns.integration_type, integration_type),
            (
                &columns.direct_federation,
                Literal::Bool(self.direct_federation),
            ),
        ])
    }

    fn condition(profile: &Profile, names: &[&DomainName]) -> String {
        one_of(
            &profile.federated_domain.columns.domain_name,
            names.iter().map(|name| name.as_str()),
        )
    }
}
