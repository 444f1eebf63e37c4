//! Fonts as flat tables: from the bytes of a string to what its glyphs mean and how wide they are.
//!
//! The engine's fonts are asked once for each code of a document, then the table answers. Fonts that are not
//! embedded have their names and widths without their outlines, and outlines take longest to load; they are
//! loaded only where a glyph without a meaning may be a blank.

use crate::pdf::GlyphText;
use crate::pdf::canvas::Meaning;
use crate::pdf::embedded::EmbeddedFonts;
use hayro_font::{Font, FontCache, FontData, FontGlyph, OutlineGlyph, StandardFont};
use hayro_interpret::kurbo::Vec2;
use hayro_interpret::{CMapResolverFn, FontResolverFn, InterpreterSettings};
use hayro_syntax::object::dict::keys::{BASE_FONT, SUBTYPE, TYPE0};
use hayro_syntax::object::{Dict, Name, ObjectIdentifier};
use std::collections::HashMap;
use std::sync::Arc;

/// Tables kept for the pages to come; a document with more fonts starts over.
const MOST_TABLES: usize = 256;

/// Names of fonts that are told of a page.
const MOST_NAMES: usize = 64;
/// No font needs a longer name; a longer one is cut.
const NAME_CHARS: usize = 128;

/// The font that a page set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chosen {
    table: usize,
    /// Helvetica in place of a font that is not there: only plain ASCII is believed.
    pub(super) is_substitute: bool,
}

/// What a name among the fonts of a page stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Font(Chosen),
    /// A font that cannot be read.
    Unsupported,
}

/// The fonts of a document.
pub(super) struct Fonts<'p> {
    /// Without the outlines of fonts that are not embedded.
    lean: FontCache<'p>,
    exact: Exact<'p>,
    tables: Vec<Table<'p>>,
    by_id: HashMap<ObjectIdentifier, Found>,
    by_data: HashMap<&'p [u8], Found>,
    substitute: Option<Chosen>,
    names: HashMap<ObjectIdentifier, Option<String>>,
}

/// Fonts with all their outlines, and what these tell about glyphs.
struct Exact<'p> {
    cache: FontCache<'p>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    embedded: EmbeddedFonts,
}

impl<'p> Exact<'p> {
    /// `None` is Helvetica in place of a font that is not there.
    fn font(&self, dict: Option<&Dict<'p>>) -> Option<Font<'p>> {
        match dict {
            Some(dict) => self.cache.font(dict, &self.programs, &self.maps),
            None => self.cache.standard_font(StandardFont::Helvetica, &self.programs),
        }
    }

    fn outline(&self, dict: Option<&Dict<'p>>, code: u32) -> Option<OutlineGlyph> {
        let font = self.font(dict)?;
        match font.glyph(font.map_code(code), code) {
            FontGlyph::Outline(outline) => Some(outline),
            FontGlyph::Type3(_) => None,
        }
    }
}

/// One glyph without a contour, in the compact format.
const BLANK_FONT: &[u8] = &[
    1, 0, 4, 1, // header
    0, 1, 1, 1, 2, b'A', // name
    0, 1, 1, 1, 3, 0xA0, 0x11, // where the glyphs are
    0, 0, // strings
    0, 0, // shared routines
    0, 1, 1, 1, 2, 0x0E, // the glyph: its end
];

fn blank_programs() -> FontResolverFn {
    Arc::new(|_| {
        let font: FontData = Arc::new(BLANK_FONT);
        Some((font, 0))
    })
}

impl Default for Fonts<'_> {
    fn default() -> Self {
        let settings = InterpreterSettings::default();
        let exact = Exact {
            cache: FontCache::new(),
            programs: settings.font_resolver,
            maps: settings.cmap_resolver,
            embedded: EmbeddedFonts::default(),
        };
        Self {
            lean: FontCache::new(),
            exact,
            tables: Vec::new(),
            by_id: HashMap::new(),
            by_data: HashMap::new(),
            substitute: None,
            names: HashMap::new(),
        }
    }
}

impl<'p> Fonts<'p> {
    /// Called between pages: what a page has chosen must not change under it.
    pub(super) fn tidy(&mut self) {
        if self.tables.len() > MOST_TABLES {
            *self = Self::default();
        }
    }

