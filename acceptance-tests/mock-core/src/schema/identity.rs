//! Identity schemas: the few attributes that tell one remote object from all others.

use std::collections::BTreeMap;

use crate::value::{Path, PathError, Type};

/// What identifies a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentitySchema {
    /// Version of the stored form.
    pub version: i64,
    /// Attributes by name.
    pub attributes: BTreeMap<String, IdentityAttribute>,
}

/// One attribute of an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityAttribute {
    /// Its type.
    pub ty: Type,
    /// An import must give it.
    pub required_for_import: bool,
    /// An import may give it.
    pub optional_for_import: bool,
}

impl IdentitySchema {
    /// The type of an identity.
    pub fn implied_type(&self) -> Type {
        Type::object(
            self.attributes
                .iter()
                .map(|(name, it)| (name.clone(), it.ty.clone())),
        )
    }
}

/// Every rule of core the identity schema breaks.
pub fn check_identity(schema: &IdentitySchema) -> Vec<PathError> {
    let mut problems = Vec::new();
    if schema.version < 0 {
        problems.push(PathError::new(
            &Path::root(),
            "schema version must not be negative",
        ));
    }
    for (name, attribute) in &schema.attributes {
        let path = Path::root().attribute(name);
        if !attribute.required_for_import && !attribute.optional_for_import {
            problems.push(PathError::new(
                &path,
                "must set Optional, Required or Computed",
            ));
        }
        if attribute.required_for_import && attribute.optional_for_import {
            problems.push(PathError::new(
                &path,
                "cannot set both Optional and Required",
            ));
        }
        if !is_allowed(&attribute.ty) {
            let message = "identity attributes are primitives, lists or tuples of primitives";
            problems.push(PathError::new(&path, message));
        }
    }
    problems
}

fn is_allowed(ty: &Type) -> bool {
    match ty {
        Type::List(element) => is_allowed(element),
        Type::Tuple(elements) => elements.iter().all(is_allowed),
        other => other.is_primitive(),
    }
}
