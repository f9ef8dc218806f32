//! The messages in the sources of the provider: the words that a diagnostic or an error is made with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::tokens::{Token, tokens};

/// What stands for a part that is only known when the message is given.
pub(crate) const OPEN: char = '…';

/// The sources that make messages for users.
const ROOTS: [&str; 3] = [
    "provider/src",
    "provider/framework/src",
    "provider/review/src",
];

/// Error types whose words reach the user as they are.
const ERRORS: [&str; 4] = [
    "provider/publisher/src/error.rs",
    "provider/src/actions/restart_xcp_router/problem.rs",
    "provider/src/commands/review/ending.rs",
    "provider/review/src/plan/unreadable.rs",
];

/// What a message has at its side where it tells of a mistake of the provider's.
const OUR_MISTAKE: &str = "bug in the provider";

/// A message, and where it is.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) file: PathBuf,
    pub(crate) words: String,
    /// Whether it tells of a mistake of the provider's, for which the page has one line.
    pub(crate) is_our_mistake: bool,
}

/// Every message.
pub(crate) fn messages(root: &Path) -> Vec<Message> {
    let mut messages = Vec::new();
    let mut files = Vec::new();
    for folder in ROOTS {
        collect(&root.join(folder), &mut files);
    }
    files.extend(
        ERRORS
            .iter()
            .map(|file| root.join(file))
            .filter(|file| file.starts_with(root.join("provider/publisher"))),
    );
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let tokens = tokens(text.split("#[cfg(test)]\nmod tests {").next().unwrap());
        let is_error_type = ERRORS.iter().any(|name| file.ends_with(name));
        let place = file.strip_prefix(root).unwrap().to_owned();
        for (words, is_our_mistake) in in_tokens(&tokens, is_error_type, &place) {
            messages.push(Message {
                file: place.clone(),
                words,
                is_our_mistake,
            });
        }
    }
    messages
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name.starts_with("tests") {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
}

fn in_tokens(tokens: &[Token], is_error_type: bool, place: &Path) -> Vec<(String, bool)> {
    let users = |words| (words, false);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let behind = &tokens[at..];
        let before = &tokens[..at];
        if is_error_type && starts_with(behind, &["#", "[", "error", "("]) {
            found.extend(first_text(&behind[4..]).map(users));
            continue;
        }
        let makes_a_diagnostic = ["error", "warning"].iter().any(|kind| {
            starts_with(behind, &["Diagnostic", ":", ":", kind, "("])
                || starts_with(behind, &["Failure", ":", ":", "Failed", "("])
                || starts_with(behind, &["Failure", ":", ":", "Usage", "("])
        });
        if makes_a_diagnostic {
            match first_text(&behind[5..]) {
                Some(words) => found.push((words, is_our_mistake(tokens, at))),
                // The words are those of whoever calls.
                None => assert!(
                    behind[5..10].iter().any(|token| [
                        "summary",
                        "_",
                        "text",
                        "sentences",
                        "diagnostic"
                    ]
                    .iter()
                    .any(|name| token.is(name))),
                    "{} gives a diagnostic words that are not written there; call them `summary`",
                    place.display()
                ),
            }
        } else if starts_with(behind, &["explain", "("])
            && !before.last().is_some_and(|token| token.is("fn"))
        {
            found.extend(first_text(&behind[2..]).map(users));
        } else if starts_with(behind, &[".", "error", "("]) && place.starts_with("provider/src") {
            let words = texts(&behind[3..]).find(|text| text.starts_with(char::is_uppercase));
            found.extend(words.map(users));
        } else if let Token::Text(text) = &tokens[at]
            && text.starts_with("Unable to ")
        {
            found.push(users(text.clone()));
        }
    }
    // Parts alone, such as `{0}`, are words of another message.
    found.retain(|(words, _)| {
        words
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count()
            > 4
    });
    found
}

fn starts_with(tokens: &[Token], expected: &[&str]) -> bool {
    tokens.len() >= expected.len()
        && tokens
            .iter()
            .zip(expected)
            .all(|(token, word)| token.is(word))
}

/// The texts up to the end of the parentheses that are open at the start.
fn texts(tokens: &[Token]) -> impl Iterator<Item = String> {
    let mut open = 1;
    let inside = tokens.iter().take_while(move |token| {
        open += i32::from(token.is("(")) - i32::from(token.is(")"));
        open > 0
    });
    inside.filter_map(|token| match token {
        Token::Text(text) => Some(text.clone()),
        Token::Word(_) => None,
    })
}

fn first_text(tokens: &[Token]) -> Option<String> {
    texts(tokens).next()
}

fn is_our_mistake(tokens: &[Token], at: usize) -> bool {
    let around = &tokens[at.saturating_sub(60)..(at + 40).min(tokens.len())];
    around
        .iter()
        .any(|token| matches!(token, Token::Text(text) if text.contains(OUR_MISTAKE)))
}
