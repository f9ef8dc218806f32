//! JSON read piece by piece, so that a type can direct it and numbers keep their digits.

use std::borrow::Cow;

use crate::{DecodeProblem, MAX_DEPTH};

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// What it is, for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a bool",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// A JSON text, and how far it is read.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(json: &'a [u8]) -> Result<Self, DecodeProblem> {
        let text = std::str::from_utf8(json).map_err(|_| DecodeProblem::NotUtf8)?;
        Ok(Self { text, position: 0 })
    }

    /// What comes next; nothing of it is read.
    pub(crate) fn kind(&mut self) -> Result<Kind, DecodeProblem> {
        match self.peek() {
            Some(b'n') => Ok(Kind::Null),
            Some(b't' | b'f') => Ok(Kind::Bool),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b'"') => Ok(Kind::String),
            Some(b'[') => Ok(Kind::Array),
            Some(b'{') => Ok(Kind::Object),
            Some(_) => Err(DecodeProblem::Malformed("a JSON value is expected")),
            None => Err(DecodeProblem::Truncated),
        }
    }

    pub(crate) fn null(&mut self) -> Result<(), DecodeProblem> {
        self.literal("null")
    }

    pub(crate) fn bool(&mut self) -> Result<bool, DecodeProblem> {
        if self.peek() == Some(b't') {
            self.literal("true").map(|()| true)
        } else {
            self.literal("false").map(|()| false)
        }
    }

    /// The text of a number, with all its digits.
    pub(crate) fn number(&mut self) -> Result<&'a str, DecodeProblem> {
        self.peek();
        let rest = &self.text[self.position..];
        let length = rest
            .bytes()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
            .count();
        let number = &rest[..length];
        let unsigned = number.strip_prefix('-').unwrap_or(number).as_bytes();
        match unsigned {
            [b'0', b'0'..=b'9', ..] | [b'+', ..] => {
                Err(DecodeProblem::Malformed("a number of another form"))
            }
            _ => {
                self.position += length;
                Ok(number)
            }
        }
    }

    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, DecodeProblem> {
        self.expect(b'"')?;
        let rest = &self.text[self.position..];
        let end = rest
            .bytes()
            .position(|byte| byte == b'"' || byte == b'\\' || byte < 0x20)
            .ok_or(DecodeProblem::Truncated)?;
        if rest.as_bytes()[end] == b'"' {
            self.position += end + 1;
            return Ok(Cow::Borrowed(&rest[..end]));
        }
        let mut text = String::new();
        loop {
            text.push_str(self.plain_characters());
            match self.byte()? {
                b'"' => return Ok(Cow::Owned(text)),
                b'\\' => text.push(self.escaped()?),
                _ => return Err(DecodeProblem::Malformed("a control character in a string")),
            }
        }
    }

    /// Reads an array, calling for each element with its position.
    pub(crate) fn array<E: From<DecodeProblem>>(
        &mut self,
        mut element: impl FnMut(&mut Self, usize) -> Result<(), E>,
    ) -> Result<usize, E> {
        self.expect(b'[')?;
        if self.peek() == Some(b']') {
            self.position += 1;
            return Ok(0);
        }
        for position in 0.. {
            element(self, position)?;
            if self.ends(b']')? {
                return Ok(position + 1);
            }
        }
        Ok(usize::MAX)
    }

    /// Reads an object, calling for each member with its name.
    pub(crate) fn object<E: From<DecodeProblem>>(
        &mut self,
        mut member: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'{')?;
        if self.peek() == Some(b'}') {
            self.position += 1;
            return Ok(());
        }
        loop {
            let name = self.string()?;
            self.expect(b':')?;
            member(self, name)?;
            if self.ends(b'}')? {
                return Ok(());
            }
        }
    }

    /// Reads over a value of any kind and returns a reader that stands before it.
    pub(crate) fn skipped(&mut self, depth: usize) -> Result<Self, DecodeProblem> {
        let before = self.clone();
        self.skip(depth)?;
        Ok(before)
    }

    /// Reads over a value of any kind.
    pub(crate) fn skip(&mut self, depth: usize) -> Result<(), DecodeProblem> {
        if depth > MAX_DEPTH {
            return Err(DecodeProblem::TooDeep);
        }
        match self.kind()? {
            Kind::Null => self.null()?,
            Kind::Bool => self.bool().map(drop)?,
            Kind::Number => self.number().map(drop)?,
            Kind::String => self.string().map(drop)?,
            Kind::Array => self.array(|reader, _| reader.skip(depth + 1)).map(drop)?,
            Kind::Object => self.object(|reader, _| reader.skip(depth + 1))?,
        }
        Ok(())
    }

    /// Nothing but white space may be left.
    pub(crate) fn finish(mut self) -> Result<(), DecodeProblem> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(DecodeProblem::TrailingBytes),
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.position..];
        let space = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
            .count();
        self.position += space;
        rest.get(space).copied()
    }

    fn expect(&mut self, expected: u8) -> Result<(), DecodeProblem> {
        match self.peek() {
            Some(found) if found == expected => {
                self.position += 1;
                Ok(())
            }
            Some(_) => Err(DecodeProblem::Malformed("not JSON")),
            None => Err(DecodeProblem::Truncated),
        }
    }

    /// Whether an array or object ends here; otherwise a comma must be.
    fn ends(&mut self, close: u8) -> Result<bool, DecodeProblem> {
        if self.peek() == Some(close) {
            self.position += 1;
            Ok(true)
        } else {
            self.expect(b',').map(|()| false)
        }
    }

    fn literal(&mut self, literal: &str) -> Result<(), DecodeProblem> {
        self.peek();
        if self.text[self.position..].starts_with(literal) {
            self.position += literal.len();
            Ok(())
        } else {
            Err(DecodeProblem::Malformed("not JSON"))
        }
    }

    fn byte(&mut self) -> Result<u8, DecodeProblem> {
        let byte = self.text.as_bytes().get(self.position);
        self.position += 1;
        byte.copied().ok_or(DecodeProblem::Truncated)
    }

    /// Up to the end of the string or the next escape.
    fn plain_characters(&mut self) -> &'a str {
        let rest = &self.text[self.position..];
        let length = rest
            .bytes()
            .position(|byte| byte == b'"' || byte == b'\\' || byte < 0x20)
            .unwrap_or(rest.len());
        self.position += length;
        &rest[..length]
    }

    /// The character that an escape means; the backslash is read.
    fn escaped(&mut self) -> Result<char, DecodeProblem> {
        Ok(match self.byte()? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.escaped_unicode()?,
            _ => {
                return Err(DecodeProblem::Malformed(
                    "an escape that JSON does not have",
                ));
            }
        })
    }

    fn escaped_unicode(&mut self) -> Result<char, DecodeProblem> {
        let first = self.four_hex_digits()?;
        let mut units = vec![first];
        if (0xD800..0xDC00).contains(&first) && self.text[self.position..].starts_with("\\u") {
            self.position += 2;
            units.push(self.four_hex_digits()?);
        }
        match char::decode_utf16(units).next() {
            Some(Ok(character)) => Ok(character),
            _ => Err(DecodeProblem::Malformed(
                "half a surrogate pair in a string",
            )),
        }
    }

    fn four_hex_digits(&mut self) -> Result<u16, DecodeProblem> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.byte()?)
                .to_digit(16)
                .and_then(|digit| u16::try_from(digit).ok())
                .ok_or(DecodeProblem::Malformed(
                    "an escape that is not hexadecimal",
                ))?;
            unit = unit << 4 | digit;
        }
        Ok(unit)
    }
}
