//! Splits a statement into words, strings, numbers and signs.

use super::SqlError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or an identifier, in lower case.
    Word(String),
    /// A string literal, without its quotes.
    Text(String),
    /// A whole number without a sign.
    Number(i64),
    /// One of `( ) , . * = < > <= >= <> -`; `!=` is read as `<>`.
    Sign(&'static str),
}

/// The tokens of `sql`. Comments, semicolons and whatever else is not listed in [`Token`] are refused.
pub(super) fn tokens(sql: &str) -> Result<Vec<Token>, SqlError> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return Ok(tokens);
        };
        let (token, length) = match first {
            '\'' | '"' => text(rest, first)?,
            '0'..='9' => number(rest)?,
            'a'..='z' | 'A'..='Z' | '_' => word(rest),
            _ => sign(rest)?,
        };
        tokens.push(token);
        rest = &rest[length..];
    }
}

/// A string literal: the quote is doubled inside.
fn text(rest: &str, quote: char) -> Result<(Token, usize), SqlError> {
    let mut content = String::new();
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((index, character)) = characters.next() {
        if character != quote {
            content.push(character);
        } else if characters.next_if(|(_, next)| *next == quote).is_some() {
            content.push(quote);
        } else {
            return Ok((Token::Text(content), index + 1));
        }
    }
    Err(SqlError::new(
        -282,
        "Found a quote for which there is no matching quote.",
    ))
}

fn number(rest: &str) -> Result<(Token, usize), SqlError> {
    let length = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    if rest[length..].starts_with(|c: char| c == '.' || c == '_' || c.is_ascii_alphabetic()) {
        return Err(SqlError::syntax());
    }
    let number = rest[..length]
        .parse()
        .map_err(|_| SqlError::number_too_large("INTEGER"))?;
    Ok((Token::Number(number), length))
}

fn word(rest: &str) -> (Token, usize) {
    let length = rest
        .find(|c: char| c != '_' && !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    (Token::Word(rest[..length].to_ascii_lowercase()), length)
}

fn sign(rest: &str) -> Result<(Token, usize), SqlError> {
    const SIGNS: [&str; 11] = ["<=", ">=", "<>", "(", ")", ",", ".", "*", "=", "<", ">"];
    if rest.starts_with("!=") {
        return Ok((Token::Sign("<>"), 2));
    }
    if rest.starts_with('-') && !rest.starts_with("--") {
        return Ok((Token::Sign("-"), 1));
    }
    SIGNS
        .iter()
        .find(|sign| rest.starts_with(**sign))
        .map(|sign| (Token::Sign(sign), sign.len()))
        .ok_or_else(SqlError::syntax)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quotes_are_doubled_inside_a_string() {
        assert_eq!(
            tokens("'O''Brien'").unwrap(),
            [Token::Text("O'Brien".to_owned())]
        );
        assert_eq!(tokens("''''").unwrap(), [Token::Text("'".to_owned())]);
        assert_eq!(tokens("''").unwrap(), [Token::Text(String::new())]);
    }

    #[test]
    fn an_open_quote_comments_and_semicolons_are_refused() {
        assert_eq!(tokens("'open").unwrap_err().code, -282);
        for sql in [
            "a -- b",
            "a; b",
            "{ab}",
            "a /* b */",
            "a || b",
            "1.5",
            "1e3",
            "\\",
        ] {
            assert_eq!(tokens(sql).unwrap_err().code, -201, "{sql}");
        }
    }

    proptest! {
        #[test]
        fn every_string_survives_quoting(content in any::<String>()) {
            let quoted = format!("'{}'", content.replace('\'', "''"));
            prop_assert_eq!(tokens(&quoted).unwrap(), [Token::Text(content)]);
        }

        #[test]
        fn no_text_panics(sql in any::<String>()) {
            let _ = tokens(&sql);
        }
    }
}
