//! The types that inputs are read against. The first byte of an input chooses one; types of any other shape come
//! within values of the dynamic type.

use std::sync::OnceLock;

use tfplugin_values::Type;

/// The JSON forms of the types, in the order of the byte that chooses them.
pub(crate) const TYPES: [&str; 17] = [
    "\"dynamic\"",
    "\"string\"",
    "\"number\"",
    "\"bool\"",
    "[\"list\",\"string\"]",
    "[\"set\",\"number\"]",
    "[\"map\",\"bool\"]",
    "[\"list\",\"dynamic\"]",
    "[\"map\",\"dynamic\"]",
    "[\"tuple\",[\"string\",\"number\"]]",
    "[\"object\",{\"a\":\"string\",\"b\":\"number\"}]",
    "[\"set\",[\"object\",{\"a\":\"string\",\"b\":[\"set\",\"string\"]}]]",
    "[\"list\",[\"list\",[\"list\",\"number\"]]]",
    "[\"map\",[\"set\",\"string\"]]",
    "[\"object\",{}]",
    "[\"tuple\",[]]",
    RESOURCE,
];

/// A resource with blocks, nested attributes and a set.
const RESOURCE: &str = "[\"object\",{\"blk\":[\"list\",[\"object\",{\"x\":\"string\",\"y\":\"string\"}]],\
    \"c\":\"string\",\"id\":\"string\",\"n\":\"number\",\
    \"nest\":[\"list\",[\"object\",{\"a\":\"string\",\"b\":\"string\"}]],\
    \"tags\":[\"set\",\"string\"],\"timeouts\":[\"object\",{\"create\":\"string\"}]}]";

/// The byte that chooses the type of a whole resource.
pub(crate) const RESOURCE_INDEX: u8 = 16;

/// Takes the type off an input.
pub(crate) fn take(input: &[u8]) -> Option<(&'static Type, &[u8])> {
    static PARSED: OnceLock<Vec<Type>> = OnceLock::new();
    let types = PARSED.get_or_init(|| {
        let parse = |json: &&str| Type::from_json(json.as_bytes()).unwrap();
        TYPES.iter().map(parse).collect()
    });
    let (first, rest) = input.split_first()?;
    Some((&types[usize::from(*first) % types.len()], rest))
}
