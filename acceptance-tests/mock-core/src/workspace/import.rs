//! `terraform import`, `moved` across resource types and `-generate-config-out`.

use super::{Workspace, type_of};
use crate::core::Phase;
use crate::diagnostic::Diagnostic;
use crate::instance::{ImportTarget, Instance, MoveSource};
use crate::report::{Failure, Report};
use crate::state::{Object, StoredObject};
use crate::value::Value;

impl Workspace {
    /// `terraform import`: takes an existing object into the state.
    pub async fn import(
        &mut self,
        address: &str,
        target: impl Into<ImportTarget>,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut report = Report::about(address);
        if self.state.resources.contains_key(address) {
            report.refuse("Resource already managed by Terraform");
        } else if let Some(instance) = self.instance(address, &mut report) {
            let object = instance.import(&target.into(), &mut report).await;
            self.adopt(&instance, object, &mut report);
        }
        Ok(report.finish(())?.1)
    }

    /// A `moved` block across resource types: the provider turns the other object into this one.
    pub async fn move_here(
        &mut self,
        address: &str,
        source: MoveSource,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut report = Report::about(address);
        if let Some(instance) = self.instance(address, &mut report) {
            let object = instance.move_here(&source, &mut report).await;
            self.adopt(&instance, object, &mut report);
        }
        Ok(report.finish(())?.1)
    }

    /// The configuration the provider generates for a stored object, as `import` blocks and
    /// `terraform query` write it to a file.
    pub async fn generate_config(&self, address: &str) -> Result<Value, Failure> {
        let mut report = Report::about(address);
        let mut config = None;
        if let Some(instance) = self.instance(address, &mut report) {
            let state = match self.state.resources.get(address) {
                Some(stored) => instance.load(stored, &mut report).await.map(|it| it.value),
                None => Some(Value::Null),
            };
            if let Some(state) = state {
                config = instance.generate_config(&state, &mut report).await;
            }
        }
        Ok(report.finish(config.unwrap_or(Value::Null))?.0)
    }

    /// The stored object, read through the provider's upgrade but not refreshed.
    pub async fn object(&self, address: &str) -> Result<Option<Object>, Failure> {
        let mut report = Report::about(address);
        let mut object = None;
        if let Some(stored) = self.state.resources.get(address)
            && let Some(instance) = self.instance(address, &mut report)
        {
            object = instance.load(stored, &mut report).await;
        }
        Ok(report.finish(object)?.0)
    }

    fn instance(&self, address: &str, report: &mut Report) -> Option<Instance> {
        Instance::new(
            &self.core.in_phase(Phase::Plan),
            address,
            type_of(address),
            report,
        )
    }

    fn adopt(&mut self, instance: &Instance, object: Option<Object>, report: &mut Report) {
        let Some(object) = object.filter(|_| !report.has_problems()) else {
            return;
        };
        match StoredObject::new(&instance.type_name, &instance.schema, &object, Vec::new()) {
            Ok(stored) => {
                self.state
                    .resources
                    .insert(instance.address.clone(), stored);
            }
            Err(problem) => report.refuse(format!("the object cannot be stored: {problem}")),
        }
    }
}
