//! Reading a number from text.

use super::{Number, NumberError, Representation, decimal};

pub(super) fn parse(text: &str) -> Result<Number, NumberError> {
    if let Ok(integer) = text.parse::<i64>() {
        return Ok(Number::from(integer));
    }
    let (negative, unsigned) = split_sign(text);
    let (mantissa, exponent) = split_exponent(unsigned)?;
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if integer.is_empty() || !all_digits(integer) || !all_digits(fraction) {
        return Err(NumberError::NotANumber);
    }
    if mantissa.ends_with('.') {
        return Err(NumberError::NotANumber);
    }
    if mantissa.len() > 2 * Number::MAX_DIGITS {
        return Err(NumberError::TooLong);
    }
    from_parts(
        negative,
        &[integer, fraction].concat(),
        integer.len(),
        exponent,
    )
}

/// The number `±0.DIGITS × 10^(point + exponent)`, with zeros at either end allowed.
fn from_parts(
    negative: bool,
    digits: &str,
    point: usize,
    exponent: i64,
) -> Result<Number, NumberError> {
    let significant = digits.trim_start_matches('0');
    let leading_zeros = digits.len() - significant.len();
    let significant = significant.trim_end_matches('0');
    if significant.is_empty() {
        return Ok(Number::from(0));
    }
    let magnitude = i32::try_from(point)
        .ok()
        .zip(i32::try_from(leading_zeros).ok())
        .and_then(|(point, zeros)| i64::from(point - zeros).checked_add(exponent))
        .and_then(|magnitude| i32::try_from(magnitude).ok())
        .ok_or(NumberError::TooLong)?;
    if plain_length(significant.len(), magnitude) > Number::MAX_DIGITS {
        return Err(NumberError::TooLong);
    }
    let number = Number(decimal(negative, significant, magnitude));
    // A whole number in disguise: `1e3`, `5.0`.
    if number.is_integer()
        && let Ok(integer) = number.to_string().parse::<i64>()
    {
        return Ok(Number(Representation::Integer(integer)));
    }
    Ok(number)
}

/// How many digits the number has when written without an exponent.
fn plain_length(significant: usize, magnitude: i32) -> usize {
    match usize::try_from(magnitude) {
        Ok(whole) => whole.max(significant),
        Err(_) => significant.saturating_add(magnitude.unsigned_abs() as usize),
    }
}

fn split_sign(text: &str) -> (bool, &str) {
    if let Some(unsigned) = text.strip_prefix('-') {
        (true, unsigned)
    } else {
        (false, text.strip_prefix('+').unwrap_or(text))
    }
}

fn split_exponent(text: &str) -> Result<(&str, i64), NumberError> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return Ok((text, 0));
    };
    let (negative, magnitude) = split_sign(exponent);
    if magnitude.is_empty() || !all_digits(magnitude) {
        return Err(NumberError::NotANumber);
    }
    // An exponent of more digits is too long whatever the mantissa, unless that is zero.
    let magnitude = magnitude.parse().unwrap_or(i64::MAX / 2);
    Ok((mantissa, if negative { -magnitude } else { magnitude }))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
