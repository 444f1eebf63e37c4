//! Tags and the texts between them. SGML leaves the ends of values out, XML does not: here both are the same.

use crate::ParseError;
use std::borrow::Cow;

/// No tag of the format is longer.
const TAG_BYTES_MAX: usize = 64;
/// Most text of one value.
const TEXT_BYTES_MAX: usize = 16 * 1024;
/// Where the header stands.
const HEADER_BYTES: usize = 1024;

/// A piece of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// In capitals.
    Open(String),
    Close(String),
    /// Trimmed, never empty.
    Text(String),
    /// The text ends inside of something that has no end.
    Cut,
}

/// The tokens of a text, one at a time.
pub(super) struct Tokens<'t> {
    rest: &'t str,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // What stands before the first tag is the header.
        Self { rest: text.find('<').and_then(|at| text.get(at..)).unwrap_or_default() }
    }

    /// Everything up to a mark, which is skipped; `None` if it does not come.
    fn until(&mut self, mark: &str) -> Option<&'t str> {
        let found = self.rest.split_once(mark);
        self.rest = found.map_or("", |(_, after)| after);
        found.map(|(before, _)| before)
    }

    /// What stands between two marks, if it is anything.
    fn bracketed(&mut self) -> Result<Option<Token>, ParseError> {
        let cut = Some(Token::Cut);
        if let Some(rest) = self.rest.strip_prefix("<![CDATA[") {
            self.rest = rest;
            Ok(self.until("]]>").map_or(cut, |inner| text(inner).map(Token::Text)))
        } else if self.rest.starts_with("<!--") {
            Ok(self.until("-->").map_or(cut, |_| None))
        } else if self.rest.starts_with("<!") {
            Err(ParseError::ForbiddenMarkup)
        } else if self.rest.starts_with("<?") {
            Ok(self.until("?>").map_or(cut, |_| None))
        } else {
            Ok(self.until(">").map_or(cut, |inner| tag(inner.strip_prefix('<').unwrap_or(inner))))
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Result<Token, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let found = if self.rest.starts_with('<') {
                self.bracketed()
            } else {
                let at = self.rest.find('<').unwrap_or(self.rest.len());
                let (before, after) = self.rest.split_at(at);
                self.rest = after;
                Ok(text(before).map(Token::Text))
            };
            if let Some(token) = found.transpose() {
                return Some(token);
            }
        }
        None
    }
}

/// A name, perhaps with attributes, which no tag of the format needs.
fn tag(inner: &str) -> Option<Token> {
    let inner = inner.trim();
    let (is_end, name) = inner.strip_prefix('/').map_or((false, inner), |name| (true, name));
    let name = name.split(|c: char| c.is_whitespace() || c == '/').next()?;
    if name.is_empty() || name.len() > TAG_BYTES_MAX {
        return None;
    }
    let name = name.to_ascii_uppercase();
    Some(if is_end { Token::Close(name) } else { Token::Open(name) })
}

fn text(raw: &str) -> Option<String> {
    let trimmed = raw.trim();
    let kept = trimmed.get(..trimmed.floor_char_boundary(TEXT_BYTES_MAX)).unwrap_or_default();
    (!kept.is_empty()).then(|| unescaped(kept).into_owned())
}

/// The names that every file knows; any other stays as it stands, and so does a bare `&`.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut whole = text.to_owned();
    for (name, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        whole = whole.replace(name, character);
    }
    Cow::Owned(whole)
}

/// What the header says of the encoding, in a word that libraries know.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(bytes.get(..HEADER_BYTES).unwrap_or(bytes)).to_ascii_uppercase();
    let head = head.split_once("<OFX>").map_or(head.as_str(), |(head, _)| head);
    [
        ("CHARSET:1252", "windows-1252"),
        ("CHARSET:1250", "windows-1250"),
        ("CHARSET:1251", "windows-1251"),
        ("CHARSET:8859-1", "iso-8859-1"),
        ("CHARSET:ISO-8859-1", "iso-8859-1"),
        ("ENCODING=\"ISO-8859-1\"", "iso-8859-1"),
        ("ENCODING=\"WINDOWS-1252\"", "windows-1252"),
    ]
    .into_iter()
    .find(|(mark, _)| head.contains(mark))
    .map(|(_, label)| label)
}