    /// What the fonts among the resources of a page are called.
    pub(super) fn names(&mut self, fonts: &Dict<'p>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for key in fonts.keys() {
            let read = || fonts.get::<Dict<'_>>(&key).and_then(|font| name_of(&font));
            names.extend(match fonts.get_ref(&key) {
                Some(id) => self.names.entry(id.into()).or_insert_with(read).clone(),
                None => read(),
            });
        }
        names.sort_unstable();
        names.dedup();
        names.truncate(MOST_NAMES);
        names
    }

    /// The font of this name; `None` where there is none.
    pub(super) fn named(&mut self, fonts: &Dict<'p>, name: &[u8]) -> Option<Found> {
        let id = fonts.get_ref(name).map(ObjectIdentifier::from);
        if let Some(known) = id.and_then(|id| self.by_id.get(&id)) {
            return Some(*known);
        }
        let found = self.described(&fonts.get::<Dict<'_>>(name)?);
        if let Some(id) = id {
            self.by_id.insert(id, found);
        }
        Some(found)
    }

    /// The font that this dictionary describes.
    pub(super) fn described(&mut self, dict: &Dict<'p>) -> Found {
        if let Some(known) = self.by_data.get(dict.data()) {
            return *known;
        }
        let found = match self.lean.font(dict, &blank_programs(), &self.exact.maps) {
            Some(font) => Found::Font(self.add(font, Some(dict.clone()))),
            None => Found::Unsupported,
        };
        self.by_data.insert(dict.data(), found);
        found
    }

    /// What stands in for a font that is not there.
    pub(super) fn substitute(&mut self) -> Option<Chosen> {
        if self.substitute.is_none() {
            let font = self.lean.standard_font(StandardFont::Helvetica, &blank_programs())?;
            self.substitute = Some(self.add(font, None));
        }
        self.substitute
    }

    fn add(&mut self, font: Font<'p>, dict: Option<Dict<'p>>) -> Chosen {
        let chosen = Chosen { table: self.tables.len(), is_substitute: dict.is_none() };
        self.tables.push(Table::new(font, dict));
        chosen
    }

    pub(super) fn table(&self, chosen: Chosen) -> Option<&Table<'p>> {
        self.tables.get(chosen.table)
    }

    /// What a font is called; nothing where it does not say.
    pub(super) fn name(&self, chosen: Chosen) -> String {
        self.table(chosen).and_then(|table| name_of(table.dict.as_ref()?)).unwrap_or_default()
    }

    /// A chosen font, to step through a string.
    pub(super) fn stepper(&mut self, chosen: Chosen) -> Option<Stepper<'_, 'p>> {
        Some(Stepper { table: self.tables.get_mut(chosen.table)?, exact: &mut self.exact })
    }
}

fn name_of(font: &Dict<'_>) -> Option<String> {
    let name = font.get::<Name<'_>>(BASE_FONT)?;
    Some(name.as_str().chars().take(NAME_CHARS).collect())
}

/// Codes of other fonts than composite ones are single bytes.
fn is_composite(font: &Dict<'_>) -> bool {
    font.get::<Name<'_>>(SUBTYPE).as_deref() == Some(TYPE0)
}

/// One code of a font.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    pub(super) meaning: Meaning,
    /// How far it moves on, in thousandths of an em: to the right, or down where the font is vertical.
    pub(super) advance: f32,
    /// How wide its glyph is; 0 where the font does not say.
    pub(super) width: f32,
    pub(super) displacement: Vec2,
    pub(super) stretch: f64,
    pub(super) is_type3: bool,
    pub(super) is_word_space: bool,
    /// Nothing about it needs a second look.
    pub(super) is_plain: bool,
}

/// Where the first bytes of a code lead.
#[derive(Debug, Clone, Copy)]
enum Slot {
    /// Not asked yet.
    New,
    /// A sign, and how many bytes it takes.
    Sign(u32, u8),
    /// More bytes decide.
    Longer,
}

type Row = Option<Box<[Slot; 256]>>;

/// A font as a table.
pub(super) struct Table<'p> {
    font: Font<'p>,
    /// `None` where it stands in for a font that is not there.
    dict: Option<Dict<'p>>,
    is_composite: bool,
    pub(super) is_vertical: bool,
    signs: Vec<Sign>,
    /// By the first byte of a code, then by the second; the first row alone where codes are single bytes.
    rows: Vec<Row>,
    /// By code and length.
    known: HashMap<(u32, usize), u32>,
}

impl<'p> Table<'p> {
    fn new(font: Font<'p>, dict: Option<Dict<'p>>) -> Self {
        let (is_vertical, is_composite) = (!font.is_horizontal(), dict.as_ref().is_some_and(is_composite));
        let mut rows = Vec::new();
        rows.resize_with(if is_composite { 256 } else { 1 }, || None);
        Self { font, dict, is_composite, is_vertical, signs: Vec::new(), rows, known: HashMap::new() }
    }

    pub(super) fn sign(&self, index: u32) -> Option<&Sign> {
        self.signs.get(index as usize)
    }
}

/// Steps through strings of one font.
pub(super) struct Stepper<'f, 'p> {
    pub(super) table: &'f mut Table<'p>,
    exact: &'f mut Exact<'p>,
}

