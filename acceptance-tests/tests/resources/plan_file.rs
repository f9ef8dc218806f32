//! Everything in a saved plan, which is a ZIP archive, so that a text can be looked for in it.

use std::fs;
use std::path::Path;

use miniz_oxide::inflate::decompress_to_vec;

/// The contents of all files in the archive, one after the other.
pub(crate) fn text(path: &Path) -> String {
    let archive = fs::read(path).unwrap();
    let number = |offset: usize, bytes: usize| {
        let field = archive[offset..offset + bytes].iter().rev();
        field.fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    let mut text = String::new();
    // Sizes are in the directory at the end alone. Its entries begin with this signature.
    for entry in (0..archive.len() - 46).filter(|at| archive[*at..].starts_with(b"PK\x01\x02")) {
        let (method, size, header) = (
            number(entry + 10, 2),
            number(entry + 20, 4),
            number(entry + 42, 4),
        );
        let start = header + 30 + number(header + 26, 2) + number(header + 28, 2);
        let stored = &archive[start..start + size];
        let contents = match method {
            0 => stored.to_vec(),
            _ => decompress_to_vec(stored).unwrap(),
        };
        text.push_str(&String::from_utf8_lossy(&contents));
    }
    assert!(!text.is_empty(), "there is nothing in the plan");
    text
}
