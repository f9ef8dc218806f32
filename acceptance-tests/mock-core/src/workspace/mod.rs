//! A working directory: a provider, a state, and the commands of the command line.

mod apply;
mod configuration;
mod import;
mod interrupt;
mod plan;
mod resolve;
mod walk;

use crate::core::Core;
use crate::diagnostic::Diagnostic;
use crate::report::Failure;
use crate::state::State;

pub use apply::Applied;
pub use configuration::{Configuration, ResourceConfig};
pub use interrupt::Interrupt;
pub use plan::{Plan, PlanMode, PlanOptions, PlannedChange};

/// A state and the provider that manages what is in it.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// What is stored.
    pub state: State,
    /// How many operations may run at once; Terraform's `-parallelism`.
    pub parallelism: usize,
    core: Core,
    interrupt: Interrupt,
}

impl Workspace {
    /// An empty workspace.
    pub fn new(core: Core) -> Self {
        Self {
            interrupt: Interrupt::new(core.clone()),
            state: State::default(),
            parallelism: 10,
            core,
        }
    }

    /// The provider process in use.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// Goes on with another provider process, as Terraform does for each command.
    pub fn use_core(&mut self, core: Core) {
        self.interrupt = Interrupt::new(core.clone());
        self.core = core;
    }

    /// A handle by which the running command can be interrupted, as Ctrl-C does.
    pub fn interrupt(&self) -> Interrupt {
        self.interrupt.clone()
    }

    /// `terraform apply -auto-approve`: plans, applies the plan and returns it.
    pub async fn run(&mut self, configuration: &Configuration) -> Result<Plan, Failure> {
        let plan = self.plan(configuration).await?;
        self.apply(&plan).await?;
        Ok(plan)
    }

    /// `terraform plan`.
    pub async fn plan(&self, configuration: &Configuration) -> Result<Plan, Failure> {
        self.plan_with(configuration, PlanOptions::default()).await
    }

    /// `terraform refresh`: the state follows the remote objects. Returns the provider's warnings.
    pub async fn refresh(&mut self) -> Result<Vec<Diagnostic>, Failure> {
        let options = PlanOptions {
            mode: PlanMode::RefreshOnly,
            ..PlanOptions::default()
        };
        let plan = self.plan_with(&Configuration::new(), options).await?;
        self.state = plan.refreshed;
        Ok(plan.warnings)
    }

    /// `terraform destroy -auto-approve`.
    pub async fn destroy(&mut self) -> Result<Plan, Failure> {
        let options = PlanOptions {
            mode: PlanMode::Destroy,
            ..PlanOptions::default()
        };
        let plan = self.plan_with(&Configuration::new(), options).await?;
        self.apply(&plan).await?;
        Ok(plan)
    }

    /// `terraform taint`: the object will be replaced. Returns whether there is one.
    pub fn taint(&mut self, address: &str) -> bool {
        self.set_tainted(address, true)
    }

    /// `terraform untaint`.
    pub fn untaint(&mut self, address: &str) -> bool {
        self.set_tainted(address, false)
    }

    /// `terraform state rm`: forgets the object. Returns whether there was one.
    pub fn forget(&mut self, address: &str) -> bool {
        self.state.resources.remove(address).is_some()
    }

    /// A `moved` block within one resource type, or `terraform state mv`. Returns whether there was
    /// an object to move and room for it.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        if self.state.resources.contains_key(to) {
            return false;
        }
        let Some(object) = self.state.resources.remove(from) else {
            return false;
        };
        self.state.resources.insert(to.to_owned(), object);
        true
    }

    fn set_tainted(&mut self, address: &str, tainted: bool) -> bool {
        self.state
            .resources
            .get_mut(address)
            .map(|object| object.tainted = tainted)
            .is_some()
    }
}

/// The resource type an address begins with.
fn type_of(address: &str) -> &str {
    address
        .split_once('.')
        .map_or(address, |(type_name, _)| type_name)
}

#[cfg(test)]
mod tests;
