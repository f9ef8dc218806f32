//! The rules a schema must keep. A core refuses or, worse, panics on a schema that breaks one; some are
//! kept by no core and would only surface as a user's confusion. Source: the provider protocol's schema
//! validation (`InternalValidate`) and the rules of terraform-plugin-framework.

use std::collections::BTreeSet;
use std::fmt;

use tfplugin_values::{Type, Value, msgpack};

use super::checked::attribute_type;
use super::{Attribute, AttributeKind, Block, Body, Nesting, Purpose, Schema};

/// A schema breaks rules; a mistake in the provider, found by its tests.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SchemaError {
    /// Every broken rule.
    pub problems: Vec<SchemaProblem>,
}

/// One broken rule.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SchemaProblem {
    /// The attribute or block, with dots; empty for the schema itself.
    pub at: String,
    /// What is wrong and what to write instead.
    pub problem: String,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, SchemaProblem { at, problem }) in self.problems.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            match at.as_str() {
                "" => formatter.write_str(problem)?,
                at => write!(formatter, "{at}: {problem}")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for SchemaError {}

/// Checks every rule and reports all that are broken.
pub(crate) fn check(schema: &Schema, purpose: Purpose) -> Result<(), SchemaError> {
    let mut checker = Checker {
        purpose,
        at: Vec::new(),
        problems: Vec::new(),
    };
    if schema.version < 0 {
        checker.problem("the schema version must not be negative");
    }
    checker.body(&schema.body, Around::default());
    if checker.problems.is_empty() {
        Ok(())
    } else {
        Err(SchemaError {
            problems: checker.problems,
        })
    }
}

/// What the bodies around an attribute demand of it.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    in_set: bool,
    in_collection: bool,
    in_computed_block: bool,
}

struct Checker {
    purpose: Purpose,
    at: Vec<String>,
    problems: Vec<SchemaProblem>,
}

impl Checker {
    fn problem(&mut self, problem: impl Into<String>) {
        self.problems.push(SchemaProblem {
            at: self.at.join("."),
            problem: problem.into(),
        });
    }

    fn body(&mut self, body: &Body, around: Around) {
        let root = self.at.is_empty();
        let mut names = BTreeSet::new();
        for (name, attribute) in &body.attributes {
            self.at.push(name.clone());
            self.name(name, root, names.insert(name.as_str()));
            self.attribute(attribute, around);
            self.at.pop();
        }
        for (name, block) in &body.blocks {
            self.at.push(name.clone());
            self.name(name, root, names.insert(name.as_str()));
            self.block(block, around);
            self.at.pop();
        }
    }

    fn name(&mut self, name: &str, root: bool, new: bool) {
        let mut characters = name.chars();
        let starts_well = characters
            .next()
            .is_some_and(|first| first.is_ascii_lowercase() || first == '_');
        let goes_on_well = characters
            .all(|other| other.is_ascii_lowercase() || other.is_ascii_digit() || other == '_');
        if !(starts_well && goes_on_well) {
            self.problem(
                "a name has lowercase letters, digits and underscores alone, and no digit first",
            );
        }
        if !new {
            self.problem("the name is used twice in the same body");
        }
        if root && self.reserved().contains(&name) {
            self.problem("the name is reserved by Terraform here; choose another");
        }
    }

