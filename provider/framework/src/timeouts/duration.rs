//! Durations as Go's `time.ParseDuration` reads them, without the negative ones.

use std::str::FromStr;
use std::time::Duration;

use tfplugin_values::{Type, Value};

use crate::field::{FieldType, IntoValue, Mismatch, Mismatches};

/// A duration as the user wrote it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GoDuration {
    text: String,
    duration: Duration,
}

impl GoDuration {
    /// The duration, greater than zero.
    pub fn duration(&self) -> Duration {
        self.duration
    }
}

/// Not a duration.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "{text:?} is no duration: write one greater than zero as numbers with units (h, m, s, ms), such as \"30m\" \
     or \"1h30m\""
)]
pub struct InvalidDuration {
    text: String,
}

impl FromStr for GoDuration {
    type Err = InvalidDuration;

    fn from_str(text: &str) -> Result<Self, InvalidDuration> {
        let text = text.to_owned();
        match nanoseconds(&text) {
            Some(nanoseconds) => Ok(Self {
                text,
                duration: Duration::from_nanos(nanoseconds),
            }),
            None => Err(InvalidDuration { text }),
        }
    }
}

fn nanoseconds(text: &str) -> Option<u64> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut nanoseconds: u128 = 0;
    while !rest.is_empty() {
        let (part, after) = part(rest)?;
        nanoseconds = nanoseconds.checked_add(part)?;
        rest = after;
    }
    // Go counts nanoseconds in an i64, which ends after 292 years.
    let nanoseconds = i64::try_from(nanoseconds).ok()?.unsigned_abs();
    (nanoseconds > 0).then_some(nanoseconds)
}

/// One number with its unit, in nanoseconds, and what follows it.
fn part(text: &str) -> Option<(u128, &str)> {
    let (whole, rest) = digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let end = rest
        .find(|character: char| character.is_ascii_digit() || character == '.')
        .unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(end);
    let unit: u128 = match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    Some((scaled(whole, fraction, unit)?, rest))
}

fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

fn scaled(whole: &str, fraction: &str, unit: u128) -> Option<u128> {
    let whole: u128 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let mut total = whole.checked_mul(unit)?;
    let mut share = unit;
    for digit in fraction.bytes() {
        share /= 10;
        total = total.checked_add(u128::from(digit - b'0') * share)?;
    }
    Some(total)
}

impl IntoValue for GoDuration {
    fn into_value(self) -> Value {
        Value::String(self.text)
    }
}

impl FieldType for GoDuration {
    fn check_type(ty: &Type) -> Result<(), Mismatch> {
        String::check_type(ty)
    }

    fn from_value(value: &Value) -> Result<Self, Mismatches> {
        String::from_value(value)?
            .parse()
            .map_err(|_: InvalidDuration| {
                Mismatch::new("a duration such as \"30m\" or \"1h30m\"").into()
            })
    }
}
