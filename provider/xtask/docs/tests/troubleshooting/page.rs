//! The page, and whether a message in it is one of the sources.

use std::fs;
use std::path::Path;

use crate::sources::OPEN;

/// The messages that the page explains, one by one, and the page as plain words.
pub(crate) struct Page {
    pub(crate) messages: Vec<String>,
    pub(crate) words: String,
}

impl Page {
    pub(crate) fn read(root: &Path) -> Self {
        let text = fs::read_to_string(root.join("docs/guides/troubleshooting.md")).unwrap();
        let mut messages = Vec::new();
        let mut lists_messages = false;
        for line in text.lines() {
            let first = line
                .strip_prefix("| ")
                .and_then(|line| line.split(" |").next());
            match first {
                None => lists_messages = lists_messages && line.starts_with("|---"),
                Some("Message") => lists_messages = true,
                Some(cell) if lists_messages => {
                    messages.extend(cell.split("<br>").map(plain));
                }
                Some(_) => {}
            }
        }
        Self {
            messages,
            words: plain(&text),
        }
    }
}

/// Without marks, and without the remark that it is a warning.
pub(crate) fn plain(text: &str) -> String {
    let text = text.replace(['`', '*', '"'], "").replace("(warning)", "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the page's message is the beginning of this one, whatever its open parts are.
pub(crate) fn begins(message: &str, on_page: &str) -> bool {
    let message = plain(message);
    let mut rest = on_page;
    let mut fragments = message.split(OPEN);
    let Some(behind) = fragments
        .next()
        .and_then(|first| common_beginning(rest, first))
    else {
        return false;
    };
    rest = behind;
    for fragment in fragments {
        if rest.is_empty() {
            break;
        }
        // The page may end within a fragment, and within an open part.
        match rest.find(fragment) {
            Some(at) if !fragment.is_empty() => rest = &rest[at + fragment.len()..],
            Some(_) => return true,
            None => return ends_with_a_beginning_of(rest, fragment),
        }
    }
    rest.is_empty()
}

/// What is behind the part that is common to both, if one of the two ends there.
fn common_beginning<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    if let Some(rest) = text.strip_prefix(beginning) {
        return Some(rest);
    }
    beginning.starts_with(text).then_some("")
}

fn ends_with_a_beginning_of(text: &str, fragment: &str) -> bool {
    const SHORTEST: usize = 5;
    let tails = text.char_indices().map(|(at, _)| &text[at..]);
    text.chars().eq([OPEN])
        || tails
            .filter(|tail| tail.len() >= SHORTEST)
            .any(|tail| fragment.starts_with(tail))
}
