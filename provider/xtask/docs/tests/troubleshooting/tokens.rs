//! Rust sources as words, signs and texts. Comments are left out, and so is what is neither needed nor harmful here,
//! such as lifetimes.

use crate::sources::OPEN;

/// A word or a sign, or a text between quotation marks as it reads when it is printed.
#[derive(Debug)]
pub(crate) enum Token {
    Word(String),
    Text(String),
}

impl Token {
    pub(crate) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }
}

pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        } else if first == '"' {
            let length = closing(&rest[1..]);
            tokens.push(Token::Text(printed(&rest[1..=length])));
            rest = &rest[length + 2..];
        } else if first == '\'' {
            rest = after_character(rest);
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest
                .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Word(first.to_string()));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

/// Where the text ends that has begun.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    text.char_indices()
        .find(|(_, letter)| {
            let ends = *letter == '"' && !escaped;
            escaped = *letter == '\\' && !escaped;
            ends
        })
        .unwrap()
        .0
}

/// Behind a character in quotation marks, or behind the mark of a lifetime.
fn after_character(rest: &str) -> &str {
    let inside = &rest[1..];
    let Some(first) = inside.chars().next() else {
        return inside;
    };
    if first == '\\' {
        let end = inside[2..].find('\'').unwrap();
        return &inside[end + 3..];
    }
    let behind = &inside[first.len_utf8()..];
    behind.strip_prefix('\'').unwrap_or(inside)
}

/// What is printed of a text in a source: without the breaks of the source, and with a mark for each `{…}`.
fn printed(source: &str) -> String {
    let mut text = String::new();
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('\n') => while letters.next_if(|next| next.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            '{' if letters.next_if_eq(&'{').is_some() => text.push('{'),
            '}' if letters.next_if_eq(&'}').is_some() => text.push('}'),
            '{' => {
                while letters.next_if(|next| *next != '}').is_some() {}
                letters.next();
                text.push(OPEN);
            }
            other => text.push(other),
        }
    }
    text
}
