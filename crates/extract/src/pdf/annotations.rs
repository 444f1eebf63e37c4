//! Annotations that are shown and draw something on the page.

use super::facts::text_string;
use super::traces::place;
use super::{Glyph, GlyphText};
use hayro_interpret::TransformExt;
use hayro_interpret::kurbo::Rect;
use hayro_syntax::object::dict::keys::{ANNOTS, F, RECT, SUBTYPE};
use hayro_syntax::object::{Array, Dict, Name, Rect as PdfRect, String as PdfString};
use hayro_syntax::page::Page;
use smartexus_domain::{Annotation, PAGE_FACTS_MAX};

/// Annotation flags: not shown at all, and not on screen.
const HIDDEN: u32 = 1 << 1 | 1 << 5;
/// They draw nothing of their own on the text.
const QUIET: [&[u8]; 8] =
    [b"Link", b"Widget", b"Popup", b"Text", b"PrinterMark", b"TrapNet", b"FileAttachment", b"Sound"];
const MODIFIED: &[u8] = b"M";
/// No subtype is longer.
const KIND_CHARS: usize = 32;
/// Annotations that are looked at.
const MOST_ANNOTATIONS: usize = 4096;

/// `own` are the visible glyphs of the page itself, without what annotations draw.
pub(super) fn annotations(page: &Page<'_>, own: &[Glyph]) -> Vec<Annotation> {
    let Some(all) = page.raw().get::<Array<'_>>(ANNOTS) else { return Vec::new() };
    let to_page = page.initial_transform(true).to_kurbo();
    let told = |dict: Dict<'_>| {
        let kind = dict.get::<Name<'_>>(SUBTYPE)?;
        let is_shown = dict.get::<u32>(F).unwrap_or(0) & HIDDEN == 0;
        if QUIET.contains(&&*kind) || !is_shown {
            return None;
        }
        let rect = dict.get::<PdfRect>(RECT)?;
        let bounds = to_page.transform_rect_bbox(Rect::new(rect.x0, rect.y0, rect.x1, rect.y1));
        let is_finite = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].iter().all(|edge| edge.abs() < 1e6);
        is_finite.then(|| Annotation {
            kind: kind.as_str().chars().take(KIND_CHARS).collect(),
            bounds: place(bounds),
            glyphs: under(bounds, own),
            modified: dict.get::<PdfString<'_>>(MODIFIED).and_then(|date| text_string(date.as_bytes())),
            object: dict.obj_id().map(|id| format!("{} {}", id.obj_number, id.gen_number)),
        })
    };
    all.iter::<Dict<'_>>().take(MOST_ANNOTATIONS).filter_map(told).take(PAGE_FACTS_MAX).collect()
}

fn under(bounds: Rect, glyphs: &[Glyph]) -> u32 {
    let inked = glyphs.iter().filter(|glyph| glyph.text != GlyphText::Space);
    let count = inked.filter(|glyph| bounds.contains(glyph.bounds().center())).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
