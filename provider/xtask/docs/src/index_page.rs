//! The front page: the provider, its schema, and its environment variables.

use std::fmt::Write as _;

use terraform_provider_imp::{VARIABLES, Variable};

use super::examples::Examples;
use super::schemas::Schemas;
use super::{front_matter, schema_section};

/// What is said before the example.
const INTRODUCTION: &str = include_str!("introduction.md");

pub(super) fn page(schemas: &Schemas, examples: &Examples) -> anyhow::Result<String> {
    let description = schemas.provider.description.trim();
    let head = front_matter::of_the_index("imp Provider", description);
    let example = examples.fenced("provider/provider.tf", "terraform")?;
    let schema = schema_section::section(&schemas.provider)?;
    Ok(format!(
        "{head}# imp Provider\n\n{description}\n\n{}\n\n## Example Usage\n\n{example}\n{}\n{schema}",
        INTRODUCTION.trim(),
        variables()
    ))
}

/// The table of environment variables.
fn variables() -> String {
    let mut text = String::from(
        "## Environment Variables\n\nA variable fills in what the provider block leaves out, and never overrides it. \
         An empty one is one that is not set; one that cannot be read is an error that names it.\n\n\
         | Variable | Stands in for | Written as |\n|---|---|---|\n",
    );
    for Variable {
        name,
        attribute,
        form,
    } in VARIABLES
    {
        let _ = writeln!(text, "| `{name}` | `{attribute}` | {form} |");
    }
    text
}
