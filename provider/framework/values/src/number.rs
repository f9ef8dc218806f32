//! Decimal numbers of any size, exactly.

mod parse;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;

use thiserror::Error;

/// Why a text or a float is not a [`Number`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum NumberError {
    /// The text is not a decimal number such as `-12.5` or `1e3`.
    #[error("not a decimal number")]
    NotANumber,
    /// Written out, it has more digits than [`Number::MAX_DIGITS`].
    #[error("a number of more than {} digits", Number::MAX_DIGITS)]
    TooLong,
}

/// A decimal number, exact: as many digits as it needs, whole or not, and the two infinities, which
/// Terraform's arithmetic can produce.
///
/// Equality, order and hash go by value: `1.0` is `1`, and minus zero is zero.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Number(Representation);

/// One representation a value: whatever fits an `i64` is `Integer`, so derived equality is by value.
#[derive(Clone, Eq, Hash, PartialEq)]
enum Representation {
    Integer(i64),
    Decimal(Box<Decimal>),
    Infinity { negative: bool },
}

/// `±0.DIGITS × 10^magnitude`; the digits begin and end with one that is not zero.
#[derive(Clone, Eq, Hash, PartialEq)]
struct Decimal {
    negative: bool,
    digits: Box<str>,
    magnitude: i32,
}

impl Number {
    /// How many digits a number may have when written out without an exponent.
    pub const MAX_DIGITS: usize = 4096;

    /// Reads a decimal number: `-12`, `0.1`, `1e-3`, `+7`. No other bases, no separators, no spaces.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        parse::parse(text)
    }

    /// The number that a binary float stands for: exactly when it is whole, otherwise the shortest
    /// decimal that means this float, as Terraform compares them. NaN is not a number.
    pub fn from_f64(float: f64) -> Result<Self, NumberError> {
        if float.is_nan() {
            Err(NumberError::NotANumber)
        } else if float.is_infinite() {
            Ok(Self(Representation::Infinity {
                negative: float.is_sign_negative(),
            }))
        } else if float.fract() == 0.0 {
            // With a precision all digits come out, without one only those that tell floats apart.
            parse::parse(&format!("{float:.0}"))
        } else {
            parse::parse(&float.to_string())
        }
    }

    /// The number as an `i64`, if it is whole and fits.
    pub const fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Representation::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    /// The number as a `u64`, if it is whole and fits.
    pub fn to_u64(&self) -> Option<u64> {
        match &self.0 {
            Representation::Integer(integer) => u64::try_from(*integer).ok(),
            Representation::Decimal(decimal) if self.is_integer() && !decimal.negative => {
                self.to_string().parse().ok()
            }
            _ => None,
        }
    }

    /// The nearest float; infinite when it is out of a float's range.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            #[expect(clippy::cast_precision_loss, reason = "the nearest float is asked for")]
            Representation::Integer(integer) => *integer as f64,
            Representation::Decimal(_) => self.to_string().parse().unwrap_or(f64::NAN),
            Representation::Infinity { negative: false } => f64::INFINITY,
            Representation::Infinity { negative: true } => f64::NEG_INFINITY,
        }
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Representation::Integer(_) => true,
            Representation::Decimal(decimal) => {
                usize::try_from(decimal.magnitude).is_ok_and(|whole| whole >= decimal.digits.len())
            }
            Representation::Infinity { .. } => false,
        }
    }

    /// Whether it is one of the two infinities.
    pub const fn is_infinite(&self) -> bool {
        matches!(self.0, Representation::Infinity { .. })
    }

    fn sign(&self) -> i8 {
        match &self.0 {
            Representation::Integer(integer) => integer.signum() as i8,
            Representation::Decimal(decimal) => sign(decimal.negative),
            Representation::Infinity { negative } => sign(*negative),
        }
    }
}

const fn sign(negative: bool) -> i8 {
    if negative { -1 } else { 1 }
}

macro_rules! from_integers {
    ($($integer:ty),+) => {$(
        impl From<$integer> for Number {
            fn from(integer: $integer) -> Self {
                Self(Representation::Integer(i64::from(integer)))
            }
        }
    )+};
}

from_integers!(i8, i16, i32, i64, u8, u16, u32);

impl From<u64> for Number {
    fn from(integer: u64) -> Self {
        if let Ok(integer) = i64::try_from(integer) {
            return Self::from(integer);
        }
        let digits = integer.to_string();
        let magnitude = i32::try_from(digits.len()).unwrap_or(i32::MAX);
        Self(decimal(false, &digits, magnitude))
    }
}

impl std::str::FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::parse(text)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Representation::Integer(left), Representation::Integer(right)) => left.cmp(right),
            _ => self
                .sign()
                .cmp(&other.sign())
                .then_with(|| match self.sign() {
                    -1 => compare_magnitudes(other, self),
                    _ => compare_magnitudes(self, other),
                }),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares two numbers of one sign by their distance from zero.
fn compare_magnitudes(left: &Number, right: &Number) -> Ordering {
    match (left.is_infinite(), right.is_infinite()) {
        (false, false) => {
            let (left, right) = (left.to_decimal(), right.to_decimal());
            left.magnitude
                .cmp(&right.magnitude)
                .then_with(|| left.digits.cmp(&right.digits))
        }
        (left, right) => left.cmp(&right),
    }
}

impl Number {
    /// The finite number as digits; zero has none and the smallest magnitude.
    fn to_decimal(&self) -> Decimal {
        match &self.0 {
            Representation::Decimal(decimal) => (**decimal).clone(),
            Representation::Integer(integer) if *integer != 0 => {
                let text = integer.unsigned_abs().to_string();
                Decimal {
                    negative: *integer < 0,
                    digits: text.trim_end_matches('0').into(),
                    magnitude: i32::try_from(text.len()).unwrap_or(i32::MAX),
                }
            }
            _ => Decimal {
                negative: false,
                digits: "".into(),
                magnitude: i32::MIN,
            },
        }
    }
}

impl fmt::Display for Number {
    /// Plain notation, without exponent or superfluous zeros: the one canonical text of a value.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Representation::Integer(integer) => integer.fmt(formatter),
            Representation::Decimal(decimal) => decimal.fmt(formatter),
            Representation::Infinity { negative: false } => formatter.write_str("Inf"),
            Representation::Infinity { negative: true } => formatter.write_str("-Inf"),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Number({self})")
    }
}

/// `±0.DIGITS × 10^magnitude`, with zeros at the end allowed.
fn decimal(negative: bool, digits: &str, magnitude: i32) -> Representation {
    Representation::Decimal(Box::new(Decimal {
        negative,
        digits: digits.trim_end_matches('0').into(),
        magnitude,
    }))
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            formatter.write_str("-")?;
        }
        match usize::try_from(self.magnitude) {
            Ok(whole) if whole >= self.digits.len() => {
                write!(formatter, "{:0<whole$}", &*self.digits)
            }
            Ok(whole) if whole > 0 => {
                let (integer, fraction) = self.digits.split_at(whole);
                write!(formatter, "{integer}.{fraction}")
            }
            _ => {
                let zeros = self.magnitude.unsigned_abs() as usize;
                write!(formatter, "0.{:0<zeros$}{}", "", &*self.digits)
            }
        }
    }
}
