//! Content bytes to operators with their operands, for plain syntax only.

#![expect(clippy::float_arithmetic, reason = "numbers are read")]

use super::Unusual;
use std::ops::Range;

/// The engine ends a page at an operator with more; so many are no plain syntax.
const MOST_OPERANDS: usize = 33;
/// Digits that surely fit the mantissa.
const MOST_DIGITS: u32 = 19;
const POWERS_OF_TEN: [f64; 20] = [
    1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
];

/// White space and delimiters end a name, a number or an operator; nothing else does.
pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    let is_delimiter = matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%');
    !is_white(byte) && !is_delimiter
}

/// A string, as it stands in the content or decoded beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Text<'c> {
    Plain(&'c [u8]),
    /// In [`Lexer::scratch`].
    Decoded(Range<usize>),
}

/// What stands before an operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand<'c> {
    Number(f64),
    Name(&'c [u8]),
    Text(Text<'c>),
    /// Its items are in [`Lexer::items`]; no operator takes two.
    List,
    /// With its brackets.
    Dict(&'c [u8]),
}

/// What stands in a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item<'c> {
    Number(f64),
    Text(Text<'c>),
}

/// An operator and where it and its operands stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation<'c> {
    pub(super) operator: &'c [u8],
    /// All of it, from the first operand on.
    pub(super) source: &'c [u8],
}

/// Reads one operation at a time.
pub(super) struct Lexer<'c> {
    bytes: &'c [u8],
    /// What is not read yet.
    pub(super) rest: &'c [u8],
    operands: Vec<Operand<'c>>,
    items: Vec<Item<'c>>,
    /// Strings decoded for the operation at hand.
    pub(super) scratch: Vec<u8>,
}

impl<'c> Lexer<'c> {
    pub(super) fn new(bytes: &'c [u8]) -> Self {
        Self { bytes, rest: bytes, operands: Vec::new(), items: Vec::new(), scratch: Vec::new() }
    }

