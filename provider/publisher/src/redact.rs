//! Texts of a publisher, fit to be shown: short, and without the secrets of the connection.

use std::collections::HashSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret;

use crate::Connection;

const REPLACEMENT: &str = "(secret)";

/// How much of a text is looked at.
const LONGEST_LOOK: usize = 16 * 1024;

/// This many characters of a secret in a row are removed as well: a text may begin or end in the middle of it.
const TELLING: usize = 6;

/// The first `length` characters of a text, without the password or parts of it, in any form in which it was
/// sent or is likely to be repeated.
pub(crate) fn excerpt(connection: &Connection, text: &[u8], length: usize) -> String {
    let looked_at = &text[..text.len().min(LONGEST_LOOK)];
    let mut characters: Vec<char> = String::from_utf8_lossy(looked_at).chars().collect();
    let secret = secret_characters(connection, &characters);
    if looked_at.len() < text.len() {
        // A secret that begins here would not be recognised.
        characters.truncate(characters.len().saturating_sub(TELLING));
    }
    let mut shown = String::new();
    let mut in_secret = false;
    for (character, is_secret) in characters.into_iter().zip(secret) {
        match (is_secret, in_secret) {
            (true, false) => shown.push_str(REPLACEMENT),
            (true, true) => {}
            (false, _) => shown.push(character),
        }
        in_secret = is_secret;
    }
    shown.chars().take(length).collect()
}

/// Which of the characters belong to a secret.
fn secret_characters(connection: &Connection, characters: &[char]) -> Vec<bool> {
    let mut secret = vec![false; characters.len()];
    for form in forms(connection) {
        let form: Vec<char> = form.chars().collect();
        let width = form.len().min(TELLING);
        // An empty password stands between any two characters.
        if width == 0 {
            continue;
        }
        let pieces: HashSet<&[char]> = form.windows(width).collect();
        for (at, window) in characters.windows(width).enumerate() {
            if pieces.contains(window) {
                secret[at..at + width].fill(true);
            }
        }
    }
    secret
}

/// The password as it is, as markup, URLs and JSON write it, and as HTTP sends it.
fn forms(connection: &Connection) -> Vec<String> {
    let password = connection.password.expose_secret();
    if password.is_empty() {
        return Vec::new();
    }
    let mut in_url = String::new();
    for byte in password.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            in_url.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(in_url, "%{byte:02X}");
        }
    }
    let in_json = serde_json::Value::from(password).to_string();
    let markup = quick_xml::escape::escape(password);
    vec![
        password.to_owned(),
        markup.replace("&apos;", "&#39;").replace("&quot;", "&#34;"),
        markup.into_owned(),
        in_url,
        in_json.trim_matches('"').to_owned(),
        STANDARD.encode(password),
        STANDARD.encode(format!("{}:{password}", connection.username)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(password: &str) -> Connection {
        Connection {
            password: password.into(),
            ..crate::scripted::connection(1)
        }
    }

    #[test]
    fn the_password_is_removed_in_every_form() {
        let connection = connection("p<ss&word");
        let sent = STANDARD.encode(format!("{}:p<ss&word", connection.username));
        let text = format!("a p<ss&word b p&lt;ss&amp;word c Basic {sent} d");
        assert_eq!(
            excerpt(&connection, text.as_bytes(), 200),
            "a (secret) b (secret) c Basic (secret) d"
        );
    }

    #[test]
    fn no_part_of_a_password_is_left_at_the_end() {
        let connection = connection("correct horse");
        let text = format!("{}correct horse", "x".repeat(195));
        assert_eq!(
            excerpt(&connection, text.as_bytes(), 200),
            format!("{}(secr", "x".repeat(195))
        );
    }

    #[test]
    fn parts_and_other_spellings_are_removed() {
        let connection = connection("p<ss & word'42");
        let sent = STANDARD.encode(format!("{}:p<ss & word'42", connection.username));
        for text in [
            format!("Authorization: Basic {}", &sent[..sent.len() / 2]),
            format!("...{}", &sent[9..]),
            "url p%3Css%20%26%20word%2742".to_owned(),
            "page p&lt;ss &amp; word&#39;42".to_owned(),
            format!("token {}", STANDARD.encode("p<ss & word'42")),
        ] {
            let shown = excerpt(&connection, text.as_bytes(), 200);
            let (_, rest) = shown.split_once(REPLACEMENT).unwrap();
            assert_eq!(rest, "", "{text}: {shown}");
        }
    }

    #[test]
    fn a_text_full_of_secrets_shows_none_where_it_is_cut() {
        let password = "k".repeat(700) + "y";
        let connection = connection(&password);
        for shift in [0, 1, 150, 190, 199] {
            let text = format!("{}{}", ".".repeat(shift), password.repeat(30));
            let shown = excerpt(&connection, text.as_bytes(), 200);
            assert!(!shown.contains('k'), "{shift}: {shown}");
        }
    }

    #[test]
    fn an_empty_password_changes_nothing() {
        assert_eq!(
            excerpt(&connection(""), b"<html>\xff", 200),
            "<html>\u{fffd}"
        );
    }
}
