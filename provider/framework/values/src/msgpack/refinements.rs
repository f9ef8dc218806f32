//! The payload of an unknown value: what is already sure about it.

use super::decode::number;
use super::reader::{Reader, Token, utf8};
use super::writer::Writer;
use crate::{DecodeProblem, MAX_DEPTH, NumberBound, Refinements};

/// The extension of an unknown value of which something is sure.
pub(super) const EXTENSION_CODE: i8 = 12;

/// A core refuses a longer payload.
const MAX_PAYLOAD: usize = 1024;

/// A longer prefix is cut; a prefix of a prefix is as true.
const MAX_PREFIX: usize = 256;

const NULLNESS: u64 = 1;
const STRING_PREFIX: u64 = 2;
const NUMBER_LOWER_BOUND: u64 = 3;
const NUMBER_UPPER_BOUND: u64 = 4;
const LENGTH_LOWER_BOUND: u64 = 5;
const LENGTH_UPPER_BOUND: u64 = 6;

/// Reads what an extension says. Every extension is an unknown value; one that cannot be understood
/// says nothing about it.
pub(super) fn decode(code: i8, payload: &[u8]) -> Refinements {
    if code != EXTENSION_CODE || payload.len() > MAX_PAYLOAD {
        return Refinements::none();
    }
    read(payload).unwrap_or_default()
}

/// The payload to send; none if nothing is sure, or too much to be sent.
pub(super) fn encode(refinements: &Refinements) -> Option<Vec<u8>> {
    let mut entries = Vec::new();
    if refinements.is_not_null() {
        entries.push((NULLNESS, Writer::of(|writer| writer.bool(false))));
    }
    if let Some(prefix) = refinements.get_string_prefix() {
        let end = (0..=MAX_PREFIX.min(prefix.len()))
            .rev()
            .find(|end| prefix.is_char_boundary(*end))
            .unwrap_or(0);
        let prefix = &prefix[..end];
        entries.push((
            STRING_PREFIX,
            Writer::of(|writer| writer.short_string(prefix)),
        ));
    }
    let bounds = [
        (NUMBER_LOWER_BOUND, refinements.get_number_lower_bound()),
        (NUMBER_UPPER_BOUND, refinements.get_number_upper_bound()),
    ];
    for (key, bound) in bounds {
        if let Some(NumberBound { number, inclusive }) = bound {
            let pair = Writer::of(|writer| {
                writer.array(2);
                writer.number(number);
                writer.bool(*inclusive);
            });
            entries.push((key, pair));
        }
    }
    let lengths = [
        (LENGTH_LOWER_BOUND, refinements.get_length_lower_bound()),
        (LENGTH_UPPER_BOUND, refinements.get_length_upper_bound()),
    ];
    for (key, length) in lengths {
        if let Some(length) = length {
            entries.push((key, Writer::of(|writer| writer.unsigned(length))));
        }
    }
    let payload = Writer::of(|writer| {
        writer.map(u32::try_from(entries.len()).unwrap_or(u32::MAX));
        for (key, value) in &entries {
            writer.unsigned(*key);
            writer.raw(value);
        }
    });
    (!entries.is_empty() && payload.len() <= MAX_PAYLOAD).then_some(payload)
}

fn read(payload: &[u8]) -> Result<Refinements, DecodeProblem> {
    let mut reader = Reader::new(payload);
    let Token::Map(length) = reader.token()? else {
        return Err(DecodeProblem::Malformed("refinements are a map"));
    };
    let mut refinements = Refinements::none();
    for _ in 0..length {
        let key = reader.token()?;
        refinements = match (unsigned(key), reader.token()?) {
            (Some(NULLNESS), Token::Bool(false)) => refinements.not_null(),
            (Some(STRING_PREFIX), Token::String(prefix)) => {
                refinements.string_prefix(utf8(prefix)?)
            }
            (Some(NUMBER_LOWER_BOUND), Token::Array(2)) => {
                refinements.number_lower_bound(bound(&mut reader)?)
            }
            (Some(NUMBER_UPPER_BOUND), Token::Array(2)) => {
                refinements.number_upper_bound(bound(&mut reader)?)
            }
            (Some(LENGTH_LOWER_BOUND), length) => match unsigned(length) {
                Some(length) => refinements.length_lower_bound(length),
                None => return Err(DecodeProblem::Malformed("a length is a whole number")),
            },
            (Some(LENGTH_UPPER_BOUND), length) => match unsigned(length) {
                Some(length) => refinements.length_upper_bound(length),
                None => return Err(DecodeProblem::Malformed("a length is a whole number")),
            },
            // A refinement of the future.
            (_, value) => {
                skip(&mut reader, value, 0)?;
                refinements
            }
        };
    }
    Ok(refinements)
}

fn unsigned(token: Token<'_>) -> Option<u64> {
    match token {
        Token::Unsigned(number) => Some(number),
        Token::Signed(number) => u64::try_from(number).ok(),
        _ => None,
    }
}

fn bound(reader: &mut Reader<'_>) -> Result<NumberBound, DecodeProblem> {
    let number = number(reader.token()?)?;
    match reader.token()? {
        Token::Bool(inclusive) => Ok(NumberBound { number, inclusive }),
        _ => Err(DecodeProblem::Malformed("a bound is inclusive or not")),
    }
}

fn skip(reader: &mut Reader<'_>, token: Token<'_>, depth: usize) -> Result<(), DecodeProblem> {
    if depth > MAX_DEPTH {
        return Err(DecodeProblem::TooDeep);
    }
    let parts = match token {
        Token::Array(length) => length,
        Token::Map(length) => 2 * length,
        _ => 0,
    };
    for _ in 0..parts {
        let part = reader.token()?;
        skip(reader, part, depth + 1)?;
    }
    Ok(())
}
