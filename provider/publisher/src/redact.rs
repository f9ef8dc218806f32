//! Texts of a publisher, fit to be shown: short, and without the secrets of the connection.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret;

use crate::Connection;

const REPLACEMENT: &str = "(secret)";

/// The first `length` characters of a text, without the password in any form in which it was sent.
pub(crate) fn excerpt(connection: &Connection, text: &[u8], length: usize) -> String {
    let password = connection.password.expose_secret();
    let credentials = STANDARD.encode(format!("{}:{password}", connection.username));
    let escaped = quick_xml::escape::escape(password);
    let longest_secret = credentials.len().max(escaped.len());
    // Enough bytes for the characters, and for a secret that begins with the last of them.
    let begin = &text[..text.len().min((length + longest_secret) * 4)];
    let mut shown = String::from_utf8_lossy(begin).into_owned();
    for secret in [credentials.as_str(), password, &escaped] {
        // An empty password stands between any two characters.
        if !secret.is_empty() {
            shown = shown.replace(secret, REPLACEMENT);
        }
    }
    shown.chars().take(length).collect()
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
    fn an_empty_password_changes_nothing() {
        assert_eq!(
            excerpt(&connection(""), b"<html>\xff", 200),
            "<html>\u{fffd}"
        );
    }
}
