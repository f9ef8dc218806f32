//! One attribute: its type, who sets it, and what happens to it in a plan.

use std::fmt;
use std::sync::Arc;

use tfplugin_values::{Type, Value};

use super::Nesting;
use crate::field::IntoValue;
use crate::modifiers::{self, PlanModifier};
use crate::validators::Validator;

/// One attribute of a schema.
///
/// Say who sets it: [`required`](Self::required), [`optional`](Self::optional), [`computed`](Self::computed)
/// (the provider alone), or `optional().computed()` (the provider where the user leaves it out).
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the protocol's own flags; the builders and the check keep them consistent"
)]
pub struct Attribute {
    pub(crate) kind: AttributeKind,
    pub(crate) required: bool,
    pub(crate) optional: bool,
    pub(crate) computed: bool,
    pub(crate) sensitive: bool,
    pub(crate) write_only: bool,
    pub(crate) deprecated: Option<String>,
    pub(crate) description: String,
    pub(crate) default: Option<Value>,
    pub(crate) validators: Vec<Arc<dyn Validator>>,
    pub(crate) modifiers: Vec<Arc<dyn PlanModifier>>,
    pub(crate) equality: Option<Equality>,
}

/// Whether two known, non-null values of an attribute mean the same.
pub(crate) type Equality = Arc<dyn Fn(&Value, &Value) -> bool + Send + Sync>;

/// A plain type, or nested attributes of their own.
#[derive(Clone, Debug)]
pub(crate) enum AttributeKind {
    Plain(Type),
    Nested {
        nesting: Nesting,
        attributes: Vec<(String, Attribute)>,
    },
}

impl Attribute {
    /// Text.
    pub fn string() -> Self {
        Self::of(Type::String)
    }

    /// A number of any kind and size.
    pub fn number() -> Self {
        Self::of(Type::Number)
    }

    /// True or false.
    pub fn bool() -> Self {
        Self::of(Type::Bool)
    }

    /// A value of any type.
    pub fn dynamic() -> Self {
        Self::of(Type::Dynamic)
    }

    /// A list of values of one type.
    pub fn list(element: Type) -> Self {
        Self::of(Type::List(Box::new(element)))
    }

    /// A set of values of one type.
    pub fn set(element: Type) -> Self {
        Self::of(Type::Set(Box::new(element)))
    }

    /// Values of one type by key.
    pub fn map(element: Type) -> Self {
        Self::of(Type::Map(Box::new(element)))
    }

    /// A value of the given type.
    pub fn of(ty: Type) -> Self {
        Self::new(AttributeKind::Plain(ty))
    }

    /// One object with attributes of its own.
    pub fn nested_single<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::nested(Nesting::Single, attributes)
    }

    /// A list of objects with attributes of their own.
    pub fn nested_list<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::nested(Nesting::List, attributes)
    }

    /// A set of objects with attributes of their own.
    pub fn nested_set<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::nested(Nesting::Set, attributes)
    }

    /// Objects with attributes of their own, by key.
    pub fn nested_map<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::nested(Nesting::Map, attributes)
    }

    fn nested<N: Into<String>>(
        nesting: Nesting,
        attributes: impl IntoIterator<Item = (N, Self)>,
    ) -> Self {
        Self::new(AttributeKind::Nested {
            nesting,
            attributes: attributes
                .into_iter()
                .map(|(name, attribute)| (name.into(), attribute))
                .collect(),
        })
    }

    fn new(kind: AttributeKind) -> Self {
        Self {
            kind,
            required: false,
            optional: false,
            computed: false,
            sensitive: false,
            write_only: false,
            deprecated: None,
            description: String::new(),
            default: None,
            validators: Vec::new(),
            modifiers: Vec::new(),
            equality: None,
        }
    }

    /// The user must set it.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The user may set it.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The provider sets it, where the user does not.
    pub fn computed(mut self) -> Self {
        self.computed = true;
        self
    }

    /// Terraform hides the value on the screen. It is still stored in clear in the state.
    pub fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The value is in the configuration alone, never in a plan or state (Terraform 1.11 and later).
    pub fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    /// Warns whoever sets it; the message says what to use instead.
    pub fn deprecated(mut self, message: impl Into<String>) -> Self {
        self.deprecated = Some(message.into());
        self
    }

    /// What it means, in Markdown.
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// The value where the user leaves it out. Needs `optional().computed()`.
    pub fn default_value(mut self, value: impl IntoValue) -> Self {
        self.default = Some(value.into_value());
        self
    }

    /// Adds a validator. It is not asked about null and unknown values.
    pub fn validate(mut self, validator: impl Validator + 'static) -> Self {
        self.validators.push(Arc::new(validator));
        self
    }

    /// Adds a plan modifier; they run in the order in which they were added.
    pub fn modify_plan(mut self, modifier: impl PlanModifier + 'static) -> Self {
        self.modifiers.push(Arc::new(modifier));
        self
    }

    /// A change of the value replaces the object.
    pub fn requires_replace(self) -> Self {
        self.modify_plan(modifiers::requires_replace())
    }

    /// An unchanged object keeps the value it has in the state, null included, instead of
    /// "known after apply".
    pub fn use_state_for_unknown(self) -> Self {
        self.modify_plan(modifiers::use_state_for_unknown())
    }

    /// As [`Self::use_state_for_unknown`], but a null in the state does not count: right for nested
    /// attributes of elements that may be new.
    pub fn use_non_null_state_for_unknown(self) -> Self {
        self.modify_plan(modifiers::use_non_null_state_for_unknown())
    }

    /// Two texts that mean the same, such as host names that differ in case alone, are no difference:
    /// the spelling that Terraform already has is kept. For strings and collections of strings.
    pub fn equal_when(self, same: impl Fn(&str, &str) -> bool + Send + Sync + 'static) -> Self {
        self.equal_values_when(move |left, right| match (left, right) {
            (Value::String(left), Value::String(right)) => same(left, right),
            _ => false,
        })
    }

    /// As [`Self::equal_when`], for values of any type. It is asked about known values that are not null;
    /// of a plain list, set or map also about each pair of elements.
    pub fn equal_values_when(
        mut self,
        same: impl Fn(&Value, &Value) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.equality = Some(Arc::new(same));
        self
    }

    /// Whether it has attributes of its own.
    pub(crate) fn is_nested(&self) -> bool {
        matches!(self.kind, AttributeKind::Nested { .. })
    }

    /// Whether only the provider sets it.
    pub(crate) fn is_read_only(&self) -> bool {
        self.computed && !self.optional && !self.required
    }
}

impl fmt::Debug for Attribute {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Attribute")
            .field("kind", &self.kind)
            .field("required", &self.required)
            .field("optional", &self.optional)
            .field("computed", &self.computed)
            .field("sensitive", &self.sensitive)
            .field("write_only", &self.write_only)
            .finish_non_exhaustive()
    }
}
