//! `imp_restart_xcp_router`: restarts Cisco XCP Router on the nodes of one cluster, one after the other.
//!
//! Nothing else in this provider restarts anything.

mod model;
mod outcome;
mod plan;
mod problem;
mod run;
mod schema;
#[cfg(test)]
mod tests;

use tfplugin_framework::action::{ActionPlan, Invoke};
use tfplugin_framework::{Action, Diagnostics, Schema};

use crate::fleet::FleetCell;
use crate::nodes::ROUTER;
use model::Model;

/// The restart of Cisco XCP Router.
#[derive(Debug)]
pub(crate) struct RestartXcpRouter {
    fleet: FleetCell,
}

impl RestartXcpRouter {
    pub(crate) fn new(fleet: FleetCell) -> Self {
        Self { fleet }
    }
}

impl Action for RestartXcpRouter {
    type Config = Model;

    fn type_name(&self) -> &'static str {
        "imp_restart_xcp_router"
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    fn validate(&self, config: &Model, diagnostics: &mut Diagnostics) {
        plan::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut ActionPlan<Model>) -> Result<(), Diagnostics> {
        plan::plan(&self.fleet, plan).await
    }

    async fn invoke(&self, invoke: &mut Invoke<Model>) -> Result<(), Diagnostics> {
        run::run(&self.fleet, invoke).await
    }
}
