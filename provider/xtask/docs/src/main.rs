//! `cargo xtask docs`: writes the reference pages in `docs/` from the provider's own schemas and from `examples/`.
//!
//! Pages and examples lie and look as the Terraform Registry expects. The guides in `docs/guides/` are written by
//! hand, but for the pages of the rules; everything else under `docs/` belongs to this task, and `--check` fails when
//! it is not what would be written.

mod examples;
mod files;
mod front_matter;
mod function_page;
mod index_page;
mod interface;
mod missing;
mod resource_pages;
mod rule_pages;
mod schema_section;
mod schemas;
mod types;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Parser;

use examples::Examples;
use interface::Interface;
use schemas::Schemas;

#[derive(Parser)]
#[command(
    name = "cargo xtask docs",
    about = "Write the reference pages in docs/ from the schemas and the examples."
)]
struct Arguments {
    /// Write nothing; fail when a page differs from what would be generated.
    #[arg(long)]
    check: bool,
    /// Also keep the interface, the names, types and modes of everything, as that of a release. From then on a change
    /// that breaks a configuration has to be announced.
    #[arg(long, conflicts_with = "check")]
    release: bool,
}

/// The text of each page, by its path under `docs/`.
type Pages = BTreeMap<String, String>;

fn main() -> anyhow::Result<()> {
    run(&Arguments::parse())
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let root = root()?;
    let schemas = Schemas::of_the_provider()?;
    let interface = Interface::of(&schemas)?;
    if arguments.release {
        interface.keep(&root)?;
    } else {
        interface.check(&root)?;
    }
    let pages = pages(&schemas, &Examples::new(&root))?;
    let target = root.join("docs");
    if arguments.check {
        files::check(&target, &pages)
    } else {
        files::write(&target, &pages)
    }
}

fn pages(schemas: &Schemas, examples: &Examples) -> anyhow::Result<Pages> {
    let missing = missing::descriptions(schemas);
    if !missing.is_empty() {
        bail!(
            "These have no description:\n  {}\nWrite one with `describe` in the schema.",
            missing.join("\n  ")
        );
    }
    let missing = missing::fields(schemas);
    if !missing.is_empty() {
        bail!(
            "These do not tell their field in the administration pages:\n  {}\nWrite `*FIELD* in the administration \
             page.` into the description.",
            missing.join("\n  ")
        );
    }
    let mut pages = Pages::from([("index.md".to_owned(), index_page::page(schemas, examples)?)]);
    pages.extend(resource_pages::pages(schemas, examples)?);
    pages.extend(function_page::pages(schemas, examples)?);
    pages.extend(rule_pages::pages());
    Ok(pages)
}

/// The repository's root.
fn root() -> anyhow::Result<PathBuf> {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.."))
        .canonicalize()
        .context("the checkout that this was built in is gone; run `cargo xtask docs` in another")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_description_no_page_is_made() {
        let mut schemas = Schemas::of_the_provider().unwrap();
        let route = schemas.resources.get_mut("imp_static_route").unwrap();
        let weight = route
            .attributes
            .iter_mut()
            .find(|attribute| attribute.name == "weight")
            .unwrap();
        weight.description = "A number.".to_owned();
        let examples = Examples::new(&root().unwrap());
        let failure = pages(&schemas, &examples).unwrap_err().to_string();
        assert!(
            failure.contains("resource.imp_static_route.weight")
                && failure.contains("administration page"),
            "{failure}"
        );

        schemas.functions.get_mut("domain_name").unwrap().summary = String::new();
        let failure = pages(&schemas, &examples).unwrap_err().to_string();
        assert!(
            failure.contains("function.domain_name") && failure.contains("describe"),
            "{failure}"
        );
    }

    /// The pages say what the provider has, so that this fails where one of the two was changed alone.
    #[test]
    fn the_pages_are_up_to_date() {
        run(&Arguments {
            check: true,
            release: false,
        })
        .unwrap();
    }
}
