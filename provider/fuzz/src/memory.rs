//! Bounded allocation: what is read may take a multiple of the input's length, and a length that the input only
//! claims takes nothing.

/// Bytes in memory for one byte of input: an element that takes one byte in a message is a whole value here, in
/// a vector that grew by doubling.
const PER_BYTE: u64 = 512;

/// What reading may take in any case: the room that each level of nesting makes in advance.
const BASE: u64 = 4 << 20;

/// Runs `work` on an input and sees to it that it never holds more memory than the input accounts for.
pub(crate) fn bounded<T>(input: &[u8], work: impl FnOnce() -> T) -> T {
    let mut result = None;
    let counted = allocation_counter::measure(|| result = Some(work()));
    let limit = BASE + PER_BYTE * input.len() as u64;
    assert!(
        counted.bytes_max <= limit,
        "{} bytes held for an input of {}",
        counted.bytes_max,
        input.len()
    );
    result.unwrap()
}
