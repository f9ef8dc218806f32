//! The names of types on the pages, as the Registry writes them.

use anyhow::{Context as _, bail};
use serde_json::Value;

/// A type in Terraform's JSON notation as a page names it, such as "List of String".
pub(super) fn on_a_page(json: &[u8]) -> anyhow::Result<String> {
    name(&parse(json)?, &PAGE)
}

/// A type as a function's signature names it, such as "list of string".
pub(super) fn in_a_signature(json: &[u8]) -> anyhow::Result<String> {
    name(&parse(json)?, &SIGNATURE)
}

struct Words {
    string: &'static str,
    number: &'static str,
    boolean: &'static str,
    dynamic: &'static str,
    list: &'static str,
    set: &'static str,
    map: &'static str,
    object: &'static str,
}

const PAGE: Words = Words {
    string: "String",
    number: "Number",
    boolean: "Boolean",
    dynamic: "Dynamic",
    list: "List of ",
    set: "Set of ",
    map: "Map of ",
    object: "Object",
};

const SIGNATURE: Words = Words {
    string: "string",
    number: "number",
    boolean: "bool",
    dynamic: "dynamic",
    list: "list of ",
    set: "set of ",
    map: "map of ",
    object: "object",
};

fn parse(json: &[u8]) -> anyhow::Result<Value> {
    serde_json::from_slice(json).context("the schema has a type that is not JSON")
}

fn name(value: &Value, words: &Words) -> anyhow::Result<String> {
    let word = match value {
        Value::String(kind) => match kind.as_str() {
            "string" => words.string,
            "number" => words.number,
            "bool" => words.boolean,
            "dynamic" => words.dynamic,
            _ => bail!("{value} is a type that has no name yet"),
        },
        Value::Array(parts) => match parts.as_slice() {
            [Value::String(kind), element] => {
                let collection = match kind.as_str() {
                    "list" => words.list,
                    "set" => words.set,
                    "map" => words.map,
                    "object" => return Ok(words.object.to_owned()),
                    _ => bail!("{value} is a type that has no name yet"),
                };
                return Ok(format!("{collection}{}", name(element, words)?));
            }
            _ => bail!("{value} is a type that has no name yet"),
        },
        _ => bail!("{value} is a type that has no name yet"),
    };
    Ok(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_the_names_of_the_registry() {
        let on_a_page = |json: &str| on_a_page(json.as_bytes()).unwrap();
        assert_eq!(on_a_page(r#""bool""#), "Boolean");
        assert_eq!(on_a_page(r#"["list","string"]"#), "List of String");
        assert_eq!(
            on_a_page(r#"["map",["set","number"]]"#),
            "Map of Set of Number"
        );
        assert_eq!(on_a_page(r#"["object",{"a":"bool"}]"#), "Object");
        assert_eq!(
            in_a_signature(br#"["list","bool"]"#).unwrap(),
            "list of bool"
        );
    }

    #[test]
    fn an_unheard_of_type_is_an_error() {
        assert!(on_a_page(br#""capsule""#).is_err());
        assert!(on_a_page(br#"["tuple",["bool"]]"#).is_err());
    }
}
