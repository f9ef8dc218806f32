//! Evaluating a configuration against a schema: what core checks before a provider sees anything.

use std::collections::BTreeMap;

use super::convert::convert;
use super::input::Input;
use crate::schema::{
    Attribute, AttributeKind, Block, BlockNesting, NestedBlock, NestedObject, ObjectNesting,
};
use crate::value::{Path, PathError, Value};

/// Finds what a reference stands for.
pub type Resolve<'a> = dyn Fn(&str, &Path, &Path) -> Result<Input, PathError> + 'a;

/// The configured object, complete with nulls and empty blocks, or everything wrong with it.
pub fn evaluate(
    block: &Block,
    input: &Input,
    resolve: &Resolve<'_>,
) -> Result<Value, Vec<PathError>> {
    let mut problems = Vec::new();
    let value = evaluate_block(block, input, &Path::root(), resolve, &mut problems);
    if problems.is_empty() {
        Ok(value)
    } else {
        Err(problems)
    }
}

fn evaluate_block(
    block: &Block,
    input: &Input,
    path: &Path,
    resolve: &Resolve<'_>,
    problems: &mut Vec<PathError>,
) -> Value {
    let Input::Object(arguments) = input else {
        problems.push(PathError::new(path, "a block is written as an object"));
        return Value::Null;
    };
    for name in arguments.keys() {
        if !block.attributes.contains_key(name) && !block.blocks.contains_key(name) {
            let message =
                format!("Unsupported argument: an argument named {name:?} is not expected here");
            problems.push(PathError::new(path, message));
        }
    }
    let mut values = BTreeMap::new();
    for (name, attribute) in &block.attributes {
        let argument = arguments.get(name).unwrap_or(&Input::Null);
        let path = path.attribute(name);
        let value = note(
            evaluate_attribute(attribute, argument, &path, resolve),
            problems,
        );
        if attribute.required && value.is_null() && !problems.iter().any(|it| it.path == path) {
            let message = format!("Missing required argument: the argument {name:?} is required");
            problems.push(PathError::new(&path, message));
        }
        values.insert(name.clone(), value);
    }
    for (name, nested) in &block.blocks {
        let value = match arguments.get(name) {
            Some(argument) => {
                evaluate_nested_block(nested, argument, &path.attribute(name), resolve, problems)
            }
            None => nested.empty_value(),
        };
        check_count(nested, &value, &path.attribute(name), problems);
        values.insert(name.clone(), value);
    }
    Value::Object(values)
}

fn evaluate_nested_block(
    nested: &NestedBlock,
    input: &Input,
    path: &Path,
    resolve: &Resolve<'_>,
    problems: &mut Vec<PathError>,
) -> Value {
    let mut inner =
        |input: &Input, path: &Path| evaluate_block(&nested.block, input, path, resolve, problems);
    match (nested.nesting, input) {
        (_, Input::Null) => nested.empty_value(),
        (_, Input::Unknown(refinements)) => Value::Unknown(refinements.clone()),
        (BlockNesting::List, Input::List(blocks)) => {
            let blocks = blocks.iter().enumerate();
            Value::List(
                blocks
                    .map(|(index, block)| inner(block, &path.index(index)))
                    .collect(),
            )
        }
        (BlockNesting::Set, Input::List(blocks)) => {
            let blocks = blocks.iter().enumerate();
            Value::set(
                blocks
                    .map(|(index, block)| inner(block, &path.index(index)))
                    .collect::<Vec<_>>(),
            )
        }
        (BlockNesting::Map, Input::Object(blocks)) => {
            let blocks = blocks.iter();
            Value::Map(
                blocks
                    .map(|(key, block)| (key.clone(), inner(block, &path.key(key))))
                    .collect(),
            )
        }
        (_, input) => inner(input, path),
    }
}

fn check_count(nested: &NestedBlock, value: &Value, path: &Path, problems: &mut Vec<PathError>) {
    let count = match (nested.nesting, value.elements()) {
        (_, Some(elements)) => i64::try_from(elements.len()).unwrap_or(i64::MAX),
        (BlockNesting::Single, None) => i64::from(!value.is_null()),
        _ => return,
    };
    if count < nested.min_items {
        let message = format!(
            "Insufficient blocks: at least {} are required",
            nested.min_items
        );
        problems.push(PathError::new(path, message));
    }
    if nested.max_items > 0 && count > nested.max_items {
        let message = format!(
            "Too many blocks: no more than {} are allowed",
            nested.max_items
        );
        problems.push(PathError::new(path, message));
    }
}

fn evaluate_attribute(
    attribute: &Attribute,
    input: &Input,
    path: &Path,
    resolve: &Resolve<'_>,
) -> Result<Value, PathError> {
    match &attribute.kind {
        AttributeKind::Nested(nested) => evaluate_nested(nested, input, path, resolve),
        _ => convert(input, &attribute.implied_type(), path, resolve),
    }
}

fn evaluate_nested(
    nested: &NestedObject,
    input: &Input,
    path: &Path,
    resolve: &Resolve<'_>,
) -> Result<Value, PathError> {
    let inner = |input: &Input, path: &Path| evaluate_object(nested, input, path, resolve);
    let each = |elements: &[Input]| {
        let elements = elements.iter().enumerate();
        elements
            .map(|(index, it)| inner(it, &path.index(index)))
            .collect::<Result<Vec<_>, _>>()
    };
    match (nested.nesting, input) {
        (_, Input::Reference(address, attribute)) => {
            evaluate_nested(nested, &resolve(address, attribute, path)?, path, resolve)
        }
        (_, Input::Null) => Ok(Value::Null),
        (_, Input::Unknown(refinements)) => Ok(Value::Unknown(refinements.clone())),
        (ObjectNesting::List, Input::List(elements)) => each(elements).map(Value::List),
        (ObjectNesting::Set, Input::List(elements)) => each(elements).map(Value::set),
        (ObjectNesting::Map, Input::Object(entries)) => entries
            .iter()
            .map(|(key, value)| Ok((key.clone(), inner(value, &path.key(key))?)))
            .collect::<Result<_, _>>()
            .map(Value::Map),
        (ObjectNesting::Single | ObjectNesting::Invalid, input) => inner(input, path),
        (_, _) => Err(PathError::new(
            path,
            "Inappropriate value: a collection is required",
        )),
    }
}

fn evaluate_object(
    nested: &NestedObject,
    input: &Input,
    path: &Path,
    resolve: &Resolve<'_>,
) -> Result<Value, PathError> {
    let entries = match input {
        Input::Null => return Ok(Value::Null),
        Input::Unknown(refinements) => return Ok(Value::Unknown(refinements.clone())),
        Input::Object(entries) => entries,
        _ => {
            return Err(PathError::new(
                path,
                "Inappropriate value: an object is required",
            ));
        }
    };
    nested
        .attributes
        .iter()
        .map(|(name, attribute)| {
            // Core insists on required attributes being there, not on their being other than null.
            let value = match entries.get(name) {
                Some(value) => {
                    evaluate_attribute(attribute, value, &path.attribute(name), resolve)?
                }
                None if attribute.required => {
                    return Err(PathError::new(
                        path,
                        format!("attribute {name:?} is required"),
                    ));
                }
                None => Value::Null,
            };
            Ok((name.clone(), value))
        })
        .collect::<Result<_, _>>()
        .map(Value::Object)
}

fn note(result: Result<Value, PathError>, problems: &mut Vec<PathError>) -> Value {
    result.unwrap_or_else(|problem| {
        problems.push(problem);
        Value::Null
    })
}
