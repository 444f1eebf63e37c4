//! One visible glyph, placed on the page, with its meaning.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Point, Rect, Vec2};
use std::rc::Rc;

/// A visible glyph.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    /// What it means.
    pub(crate) text: GlyphText,
    /// Start of its baseline on the rotated page: points, origin top left, y down.
    pub(crate) origin: (f64, f64),
    /// Direction of writing in tenths of a degree, counterclockwise, 0..3600.
    pub(crate) direction: u16,
    /// Width along the direction of writing, in points.
    pub(crate) advance: f64,
    /// Font size across the direction of writing, in points.
    pub(crate) size: f64,
    /// Fill color where it is not black or unknown.
    pub(crate) color: Option<[u8; 3]>,
    /// False where the meaning is not the PDF's own word but was found in the embedded font.
    pub(crate) certain: bool,
}

/// How far letters reach over and under their baseline, in em.
const ASCENT: f64 = 0.75;
const DESCENT: f64 = 0.25;

impl Glyph {
    /// The upright box around it.
    pub(crate) fn bounds(&self) -> Rect {
        let (sin, cos) = (f64::from(self.direction) / 10.0).to_radians().sin_cos();
        // The page has y down, and up is to the left of the direction of writing.
        let (along, up) = (Vec2::new(cos, -sin), Vec2::new(-sin, -cos));
        around(Point::from(self.origin), along * self.advance, up * self.size)
    }
}

/// The upright box around a glyph that starts at `origin`, goes on by `advance` and is an em of `up` high.
pub(super) fn around(origin: Point, advance: Vec2, up: Vec2) -> Rect {
    let [upper, lower] = [up * ASCENT, up * -DESCENT].map(|side| {
        let start = origin + side;
        Rect::from_points(start, start + advance)
    });
    upper.union(lower)
}

/// What a glyph means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GlyphText {
    /// White space of any kind.
    Space,
    /// One character.
    Char(char),
    /// Several, for instance a ligature.
    Chars(Rc<str>),
}

impl GlyphText {
    /// The meaning of what a font says, `None` where it says nothing that a reader could use.
    pub(crate) fn from_font(said: BfString) -> Option<Self> {
        match said {
            BfString::Char(c) => Self::from_char(c),
            BfString::String(text) => Self::from_chars(&text),
        }
    }

    pub(crate) fn from_char(c: char) -> Option<Self> {
        if c.is_whitespace() {
            return Some(Self::Space);
        }
        // The presentation forms of the Latin ligatures.
        match c {
            '\u{FB00}' => Some(Self::Chars("ff".into())),
            '\u{FB01}' => Some(Self::Chars("fi".into())),
            '\u{FB02}' => Some(Self::Chars("fl".into())),
            '\u{FB03}' => Some(Self::Chars("ffi".into())),
            '\u{FB04}' => Some(Self::Chars("ffl".into())),
            '\u{FB05}' | '\u{FB06}' => Some(Self::Chars("st".into())),
            // A soft hyphen that is drawn is a hyphen; many fonts name their hyphen so.
            '\u{AD}' => Some(Self::Char('-')),
            _ if is_meaningless(c) => None,
            _ => Some(Self::Char(c)),
        }
    }

    fn from_chars(text: &str) -> Option<Self> {
        let mut all = String::new();
        let mut spaces = false;
        for c in text.chars() {
            match Self::from_char(c) {
                Some(Self::Space) => spaces = true,
                Some(Self::Char(c)) => all.push(c),
                Some(Self::Chars(chars)) => all.push_str(&chars),
                None => {}
            }
        }
        let mut chars = all.chars();
        match (chars.next(), chars.next()) {
            (None, _) => spaces.then_some(Self::Space),
            (Some(only), None) => Some(Self::Char(only)),
            (Some(_), Some(_)) => Some(Self::Chars(all.into())),
        }
    }

    pub(crate) fn push_to(&self, word: &mut String) {
        match self {
            Self::Space => {}
            Self::Char(c) => word.push(*c),
            Self::Chars(chars) => word.push_str(chars),
        }
    }
}

/// Control characters, private use, zero-width marks and the replacement character: a font that says one of
/// these has not said which letter is drawn.
fn is_meaningless(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF0}'..='\u{FFFF}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fonts_say() {
        let check = |said: &str, expected: Option<&str>| {
            let read = GlyphText::from_font(BfString::String(said.to_owned())).map(|text| {
                let mut word = String::new();
                text.push_to(&mut word);
                word
            });
            assert_eq!(read.as_deref(), expected, "{said:?}");
        };
        check("A", Some("A"));
        check("ﬁ", Some("fi"));
        check("ﬃ", Some("ffi"));
        check("fi", Some("fi"));
        check("\u{AD}", Some("-"));
        check("\u{A0}", Some(""));
        check("\u{202F}", Some(""));
        check("\0", None);
        check("\u{F041}", None);
        check("\u{FFFD}", None);
        check("a\u{200D}", Some("a"));
    }
}
