//! One line of hclog's JSON, within the limits of the host that reads it.

use std::fmt::Write as _;

use time::OffsetDateTime;
use tracing::Level;

/// A host reads lines of at most 64 KiB; what is longer is torn and shown raw.
const LINE_LIMIT: usize = 60 * 1024;

/// The longest text of one field, so that one cannot push out the others.
const TEXT_LIMIT: usize = 16 * 1024;

/// A line under construction.
#[derive(Debug)]
pub(super) struct Line {
    json: String,
}

impl Line {
    /// Begins a line. The host requires these four to be strings: a number crashes Terraform.
    pub(super) fn new(time: OffsetDateTime, level: Level, module: &str, message: &str) -> Self {
        let mut line = Self {
            json: String::with_capacity(256),
        };
        let _ = write!(
            line.json,
            r#"{{"@level":"{}","@message":"#,
            level_name(level)
        );
        push_text(&mut line.json, message);
        line.json.push_str(r#","@module":"#);
        push_text(&mut line.json, module);
        let _ = write!(line.json, r#","@timestamp":"{}""#, timestamp(time));
        line
    }

    /// Adds a field: its name and its value as JSON. A name with `@` belongs to hclog; a field
    /// that does not fit is left out.
    pub(super) fn push(&mut self, name: &str, value: &str) {
        if name.starts_with('@') || self.json.len() + name.len() + value.len() > LINE_LIMIT {
            return;
        }
        self.json.push(',');
        push_text(&mut self.json, name);
        self.json.push(':');
        self.json.push_str(value);
    }

    /// The whole line with its end.
    pub(super) fn finish(mut self) -> String {
        self.json.push_str("}\n");
        self.json
    }
}

/// A text as a JSON string, cut where it is too long.
pub(super) fn text(value: &str) -> String {
    let mut json = String::with_capacity(value.len() + 2);
    push_text(&mut json, value);
    json
}

fn push_text(json: &mut String, value: &str) {
    let end = value.floor_char_boundary_at(TEXT_LIMIT);
    let quoted = if end < value.len() {
        serde_json::to_string(&format!("{}… ({} bytes)", &value[..end], value.len()))
    } else {
        serde_json::to_string(value)
    };
    json.push_str(quoted.as_deref().unwrap_or(r#""""#));
}

/// `str::floor_char_boundary`, which is younger than the Rust this crate asks for.
trait FloorCharBoundary {
    fn floor_char_boundary_at(&self, limit: usize) -> usize;
}

impl FloorCharBoundary for str {
    fn floor_char_boundary_at(&self, limit: usize) -> usize {
        let mut end = limit.min(self.len());
        while !self.is_char_boundary(end) {
            end -= 1;
        }
        end
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::TRACE => "trace",
        Level::DEBUG => "debug",
        Level::INFO => "info",
        Level::WARN => "warn",
        Level::ERROR => "error",
    }
}

/// Exactly six digits after the second: a host shows a line with any other number of them raw.
fn timestamp(time: OffsetDateTime) -> String {
    let time = time.to_offset(time::UtcOffset::UTC);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z",
        time.year(),
        u8::from(time.month()),
        time.day(),
        time.hour(),
        time.minute(),
        time.second(),
        time.microsecond()
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn at(microseconds: i128) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(microseconds * 1000).unwrap()
    }

    #[test]
    fn a_line_is_what_hclog_writes() {
        let mut line = Line::new(
            at(1_700_000_000_000_042),
            Level::INFO,
            "provider",
            "two\nlines",
        );
        line.push("tf_rpc", &text("Plan"));
        line.push("count", "3");
        assert_eq!(
            line.finish(),
            "{\"@level\":\"info\",\"@message\":\"two\\nlines\",\"@module\":\"provider\",\
             \"@timestamp\":\"2023-11-14T22:13:20.000042Z\",\"tf_rpc\":\"Plan\",\"count\":3}\n"
        );
    }

    #[test]
    fn hclogs_own_keys_cannot_be_overwritten() {
        let mut line = Line::new(at(0), Level::WARN, "provider", "text");
        line.push("@message", "7");
        assert_eq!(line.finish().matches("@message").count(), 1);
    }

    proptest! {
        #[test]
        fn every_line_is_json_within_the_limit(
            message in "\\PC*",
            long in proptest::bool::ANY,
            fields in prop::collection::vec(("\\PC{0,9}", "\\PC*", 1..9_usize), 0..9),
            micros in 0..4_000_000_000_000_000_i128,
        ) {
            let repeat = if long { 9000 } else { 1 };
            let mut line = Line::new(at(micros), Level::DEBUG, "m", &message.repeat(repeat));
            for (name, value, times) in &fields {
                line.push(name, &text(&value.repeat(times * repeat)));
            }
            let line = line.finish();
            prop_assert!(line.len() < 128 * 1024);
            let object: Value = serde_json::from_str(&line).unwrap();
            for key in ["@level", "@message", "@module", "@timestamp"] {
                prop_assert!(object[key].is_string());
            }
            prop_assert_eq!(object["@timestamp"].as_str().unwrap().len(), "2006-01-02T15:04:05.000000Z".len());
        }
    }
}
