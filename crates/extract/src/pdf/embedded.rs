//! The meaning of glyphs for which the PDF gives none, out of the embedded font itself.

use hayro_interpret::font::OutlineGlyph;
use skrifa::charmap::Charmap;
use skrifa::{FontRef, GlyphId};
use std::collections::HashMap;

/// No font maps more code points; a hostile one may claim to.
const MAPPINGS: usize = 70_000;

/// The reversed `cmap` tables of the fonts of a page.
#[derive(Default)]
pub(super) struct EmbeddedFonts(HashMap<u128, HashMap<GlyphId, char>>);

impl EmbeddedFonts {
    /// What the embedded font's own `cmap` calls this glyph.
    pub(super) fn meaning(&mut self, glyph: &OutlineGlyph) -> Option<char> {
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
