//! What the user has written: three domains and four routes, each of which may be left out.
//!
//! The natural keys that one object may have are never those of another object, so that only other administrators get
//! in its way.

use imp_publisher_simulator::pattern_of_domain;

use crate::rows::Kind;

/// The names that each domain may have. The second lies under the first.
pub(super) const NAMES: [[&str; 2]; 3] = [
    ["alpha.com", "alfa.com"],
    ["sub.alpha.com", "beta.com"],
    ["gamma.org", "delta.org"],
];

/// The descriptions that an object may have; empty for none.
pub(super) const DESCRIPTIONS: [&str; 3] = ["", "first", "it's <second> & \"last\""];

/// One change of what is written. Numbers choose; they may be any.
#[derive(Clone, Copy, Debug)]
pub(super) enum Edit {
    /// Leaves a domain out, or writes it again.
    ToggleDomain(usize),
    /// Gives a domain its other name.
    RenameDomain(usize),
    /// Gives a domain another description.
    DescribeDomain(usize, usize),
    /// Leaves a route out, or writes it again.
    ToggleRoute(usize),
    /// Leads a route to another domain.
    Retarget(usize, usize),
    /// Lets a route refer to its domain, name it, or write its pattern.
    Connect(usize, usize),
    /// Gives a route its other next hop.
    MoveHop(usize),
    /// Gives a route another priority.
    Prioritise(usize, i64),
    /// Gives a route another description.
    DescribeRoute(usize, usize),
}

/// What is written.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    domains: [Domain; 3],
    routes: [Route; 4],
}

#[derive(Clone, Copy, Debug, Default)]
struct Domain {
    present: bool,
    name: usize,
    description: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Route {
    present: bool,
    domain: usize,
    connection: usize,
    hop: usize,
    priority: i64,
    description: usize,
}

/// One object as it is written.
#[derive(Clone, Debug)]
pub(super) struct Object {
    pub(super) address: String,
    pub(super) kind: Kind,
    /// Its natural key.
    pub(super) key: String,
    pub(super) description: &'static str,
    pub(super) priority: i64,
    /// The name of the domain, or of the domain that the route leads to.
    pub(super) domain: &'static str,
    /// Where the route leads.
    pub(super) next_hop: String,
    /// How a route says where it belongs.
    pub(super) connection: Connection,
}

/// How a route says where it belongs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Connection {
    /// It refers to the domain at this address, and is replaced with it.
    Reference(String),
    /// It has the domain's name, without a reference.
    Name,
    /// It has a pattern.
    Pattern,
}

impl Wanted {
    pub(super) fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::ToggleDomain(slot) => self.domain(slot).present ^= true,
            Edit::RenameDomain(slot) => self.domain(slot).name ^= 1,
            Edit::DescribeDomain(slot, description) => {
                self.domain(slot).description = description % DESCRIPTIONS.len();
            }
            Edit::ToggleRoute(slot) => self.route(slot).present ^= true,
            Edit::Retarget(slot, domain) => self.route(slot).domain = domain % NAMES.len(),
            Edit::Connect(slot, connection) => self.route(slot).connection = connection % 3,
            Edit::MoveHop(slot) => self.route(slot).hop ^= 1,
            Edit::Prioritise(slot, priority) => self.route(slot).priority = priority,
            Edit::DescribeRoute(slot, description) => {
                self.route(slot).description = description % DESCRIPTIONS.len();
            }
        }
    }

    fn domain(&mut self, slot: usize) -> &mut Domain {
        &mut self.domains[slot % NAMES.len()]
    }

    fn route(&mut self, slot: usize) -> &mut Route {
        let slots = self.routes.len();
        &mut self.routes[slot % slots]
    }

    /// Leaves the object at an address out.
    pub(super) fn leave_out(&mut self, address: &str) {
        for (slot, domain) in self.domains.iter_mut().enumerate() {
            domain.present &= address != domain_address(slot);
        }
        for (slot, route) in self.routes.iter_mut().enumerate() {
            route.present &= address != route_address(slot);
        }
    }

    /// Every object that is written.
    pub(super) fn objects(&self) -> Vec<Object> {
        self.all()
            .into_iter()
            .filter_map(|(present, object)| present.then_some(object))
            .collect()
    }

    /// The object that is written, or would be, in a place.
    pub(super) fn any_object(&self, number: usize) -> Object {
        let mut all = self.all();
        let number = number % all.len();
        all.swap_remove(number).1
    }

    fn all(&self) -> Vec<(bool, Object)> {
        let domains = self.domains.iter().enumerate();
        let domains = domains.map(|(slot, domain)| {
            let name = NAMES[slot][domain.name];
            let object = Object {
                address: domain_address(slot),
                kind: Kind::Domain,
                key: name.to_owned(),
                description: DESCRIPTIONS[domain.description],
                priority: 0,
                domain: name,
                next_hop: String::new(),
                connection: Connection::Name,
            };
            (domain.present, object)
        });
        let routes = self.routes.iter().enumerate();
        let routes = routes.map(|(slot, route)| {
            let target = self.domains[route.domain];
            let domain = NAMES[route.domain][target.name];
            let next_hop = format!("10.0.{slot}.{}", route.hop + 1);
            let object = Object {
                address: route_address(slot),
                kind: Kind::Route,
                key: format!("{}/{next_hop}:5061/TLS", pattern_of_domain(domain)),
                description: DESCRIPTIONS[route.description],
                priority: route.priority.max(1),
                domain,
                next_hop,
                connection: match route.connection {
                    // A route whose domain is not written can only have a pattern.
                    _ if !target.present => Connection::Pattern,
                    0 => Connection::Reference(domain_address(route.domain)),
                    1 => Connection::Name,
                    _ => Connection::Pattern,
                },
            };
            (route.present, object)
        });
        domains.chain(routes).collect()
    }
}

/// Whether a route with this key could belong to a domain, were there no longer one.
pub(super) fn lies_under(route_key: &str, domain: &str) -> bool {
    let own = route_key.split('/').next().unwrap_or_default();
    format!("{own}.").starts_with(&format!("{}.", pattern_of_domain(domain)))
}

fn domain_address(slot: usize) -> String {
    format!("imp_sip_federation_domain.d{slot}")
}

fn route_address(slot: usize) -> String {
    format!("imp_static_route.r{slot}")
}
