//! Having the provider write the configuration of an object: `-generate-config-out`.

use tfplugin_protocol::tfplugin6::generate_resource_config;

use super::Instance;
use crate::problem::Rule;
use crate::report::Report;
use crate::value::Value;

impl Instance {
    /// The configuration the provider suggests for a state; the state may be null.
    pub(crate) async fn generate_config(
        &self,
        state: &Value,
        report: &mut Report,
    ) -> Option<Value> {
        let declared = self.core.schemas().capabilities.generate_resource_config;
        if !declared || !self.core.version().has_lists_and_actions() {
            report.refuse("the provider does not generate configurations for this core");
            return None;
        }
        let before = report.problems.len();
        let request = generate_resource_config::Request {
            type_name: self.type_name.clone(),
            state: self.wire(state, report),
        };
        let answer = self.core.client().generate_resource_config(request).await;
        let answer = report.answer("GenerateResourceConfig", answer)?;
        report.absorb(&answer.diagnostics);
        let config = self.value(answer.config.as_ref(), "while generating", report)?;
        let broken = if config.is_null() {
            Some("is null".to_owned())
        } else if !config.is_wholly_known() {
            Some("contains unknown values".to_owned())
        } else {
            let block = &self.schema.schema.block;
            let set = block.attributes.iter().find(|(name, attribute)| {
                attribute.computed && !attribute.optional && !config.attribute(name).is_null()
            });
            set.map(|(name, _)| format!("sets the read-only attribute {name:?}"))
        };
        if let Some(problem) = broken {
            report.violation(
                Rule::InvalidGeneratedConfig,
                format!("the configuration generated for {} {problem}", self.address),
            );
        }
        (report.problems.len() == before).then_some(config)
    }
}
