//! Finding a part of a JSON value by the path Terraform writes: `routes["backup"].hops[0]`.

use serde_json::Value;

/// The part at a path; none if the path leaves the value.
pub fn lookup<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path)
        .into_iter()
        .try_fold(value, |value, step| child(value, &step))
}

/// Whether the part at a path, or anything around it, is marked `true` in a tree of marks such as a
/// plan's `after_unknown`.
pub(crate) fn is_marked(marks: &Value, path: &str) -> bool {
    let mut marks = marks;
    for step in steps(path) {
        if marks == &Value::Bool(true) {
            return true;
        }
        match child(marks, &step) {
            Some(part) => marks = part,
            None => return false,
        }
    }
    marks == &Value::Bool(true)
}

fn child<'a>(value: &'a Value, step: &str) -> Option<&'a Value> {
    match value {
        Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
        Value::Object(members) => members.get(step),
        _ => None,
    }
}

/// The names, keys and positions of a path.
fn steps(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some((step, after)) = rest
            .strip_prefix('[')
            .and_then(|inner| inner.split_once(']'))
        {
            steps.push(step.trim_matches('"').to_owned());
            rest = after;
        } else {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_attributes_keys_and_elements() {
        let value = json!({"routes": {"back.up": {"hops": ["a", "b"]}}});
        assert_eq!(
            lookup(&value, r#"routes["back.up"].hops[1]"#),
            Some(&json!("b"))
        );
        assert_eq!(lookup(&value, "routes.none"), None);
        assert_eq!(lookup(&value, r#"routes["back.up"].hops[2]"#), None);
        assert_eq!(lookup(&value, ""), Some(&value));
    }

    #[test]
    fn a_mark_covers_everything_inside() {
        let marks = json!({"id": true, "block": {"a": false}, "list": [false, true]});
        assert!(
            is_marked(&marks, "id") && is_marked(&marks, "id.part") && is_marked(&marks, "list[1]")
        );
        assert!(
            !is_marked(&marks, "block")
                && !is_marked(&marks, "block.a")
                && !is_marked(&marks, "other")
        );
    }
}