    fn reserved(&self) -> &'static [&'static str] {
        match self.purpose {
            Purpose::Provider => &["alias", "version"],
            // Beside its attributes a block names the provider.
            Purpose::StateStore => &["provider"],
            // Their attributes stand in a block of their own, `config`.
            Purpose::ListResource | Purpose::Action | Purpose::ProviderMeta => &[],
            Purpose::Resource | Purpose::DataSource | Purpose::EphemeralResource => &[
                "connection",
                "count",
                "depends_on",
                "for_each",
                "lifecycle",
                "provider",
                "provisioner",
            ],
        }
    }

    fn attribute(&mut self, attribute: &Attribute, around: Around) {
        self.presence(attribute);
        if around.in_computed_block && !attribute.computed {
            self.problem("an attribute of a computed block must be computed too");
        }
        self.write_only(attribute, around);
        self.default(attribute);
        if attribute.deprecated.as_deref() == Some("") {
            self.problem("a deprecated attribute needs a message that says what to use instead");
        }
        if self.purpose != Purpose::Resource && !attribute.modifiers.is_empty() {
            self.problem("plan modifiers work in managed resources alone");
        }
        match &attribute.kind {
            AttributeKind::Plain(ty) => self.plain_type(ty, around),
            AttributeKind::Nested {
                nesting,
                attributes,
            } => {
                if *nesting == Nesting::Group {
                    self.problem("nested attributes have no group mode");
                }
                let inner = around.enter(*nesting);
                let mut names = BTreeSet::new();
                for (name, nested) in attributes {
                    self.at.push(name.clone());
                    self.name(name, false, names.insert(name.as_str()));
                    self.attribute(nested, inner);
                    self.at.pop();
                }
            }
        }
    }

    fn presence(&mut self, attribute: &Attribute) {
        match (attribute.required, attribute.optional, attribute.computed) {
            (false, false, false) => {
                self.problem(
                    "say who sets it: required, optional, computed, or optional and computed",
                );
            }
            (true, true, _) => self.problem("it cannot be both required and optional"),
            (true, _, true) => self.problem("it cannot be both required and computed"),
            _ => {}
        }
        if matches!(
            self.purpose,
            Purpose::Provider
                | Purpose::ProviderMeta
                | Purpose::ListResource
                | Purpose::Action
                | Purpose::StateStore
        ) && attribute.computed
        {
            self.problem("nothing is computed here: there is no state to hold it");
        }
    }

    fn write_only(&mut self, attribute: &Attribute, around: Around) {
        if !attribute.write_only {
            return;
        }
        if attribute.computed {
            self.problem("a write-only attribute cannot be computed");
        }
        if around.in_set {
            self.problem("a write-only attribute cannot be inside a set");
        }
        if !matches!(self.purpose, Purpose::Resource | Purpose::Action) {
            self.problem("write-only attributes work in managed resources and actions alone");
        }
        if let AttributeKind::Nested { attributes, .. } = &attribute.kind
            && attributes.iter().any(|(_, nested)| !nested.write_only)
        {
            self.problem("all nested attributes of a write-only attribute must be write-only");
        }
    }

    fn default(&mut self, attribute: &Attribute) {
        let Some(default) = &attribute.default else {
            return;
        };
        if self.purpose != Purpose::Resource {
            self.problem("defaults work in managed resources alone");
        } else if !(attribute.optional && attribute.computed) {
            self.problem("an attribute with a default must be optional and computed");
        }
        if default.is_null() || !default.is_wholly_known() {
            self.problem("a default must be a known value");
        } else if msgpack::encode(default, &attribute_type(&attribute.kind)).is_err() {
            self.problem("the default is not of the attribute's type");
        } else if matches!(default, Value::Set(_)) && has_equal_elements(default) {
            self.problem("the default is a set with equal elements");
        }
    }

    fn plain_type(&mut self, ty: &Type, around: Around) {
        if ty.has_dynamic() {
            if around.in_set {
                self.problem("a set cannot hold values of dynamic type");
            } else if around.in_collection || !matches!(ty, Type::Dynamic) {
                self.problem("a collection cannot hold values of dynamic type; make the attribute itself dynamic");
            }
        }
    }

    fn block(&mut self, block: &Block, around: Around) {
        let (min, max) = (block.min_items, block.max_items);
        if min < 0 || max < 0 {
            self.problem("the least and greatest number of blocks must not be negative");
        }
        match block.nesting {
            Nesting::Single if min != max || min > 1 => {
                self.problem("a single block is required (1 and 1) or optional (0 and 0)");
            }
            Nesting::Map | Nesting::Group if min != 0 || max != 0 => {
                self.problem("map and group blocks have no least or greatest number");
            }
            Nesting::List | Nesting::Set if max != 0 && min > max => {
                self.problem("the least number of blocks is greater than the greatest");
            }
            _ => {}
        }
        if self.purpose != Purpose::Resource && !block.modifiers.is_empty() {
            self.problem("plan modifiers work in managed resources alone");
        }
        if around.in_computed_block && !block.computed {
            self.problem("a block inside a computed block must be computed too");
        }
        if block.computed {
            self.computed_block(block);
        }
        let inner = Around {
            in_computed_block: block.computed,
            ..around.enter(block.nesting)
        };
        self.body(&block.body, inner);
    }

    fn computed_block(&mut self, block: &Block) {
        if !matches!(self.purpose, Purpose::Resource | Purpose::DataSource) {
            self.problem("blocks are computed in managed resources and data sources alone");
        }
        if block.nesting == Nesting::Group {
            self.problem("a group always exists, so that it cannot be computed");
        }
        if block.min_items > 0 {
            self.problem("a computed block cannot be required");
        }
    }
}

impl Around {
    fn enter(self, nesting: Nesting) -> Self {
        Self {
            in_set: self.in_set || nesting == Nesting::Set,
            in_collection: self.in_collection
                || matches!(nesting, Nesting::Set | Nesting::List | Nesting::Map),
            in_computed_block: false,
        }
    }
}

fn has_equal_elements(set: &Value) -> bool {
    let Value::Set(elements) = set else {
        return false;
    };
    elements
        .iter()
        .enumerate()
        .any(|(index, element)| elements[..index].contains(element))
}
