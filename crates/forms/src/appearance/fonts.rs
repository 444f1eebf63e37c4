//! Which font shows an answer, and the objects of all fonts that were used.

use super::face::Face;
use super::fallback::Fallback;
use super::look::Look;
use super::standard::Standard;
use crate::pdf::{PdfFile, name_text};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;

/// The fonts of one filling.
#[derive(Debug)]
pub(crate) struct Fonts {
    pub(crate) fallback: Fallback,
    fallback_id: ObjectId,
    standard: BTreeMap<Standard, ObjectId>,
}

impl Fonts {
    /// `fallback_id` is kept for the embedded font, should anything need it.
    pub(crate) fn new(fallback_id: ObjectId) -> Self {
        Self { fallback: Fallback::new(), fallback_id, standard: BTreeMap::new() }
    }

    pub(crate) const fn fallback_id(&self) -> ObjectId {
        self.fallback_id
    }

    /// The form's font if it has every character, else a standard one like it, else the embedded one; `None` when
    /// no font of ours has them.
    pub(super) fn choose(&self, file: &PdfFile, look: &Look, text: &str) -> Option<Face> {
        let standard = Standard::named(&look.font_name);
        let own = self.own(file, look);
        let near = own.as_ref().and_then(|(base, _)| Standard::named(base)).or(standard);
        let candidates = [
            // A standard font under a name of the form's: ours says its encoding.
            near.map(Face::Standard),
            own.and_then(|(_, face)| face),
            Some(Face::Standard(Standard::Helvetica)),
            Some(Face::Fallback),
        ];
        candidates.into_iter().flatten().find(|face| face.can_show(text, &self.fallback))
    }

    /// The form's own font: its base name, and a face where it is a simple font with widths under `WinAnsiEncoding`
    /// that is no subset of letters that the blank itself uses.
    fn own(&self, file: &PdfFile, look: &Look) -> Option<(String, Option<Face>)> {
        let resources = file.get_dictionary(file.acro_form()?, b"DR")?;
        let fonts = file.get_dictionary(resources, b"Font")?;
        let entry = fonts.get(look.font_name.as_bytes()).ok()?;
        let font = file.dictionary(entry)?;
        let base = name_text(file.get_name(font, b"BaseFont")?);
        let face = entry.as_reference().ok().and_then(|id| own_face(file, font, &base, id));
        Some((base, face))
    }

    /// The object of a face; standard ones are added once.
    pub(super) fn object_of(&mut self, face: &Face, add: &mut dyn FnMut(Object) -> ObjectId) -> ObjectId {
        match face {
            Face::Standard(standard) => {
                *self.standard.entry(*standard).or_insert_with(|| add(Object::Dictionary(standard.object())))
            }
            Face::Own { id, .. } => *id,
            Face::Fallback => self.fallback_id,
        }
    }
}

fn own_face(file: &PdfFile, font: &Dictionary, base: &str, id: ObjectId) -> Option<Face> {
    let is_simple = matches!(file.get_name(font, b"Subtype")?, b"Type1" | b"TrueType" | b"MMType1");
    let is_subset = base.split_once('+').is_some_and(|(tag, _)| tag.len() == 6);
    let is_plain = file.get_name(font, b"Encoding") == Some(b"WinAnsiEncoding");
    if !is_simple || is_subset || !is_plain {
        return None;
    }
    let first = usize::try_from(file.get_integer(font, b"FirstChar")?).ok()?;
    let list = file.get_array(font, b"Widths")?;
    let mut widths = Box::new([0_u16; 256]);
    for (index, width) in list.iter().enumerate().take(256) {
        let value = file.resolve(width).and_then(|w| w.as_float().ok()).unwrap_or(0.0);
        if let Some(slot) = widths.get_mut(first.saturating_add(index)) {
            *slot = whole(value);
        }
    }
    Some(Face::Own { id, widths })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn whole(value: f32) -> u16 {
    if value.is_finite() { value.clamp(0.0, 5_000.0) as u16 } else { 0 }
}
