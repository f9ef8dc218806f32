//! The header `Retry-After` (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

/// Longer than anybody waits; what is added to a clock must have an end.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long the publisher wants to be left alone: a number of seconds, or a date. Anything else is no wish.
pub(super) fn parse(value: &str) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds).min(LONGEST));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    // A date that has passed asks for nothing.
    let wish = date.duration_since(SystemTime::now()).ok()?;
    Some(wish.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(parse("120"), Some(Duration::from_secs(120)));
        assert_eq!(parse(&u64::MAX.to_string()), Some(LONGEST));
        let later = SystemTime::now() + Duration::from_secs(3600);
        let wish = parse(&httpdate::fmt_http_date(later)).unwrap();
        assert!(wish > Duration::from_secs(3000) && wish <= Duration::from_secs(3600));
        assert_eq!(parse("Fri, 31 Dec 1999 23:59:59 GMT"), None);
        for nonsense in ["", "soon", "-1", "1.5"] {
            assert_eq!(parse(nonsense), None, "{nonsense}");
        }
    }
}
