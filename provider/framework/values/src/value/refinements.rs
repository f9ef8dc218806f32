//! What is sure about an unknown value.

use crate::Number;

/// What is already sure about an unknown value; nothing, for most.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Refinements(Option<Box<Known>>);

#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct Known {
    not_null: bool,
    string_prefix: Option<String>,
    number_lower_bound: Option<NumberBound>,
    number_upper_bound: Option<NumberBound>,
    length_lower_bound: Option<u64>,
    length_upper_bound: Option<u64>,
}

/// One end of the range that a number will be in.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NumberBound {
    /// The bound.
    pub number: Number,
    /// Whether the number may be the bound itself.
    pub inclusive: bool,
}

impl Refinements {
    /// Nothing is sure.
    pub const fn none() -> Self {
        Self(None)
    }

    /// Whether nothing is sure.
    pub const fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// It will not be null.
    pub fn not_null(mut self) -> Self {
        self.known().not_null = true;
        self
    }

    /// It will be a string that begins with these characters.
    pub fn string_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.known().string_prefix = Some(crate::text::into_normalised(prefix.into()));
        self
    }

    /// It will be a number not below this bound.
    pub fn number_lower_bound(mut self, bound: NumberBound) -> Self {
        self.known().number_lower_bound = Some(bound);
        self
    }

    /// It will be a number not above this bound.
    pub fn number_upper_bound(mut self, bound: NumberBound) -> Self {
        self.known().number_upper_bound = Some(bound);
        self
    }

    /// It will be a collection of at least this many elements.
    pub fn length_lower_bound(mut self, length: u64) -> Self {
        self.known().length_lower_bound = Some(length);
        self
    }

    /// It will be a collection of at most this many elements.
    pub fn length_upper_bound(mut self, length: u64) -> Self {
        self.known().length_upper_bound = Some(length);
        self
    }

    /// Whether it will surely not be null.
    pub fn is_not_null(&self) -> bool {
        self.0.as_ref().is_some_and(|known| known.not_null)
    }

    /// What the string will begin with.
    pub fn get_string_prefix(&self) -> Option<&str> {
        self.0.as_ref()?.string_prefix.as_deref()
    }

    /// What the number will not be below.
    pub fn get_number_lower_bound(&self) -> Option<&NumberBound> {
        self.0.as_ref()?.number_lower_bound.as_ref()
    }

    /// What the number will not be above.
    pub fn get_number_upper_bound(&self) -> Option<&NumberBound> {
        self.0.as_ref()?.number_upper_bound.as_ref()
    }

    /// The least number of elements.
    pub fn get_length_lower_bound(&self) -> Option<u64> {
        self.0.as_ref()?.length_lower_bound
    }

    /// The greatest number of elements.
    pub fn get_length_upper_bound(&self) -> Option<u64> {
        self.0.as_ref()?.length_upper_bound
    }

    fn known(&mut self) -> &mut Known {
        self.0.get_or_insert_default()
    }
}
