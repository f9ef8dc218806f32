//! A provider without input and output, to measure what the framework itself costs: its routes have the attributes of
//! `imp_static_route`, and exist in the state alone.

use tfplugin_framework::{
    Attribute, Configure, Create, Delete, Diagnostics, Field, Import, Provider, Read, Registry,
    Resource, Schema, Update, model, run,
};

fn main() -> std::process::ExitCode {
    run("bench/plain", || Plain)
}

model! {
    /// The `provider` block: empty.
    pub(crate) struct Config {}

    /// A route.
    pub(crate) struct RouteModel {
        id: String,
        publisher: String,
        domain: String,
        destination_pattern: String,
        description: String,
        next_hop: String,
        next_hop_port: i64,
        protocol: String,
        route_type: String,
        priority: i64,
        weight: i64,
        allow_less_specific_route: bool,
        in_service: bool,
        block_route: bool,
        pkid: String,
    }
}

struct Plain;

impl Provider for Plain {
    type Config = Config;

    fn name(&self) -> &'static str {
        "plain"
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    fn schema(&self) -> Schema {
        Schema::new(0)
    }

    async fn configure(&self, _: &mut Configure<Config>) -> Result<(), Diagnostics> {
        Ok(())
    }

    fn register(&self, registry: &mut Registry) {
        registry.resource(Route);
    }
}

struct Route;

impl Resource for Route {
    type Model = RouteModel;

    fn type_name(&self) -> &'static str {
        "plain_route"
    }

    fn schema(&self) -> Schema {
        let text = |default: &'static str| {
            Attribute::string()
                .optional()
                .computed()
                .default_value(default)
        };
        let number = |default: i64| {
            Attribute::number()
                .optional()
                .computed()
                .default_value(default)
        };
        let switch = |default: bool| {
            Attribute::bool()
                .optional()
                .computed()
                .default_value(default)
        };
        let known_later = || Attribute::string().computed().use_state_for_unknown();
        Schema::new(0)
            .attribute("id", known_later())
            .attribute("publisher", text("default").requires_replace())
            .attribute("domain", Attribute::string().required().requires_replace())
            .attribute("destination_pattern", known_later())
            .attribute("description", text(""))
            .attribute("next_hop", Attribute::string().required())
            .attribute("next_hop_port", number(5061))
            .attribute("protocol", text("TLS"))
            .attribute("route_type", text("domain"))
            .attribute("priority", number(1))
            .attribute("weight", number(1))
            .attribute("allow_less_specific_route", switch(true))
            .attribute("in_service", switch(true))
            .attribute("block_route", switch(false))
            .attribute("pkid", known_later())
    }

    async fn create(&self, create: &mut Create<RouteModel>) -> Result<(), Diagnostics> {
        let mut route = create.plan.clone();
        let domain = route.domain.as_str().unwrap_or_default().to_owned();
        route.id = Field::Known(format!("default/{domain}"));
        route.pkid = Field::Known(format!("pkid of {domain}"));
        route.destination_pattern = Field::Known(format!(".{domain}"));
        create.state = Some(route);
        Ok(())
    }

    async fn read(&self, read: &mut Read<RouteModel>) -> Result<(), Diagnostics> {
        read.state = Some(read.current.clone());
        Ok(())
    }

    async fn update(&self, update: &mut Update<RouteModel>) -> Result<(), Diagnostics> {
        update.state = update.plan.clone();
        Ok(())
    }

    async fn delete(&self, _: &mut Delete<RouteModel>) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn import(&self, _: &mut Import<RouteModel>) -> Result<(), Diagnostics> {
        Ok(())
    }
}
