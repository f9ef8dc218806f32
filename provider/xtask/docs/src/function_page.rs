//! The pages of functions.

use std::fmt::Write as _;

use anyhow::Context as _;
use tfplugin_protocol::tfplugin6::Function;

use super::examples::Examples;
use super::front_matter::front_matter;
use super::schemas::Schemas;
use super::{Pages, types};

pub(super) fn pages(schemas: &Schemas, examples: &Examples) -> anyhow::Result<Pages> {
    schemas
        .functions
        .iter()
        .map(|(name, function)| {
            Ok((
                format!("functions/{name}.md"),
                page(name, function, examples)?,
            ))
        })
        .collect()
}

fn page(name: &str, function: &Function, examples: &Examples) -> anyhow::Result<String> {
    let head = front_matter(&format!("{name} function - imp"), &function.summary);
    let example = examples.fenced(&format!("functions/{name}/function.tf"), "terraform")?;
    let mut parameters = Vec::new();
    let mut arguments = String::new();
    for (index, parameter) in function.parameters.iter().enumerate() {
        let kind = types::in_a_signature(&parameter.r#type)?;
        parameters.push(format!("{} {kind}", parameter.name));
        let _ = writeln!(
            arguments,
            "{}. `{}` ({}) {}",
            index + 1,
            parameter.name,
            types::on_a_page(&parameter.r#type)?,
            parameter.description
        );
    }
    if let Some(parameter) = &function.variadic_parameter {
        let kind = types::in_a_signature(&parameter.r#type)?;
        parameters.push(format!("{} {kind}...", parameter.name));
        let _ = writeln!(
            arguments,
            "{}. `{}` (Variadic, {}) {}",
            function.parameters.len() + 1,
            parameter.name,
            types::on_a_page(&parameter.r#type)?,
            parameter.description
        );
    }
    let result = function
        .r#return
        .as_ref()
        .with_context(|| format!("the function {name} returns nothing"))?;
    Ok(format!(
        "{head}# function: {name}\n\n{}\n\nNeeds Terraform 1.8 or later, or OpenTofu 1.7 or later, and no publisher.\
         \n\n## Example Usage\n\n{example}\n## Signature\n\n```text\n{name}({}) {}\n```\n\n## Arguments\n\n{arguments}",
        function.description.trim(),
        parameters.join(", "),
        types::in_a_signature(&result.r#type)?
    ))
}
