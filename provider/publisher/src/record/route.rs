//! Static routes in their table.

use super::{Enumeration, Record, Stored, boolean, one_of, optional, parsed, text};
use crate::axl::Row;
use crate::domain::{Description, NextHop, RouteKey, StaticRoute};
use crate::profile::{EnumColumn, Identifier, Profile};
use crate::sql::{Assignment, Literal};

/// The pattern of the route that ships with releases that know open federation.
const PREDEFINED_PATTERN: &str = ".*";

impl Record for StaticRoute {
    type Key = RouteKey;

    fn key(&self) -> RouteKey {
        StaticRoute::key(self)
    }

    fn table(profile: &Profile) -> &Identifier {
        &profile.static_route.table
    }

    fn key_column(profile: &Profile) -> &Identifier {
        &profile.static_route.columns.pkid
    }

    fn columns(profile: &Profile) -> Vec<&Identifier> {
        let columns = &profile.static_route.columns;
        vec![
            &columns.pkid,
            &columns.destination_pattern,
            &columns.description,
            &columns.next_hop,
            &columns.next_hop_port,
            &columns.route_type,
            &columns.protocol,
            &columns.priority,
            &columns.weight,
            &columns.allow_less_specific_route,
            &columns.in_service,
            &columns.block_route,
        ]
    }

    fn enumerations(profile: &Profile) -> Vec<&EnumColumn> {
        vec![
            &profile.static_route.route_type,
            &profile.static_route.protocol,
        ]
    }

    fn read(
        profile: &Profile,
        enumerations: &[Enumeration],
        row: &Row,
    ) -> Result<Stored<Self>, String> {
        let columns = &profile.static_route.columns;
        let [route_types, protocols] = enumerations else {
            return Err("the enumerations are missing".to_owned());
        };
        let word = |enumeration: &Enumeration, column: &Identifier| {
            enumeration.word(text(row, column)?).map(ToOwned::to_owned)
        };
        let value = Self {
            destination_pattern: parsed(row, &columns.destination_pattern)?,
            description: optional(row, &columns.description)?,
            next_hop: NextHop::as_stored(text(row, &columns.next_hop)?)
                .ok_or_else(|| format!("{} is empty", columns.next_hop))?,
            next_hop_port: parsed(row, &columns.next_hop_port)?,
            route_type: word(route_types, &columns.route_type)?
                .parse()
                .map_err(|error| format!("{}: {error}", columns.route_type))?,
            protocol: word(protocols, &columns.protocol)?
                .parse()
                .map_err(|error| format!("{}: {error}", columns.protocol))?,
            priority: parsed(row, &columns.priority)?,
            weight: parsed(row, &columns.weight)?,
            allow_less_specific_route: boolean(row, &columns.allow_less_specific_route)?,
            in_service: boolean(row, &columns.in_service)?,
            block_route: boolean(row, &columns.block_route)?,
        };
        Ok(Stored {
            pkid: parsed(row, &columns.pkid)?,
            system_owned: value.destination_pattern.as_str() == PREDEFINED_PATTERN
                && value.block_route,
            value,
        })
    }

    fn assignments<'a>(
        &self,
        profile: &'a Profile,
        enumerations: &[Enumeration],
    ) -> Result<Vec<Assignment<'a>>, String> {
        let columns = &profile.static_route.columns;
        let [route_types, protocols] = enumerations else {
            return Err("the enumerations are missing".to_owned());
        };
        let number = |number: u16| Literal::Number(i64::from(number));
        Ok(vec![
            (
                &columns.destination_pattern,
                Literal::Text(self.destination_pattern.to_string()),
            ),
            (
                &columns.description,
                Literal::text(self.description.as_ref().map(Description::as_str)),
            ),
            (&columns.next_hop, Literal::Text(self.next_hop.to_string())),
            (&columns.next_hop_port, number(self.next_hop_port.get())),
            (
                &columns.route_type,
                route_types.number(self.route_type.as_str())?,
            ),
            (&columns.protocol, protocols.number(self.protocol.as_str())?),
            (&columns.priority, number(self.priority.get())),
            (&columns.weight, number(self.weight.get())),
            (
                &columns.allow_less_specific_route,
                Literal::Bool(self.allow_less_specific_route),
            ),
            (&columns.in_service, Literal::Bool(self.in_service)),
            (&columns.block_route, Literal::Bool(self.block_route)),
        ])
    }

    fn condition(profile: &Profile, keys: &[&RouteKey]) -> String {
        // The next hop is compared afterwards: an IPv6 address has many spellings.
        one_of(
            &profile.static_route.columns.destination_pattern,
            keys.iter().map(|key| key.destination_pattern.as_str()),
        )
    }
}
