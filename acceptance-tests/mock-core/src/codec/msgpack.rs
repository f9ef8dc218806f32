//! The MessagePack form of values.

mod decode;
mod encode;

pub use decode::decode;
pub use encode::encode;

/// Extension code of an unknown value with refinements.
const REFINED_UNKNOWN: i8 = 12;

/// Keys of a refined unknown's map.
mod refinement {
    pub(super) const NULLNESS: u64 = 1;
    pub(super) const STRING_PREFIX: u64 = 2;
    pub(super) const NUMBER_LOWER: u64 = 3;
    pub(super) const NUMBER_UPPER: u64 = 4;
    pub(super) const LENGTH_LOWER: u64 = 5;
    pub(super) const LENGTH_UPPER: u64 = 6;
}
