//! An expression as plan JSON has it.

use serde_json::Value;

/// What is known of an expression.
#[derive(Debug, PartialEq)]
pub(super) enum Expression<'a> {
    /// It is a literal, or made of literals alone.
    Constant,
    /// It refers to these. Plan JSON names a reference in full and by each of its beginnings.
    References(Vec<&'a str>),
}

impl<'a> Expression<'a> {
    /// Reads an expression, or a block of some.
    pub(super) fn of(json: &'a Value) -> Self {
        let mut references = Vec::new();
        collect(json, &mut references);
        if references.is_empty() {
            Self::Constant
        } else {
            Self::References(longest(references))
        }
    }
}

/// Every reference in an expression, or in the expressions of a block.
fn collect<'a>(json: &'a Value, references: &mut Vec<&'a str>) {
    match json {
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    // A constant may be an object that has a member with any name.
                    ("constant_value", _) => {}
                    ("references", Value::Array(texts)) => {
                        references.extend(texts.iter().filter_map(Value::as_str));
                    }
                    _ => collect(member, references),
                }
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| collect(part, references)),
        _ => {}
    }
}

/// Without those that are the beginning of the one before them: `a.b.c` is followed by `a.b`.
fn longest(references: Vec<&str>) -> Vec<&str> {
    let mut longest: Vec<&str> = Vec::with_capacity(references.len());
    for reference in references {
        let is_beginning = longest.last().is_some_and(|last| {
            last.strip_prefix(reference)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        });
        if !is_beginning {
            longest.push(reference);
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_taken_once_and_in_full() {
        let json = json!({ "references": [
            "imp_sip_federation_domain.a[0].domain_name", "imp_sip_federation_domain.a[0]",
            "imp_sip_federation_domain.a", "var.ab", "var.a",
        ] });
        assert_eq!(
            Expression::of(&json),
            Expression::References(vec![
                "imp_sip_federation_domain.a[0].domain_name",
                "var.ab",
                "var.a"
            ])
        );
    }

    #[test]
    fn a_constant_refers_to_nothing_whatever_its_members_are_called() {
        let json = json!({ "constant_value": { "references": ["var.a"] } });
        assert_eq!(Expression::of(&json), Expression::Constant);
        assert_eq!(Expression::of(&json!({})), Expression::Constant);
    }

    #[test]
    fn blocks_are_looked_into() {
        let json = json!([{ "address": { "references": ["var.a"] } }]);
        assert_eq!(Expression::of(&json), Expression::References(vec!["var.a"]));
    }
}
