//! Values of form fields that have no look of their own: viewers write them into their rectangles.
//!
//! Where the letters stand is the viewer's choice, so places are roughly right and the words are not certain.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::canvas::{Ink, direction};
use super::facts::decoded;
use super::{Glyph, GlyphText};
use hayro_interpret::TransformExt;
use hayro_interpret::kurbo::{Affine, Point, Rect, Vec2};
use hayro_syntax::object::dict::keys::{
    ANNOTS, AP, BTN, CH, DA, F, FF, FT, PARENT, RECT, SUBTYPE, TX, V, WIDGET,
};
use hayro_syntax::object::{Array, Dict, Name, Object, Rect as PdfRect, String as PdfString};
use hayro_syntax::page::Page;

/// Annotation flags: not shown at all, and not on screen.
const HIDDEN: u32 = 1 << 1 | 1 << 5;
/// Field flags.
const MULTILINE: u32 = 1 << 12;
const PASSWORD: u32 = 1 << 13;
/// A button that starts something, of the type that boxes to tick have too.
const PUSH_BUTTON: u32 = 1 << 16;
/// Fields inherit from no more ancestors than this.
const MOST_ANCESTORS: usize = 32;
/// Fields of a page that are counted.
const FIELDS_MAX: usize = 10_000;
/// Letters of a value; further ones are cut.
const VALUE_CHARS: usize = 4096;
/// Size of letters where the field leaves it to the viewer, and their part of the field's height.
const USUAL_SIZE: f64 = 12.0;
const SIZE_OF_HEIGHT: f64 = 0.7;
/// Distance of the text from the left edge.
const PADDING: f64 = 2.0;
/// Mean width of a letter, and the distance of lines, in em.
const LETTER_WIDTH: f64 = 0.5;
const LINE_STEP: f64 = 1.15;
/// How far under the middle of the field its baseline is, in em.
const BELOW_MIDDLE: f64 = 0.3;

/// Writes the values of the page's fields; a page has no more glyphs than the limit.
pub(super) fn write_values(page: &Page<'_>, ink: &mut Ink, glyph_limit: u32) {
    let Some(annotations) = page.raw().get::<Array<'_>>(ANNOTS) else { return };
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let to_page = page.initial_transform(true).to_kurbo();
    let limit = usize::try_from(glyph_limit).unwrap_or(usize::MAX);
    for field in annotations.iter::<Dict<'_>>().filter_map(|annotation| Field::read(&annotation)) {
        for glyph in field.glyphs(to_page) {
            if !bounds.contains(Point::from(glyph.origin)) {
                continue;
            }
            if ink.glyphs.len() >= limit {
                ink.over_limit = true;
                return;
            }
            ink.glyphs.push(glyph);
        }
    }
}

/// How many fields of the page a person fills in: text, choices, and boxes to tick.
pub(super) fn count(page: &Page<'_>) -> u32 {
    let Some(annotations) = page.raw().get::<Array<'_>>(ANNOTS) else { return 0 };
    let fields = annotations.iter::<Dict<'_>>().take(FIELDS_MAX).filter(is_filled_in).count();
    u32::try_from(fields).unwrap_or(u32::MAX)
}

fn is_filled_in(annotation: &Dict<'_>) -> bool {
    let is_widget = annotation.get::<Name<'_>>(SUBTYPE).as_deref() == Some(WIDGET);
    let is_shown = annotation.get::<u32>(F).unwrap_or(0) & HIDDEN == 0;
    if !is_widget || !is_shown {
        return false;
    }
    let Some(kind) = inherited(annotation, FT).and_then(Object::into_name) else { return false };
    let flags = inherited(annotation, FF).and_then(Object::into_number).map_or(0, |n| n.as_i64());
    let is_push = u32::try_from(flags).unwrap_or(0) & PUSH_BUTTON != 0;
    matches!(&*kind, TX | CH) || (&*kind == BTN && !is_push)
}

/// A field with a value and without a look.
struct Field {
    value: String,
    place: Rect,
    size: f64,
    is_multiline: bool,
}

