//! The section *Schema* of a page: required, optional and read-only attributes, and those nested in them.

use std::fmt::Write as _;

use tfplugin_protocol::tfplugin6::schema::nested_block::NestingMode as BlockNesting;
use tfplugin_protocol::tfplugin6::schema::object::NestingMode;
use tfplugin_protocol::tfplugin6::schema::{Attribute, Block, NestedBlock};

use super::types;

/// The section with its heading.
pub(super) fn section(block: &Block) -> anyhow::Result<String> {
    let mut text = String::from("## Schema\n");
    write_members(&mut text, &Members::of(block), &[], "### ")?;
    Ok(text)
}

/// The attributes and blocks of one level.
struct Members<'a> {
    attributes: &'a [Attribute],
    blocks: &'a [NestedBlock],
}

/// A level below, which gets a section and an anchor of its own.
struct Below<'a> {
    /// `att` or `block`.
    kind: &'static str,
    path: Vec<&'a str>,
    members: Members<'a>,
}

impl<'a> Members<'a> {
    fn of(block: &'a Block) -> Self {
        Self {
            attributes: &block.attributes,
            blocks: &block.block_types,
        }
    }
}

impl Below<'_> {
    fn anchor(&self) -> String {
        format!("nested{}--{}", self.kind, self.path.join("--"))
    }
}

fn write_members<'a>(
    text: &mut String,
    members: &Members<'a>,
    path: &[&'a str],
    heading: &str,
) -> anyhow::Result<()> {
    let mut below = Vec::new();
    for (title, belongs) in [
        ("Required", is_required as fn(&Attribute) -> bool),
        ("Optional", is_optional),
        ("Read-Only", is_read_only),
    ] {
        let mut lines = Vec::new();
        for attribute in members
            .attributes
            .iter()
            .filter(|attribute| belongs(attribute))
        {
            lines.push(line(attribute, path, &mut below)?);
        }
        for block in members
            .blocks
            .iter()
            .filter(|block| (title == "Required") == (block.min_items > 0))
        {
            if title != "Read-Only" {
                lines.push(block_line(block, path, &mut below));
            }
        }
        if !lines.is_empty() {
            // The blank line before `Required:` belongs to the level, not to the anchor above it.
            let colon = if heading.is_empty() { ":" } else { "" };
            let _ = write!(text, "\n{heading}{title}{colon}\n\n{}\n", lines.join("\n"));
        }
    }
    for level in below {
        let _ = write!(
            text,
            "\n<a id=\"{}\"></a>\n### Nested Schema for `{}`\n",
            level.anchor(),
            level.path.join(".")
        );
        write_members(text, &level.members, &level.path, "")?;
    }
    Ok(())
}

fn is_required(attribute: &Attribute) -> bool {
    attribute.required
}

fn is_optional(attribute: &Attribute) -> bool {
    attribute.optional
}

fn is_read_only(attribute: &Attribute) -> bool {
    attribute.computed && !attribute.optional && !attribute.required
}

fn line<'a>(
    attribute: &'a Attribute,
    path: &[&'a str],
    below: &mut Vec<Below<'a>>,
) -> anyhow::Result<String> {
    let (kind, see) = match &attribute.nested_type {
        None => (types::on_a_page(&attribute.r#type)?, String::new()),
        Some(nested) => {
            let level = Below {
                kind: "att",
                path: [path, &[attribute.name.as_str()]].concat(),
                members: Members {
                    attributes: &nested.attributes,
                    blocks: &[],
                },
            };
            let see = see(&level);
            below.push(level);
            let kind = match nested.nesting() {
                NestingMode::List => "Attributes List",
                NestingMode::Set => "Attributes Set",
                NestingMode::Map => "Attributes Map",
                NestingMode::Single | NestingMode::Invalid => "Attributes",
            };
            (kind.to_owned(), see)
        }
    };
    let marks = [
        (attribute.sensitive, ", Sensitive"),
        (attribute.write_only, ", Write-only"),
        (attribute.deprecated, ", Deprecated"),
    ];
    let marks: String = marks
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, mark)| *mark)
        .collect();
    Ok(format!(
        "- `{}` ({kind}{marks}) {}{see}",
        attribute.name,
        in_one_line(&attribute.description)
    ))
}

fn block_line<'a>(block: &'a NestedBlock, path: &[&'a str], below: &mut Vec<Below<'a>>) -> String {
    let Some(content) = &block.block else {
        return format!("- `{}` (Block)", block.type_name);
    };
    let level = Below {
        kind: "block",
        path: [path, &[block.type_name.as_str()]].concat(),
        members: Members::of(content),
    };
    let kind = match block.nesting() {
        BlockNesting::List => "Block List",
        BlockNesting::Set => "Block Set",
        BlockNesting::Map => "Block Map",
        BlockNesting::Single | BlockNesting::Group | BlockNesting::Invalid => "Block",
    };
    let text = format!(
        "- `{}` ({kind}) {}{}",
        block.type_name,
        in_one_line(&content.description),
        see(&level)
    );
    below.push(level);
    text
}

fn see(level: &Below<'_>) -> String {
    format!(" (see [below for nested schema](#{}))", level.anchor())
}

/// A list entry is one line, whatever the description looks like.
fn in_one_line(description: &str) -> String {
    description.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use tfplugin_protocol::tfplugin6::schema::Object;

    use super::*;

    fn attribute(name: &str) -> Attribute {
        Attribute {
            name: name.to_owned(),
            r#type: br#""string""#.as_slice().into(),
            description: format!("The {name}."),
            ..Attribute::default()
        }
    }

    #[test]
    fn attributes_are_sorted_into_parts_and_nested_ones_have_anchors() {
        let name = Attribute {
            required: true,
            ..attribute("name")
        };
        let secret = Attribute {
            optional: true,
            sensitive: true,
            ..attribute("secret")
        };
        let state = Attribute {
            computed: true,
            ..attribute("state")
        };
        let nodes = Attribute {
            computed: true,
            nested_type: Some(Object {
                nesting: NestingMode::List.into(),
                attributes: vec![state.clone()],
                ..Object::default()
            }),
            ..attribute("nodes")
        };
        let block = Block {
            attributes: vec![name, nodes, secret, state],
            ..Block::default()
        };
        assert_eq!(
            section(&block).unwrap(),
            "## Schema\n\n### Required\n\n- `name` (String) The name.\n\n### Optional\n\n- `secret` (String, \
             Sensitive) The secret.\n\n### Read-Only\n\n- `nodes` (Attributes List) The nodes. (see [below for \
             nested schema](#nestedatt--nodes))\n- `state` (String) The state.\n\n<a id=\"nestedatt--nodes\"></a>\n\
             ### Nested Schema for `nodes`\n\nRead-Only:\n\n- `state` (String) The state.\n"
        );
    }
}