impl Stepper<'_, '_> {
    /// The sign that the bytes begin with, and how many of them it takes. `bytes` are not empty.
    pub(super) fn step(&mut self, bytes: &[u8]) -> (u32, usize) {
        let (row, place) = match bytes {
            [single, ..] if !self.table.is_composite => (0, *single),
            [first, second, ..] => (*first, *second),
            [] | [_] => return self.read(bytes),
        };
        let slots = self.table.rows.get(usize::from(row)).and_then(Option::as_deref);
        match slots.and_then(|slots| slots.get(usize::from(place))).copied().unwrap_or(Slot::New) {
            Slot::Sign(sign, length) => (sign, usize::from(length)),
            Slot::Longer => self.read(bytes),
            Slot::New => {
                let slot = self.slot(bytes);
                if let Some(row) = self.table.rows.get_mut(usize::from(row)) {
                    let slots = row.get_or_insert_with(|| Box::new([Slot::New; 256]));
                    slots.iter_mut().skip(usize::from(place)).take(1).for_each(|place| *place = slot);
                }
                self.read(bytes)
            }
        }
    }

    /// Two bytes decide where two are read, or where the first alone is a code. A zero that is read alone is
    /// also what no code at all is read as.
    fn slot(&mut self, bytes: &[u8]) -> Slot {
        let (code, length) = self.table.font.read_code(bytes.get(..2).unwrap_or(bytes), 0);
        let is_first = bytes.first().is_some_and(|first| *first != 0 && code == u32::from(*first));
        match u8::try_from(length) {
            Ok(bytes) if length == 2 || is_first || !self.table.is_composite => {
                Slot::Sign(self.sign_of(code, length), bytes)
            }
            _ => Slot::Longer,
        }
    }

    fn read(&mut self, bytes: &[u8]) -> (u32, usize) {
        let (code, length) = self.table.font.read_code(bytes, 0);
        (self.sign_of(code, length), length)
    }

    fn sign_of(&mut self, code: u32, length: usize) -> u32 {
        if let Some(known) = self.table.known.get(&(code, length)) {
            return *known;
        }
        let sign = self.describe(code, length);
        let index = u32::try_from(self.table.signs.len()).unwrap_or(u32::MAX);
        self.table.signs.push(sign);
        self.table.known.insert((code, length), index);
        index
    }

    #[expect(clippy::cast_possible_truncation, reason = "the engine measures so")]
    fn describe(&mut self, code: u32, length: usize) -> Sign {
        let (font, dict) = (&self.table.font, self.table.dict.as_ref());
        let glyph = font.map_code(code);
        let advance = font.code_advance(code);
        let (stretch, displacement) = (font.glyph_stretch(glyph, code), font.origin_displacement(code));
        let is_horizontal = font.is_horizontal();
        let (said, width, is_type3) = match font.glyph(glyph, code) {
            FontGlyph::Outline(outline) => {
                (outline.as_unicode(), outline.advance_width().unwrap_or(0.0), false)
            }
            FontGlyph::Type3(glyph) => (glyph.as_unicode(), glyph.advance_width(), true),
        };
        let meaning = match said.and_then(GlyphText::from_font) {
            Some(text) => Meaning { text: Some(text), certain: true },
            None => {
                let outline = self.exact.outline(dict, code);
                self.exact.embedded.meaning_of_outline(outline.as_ref())
            }
        };
        Sign {
            meaning,
            advance: (if is_horizontal { advance.x } else { advance.y }) as f32,
            width,
            displacement,
            stretch,
            is_type3,
            is_word_space: code == 32 && length == 1,
            is_plain: is_horizontal && !is_type3 && width > 0.0 && stretch.total_cmp(&1.0).is_eq(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_syntax::object::FromBytes;

    #[test]
    fn fonts_that_are_not_embedded_keep_names_and_widths_without_outlines() {
        for name in ["Helvetica", "Times-Bold", "Courier", "Symbol", "ZapfDingbats", "Unheard-Of"] {
            let dict = format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>");
            let dict = Dict::from_bytes(dict.as_bytes()).unwrap();
            let fonts = Fonts::default();
            let exact = fonts.exact.font(Some(&dict)).unwrap();
            let lean = fonts.lean.font(&dict, &blank_programs(), &fonts.exact.maps).unwrap();
            for code in 0..=255 {
                let widths = [&exact, &lean].map(|font| font.code_advance(code));
                let stretches = [&exact, &lean].map(|font| font.glyph_stretch(font.map_code(code), code));
                assert_eq!((widths[0], stretches[0]), (widths[1], stretches[1]), "{name} {code}");
            }
        }
    }
}
