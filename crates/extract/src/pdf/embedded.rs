//! The meaning of glyphs for which the PDF gives none, out of the embedded font itself.

use super::GlyphText;
use super::canvas::Meaning;
use hayro_interpret::font::OutlineGlyph;
use skrifa::charmap::Charmap;
use skrifa::{FontRef, GlyphId};
use std::collections::HashMap;

/// No font maps more code points; a hostile one may claim to.
const MAPPINGS: usize = 70_000;

/// The reversed `cmap` tables of fonts.
#[derive(Default)]
pub(super) struct EmbeddedFonts(HashMap<u128, HashMap<GlyphId, char>>);

impl EmbeddedFonts {
    /// What a glyph means of which the PDF says nothing: without ink it is a space, else the embedded font's
    /// word counts. A glyph of a Type 3 font has no outline to ask.
    pub(super) fn meaning_of_outline(&mut self, outline: Option<&OutlineGlyph>) -> Meaning {
        let Some(outline) = outline else { return Meaning { text: None, certain: true } };
        if outline.outline().elements().is_empty() {
            return Meaning { text: Some(GlyphText::Space), certain: true };
        }
        Meaning { text: self.found(outline).and_then(GlyphText::from_char), certain: false }
    }

    /// What the embedded font's own `cmap` calls this glyph.
    fn found(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let font = glyph.font_data()?;
        let map = self.0.entry(font.cache_key).or_insert_with(|| reverse((*font.data).as_ref()));
        map.get(&GlyphId::new(glyph.glyph_id().to_u32())).copied()
    }
}

/// Glyph to character; the lowest character wins where several share a glyph, so that a space stays a space
/// and not a no-break one.
fn reverse(font: &[u8]) -> HashMap<GlyphId, char> {
    let mut map = HashMap::new();
    let Ok(font) = FontRef::new(font) else { return map };
    for (code, glyph) in Charmap::new(&font).mappings().take(MAPPINGS) {
        if let Some(c) = char::from_u32(code)
            && glyph != GlyphId::NOTDEF
        {
            map.entry(glyph).and_modify(|known: &mut char| *known = (*known).min(c)).or_insert(c);
        }
    }
    map
}
