//! What an identity consists of.

use std::collections::BTreeSet;

use tfplugin_values::{ObjectType, Type};

use crate::schema::{SchemaError, SchemaProblem};

/// The attributes of an identity.
#[derive(Clone, Debug)]
pub struct IdentitySchema {
    version: i64,
    mutable: bool,
    attributes: Vec<(String, IdentityAttribute)>,
}

impl IdentitySchema {
    /// An identity schema of a version.
    pub fn new(version: i64) -> Self {
        Self {
            version,
            mutable: false,
            attributes: Vec::new(),
        }
    }

    /// The identity may change by an update in place. Without this a changed identity is an error.
    pub fn mutable(mut self) -> Self {
        self.mutable = true;
        self
    }

    /// Adds an attribute.
    pub fn attribute(mut self, name: impl Into<String>, attribute: IdentityAttribute) -> Self {
        self.attributes.push((name.into(), attribute));
        self
    }
}

/// One attribute of an identity: a string, number, boolean, or a list of those.
#[derive(Clone, Debug)]
pub struct IdentityAttribute {
    pub(crate) ty: Type,
    pub(crate) required_for_import: bool,
    pub(crate) optional_for_import: bool,
    pub(crate) description: String,
}

impl IdentityAttribute {
    /// Text.
    pub fn string() -> Self {
        Self::of(Type::String)
    }

    /// A number.
    pub fn number() -> Self {
        Self::of(Type::Number)
    }

    /// True or false.
    pub fn bool() -> Self {
        Self::of(Type::Bool)
    }

    /// A list of strings, numbers or booleans.
    pub fn list(element: Type) -> Self {
        Self::of(Type::List(Box::new(element)))
    }

    fn of(ty: Type) -> Self {
        Self {
            ty,
            required_for_import: false,
            optional_for_import: false,
            description: String::new(),
        }
    }

    /// An import by identity must give it.
    pub fn required_for_import(mut self) -> Self {
        self.required_for_import = true;
        self
    }

    /// An import by identity may give it.
    pub fn optional_for_import(mut self) -> Self {
        self.optional_for_import = true;
        self
    }

    /// What it means, in plain text.
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }
}

/// An identity schema that has passed every check, sorted by name.
#[derive(Clone, Debug)]
pub(crate) struct CheckedIdentity {
    pub(crate) version: i64,
    pub(crate) mutable: bool,
    pub(crate) attributes: Vec<(String, IdentityAttribute)>,
    pub(crate) ty: Type,
}

impl CheckedIdentity {
    pub(crate) fn new(schema: IdentitySchema) -> Result<Self, SchemaError> {
        let problems = problems(&schema);
        if !problems.is_empty() {
            return Err(SchemaError { problems });
        }
        let IdentitySchema {
            version,
            mutable,
            mut attributes,
        } = schema;
        attributes.sort_by(|left, right| left.0.cmp(&right.0));
        let ty = Type::Object(
            attributes
                .iter()
                .map(|(name, attribute)| (name.clone(), attribute.ty.clone()))
                .collect::<ObjectType>(),
        );
        Ok(Self {
            version,
            mutable,
            attributes,
            ty,
        })
    }
}

fn problems(schema: &IdentitySchema) -> Vec<SchemaProblem> {
    let mut problems = Vec::new();
    let mut report = |at: &str, problem: &str| {
        problems.push(SchemaProblem {
            at: format!("identity {at}").trim_end().to_owned(),
            problem: problem.to_owned(),
        });
    };
    if schema.version < 0 {
        report("", "the version must not be negative");
    }
    if schema.attributes.is_empty() {
        report("", "an identity needs at least one attribute");
    }
    let mut names = BTreeSet::new();
    for (name, attribute) in &schema.attributes {
        if !names.insert(name) {
            report(name, "the name is used twice");
        }
        if attribute.required_for_import == attribute.optional_for_import {
            report(
                name,
                "say either required_for_import or optional_for_import",
            );
        }
        let simple = |ty: &Type| matches!(ty, Type::String | Type::Number | Type::Bool);
        match &attribute.ty {
            Type::List(element) if simple(element) => {}
            ty if simple(ty) => {}
            _ => report(
                name,
                "an identity holds strings, numbers, booleans and lists of those alone",
            ),
        }
    }
    problems
}
