//! Nested blocks, and the body that a schema and a block have in common.

use std::sync::Arc;

use super::{Attribute, Nesting};
use crate::modifiers::{self, PlanModifier};
use crate::validators::Validator;

/// What stands between the braces: attributes and nested blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    pub(crate) attributes: Vec<(String, Attribute)>,
    pub(crate) blocks: Vec<(String, Block)>,
    pub(crate) description: String,
    pub(crate) deprecated: Option<String>,
}

/// A nested block.
#[derive(Clone)]
pub struct Block {
    pub(crate) nesting: Nesting,
    pub(crate) body: Body,
    pub(crate) computed: bool,
    pub(crate) min_items: i64,
    pub(crate) max_items: i64,
    pub(crate) validators: Vec<Arc<dyn Validator>>,
    pub(crate) modifiers: Vec<Arc<dyn PlanModifier>>,
}

impl Block {
    /// At most one block.
    pub fn single() -> Self {
        Self::new(Nesting::Single)
    }

    /// Any number of blocks, in order.
    pub fn list() -> Self {
        Self::new(Nesting::List)
    }

    /// Any number of blocks, without order.
    pub fn set() -> Self {
        Self::new(Nesting::Set)
    }

    /// Blocks by their label.
    pub fn map() -> Self {
        Self::new(Nesting::Map)
    }

    /// One block that counts as written, empty, where the user leaves it out.
    pub fn group() -> Self {
        Self::new(Nesting::Group)
    }

    fn new(nesting: Nesting) -> Self {
        Self {
            nesting,
            body: Body::default(),
            computed: false,
            min_items: 0,
            max_items: 0,
            validators: Vec::new(),
            modifiers: Vec::new(),
        }
    }

    /// Adds an attribute.
    pub fn attribute(mut self, name: impl Into<String>, attribute: Attribute) -> Self {
        self.body.attributes.push((name.into(), attribute));
        self
    }

    /// Adds a block inside the block.
    pub fn block(mut self, name: impl Into<String>, block: Self) -> Self {
        self.body.blocks.push((name.into(), block));
        self
    }

    /// What it is for, in Markdown.
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.body.description = description.into();
        self
    }

    /// Warns whoever writes it; the message says what to use instead.
    pub fn deprecated(mut self, message: impl Into<String>) -> Self {
        self.body.deprecated = Some(message.into());
        self
    }

    /// The provider fills in the blocks where the user writes none. Everything inside must be computed too; what is
    /// optional as well may be written.
    ///
    /// In a managed resource this takes Terraform 1.16: blocks that are not written are planned as unknown, and a handler
    /// says what they are. For an older Terraform, and for OpenTofu, it is a block like any other: what is not written
    /// stays empty in plan and state, whatever a handler says. Where every user should see the values, prefer a computed
    /// nested attribute.
    ///
    /// A data source may fill in its blocks for every version; while it waits for something to be applied, they count as
    /// empty and not as unknown.
    pub fn computed(mut self) -> Self {
        self.computed = true;
        self
    }

    /// The user must write the single block.
    pub fn required(mut self) -> Self {
        self.min_items = 1;
        self.max_items = 1;
        self
    }

    /// The least number of blocks of a list or set.
    pub fn min_items(mut self, count: i64) -> Self {
        self.min_items = count;
        self
    }

    /// The greatest number of blocks of a list or set; 0 is no limit.
    pub fn max_items(mut self, count: i64) -> Self {
        self.max_items = count;
        self
    }

    /// Adds a validator of the whole collection of blocks.
    pub fn validate(mut self, validator: impl Validator + 'static) -> Self {
        self.validators.push(Arc::new(validator));
        self
    }

    /// Adds a plan modifier of the whole collection of blocks.
    pub fn modify_plan(mut self, modifier: impl PlanModifier + 'static) -> Self {
        self.modifiers.push(Arc::new(modifier));
        self
    }

    /// Computed blocks that are not written keep what they have in the state, instead of "known after apply".
    pub fn use_state_for_unknown(self) -> Self {
        self.modify_plan(modifiers::use_state_for_unknown())
    }

    /// Whether only the provider fills it in.
    pub(crate) fn is_read_only(&self) -> bool {
        let Body {
            attributes, blocks, ..
        } = &self.body;
        self.computed
            && attributes.iter().all(|(_, each)| each.is_read_only())
            && blocks.iter().all(|(_, each)| each.is_read_only())
    }

    /// A change of the blocks replaces the object.
    pub fn requires_replace(self) -> Self {
        self.modify_plan(modifiers::requires_replace())
    }
}

impl std::fmt::Debug for Block {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Block")
            .field("nesting", &self.nesting)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
