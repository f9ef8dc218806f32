//! Values in the Go syntax of core's messages: `cty.StringVal("x")`.

use std::collections::BTreeMap;
use std::fmt;

use super::{Type, Value};

/// A value that prints as core's messages print it.
pub struct Rendered<'a>(&'a Value, &'a Type);

/// Prints `value`, which is of type `ty`.
pub fn render<'a>(value: &'a Value, ty: &'a Type) -> Rendered<'a> {
    Rendered(value, ty)
}

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value, ty) = *self;
        match (value, ty) {
            (Value::Dynamic(typed), _) => render(&typed.1, &typed.0).fmt(out),
            (Value::Null, ty) => write!(out, "cty.NullVal({ty})"),
            (Value::Unknown(refinements), _) if !refinements.is_empty() => {
                let not_null = if refinements.not_null {
                    ".NotNull()"
                } else {
                    ""
                };
                write!(out, "cty.UnknownVal({ty}).Refine(){not_null}.NewValue()")
            }
            (Value::Unknown(_), Type::Dynamic) => out.write_str("cty.DynamicVal"),
            (Value::Unknown(_), ty) => write!(out, "cty.UnknownVal({ty})"),
            (Value::String(text), _) => write!(out, "cty.StringVal({text:?})"),
            (Value::Bool(true), _) => out.write_str("cty.True"),
            (Value::Bool(false), _) => out.write_str("cty.False"),
            (Value::Number(number), _) => match number.to_i64() {
                Some(number) => write!(out, "cty.NumberIntVal({number})"),
                None => write!(out, "cty.MustParseNumberVal(\"{number}\")"),
            },
            (Value::List(elements), Type::List(ty)) => {
                sequence(out, "List", elements, |_| ty, Some(ty))
            }
            (Value::Set(elements), Type::Set(ty)) => {
                sequence(out, "Set", elements.as_slice(), |_| ty, Some(ty))
            }
            (Value::Tuple(elements), Type::Tuple(types)) => sequence(
                out,
                "Tuple",
                elements,
                |index| types.get(index).unwrap_or(&Type::Dynamic),
                None,
            ),
            (Value::Map(entries), Type::Map(ty)) => by_name(out, "Map", entries, |_| ty, Some(ty)),
            (Value::Object(entries), Type::Object(types)) => by_name(
                out,
                "Object",
                entries,
                |name| types.get(name).unwrap_or(&Type::Dynamic),
                None,
            ),
            (mistyped, _) => write!(out, "{mistyped:?}"),
        }
    }
}

fn sequence<'a>(
    out: &mut fmt::Formatter<'_>,
    kind: &str,
    elements: &[Value],
    type_of: impl Fn(usize) -> &'a Type,
    element: Option<&Type>,
) -> fmt::Result {
    match element {
        Some(ty) if elements.is_empty() => return write!(out, "cty.{kind}ValEmpty({ty})"),
        None if elements.is_empty() => return write!(out, "cty.Empty{kind}Val"),
        _ => write!(out, "cty.{kind}Val([]cty.Value{{")?,
    }
    for (index, value) in elements.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(out, "{separator}{}", render(value, type_of(index)))?;
    }
    out.write_str("})")
}

fn by_name<'a>(
    out: &mut fmt::Formatter<'_>,
    kind: &str,
    entries: &BTreeMap<String, Value>,
    type_of: impl Fn(&str) -> &'a Type,
    element: Option<&Type>,
) -> fmt::Result {
    match element {
        Some(ty) if entries.is_empty() => return write!(out, "cty.{kind}ValEmpty({ty})"),
        None if entries.is_empty() => return write!(out, "cty.Empty{kind}Val"),
        _ => write!(out, "cty.{kind}Val(map[string]cty.Value{{")?,
    }
    for (position, (name, value)) in entries.iter().enumerate() {
        let separator = if position == 0 { "" } else { ", " };
        write!(out, "{separator}{name:?}:{}", render(value, type_of(name)))?;
    }
    out.write_str("})")
}
