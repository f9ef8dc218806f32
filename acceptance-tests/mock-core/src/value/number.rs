//! An exact decimal number.
//!
//! Core keeps numbers with 512 bits and compares whole ones exactly and fractions by their shortest
//! decimal text; a canonical decimal gives the same answers.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// `± digits × 10^exponent`, with no leading and no trailing zero in `digits`; zero has none.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number {
    negative: bool,
    digits: String,
    exponent: i32,
}

/// A text or float that is no number core could have.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NumberError {
    /// Not a decimal number.
    #[error("{0:?} is not a decimal number")]
    Syntax(String),
    /// Larger or finer than a test should ever need.
    #[error("the number has more than {MAX_EXPONENT} digits")]
    TooLong,
    /// Infinity or not-a-number.
    #[error("the number is not finite")]
    NotFinite,
}

const MAX_EXPONENT: i32 = 10_000;

impl Number {
    /// The number a float stands for: exact when whole, otherwise its shortest decimal text.
    pub fn from_f64(float: f64) -> Result<Self, NumberError> {
        if !float.is_finite() {
            return Err(NumberError::NotFinite);
        }
        // Rust prints whole floats exactly and others in their shortest form, never in E notation.
        let text = if float.fract() == 0.0 {
            format!("{float:.0}")
        } else {
            format!("{float}")
        };
        text.parse()
    }

    /// The number as a 64-bit integer, when it is one.
    pub fn to_i64(&self) -> Option<i64> {
        if self.is_whole() {
            self.to_string().parse().ok()
        } else {
            None
        }
    }

    /// The float that is exactly this number, if there is one.
    pub fn to_exact_f64(&self) -> Option<f64> {
        let float: f64 = self.to_string().parse().ok()?;
        // No float has more fractional digits than 1074, so this text is exact.
        let exact: Number = format!("{float:.1074}").parse().ok()?;
        (exact == *self).then_some(float)
    }

    /// Whether there is no fraction.
    pub fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    fn new(negative: bool, digits: &str, exponent: i32) -> Result<Self, NumberError> {
        let significant = digits.trim_start_matches('0');
        let trimmed = significant.trim_end_matches('0');
        if trimmed.is_empty() {
            return Ok(Self {
                negative: false,
                digits: String::new(),
                exponent: 0,
            });
        }
        let dropped =
            i32::try_from(significant.len() - trimmed.len()).map_err(|_| NumberError::TooLong)?;
        let exponent = exponent.checked_add(dropped).ok_or(NumberError::TooLong)?;
        let length = i32::try_from(trimmed.len()).map_err(|_| NumberError::TooLong)?;
        if exponent.abs() > MAX_EXPONENT || length > MAX_EXPONENT {
            return Err(NumberError::TooLong);
        }
        Ok(Self {
            negative,
            digits: trimmed.to_owned(),
            exponent,
        })
    }

    /// The power of ten of the first digit plus one; compares magnitudes.
    fn magnitude(&self) -> i64 {
        i64::try_from(self.digits.len())
            .unwrap_or(i64::MAX)
            .saturating_add(self.exponent.into())
    }

    fn cmp_absolute(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            // Equally long integer parts: digits compare like fractions, that is as text.
            (false, false) => self
                .magnitude()
                .cmp(&other.magnitude())
                .then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let wrong = || NumberError::Syntax(text.chars().take(64).collect());
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| wrong())?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let ends_with_point = mantissa.ends_with('.');
        if digits.is_empty() || ends_with_point || !digits.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Err(wrong());
        }
        let shift = i32::try_from(fraction.len()).map_err(|_| NumberError::TooLong)?;
        let exponent = exponent.checked_sub(shift).ok_or(NumberError::TooLong)?;
        Self::new(negative, &digits, exponent)
    }
}

/// Plain decimal notation, never with an exponent.
impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        if self.digits.is_empty() {
            return formatter.write_str("0");
        }
        if let Ok(zeros) = usize::try_from(self.exponent) {
            return write!(formatter, "{sign}{}{:0<zeros$}", self.digits, "");
        }
        let places = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        let padded = format!("{:0>width$}", self.digits, width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        write!(formatter, "{sign}{whole}.{fraction}")
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_absolute(other),
            (true, true) => other.cmp_absolute(self),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::whole(number < 0, number.unsigned_abs())
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self::whole(false, number)
    }
}

impl Number {
    fn whole(negative: bool, absolute: u64) -> Self {
        let text = absolute.to_string();
        let digits = text.trim_end_matches('0');
        // At most twenty digits, so the exponent fits.
        let exponent = if absolute == 0 {
            0
        } else {
            text.len() - digits.len()
        };
        Self {
            negative,
            digits: digits.to_owned(),
            exponent: i32::try_from(exponent).unwrap_or(0),
        }
    }
}