    /// The next operator; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Operation<'c>>, Unusual> {
        self.operands.clear();
        self.items.clear();
        self.scratch.clear();
        self.skip_blanks();
        let start = self.rest;
        loop {
            self.skip_blanks();
            let Some(byte) = self.rest.first() else { return Ok(None) };
            let operand = match *byte {
                b'0'..=b'9' | b'+' | b'-' | b'.' => Operand::Number(self.number()?),
                b'/' => Operand::Name(self.name()?),
                b'(' => Operand::Text(self.literal()?),
                b'<' if self.rest.starts_with(b"<<") => Operand::Dict(self.dict()?),
                b'<' => Operand::Text(self.hexadecimal()?),
                b'[' => self.list()?,
                byte if is_regular(byte) => {
                    let operator = self.regular();
                    let length = start.len().saturating_sub(self.rest.len());
                    let source = start.get(..length).unwrap_or_default();
                    return Ok(Some(Operation { operator, source }));
                }
                _ => return Err(Unusual::Syntax),
            };
            if self.operands.len() >= MOST_OPERANDS {
                return Err(Unusual::Syntax);
            }
            self.operands.push(operand);
        }
    }

    pub(super) fn operands(&self) -> &[Operand<'c>] {
        &self.operands
    }

    pub(super) fn items(&self) -> &[Item<'c>] {
        &self.items
    }

    /// The bytes of a string.
    pub(super) fn bytes_of<'t>(&'t self, text: &Text<'c>) -> &'t [u8] {
        match text {
            Text::Plain(bytes) => bytes,
            Text::Decoded(range) => self.scratch.get(range.clone()).unwrap_or_default(),
        }
    }

    /// The last operands as numbers.
    pub(super) fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let first = self.operands.len().checked_sub(N)?;
        let mut numbers = [0.0; N];
        for (number, operand) in numbers.iter_mut().zip(self.operands.get(first..)?) {
            let Operand::Number(value) = operand else { return None };
            *number = *value;
        }
        Some(numbers)
    }

    /// The last operand as a name.
    pub(super) fn last_name(&self) -> Option<&'c [u8]> {
        match self.operands.last()? {
            Operand::Name(name) => Some(name),
            Operand::Number(_) | Operand::Text(_) | Operand::List | Operand::Dict(_) => None,
        }
    }

    /// The last operand as a string.
    pub(super) fn last_text(&self) -> Option<&[u8]> {
        match self.operands.last()? {
            Operand::Text(text) => Some(self.bytes_of(text)),
            Operand::Number(_) | Operand::Name(_) | Operand::List | Operand::Dict(_) => None,
        }
    }

    /// The operator just read, which has so many bytes, and what follows it.
    pub(super) fn since_operator(&self, length: usize) -> &'c [u8] {
        let start = self.bytes.len().checked_sub(self.rest.len().saturating_add(length));
        start.and_then(|start| self.bytes.get(start..)).unwrap_or_default()
    }

    /// Leaves out so many bytes of what follows.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    pub(super) fn skip_blanks(&mut self) {
        loop {
            match self.rest {
                [byte, rest @ ..] if is_white(*byte) => self.rest = rest,
                [b'%', rest @ ..] => {
                    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    self.rest = end.and_then(|end| rest.get(end..)).unwrap_or_default();
                }
                _ => return,
            }
        }
    }

    pub(super) fn regular(&mut self) -> &'c [u8] {
        let length = self.rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(self.rest.len());
        let (regular, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        regular
    }

    pub(super) fn name(&mut self) -> Result<&'c [u8], Unusual> {
        self.skip(1);
        let name = self.regular();
        if name.contains(&b'#') { Err(Unusual::Syntax) } else { Ok(name) }
    }

    pub(super) fn number(&mut self) -> Result<f64, Unusual> {
        let rest = self.rest;
        let (is_negative, body) = match rest {
            [b'-', body @ ..] => (true, body),
            [b'+', body @ ..] => (false, body),
            body => (false, body),
        };
        let (mut mantissa, mut digits, mut decimals) = (0_u64, 0_u32, None);
        let mut length = rest.len().saturating_sub(body.len());
        for byte in body {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 {
                mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
                digits += 1;
                decimals = decimals.map(|decimals: u32| decimals + 1);
            } else if *byte == b'.' && decimals.is_none() {
                decimals = Some(0);
            } else if is_regular(*byte) {
                return Err(Unusual::Syntax);
            } else {
                break;
            }
            length += 1;
        }
        self.skip(length);
        let magnitude = match digits {
            0 => return Err(Unusual::Syntax),
            1..=MOST_DIGITS => scaled(mantissa, decimals),
            _ => {
                let text = std::str::from_utf8(rest.get(..length).unwrap_or_default());
                let text = text.map_err(|_| Unusual::Syntax)?.trim_start_matches('-');
                text.parse::<f64>().map_err(|_| Unusual::Syntax)?
            }
        };
        Ok(if is_negative { -magnitude } else { magnitude })
    }

    fn list(&mut self) -> Result<Operand<'c>, Unusual> {
        self.skip(1);
        if !self.items.is_empty() {
            return Err(Unusual::Syntax);
        }
        loop {
            self.skip_blanks();
            let item = match *self.rest.first().ok_or(Unusual::Syntax)? {
                b']' => {
                    self.skip(1);
                    return Ok(Operand::List);
                }
                b'(' => Item::Text(self.literal()?),
                b'0'..=b'9' | b'+' | b'-' | b'.' => Item::Number(self.number()?),
                b'<' if !self.rest.starts_with(b"<<") => Item::Text(self.hexadecimal()?),
                _ => return Err(Unusual::Syntax),
            };
            self.items.push(item);
        }
    }
}

fn scaled(mantissa: u64, decimals: Option<u32>) -> f64 {
    let divisor = decimals.and_then(|decimals| POWERS_OF_TEN.get(decimals as usize));
    let value = mantissa as f64;
    divisor.map_or(value, |divisor| value / divisor)
}

#[cfg(test)]
mod tests;
