//! `imp_static_route`: a static route of one cluster.

mod create;
mod delete;
mod generate;
mod identity;
mod import;
mod model;
mod plan;
mod read;
mod schema;
mod update;

use tfplugin_framework::{
    Create, Delete, Diagnostics, IdentitySchema, Import, Plan, Read, Resource, Schema, Update,
};

use crate::fleet::FleetCell;
pub(crate) use model::Model;

/// A static route.
#[derive(Debug)]
pub(crate) struct StaticRoute {
    fleet: FleetCell,
}

impl StaticRoute {
    pub(crate) fn new(fleet: FleetCell) -> Self {
        Self { fleet }
    }
}

impl Resource for StaticRoute {
    type Model = Model;

    fn type_name(&self) -> &'static str {
        "imp_static_route"
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        Some(identity::schema())
    }

    fn validate(&self, config: &Model, diagnostics: &mut Diagnostics) {
        plan::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<Model>) -> Result<(), Diagnostics> {
        plan::plan(&self.fleet, plan).await
    }

    async fn create(&self, create: &mut Create<Model>) -> Result<(), Diagnostics> {
        create::create(&self.fleet, create).await
    }

    async fn read(&self, read: &mut Read<Model>) -> Result<(), Diagnostics> {
        read::read(&self.fleet, read).await
    }

    async fn update(&self, update: &mut Update<Model>) -> Result<(), Diagnostics> {
        update::update(&self.fleet, update).await
    }

    async fn delete(&self, delete: &mut Delete<Model>) -> Result<(), Diagnostics> {
        delete::delete(&self.fleet, delete).await
    }

    async fn import(&self, import: &mut Import<Model>) -> Result<(), Diagnostics> {
        import::import(&self.fleet, import).await
    }

    fn generate_config(&self, state: &Model, config: &mut Model) {
        generate::generate(state, config);
    }
}
