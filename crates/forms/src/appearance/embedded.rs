//! The embedded fonts for what the standard fonts lack. Only the glyphs that were used go into the file, under a map
//! back to Unicode.

use super::line::{Glyph, Line, Run};
use super::programs::PROGRAMS;
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use rustybuzz::Face;
use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use subsetter::GlyphRemapper;

/// Letters that all of them lack are refused by whoever sets a line, never shown as boxes.
#[derive(Debug)]
pub(crate) struct Embedded([Font; PROGRAMS.len()]);

/// One font and its glyphs used so far.
#[derive(Default)]
struct Font {
    face: OnceCell<Option<Face<'static>>>,
    glyphs: GlyphRemapper,
    /// New glyph number to characters and width in thousandths of an em.
    used: BTreeMap<u16, (String, u16)>,
    id: Option<ObjectId>,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Font").field("used", &self.used.len()).finish_non_exhaustive()
    }
}

impl Embedded {
    pub(super) fn new() -> Self {
        Self(std::array::from_fn(|_| Font::default()))
    }

    /// A program, read when it is first asked for.
    pub(super) fn face(&self, program: usize) -> Option<&Face<'static>> {
        let bytes = PROGRAMS.get(program)?.bytes;
        self.0.get(program)?.face.get_or_init(|| Face::from_slice(bytes, 0)).as_ref()
    }

    pub(super) fn has(&self, program: usize, c: char) -> bool {
        self.face(program).and_then(|face| face.glyph_index(c)).is_some_and(|glyph| glyph.0 != 0)
    }

    /// The first program that has a character.
    pub(super) fn program_with(&self, c: char) -> Option<usize> {
        (0..PROGRAMS.len()).find(|program| self.has(*program, c))
    }

    /// Takes the glyphs of a line into the file; each font gets its object.
    pub(super) fn take(&mut self, line: &Line, add: &mut dyn FnMut(Object) -> ObjectId) {
        for run in &line.runs {
            let Run::Shaped { program, glyphs } = run else { continue };
            let Some(font) = self.0.get_mut(*program) else { continue };
            font.id.get_or_insert_with(|| add(Object::Null));
            for glyph in glyphs {
                font.take(glyph);
            }
        }
    }

    /// The file says of each glyph what it stands for in this line.
    pub(super) fn tells(&self, line: &Line) -> bool {
        line.runs.iter().all(|run| match run {
            Run::Plain { .. } => true,
            Run::Shaped { program, glyphs } => glyphs.iter().all(|glyph| {
                let font = self.0.get(*program);
                let said = font.and_then(|font| font.used.get(&font.glyphs.get(glyph.id)?));
                said.is_some_and(|(text, _)| *text == glyph.text)
            }),
        })
    }

    /// The code of a glyph that was taken.
    pub(super) fn code(&self, program: usize, glyph: &Glyph) -> u16 {
        self.0.get(program).and_then(|font| font.glyphs.get(glyph.id)).unwrap_or(0)
    }

    pub(super) fn object_of(&self, program: usize) -> Option<ObjectId> {
        self.0.get(program)?.id
    }

    /// Every font that was used, under the number it got; `add` gives its parts theirs. `None` if a program cannot
    /// be cut.
    pub(super) fn objects(&self, add: &mut dyn FnMut(Object) -> ObjectId) -> Option<Vec<(ObjectId, Object)>> {
        let used = self.0.iter().enumerate().filter_map(|(program, font)| Some((program, font, font.id?)));
        used.map(|(program, font, id)| Some((id, font.object(self.face(program)?, program, add)?))).collect()
    }
}

impl Font {
    fn take(&mut self, glyph: &Glyph) {
        let code = self.glyphs.remap(glyph.id);
        // One glyph says one thing in the whole file: what it said first.
        self.used.entry(code).or_insert_with(|| (glyph.text.clone(), thousandths(glyph.natural)));
    }

    fn object(
        &self,
        face: &Face<'static>,
        program: usize,
        add: &mut dyn FnMut(Object) -> ObjectId,
    ) -> Option<Object> {
        let whole = PROGRAMS.get(program)?;
        let name = Object::Name(format!("{}+{}", self.tag(), whole.name).into_bytes());
        let part = subsetter::subset(whole.bytes, 0, &self.glyphs).ok()?;
        let file = add(deflated(part));
        let units = face.units_per_em().max(1);
        let em = |value: i16| Object::Integer(i64::from(i32::from(value).saturating_mul(1000) / units));
        let bounds = face.global_bounding_box();
        let descriptor = add(Object::Dictionary(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => name.clone(),
            // A font with letters outside of the standard Latin ones.
            "Flags" => 4,
            "FontBBox" => vec![em(bounds.x_min), em(bounds.y_min), em(bounds.x_max), em(bounds.y_max)],
            "ItalicAngle" => 0,
            "Ascent" => em(face.ascender()),
            "Descent" => em(face.descender()),
            "CapHeight" => em(face.capital_height().unwrap_or_else(|| face.ascender())),
            "StemV" => 80,
            "FontFile2" => Object::Reference(file),
        }));
        let descendant = add(Object::Dictionary(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => name.clone(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::String(b"Adobe".to_vec(), StringFormat::Literal),
                "Ordering" => Object::String(b"Identity".to_vec(), StringFormat::Literal),
                "Supplement" => 0,
            },
            "FontDescriptor" => Object::Reference(descriptor),
            "DW" => 600,
            "W" => self.widths(),
            "CIDToGIDMap" => "Identity",
        }));
        let map = add(deflated(self.unicode_map().into_bytes()));
        Some(Object::Dictionary(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => name,
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![Object::Reference(descendant)],
            "ToUnicode" => Object::Reference(map),
        }))
    }

    /// Six letters that differ between two subsets of one font (ISO 32000-2, 9.9.2).
    fn tag(&self) -> String {
        let mut hash = Sha256::new();
        for glyph in self.glyphs.remapped_gids() {
            hash.update(glyph.to_be_bytes());
        }
        hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
    }

    fn widths(&self) -> Object {
        let entry = |(code, (_, width)): (&u16, &(String, u16))| {
            [Object::Integer(i64::from(*code)), Object::Array(vec![Object::Integer(i64::from(*width))])]
        };
        Object::Array(self.used.iter().flat_map(entry).collect())
    }

    fn unicode_map(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) \
             /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let told = self.used.iter().filter(|(_, (text, _))| !text.is_empty());
        let pairs: Vec<(&u16, &(String, u16))> = told.collect();
        for chunk in pairs.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", chunk.len());
            for (code, (text, _)) in chunk {
                let _ = writeln!(map, "<{code:04X}> <{}>", hexadecimal(text));
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

/// UTF-16BE in hexadecimal.
pub(super) fn hexadecimal(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut hex, unit| {
        let _ = write!(hex, "{unit:04X}");
        hex
    })
}

#[expect(clippy::float_arithmetic, reason = "geometry")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn thousandths(em: f32) -> u16 {
    (em * 1000.0).round().clamp(0.0, 10_000.0) as u16
}

fn deflated(content: Vec<u8>) -> Object {
    let mut stream = Stream::new(Dictionary::new(), content);
    // A stream that does not shrink stays as it is.
    let _ = stream.compress();
    Object::Stream(stream)
}
