//! Actions: done when asked, without any state.

use tfplugin_protocol::tfplugin6::invoke_action::event::Type as EventType;
use tfplugin_protocol::tfplugin6::{
    DynamicValue, deferred, invoke_action, plan_action, validate_action_config,
};

use crate::config::Input;
use crate::core::{Core, Phase};
use crate::diagnostic::Diagnostic;
use crate::problem::Rule;
use crate::report::{Failure, Report};

impl Core {
    /// Validates and plans an action; its configuration may hold unknown values.
    pub async fn plan_action(
        &self,
        type_name: &str,
        input: &Input,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut report = Report::about(&format!("action.{type_name}"));
        self.try_plan_action(type_name, input, &mut report).await;
        Ok(report.finish(())?.1)
    }

    /// Plans and invokes an action; returns its progress messages and its warnings.
    pub async fn invoke_action(
        &self,
        type_name: &str,
        input: &Input,
    ) -> Result<(Vec<String>, Vec<Diagnostic>), Failure> {
        let mut report = Report::about(&format!("action.{type_name}"));
        let mut progress = Vec::new();
        if let Some(config) = self.try_plan_action(type_name, input, &mut report).await {
            self.try_invoke(type_name, config, &mut progress, &mut report)
                .await;
        }
        report.finish(progress)
    }

    async fn try_plan_action(
        &self,
        type_name: &str,
        input: &Input,
        report: &mut Report,
    ) -> Option<DynamicValue> {
        let (_, _, config) =
            Self::prepare("action", &self.schemas().actions, type_name, input, report)?;
        let request = validate_action_config::Request {
            action_type: type_name.to_owned(),
            config: Some(config.clone()),
        };
        let answer = self.client().validate_action_config(request).await;
        let answer = report.answer("ValidateActionConfig", answer)?;
        report.absorb(&answer.diagnostics);
        if report.has_problems() {
            return None;
        }
        let request = plan_action::Request {
            action_type: type_name.to_owned(),
            config: Some(config.clone()),
            client_capabilities: self.in_phase(Phase::Plan).client_capabilities(),
        };
        let answer = self.client().plan_action(request).await;
        let answer = report.answer("PlanAction", answer)?;
        report.absorb(&answer.diagnostics);
        if let Some(deferral) = &answer.deferred {
            let detail = match deferral.reason() {
                deferred::Reason::ProviderConfigUnknown => "while planning an action",
                _ => "for a reason actions do not have",
            };
            report.violation(Rule::UnexpectedDeferral, detail);
        }
        (!report.has_problems()).then_some(config)
    }

    async fn try_invoke(
        &self,
        type_name: &str,
        config: DynamicValue,
        progress: &mut Vec<String>,
        report: &mut Report,
    ) -> Option<()> {
        let request = invoke_action::Request {
            action_type: type_name.to_owned(),
            config: Some(config),
            client_capabilities: self.in_phase(Phase::Apply).client_capabilities(),
        };
        let answer = self.client().invoke_action(request).await;
        let mut events = report.answer("InvokeAction", answer)?;
        let mut completed = 0;
        loop {
            let event = match events.message().await {
                Ok(Some(event)) => event,
                Ok(None) => break,
                Err(status) => return report.answer("InvokeAction", Err(status)),
            };
            match event.r#type {
                Some(EventType::Progress(_)) if completed > 0 => {
                    report.violation(Rule::InvalidActionEvents, "progress after completion");
                }
                Some(EventType::Progress(event)) => progress.push(event.message),
                Some(EventType::Completed(event)) => {
                    completed += 1;
                    report.absorb(&event.diagnostics);
                }
                None => report.violation(
                    Rule::InvalidActionEvents,
                    "an empty event would make Terraform panic",
                ),
            }
        }
        if completed != 1 {
            let detail = format!("{completed} completed events instead of one");
            report.violation(Rule::InvalidActionEvents, detail);
        }
        Some(())
    }
}
