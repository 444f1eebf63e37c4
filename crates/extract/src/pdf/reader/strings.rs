//! Strings and dictionaries among the operands.

use super::Unusual;
use super::lexer::{Lexer, Text, is_white};

/// Dictionaries and lists in content nest no deeper.
const DEEPEST: u32 = 16;

impl<'c> Lexer<'c> {
    pub(super) fn literal(&mut self) -> Result<Text<'c>, Unusual> {
        let body = self.rest.get(1..).unwrap_or_default();
        let mut depth = 0_u32;
        let mut is_plain = true;
        let mut bytes = body.iter().enumerate();
        while let Some((index, byte)) = bytes.next() {
            match byte {
                b'\\' => {
                    is_plain = false;
                    bytes.next();
                }
                b'\n' | b'\r' => is_plain = false,
                b'(' => depth += 1,
                b')' if depth == 0 => {
                    self.skip(index.saturating_add(2));
                    let body = body.get(..index).unwrap_or_default();
                    return Ok(if is_plain { Text::Plain(body) } else { self.unescape(body) });
                }
                b')' => depth -= 1,
                _ => {}
            }
        }
        Err(Unusual::Syntax)
    }

    fn unescape(&mut self, body: &[u8]) -> Text<'c> {
        let start = self.scratch.len();
        let mut rest = body;
        while let Some((byte, after)) = rest.split_first() {
            rest = after;
            match byte {
                b'\r' => {
                    rest = rest.strip_prefix(b"\n").unwrap_or(rest);
                    self.scratch.push(b'\n');
                }
                b'\\' => rest = self.escape(rest),
                _ => self.scratch.push(*byte),
            }
        }
        Text::Decoded(start..self.scratch.len())
    }

    /// Decodes what follows a backslash and gives the rest.
    fn escape<'b>(&mut self, after: &'b [u8]) -> &'b [u8] {
        let Some((byte, rest)) = after.split_first() else { return after };
        let decoded = match byte {
            b'\n' => return rest,
            b'\r' => return rest.strip_prefix(b"\n").unwrap_or(rest),
            b'0'..=b'7' => return self.octal(after),
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 0x08,
            b'f' => 0x0C,
            other => *other,
        };
        self.scratch.push(decoded);
        rest
    }

    fn octal<'b>(&mut self, digits: &'b [u8]) -> &'b [u8] {
        let length = digits.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        let (digits, rest) = digits.split_at_checked(length).unwrap_or_default();
        let value = digits.iter().fold(0_u16, |value, digit| value * 8 + u16::from(digit - b'0'));
        // A value beyond one byte means nothing.
        self.scratch.extend(u8::try_from(value));
        rest
    }

    pub(super) fn hexadecimal(&mut self) -> Result<Text<'c>, Unusual> {
        let rest = self.rest.get(1..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'>').ok_or(Unusual::Syntax)?;
        self.skip(length.saturating_add(2));
        let start = self.scratch.len();
        let mut high = None;
        for byte in rest.get(..length).unwrap_or_default() {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                b'A'..=b'F' => byte - b'A' + 10,
                _ if is_white(*byte) => continue,
                _ => return Err(Unusual::Syntax),
            };
            match high.take() {
                None => high = Some(digit << 4),
                Some(high) => self.scratch.push(high | digit),
            }
        }
        self.scratch.extend(high);
        Ok(Text::Decoded(start..self.scratch.len()))
    }

    /// A dictionary with its brackets. What is no entry of one may be text that lost its way into it.
    pub(super) fn dict(&mut self) -> Result<&'c [u8], Unusual> {
        let start = self.rest;
        self.skip_dict(0)?;
        let length = start.len().saturating_sub(self.rest.len());
        Ok(start.get(..length).unwrap_or_default())
    }

    fn skip_dict(&mut self, depth: u32) -> Result<(), Unusual> {
        if depth > DEEPEST {
            return Err(Unusual::Syntax);
        }
        self.skip(2);
        loop {
            self.skip_blanks();
            match self.rest {
                [b'>', b'>', ..] => {
                    self.skip(2);
                    return Ok(());
                }
                [b'/', ..] => self.name()?,
                _ => return Err(Unusual::Syntax),
            };
            self.skip_blanks();
            self.skip_value(depth)?;
        }
    }

    fn skip_value(&mut self, depth: u32) -> Result<(), Unusual> {
        match self.rest {
            [b'<', b'<', ..] => self.skip_dict(depth.saturating_add(1))?,
            [b'<', ..] => {
                self.hexadecimal()?;
            }
            [b'(', ..] => {
                self.literal()?;
            }
            [b'/', ..] => {
                self.name()?;
            }
            [b'[', ..] => self.skip_values(depth.saturating_add(1))?,
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => {
                self.number()?;
            }
            _ => {
                let is_word = matches!(self.regular(), b"true" | b"false" | b"null");
                return is_word.then_some(()).ok_or(Unusual::Syntax);
            }
        }
        Ok(())
    }

    fn skip_values(&mut self, depth: u32) -> Result<(), Unusual> {
        if depth > DEEPEST {
            return Err(Unusual::Syntax);
        }
        self.skip(1);
        loop {
            self.skip_blanks();
            if let [b']', ..] = self.rest {
                self.skip(1);
                return Ok(());
            }
            self.skip_value(depth)?;
        }
    }
}
