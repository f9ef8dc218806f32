//! What has no description. A page must not have gaps, so that nothing is generated where this finds any.

use tfplugin_protocol::tfplugin6::schema::{Attribute, Block};

use super::schemas::Schemas;

/// The path of each thing that has no description.
pub(super) fn descriptions(schemas: &Schemas) -> Vec<String> {
    let mut missing = Vec::new();
    check_block("provider", &schemas.provider, &mut missing);
    for (kind, blocks) in [
        ("resource", &schemas.resources),
        ("data", &schemas.data_sources),
        ("list", &schemas.list_resources),
        ("action", &schemas.actions),
    ] {
        for (name, block) in blocks {
            check_block(&format!("{kind}.{name}"), block, &mut missing);
        }
    }
    for (name, function) in &schemas.functions {
        let path = format!("function.{name}");
        note(path.clone(), &function.summary, &mut missing);
        note(path.clone(), &function.description, &mut missing);
        for parameter in function
            .parameters
            .iter()
            .chain(&function.variadic_parameter)
        {
            note(
                format!("{path}.{}", parameter.name),
                &parameter.description,
                &mut missing,
            );
        }
    }
    for (name, identity) in &schemas.identities {
        for attribute in &identity.identity_attributes {
            note(
                format!("identity.{name}.{}", attribute.name),
                &attribute.description,
                &mut missing,
            );
        }
    }
    missing
}

/// How a description says which field of Cisco's administration pages an attribute is.
const FIELD: &str = "in the administration page";

/// What Cisco's administration pages have no field for.
const WITHOUT_FIELD: [&str; 6] = [
    "id",
    "pkid",
    "publisher",
    // The administration page has the destination pattern alone.
    "domain",
    "force_destroy",
    "timeouts",
];

/// The path of each attribute of a resource whose field in the administration pages is not told.
pub(super) fn fields(schemas: &Schemas) -> Vec<String> {
    let resources = schemas.resources.iter();
    let attributes = resources.flat_map(|(resource, block)| {
        let attributes = block.attributes.iter();
        attributes.map(move |attribute| (resource, attribute))
    });
    attributes
        .filter(|(_, attribute)| !WITHOUT_FIELD.contains(&attribute.name.as_str()))
        .filter(|(_, attribute)| !attribute.description.contains(FIELD))
        .map(|(resource, attribute)| format!("resource.{resource}.{}", attribute.name))
        .collect()
}

fn check_block(path: &str, block: &Block, missing: &mut Vec<String>) {
    note(path.to_owned(), &block.description, missing);
    check_attributes(path, &block.attributes, missing);
    for nested in &block.block_types {
        if let Some(block) = &nested.block {
            check_block(&format!("{path}.{}", nested.type_name), block, missing);
        }
    }
}

fn check_attributes(path: &str, attributes: &[Attribute], missing: &mut Vec<String>) {
    for attribute in attributes {
        let path = format!("{path}.{}", attribute.name);
        if let Some(nested) = &attribute.nested_type {
            check_attributes(&path, &nested.attributes, missing);
        }
        note(path, &attribute.description, missing);
    }
}

fn note(path: String, description: &str, missing: &mut Vec<String>) {
    if description.trim().is_empty() {
        missing.push(path);
    }
}

#[cfg(test)]
mod tests {
    use tfplugin_protocol::tfplugin6::schema::Object;

    use super::*;

    #[test]
    fn what_is_nested_is_checked_too() {
        let attribute = |name: &str, description: &str| Attribute {
            name: name.to_owned(),
            description: description.to_owned(),
            ..Attribute::default()
        };
        let outer = Attribute {
            nested_type: Some(Object {
                attributes: vec![attribute("said", "Yes."), attribute("unsaid", " ")],
                ..Object::default()
            }),
            ..attribute("outer", "Something.")
        };
        let block = Block {
            attributes: vec![outer],
            ..Block::default()
        };
        let mut missing = Vec::new();
        check_block("resource.imp_x", &block, &mut missing);
        assert_eq!(missing, ["resource.imp_x", "resource.imp_x.outer.unsaid"]);
    }
}
