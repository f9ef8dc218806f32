//! The pages of resources, data sources, list resources and actions, which differ little.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Context as _;
use tfplugin_protocol::tfplugin6::ResourceIdentitySchema;
use tfplugin_protocol::tfplugin6::schema::Block;

use super::examples::Examples;
use super::front_matter::front_matter;
use super::schemas::Schemas;
use super::{Pages, schema_section, types};

/// One kind of page.
struct Kind {
    /// The folder, under `docs/` as under `examples/`.
    folder: &'static str,
    /// As a heading names it.
    title: &'static str,
    /// The file of the example.
    example: &'static str,
    /// What is to be known about every page of the kind.
    note: &'static str,
}

const RESOURCE: Kind = Kind {
    folder: "resources",
    title: "Resource",
    example: "resource.tf",
    note: "",
};

const DATA_SOURCE: Kind = Kind {
    folder: "data-sources",
    title: "Data Source",
    example: "data-source.tf",
    note: "",
};

const LIST_RESOURCE: Kind = Kind {
    folder: "list-resources",
    title: "List Resource",
    example: "list-resource.tfquery.hcl",
    note: "For `terraform query`, which needs Terraform 1.14 or later. The query is written in a file whose name ends \
           in `.tfquery.hcl`.\n\n",
};

const ACTION: Kind = Kind {
    folder: "actions",
    title: "Action",
    example: "action.tf",
    note: "Actions need Terraform 1.14 or later.\n\n",
};

pub(super) fn pages(schemas: &Schemas, examples: &Examples) -> anyhow::Result<Pages> {
    let mut pages = Pages::new();
    for (kind, blocks) in [
        (&RESOURCE, &schemas.resources),
        (&DATA_SOURCE, &schemas.data_sources),
        (&LIST_RESOURCE, &schemas.list_resources),
        (&ACTION, &schemas.actions),
    ] {
        pages.extend(pages_of(kind, blocks, examples)?);
    }
    for (name, identity) in &schemas.identities {
        let page = pages
            .get_mut(&path(&RESOURCE, name))
            .with_context(|| format!("{name} has an identity, and is no resource"))?;
        page.push_str(&import(name, identity, examples)?);
    }
    Ok(pages)
}

fn pages_of(
    kind: &Kind,
    blocks: &BTreeMap<String, Block>,
    examples: &Examples,
) -> anyhow::Result<Pages> {
    blocks
        .iter()
        .map(|(name, block)| Ok((path(kind, name), page(kind, name, block, examples)?)))
        .collect()
}

/// The Registry wants names of pages without the name of the provider.
fn path(kind: &Kind, name: &str) -> String {
    let short = name.strip_prefix("imp_").unwrap_or(name);
    format!("{}/{short}.md", kind.folder)
}

fn page(kind: &Kind, name: &str, block: &Block, examples: &Examples) -> anyhow::Result<String> {
    let Kind {
        folder,
        title,
        example,
        note,
    } = kind;
    let head = front_matter(&format!("{name} {title} - imp"), &block.description);
    let example = examples.fenced(&format!("{folder}/{name}/{example}"), "terraform")?;
    let schema = schema_section::section(block)?;
    Ok(format!(
        "{head}# {name} ({title})\n\n{}\n\n{note}## Example Usage\n\n{example}\n{schema}",
        block.description.trim()
    ))
}

fn import(
    name: &str,
    identity: &ResourceIdentitySchema,
    examples: &Examples,
) -> anyhow::Result<String> {
    let example = |file, language| examples.fenced(&format!("resources/{name}/{file}"), language);
    let mut text = format!(
        "\n## Import\n\nBy an `import` block with an `id`, in Terraform 1.5 and later and in OpenTofu:\n\n{}\n\
         By an `import` block with an identity, in Terraform 1.12 and later:\n\n{}\n### Identity Schema\n",
        example("import-by-string-id.tf", "terraform")?,
        example("import-by-identity.tf", "terraform")?,
    );
    for (title, required) in [("Required", true), ("Optional", false)] {
        let mut lines = String::new();
        for attribute in &identity.identity_attributes {
            if attribute.required_for_import == required {
                let _ = writeln!(
                    lines,
                    "- `{}` ({}) {}",
                    attribute.name,
                    types::on_a_page(&attribute.r#type)?,
                    attribute.description
                );
            }
        }
        if !lines.is_empty() {
            let _ = write!(text, "\n#### {title}\n\n{lines}");
        }
    }
    let _ = write!(
        text,
        "\nBy the command line. A publisher's name may be left out of the id where the provider has only one:\n\n{}",
        example("import.sh", "shell")?
    );
    Ok(text)
}
