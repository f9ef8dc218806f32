//! Texts as Terraform's language writes them.

/// A text in quotes, that means itself.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // A template would begin here.
            '$' | '%' if characters.peek() == Some(&'{') => {
                quoted.push(character);
                quoted.push(character);
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_something_else() {
        for (text, expected) in [
            ("remote.com", r#""remote.com""#),
            (r".com.remote.\*", r#"".com.remote.\\*""#),
            (r#"say "hello""#, r#""say \"hello\"""#),
            ("${var.x} %{if} $5 100%", r#""$${var.x} %%{if} $5 100%""#),
            ("a\nb", r#""a\nb""#),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}
