//! From bytes to text: encodings, and files that are something else.

use std::borrow::Cow;

use super::{LARGEST_PLAN, Unreadable};

/// The first bytes of a zip archive, which a binary plan file is.
const ZIP: &[u8] = b"PK\x03\x04";
const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of a file. PowerShell writes redirected output as UTF-16 with a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_PLAN) {
        return Err(Unreadable::TooLarge);
    }
    if bytes.starts_with(ZIP) {
        return Err(Unreadable::Binary);
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes).map(Cow::Owned),
        _ => {
            let bytes = bytes.strip_prefix(UTF_8_MARK).unwrap_or(bytes);
            let text = std::str::from_utf8(bytes).map_err(|_| not_text())?;
            if text.trim_start().is_empty() {
                return Err(Unreadable::NotJson("it is empty".to_owned()));
            }
            Ok(Cow::Borrowed(text))
        }
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(not_text());
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<String, _>>()
        .map_err(|_| not_text())
}

fn not_text() -> Unreadable {
    Unreadable::NotJson("it is no text".to_owned())
}
