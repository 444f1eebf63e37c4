//! Just enough JSON to read what our own program prints, so that this crate needs no dependency.

/// Deeper nesting than any shape of the contract.
const DEPTH_MAX: usize = 64;

/// A JSON value. Object members keep their order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads one value and nothing after it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let value = reader.value()?;
        reader.skip_blanks();
        if reader.at == text.len() { Ok(value) } else { Err(reader.wrong("something after the value")) }
    }

    /// The member of this name; `None` for anything but an object that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The elements; none for anything but a list.
    pub(crate) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The values of an object; none for anything else.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Self> {
        let members: &[(String, Self)] = if let Self::Object(members) = self { members } else { &[] };
        members.iter().map(|(_, value)| value)
    }

    /// The text; `None` for anything but a string.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number; `None` for anything else.
    pub(crate) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Json, String> {
        self.skip_blanks();
        match self.peek() {
            Some('{') => self.nested(Self::object),
            Some('[') => self.nested(Self::list),
            Some('"') => self.string().map(Json::Text),
            Some('t') => self.word("true", Json::Bool(true)),
            Some('f') => self.word("false", Json::Bool(false)),
            Some('n') => self.word("null", Json::Null),
            Some(_) => self.number(),
            None => Err(self.wrong("an end where a value should be")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json, String>) -> Result<Json, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.wrong("too deep a nesting"));
        }
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Json, String> {
        self.expect('{')?;
        let mut members = Vec::new();
        while !self.take('}') {
            if !members.is_empty() {
                self.expect(',')?;
            }
            self.skip_blanks();
            let key = self.string()?;
            self.expect(':')?;
            members.push((key, self.value()?));
        }
        Ok(Json::Object(members))
    }

    fn list(&mut self) -> Result<Json, String> {
        self.expect('[')?;
        let mut items = Vec::new();
        while !self.take(']') {
            if !items.is_empty() {
                self.expect(',')?;
            }
            items.push(self.value()?);
        }
        Ok(Json::List(items))
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect('"')?;
        let mut text = String::new();
        loop {
            match self.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(c) => text.push(c),
                None => return Err(self.wrong("a string without an end")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let c = self.next().ok_or_else(|| self.wrong("a string without an end"))?;
        Ok(match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => return self.unicode(),
            other => other,
        })
    }

    fn unicode(&mut self) -> Result<char, String> {
        let high = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high).ok_or_else(|| self.wrong("half a surrogate pair"));
        }
        let second = self.next() == Some('\\') && self.next() == Some('u');
        let low = if second { self.four_digits()? } else { 0 };
        if !(0xdc00..0xe000).contains(&low) {
            return Err(self.wrong("half a surrogate pair"));
        }
        char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
            .ok_or_else(|| self.wrong("no character"))
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        let digits = self.text.get(self.at..self.at + 4).ok_or_else(|| self.wrong("a short escape"))?;
        let code =
            u32::from_str_radix(digits, 16).map_err(|_| self.wrong("an escape that is not hexadecimal"))?;
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self) -> Result<Json, String> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c))).unwrap_or(rest.len());
        let number = rest.get(..end).and_then(|digits| digits.parse().ok());
        let number = number.ok_or_else(|| self.wrong("not a value"))?;
        self.at += end;
        Ok(Json::Number(number))
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, String> {
        let found = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        if !found {
            return Err(self.wrong("not a value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.take(wanted) { Ok(()) } else { Err(self.wrong("something else than expected")) }
    }

    fn take(&mut self, wanted: char) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\n' | '\t' | '\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn wrong(&self, what: &str) -> String {
        format!("not JSON: {what} at byte {}", self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind_of_value() {
        let json =
            Json::parse(r#" {"a": [1, -2.5e1, true, false, null], "b": {"c": "x\n\"\u00e9\ud83d\ude00"}} "#)
                .unwrap();
        let list = json.get("a").unwrap().items();
        assert_eq!(list.iter().filter_map(Json::number).collect::<Vec<_>>(), [1.0, -25.0]);
        assert_eq!(list[2..], [Json::Bool(true), Json::Bool(false), Json::Null]);
        assert_eq!(json.get("b").unwrap().get("c").unwrap().text(), Some("x\n\"é😀"));
        assert_eq!(json.values().count(), 2);
    }

    #[test]
    fn refuses_what_is_not_json() {
        let deep = "[".repeat(DEPTH_MAX + 1);
        for text in [
            "",
            "{",
            "[1",
            "[1,",
            "{\"a\"}",
            "\"a",
            "\"\\u12\"",
            "\"\\ud800\"",
            "tru",
            "1 2",
            "[1 2]",
            "é",
            &deep,
        ] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
        assert!(Json::parse(&format!("{}{}", "[".repeat(DEPTH_MAX), "]".repeat(DEPTH_MAX))).is_ok());
    }
}
