//! The attributes of a static route, and the row they describe.

use imp_publisher::Stored;
use imp_publisher::domain::{NextHop, Pkid, RouteKey, StaticRoute};
use tfplugin_framework::timeouts::Timeouts;
use tfplugin_framework::{Diagnostics, Field, Identity, model};

use crate::resources::fields::{in_known_spelling, number, optional, parsed, switch};
use crate::resources::object::Object;

model! {
    /// The attributes of a static route.
    #[derive(PartialEq)]
    pub(crate) struct Model {
        id: String,
        publisher: String,
        domain: String,
        destination_pattern: String,
        next_hop: String,
        next_hop_port: i64,
        protocol: String,
        route_type: String,
        priority: i64,
        weight: i64,
        allow_less_specific_route: bool,
        in_service: bool,
        block_route: bool,
        description: String,
        pkid: String,
        timeouts: Timeouts,
    }
}

impl Object for Model {
    type Row = StaticRoute;

    const IMPORT_FORM: &'static str = "\"PUBLISHER/DESTINATION_PATTERN/NEXT_HOP:PORT/PROTOCOL\" such as \
                                       \"emea/.com.remote/10.20.0.15:5061/TLS\", or \"PUBLISHER/PKID\"";

    fn publisher(&self) -> &Field<String> {
        &self.publisher
    }

    fn id(&self) -> &Field<String> {
        &self.id
    }

    fn pkid(&self) -> &Field<String> {
        &self.pkid
    }

    fn timeouts(&self) -> &Field<Timeouts> {
        &self.timeouts
    }

    fn key(&self) -> Option<RouteKey> {
        Some(RouteKey {
            destination_pattern: parsed(&self.destination_pattern, "destination_pattern").ok()?,
            next_hop: NextHop::as_stored(self.next_hop.as_str()?)?,
            next_hop_port: number(self.next_hop_port, "next_hop_port").ok()?,
            protocol: parsed(&self.protocol, "protocol").ok()?,
        })
    }

    fn row(&self) -> Result<StaticRoute, Diagnostics> {
        Ok(StaticRoute {
            destination_pattern: parsed(&self.destination_pattern, "destination_pattern")?,
            description: optional(&self.description, "description")?,
            next_hop: self.stored_next_hop()?,
            next_hop_port: number(self.next_hop_port, "next_hop_port")?,
            route_type: parsed(&self.route_type, "route_type")?,
            protocol: parsed(&self.protocol, "protocol")?,
            priority: number(self.priority, "priority")?,
            weight: number(self.weight, "weight")?,
            allow_less_specific_route: switch(
                self.allow_less_specific_route,
                "allow_less_specific_route",
            )?,
            in_service: switch(self.in_service, "in_service")?,
            block_route: switch(self.block_route, "block_route")?,
        })
    }

    fn fill(&mut self, publisher: &str, stored: &Stored<StaticRoute>) {
        let row = &stored.value;
        self.publisher.set(publisher);
        self.destination_pattern =
            in_known_spelling(&self.destination_pattern, &row.destination_pattern);
        self.domain = match row.destination_pattern.domain() {
            Some(domain) => in_known_spelling(&self.domain, &domain),
            None => Field::Null,
        };
        self.next_hop = in_known_spelling(&self.next_hop, &row.next_hop);
        self.next_hop_port.set(row.next_hop_port.get());
        self.protocol.set(row.protocol.as_str());
        self.route_type.set(row.route_type.as_str());
        self.priority.set(row.priority.get());
        self.weight.set(row.weight.get());
        self.allow_less_specific_route
            .set(row.allow_less_specific_route);
        self.in_service.set(row.in_service);
        self.block_route.set(row.block_route);
        self.description = row.description.as_ref().map(ToString::to_string).into();
        self.pkid.set(stored.pkid.as_str());
        if let Some(id) = id(self) {
            self.id.set(id);
        }
    }

    fn to_be_read(publisher: &str, pkid: Option<&Pkid>, key: Option<&str>) -> Result<Self, String> {
        let mut object = Self {
            publisher: publisher.into(),
            pkid: pkid.map(ToString::to_string).into(),
            ..Self::default()
        };
        if let Some(key) = key {
            object.set_key(key)?;
        }
        Ok(object)
    }

    fn of_identity(identity: &Identity, names: &[&str]) -> Result<Self, Diagnostics> {
        super::identity::object(identity, names)
    }
}

impl Model {
    /// The next hop, be it one that was imported and could not be configured: it must be possible to compare it
    /// with its row, and to change it.
    fn stored_next_hop(&self) -> Result<NextHop, Diagnostics> {
        match self.next_hop.as_str().and_then(NextHop::as_stored) {
            Some(next_hop) => Ok(next_hop),
            None => parsed(&self.next_hop, "next_hop"),
        }
    }

    /// Takes a natural key apart: `pattern/next_hop:port/protocol`, with an IPv6 address in brackets.
    fn set_key(&mut self, key: &str) -> Result<(), String> {
        let parts: Vec<&str> = key.split('/').collect();
        let [pattern, hop, protocol] = parts.as_slice() else {
            return Err(format!(
                "{key:?} has {} parts in place of three",
                parts.len()
            ));
        };
        let (next_hop, port) = hop
            .rsplit_once(':')
            .ok_or_else(|| format!("{hop:?} has no port"))?;
        let next_hop = next_hop
            .strip_prefix('[')
            .and_then(|hop| hop.strip_suffix(']'))
            .unwrap_or(next_hop);
        next_hop
            .parse::<NextHop>()
            .map_err(|error| error.to_string())?;
        self.destination_pattern.set(*pattern);
        self.next_hop.set(next_hop);
        self.next_hop_port.set(
            port.parse::<i64>()
                .map_err(|_| format!("{port:?} is not a port"))?,
        );
        self.protocol.set(protocol.to_ascii_uppercase());
        match self.key() {
            Some(_) => Ok(()),
            None => Err(self.key_problem()),
        }
    }

    fn key_problem(&self) -> String {
        fn problem<T: std::str::FromStr<Err: ToString>>(field: &Field<String>) -> Option<String> {
            let error = field.as_str()?.parse::<T>().err()?;
            Some(error.to_string())
        }
        problem::<imp_publisher::domain::DestinationPattern>(&self.destination_pattern)
            .or_else(|| problem::<imp_publisher::domain::Protocol>(&self.protocol))
            .unwrap_or_else(|| "the port is out of range".to_owned())
    }
}

/// The readable id, where its parts are known.
pub(super) fn id(object: &Model) -> Option<String> {
    let key = object.key()?;
    Some(format!("{}/{key}", object.publisher.as_str()?))
}
