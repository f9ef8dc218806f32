//! Changes that plan modifiers took back: what followed from them is then no change either.

use tfplugin_values::Value;

/// What would be planned if nothing had become unknown in consequence of a change: wherever `planned` is unknown,
/// what it was `before`.
pub(super) fn without_consequences(planned: &Value, before: &Value) -> Value {
    match (planned, before) {
        (Value::Unknown(_), before) => before.clone(),
        (Value::List(planned), Value::List(before)) => Value::List(each(planned, before)),
        (Value::Set(planned), Value::Set(before)) => Value::Set(each(planned, before)),
        (Value::Map(planned), Value::Map(before)) => Value::Map(
            planned
                .iter()
                .map(|(key, value)| (key.clone(), part(value, before.get(key))))
                .collect(),
        ),
        (Value::Object(planned), Value::Object(before)) => Value::Object(
            planned
                .iter()
                .map(|(name, value)| (name.clone(), part(value, before.get(name))))
                .collect(),
        ),
        (planned, _) => planned.clone(),
    }
}

/// Marking leaves elements where they are, those of sets included.
fn each(planned: &[Value], before: &[Value]) -> Vec<Value> {
    planned
        .iter()
        .enumerate()
        .map(|(index, value)| part(value, before.get(index)))
        .collect()
}

fn part(planned: &Value, before: Option<&Value>) -> Value {
    match before {
        Some(before) => without_consequences(planned, before),
        None => planned.clone(),
    }
}
