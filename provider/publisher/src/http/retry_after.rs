//! The header `Retry-After` (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

/// How long the publisher wants to be left alone: a number of seconds, or a date. Anything else is no wish.
pub(super) fn parse(value: &str) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    // A date that has passed asks for nothing.
    date.duration_since(SystemTime::now()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(parse("120"), Some(Duration::from_secs(120)));
        let later = SystemTime::now() + Duration::from_secs(3600);
        let wish = parse(&httpdate::fmt_http_date(later)).unwrap();
        assert!(wish > Duration::from_secs(3000) && wish <= Duration::from_secs(3600));
        assert_eq!(parse("Fri, 31 Dec 1999 23:59:59 GMT"), None);
        for nonsense in ["", "soon", "-1", "1.5"] {
            assert_eq!(parse(nonsense), None, "{nonsense}");
        }
    }
}
