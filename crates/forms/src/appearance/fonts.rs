//! Which font shows an answer, and the objects of all fonts that were used.

use super::embedded::Embedded;
use super::face::Face;
use super::line::{Line, Run};
use super::look::Look;
use super::paint::Paint;
use super::shape::{runs_leftward, shape};
use super::standard::Standard;
use crate::pdf::{PdfFile, name_text};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;

/// The fonts of one filling.
#[derive(Debug)]
pub(crate) struct Fonts {
    embedded: Embedded,
    standard: BTreeMap<Standard, ObjectId>,
}

/// What shows one answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Letters {
    Plain(Face),
    Embedded,
}

impl Fonts {
    pub(crate) fn new() -> Self {
        Self { embedded: Embedded::new(), standard: BTreeMap::new() }
    }

    /// The form's font if it has every character, else a standard one like it, else the embedded ones; `None` when
    /// no font of ours has them.
    pub(super) fn choose(&self, file: &PdfFile, look: &Look, text: &str) -> Option<Letters> {
        let standard = Standard::named(&look.font_name);
        let own = self.own(file, look);
        let near = own.as_ref().and_then(|(base, _)| Standard::named(base)).or(standard);
        let candidates = [
            // A standard font under a name of the form's: ours says its encoding.
            near.map(Face::Standard),
            own.and_then(|(_, face)| face),
            Some(Face::Standard(Standard::Helvetica)),
        ];
        if let Some(face) = candidates.into_iter().flatten().find(|face| face.can_show(text)) {
            return Some(Letters::Plain(face));
        }
        let shown = text.split('\n').all(|line| shape(&self.embedded, line, runs_leftward(line)).is_some());
        shown.then_some(Letters::Embedded)
    }

    /// A line in these letters, of a paragraph that runs leftward or not. What they lack, which [`Fonts::choose`] has ruled
    /// out, is an empty line.
    pub(super) fn line(&self, letters: &Letters, text: &str, leftward: bool) -> Line {
        match letters {
            Letters::Plain(face) => face.line(text),
            Letters::Embedded => shape(&self.embedded, text, leftward).unwrap_or_default(),
        }
    }

    /// Draws a line where the text stands, and names its fonts among `resources`.
    pub(super) fn draw(
        &mut self,
        paint: &mut Paint,
        line: &Line,
        size: f32,
        resources: &mut Dictionary,
        add: &mut dyn FnMut(Object) -> ObjectId,
    ) {
        self.embedded.take(line, add);
        let is_said = !line.is_told || !self.embedded.tells(line);
        if is_said {
            paint.says(&line.text);
        }
        for run in &line.runs {
            match run {
                Run::Plain { face, codes } => {
                    let id = self.object_of(face, add);
                    resources.set("SxF", Object::Reference(id));
                    paint.font("SxF", size);
                    paint.show(codes);
                }
                Run::Shaped { program, glyphs } => {
                    let name = format!("SxE{program}");
                    if let Some(id) = self.embedded.object_of(*program) {
                        resources.set(name.clone(), Object::Reference(id));
                    }
                    paint.font(&name, size);
                    paint.glyphs(glyphs, size, |glyph| self.embedded.code(*program, glyph));
                }
            }
        }
        if is_said {
            paint.line("EMC");
        }
    }

    /// The embedded fonts' objects, once everything is drawn; `None` if a program cannot be cut.
    pub(crate) fn objects(&self, add: &mut dyn FnMut(Object) -> ObjectId) -> Option<Vec<(ObjectId, Object)>> {
        self.embedded.objects(add)
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
    fn object_of(&mut self, face: &Face, add: &mut dyn FnMut(Object) -> ObjectId) -> ObjectId {
        match face {
            Face::Standard(standard) => {
                *self.standard.entry(*standard).or_insert_with(|| add(Object::Dictionary(standard.object())))
            }
            Face::Own { id, .. } => *id,
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