impl Field {
    fn read(annotation: &Dict<'_>) -> Option<Self> {
        let is_widget = annotation.get::<Name<'_>>(SUBTYPE).as_deref() == Some(WIDGET);
        let is_shown = annotation.get::<u32>(F).unwrap_or(0) & HIDDEN == 0;
        if !is_widget || !is_shown || annotation.contains_key(AP) {
            return None;
        }
        let kind = inherited(annotation, FT)?.into_name()?;
        let flags = inherited(annotation, FF).and_then(Object::into_number).map_or(0, |n| n.as_i64());
        let flags = u32::try_from(flags).unwrap_or(0);
        if !matches!(&*kind, TX | CH) || flags & PASSWORD != 0 {
            return None;
        }
        let value = value_of(inherited(annotation, V)?)?;
        let rect = annotation.get::<PdfRect>(RECT)?;
        let place = Rect::new(rect.x0, rect.y0, rect.x1, rect.y1);
        let size = inherited(annotation, DA).and_then(Object::into_string).and_then(|da| size_in(&da));
        let usual = USUAL_SIZE.min(place.height() * SIZE_OF_HEIGHT);
        Some(Self { value, place, size: size.unwrap_or(usual), is_multiline: flags & MULTILINE != 0 })
    }

    fn glyphs(&self, to_page: Affine) -> Vec<Glyph> {
        let origin = to_page * Point::ORIGIN;
        let along: Vec2 = to_page * Point::new(1.0, 0.0) - origin;
        let room = self.place.width() - 2.0 * PADDING;
        let mut glyphs = Vec::new();
        let mut baseline = if self.is_multiline {
            self.place.y1 - self.size
        } else {
            self.place.center().y - BELOW_MIDDLE * self.size
        };
        for line in self.value.split('\n') {
            let letters = line.chars().count().max(1) as f64;
            let step = (LETTER_WIDTH * self.size).min(room / letters);
            if !step.is_finite() || step <= 0.0 || self.size <= 0.0 {
                break;
            }
            let starts = (0_u32..).map(|index| self.place.x0 + PADDING + f64::from(index) * step);
            for (c, start) in line.chars().zip(starts) {
                let Some(text) = GlyphText::from_char(c) else { continue };
                let place = to_page * Point::new(start, baseline);
                glyphs.push(Glyph {
                    text,
                    origin: (place.x, place.y),
                    direction: direction(along),
                    advance: step,
                    size: self.size,
                    color: None,
                    certain: false,
                });
            }
            baseline -= LINE_STEP * self.size;
        }
        glyphs
    }
}

/// The entry of a field, or of the nearest ancestor that has one.
fn inherited<'p>(field: &Dict<'p>, key: &[u8]) -> Option<Object<'p>> {
    let mut field = field.clone();
    for _ in 0..MOST_ANCESTORS {
        if let Some(found) = field.get::<Object<'p>>(key) {
            return Some(found);
        }
        field = field.get::<Dict<'p>>(PARENT)?;
    }
    None
}

/// What a field says; several choices stand one below the other.
fn value_of(value: Object<'_>) -> Option<String> {
    let text = |string: PdfString<'_>| text_of(string.as_bytes());
    match value {
        Object::String(string) => text(string),
        Object::Array(choices) => {
            let choices: Vec<String> = choices.iter::<PdfString<'_>>().filter_map(text).collect();
            (!choices.is_empty()).then(|| choices.join("\n"))
        }
        Object::Stream(stream) => text_of(&stream.decoded_data().ok()?),
        Object::Null(_) | Object::Boolean(_) | Object::Number(_) | Object::Name(_) | Object::Dict(_) => None,
    }
}

/// Lines end with either control character, or with both.
fn text_of(raw: &[u8]) -> Option<String> {
    let text = decoded(raw).replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).take(VALUE_CHARS).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The number before `Tf` in the default appearance; 0 leaves the size to the viewer.
fn size_in(appearance: &[u8]) -> Option<f64> {
    let mut before = None;
    for word in appearance.split(u8::is_ascii_whitespace) {
        if word == b"Tf" {
            return before.filter(|size| *size > 0.0);
        }
        before = std::str::from_utf8(word).ok().and_then(|word| word.parse::<f64>().ok());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_lines_and_an_end() {
        assert_eq!(text_of(b" a\r\nb\rc\0 ").as_deref(), Some("a\nb\nc"));
        assert_eq!(text_of(&[b'a'; VALUE_CHARS]).map(|text| text.len()), Some(VALUE_CHARS));
        assert_eq!(text_of(&[b'a'; VALUE_CHARS + 1]).map(|text| text.len()), Some(VALUE_CHARS));
        assert_eq!(text_of(b" \r\n "), None);
    }

    #[test]
    fn sizes_in_default_appearances() {
        let check = |appearance: &str, expected| assert_eq!(size_in(appearance.as_bytes()), expected);
        check("/Helv 9.5 Tf 0 g", Some(9.5));
        check("0 g /Helv 0 Tf", None);
        check("Tf", None);
    }
}
