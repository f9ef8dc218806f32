//! Dropping stored attributes the current schema no longer has, as core does before an upgrade call
//! of the same version.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::value::Type;

/// The JSON without attributes the type lacks; anything of another shape is left to the provider.
pub(super) fn removed_attributes(json: &str, ty: &Type) -> String {
    strip(json, ty).unwrap_or_else(|| json.to_owned())
}

fn strip(json: &str, ty: &Type) -> Option<String> {
    let kept: Vec<String> = match ty {
        Type::Object(types) => {
            let entries: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).ok()?;
            let kept = entries.iter().filter_map(|(name, value)| {
                let value = removed_attributes(value.get(), types.get(name)?);
                Some(format!(
                    "{}:{value}",
                    serde_json::Value::from(name.as_str())
                ))
            });
            return Some(format!("{{{}}}", kept.collect::<Vec<_>>().join(",")));
        }
        Type::Map(element) => {
            let entries: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).ok()?;
            let kept = entries.iter().map(|(key, value)| {
                let value = removed_attributes(value.get(), element);
                format!("{}:{value}", serde_json::Value::from(key.as_str()))
            });
            return Some(format!("{{{}}}", kept.collect::<Vec<_>>().join(",")));
        }
        Type::List(element) | Type::Set(element) => {
            let elements: Vec<Box<RawValue>> = serde_json::from_str(json).ok()?;
            elements
                .iter()
                .map(|value| removed_attributes(value.get(), element))
                .collect()
        }
        _ => return None,
    };
    Some(format!("[{}]", kept.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_attributes_of_the_schema_remain() {
        let inner = Type::object([("a", Type::Number)]);
        let ty = Type::object([
            ("l", Type::list(inner.clone())),
            ("m", Type::map(inner)),
            ("n", Type::String),
        ]);
        let json = r#"{"gone":1,"l":[{"a":0.10,"b":2}],"m":{"k":{"b":1}},"n":null}"#;
        let expected = r#"{"l":[{"a":0.10}],"m":{"k":{}},"n":null}"#;
        assert_eq!(removed_attributes(json, &ty), expected);
        assert_eq!(
            removed_attributes("7", &ty),
            "7",
            "another shape is the provider's to judge"
        );
    }
}
