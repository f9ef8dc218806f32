//! The statements that an apply would send.

use imp_publisher::domain::{FederatedDomain, StaticRoute};
use imp_publisher::{ProfileSource, Statements};
use imp_review::{Action, Attribute, Change, Domain, Plan, Route};

/// What is sent in which order: routes go before their domains, and come after them.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Turn {
    RouteDeleted,
    DomainDeleted,
    DomainWritten,
    RouteWritten,
}

/// The statements of a plan, each behind a comment that says for what, with line breaks.
pub(super) fn statements(plan: &Plan) -> Vec<String> {
    let statements = Statements::new(ProfileSource::BuiltIn);
    let mut all = Vec::new();
    for change in plan.domains.iter().filter(|change| change.writes()) {
        let turns = (Turn::DomainDeleted, Turn::DomainWritten);
        of_change(&statements, change, turns, domain, &mut all);
    }
    for change in plan.routes.iter().filter(|change| change.writes()) {
        let turns = (Turn::RouteDeleted, Turn::RouteWritten);
        of_change(&statements, change, turns, route, &mut all);
    }
    // Stable: within one turn in the order of the plan.
    all.sort_by_key(|(turn, _)| *turn);
    all.into_iter().map(|(_, statement)| statement).collect()
}

/// A kind of row, as far as statements can be made of it.
trait Row: Sized {
    fn create(&self, statements: &Statements, whose: &str) -> Result<String, String>;
    fn update(&self, statements: &Statements, whose: &str, new: &Self) -> Result<String, String>;
    fn delete(statements: &Statements, whose: &str) -> String;
}

impl Row for FederatedDomain {
    fn create(&self, statements: &Statements, whose: &str) -> Result<String, String> {
        statements.create(whose, self)
    }

    fn update(&self, statements: &Statements, whose: &str, new: &Self) -> Result<String, String> {
        statements.update(whose, self, new)
    }

    fn delete(statements: &Statements, whose: &str) -> String {
        statements.delete::<Self>(whose)
    }
}

impl Row for StaticRoute {
    fn create(&self, statements: &Statements, whose: &str) -> Result<String, String> {
        statements.create(whose, self)
    }

    fn update(&self, statements: &Statements, whose: &str, new: &Self) -> Result<String, String> {
        statements.update(whose, self, new)
    }

    fn delete(statements: &Statements, whose: &str) -> String {
        statements.delete::<Self>(whose)
    }
}

/// An object on some publisher.
trait Placed {
    fn publisher(&self) -> &Attribute<String>;
}

impl Placed for Domain {
    fn publisher(&self) -> &Attribute<String> {
        &self.publisher
    }
}

impl Placed for Route {
    fn publisher(&self) -> &Attribute<String> {
        &self.publisher
    }
}

fn of_change<T: Placed, R: Row>(
    statements: &Statements,
    change: &Change<T>,
    (deleted, written): (Turn, Turn),
    row: impl Fn(&T) -> Result<R, String>,
    all: &mut Vec<(Turn, String)>,
) {
    let whose = printable(&change.address);
    let mut add = |turn, object: Option<&T>, statement: Result<String, String>| {
        let publisher = object.map(|object| object.publisher().to_string());
        let publisher = printable(&publisher.unwrap_or_default());
        let statement = match statement {
            Ok(statement) => format!("{};", printable(&statement)),
            Err(problem) => format!("-- {}", printable(&problem)),
        };
        all.push((turn, format!("-- {publisher}: {whose}\n{statement}\n")));
    };
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    if change.action.deletes() {
        add(deleted, before, Ok(R::delete(statements, &whose)));
    }
    if let (true, Some(after)) = (change.action.creates(), after) {
        let statement = row(after).and_then(|row| row.create(statements, &whose));
        add(written, Some(after), statement);
    }
    if let (Action::Update, Some(before), Some(after)) = (change.action, before, after) {
        let statement =
            row(before).and_then(|prior| prior.update(statements, &whose, &row(after)?));
        add(written, Some(after), statement);
    }
}

fn domain(domain: &Domain) -> Result<FederatedDomain, String> {
    Ok(FederatedDomain {
        domain_name: parsed(&domain.domain_name, "domain_name")?,
        description: optional(&domain.description, "description")?,
        integration_type: parsed(&domain.integration_type, "integration_type")?,
        direct_federation: shown(&domain.direct_federation, "direct_federation")?,
    })
}

fn route(route: &Route) -> Result<StaticRoute, String> {
    fn number<T: TryFrom<i64, Error: ToString>>(
        attribute: &Attribute<i64>,
        name: &str,
    ) -> Result<T, String> {
        T::try_from(shown(attribute, name)?).map_err(|error| error.to_string())
    }
    Ok(StaticRoute {
        destination_pattern: parsed(&route.destination_pattern, "destination_pattern")?,
        description: optional(&route.description, "description")?,
        next_hop: parsed(&route.next_hop, "next_hop")?,
        next_hop_port: number(&route.next_hop_port, "next_hop_port")?,
        route_type: parsed(&route.route_type, "route_type")?,
        protocol: parsed(&route.protocol, "protocol")?,
        priority: number(&route.priority, "priority")?,
        weight: number(&route.weight, "weight")?,
        allow_less_specific_route: shown(
            &route.allow_less_specific_route,
            "allow_less_specific_route",
        )?,
        in_service: shown(&route.in_service, "in_service")?,
        block_route: shown(&route.block_route, "block_route")?,
    })
}

/// A value that is known and may be shown.
fn shown<T: Clone>(attribute: &Attribute<T>, name: &str) -> Result<T, String> {
    match attribute {
        Attribute::Known(value) => Ok(value.clone()),
        Attribute::Null => Err(format!("{name} has no value")),
        Attribute::Unknown => Err(format!("{name} is known after apply")),
        Attribute::Sensitive(_) => Err(format!("{name} is sensitive, and the statement not shown")),
    }
}

fn parsed<T: std::str::FromStr<Err: ToString>>(
    attribute: &Attribute<String>,
    name: &str,
) -> Result<T, String> {
    let text = shown(attribute, name)?;
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn optional<T: std::str::FromStr<Err: ToString>>(
    attribute: &Attribute<String>,
    name: &str,
) -> Result<Option<T>, String> {
    match attribute {
        Attribute::Null => Ok(None),
        attribute => parsed(attribute, name).map(Some),
    }
}

/// On one line, and without anything that a terminal acts upon.
fn printable(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}
