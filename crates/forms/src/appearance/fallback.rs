//! The embedded font for what the standard fonts lack: Latin, Greek, Cyrillic. Only the glyphs that were used go
//! into the file, under a map back to Unicode.

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, GlyphId};
use std::collections::BTreeMap;
use std::fmt::Write;
use subsetter::GlyphRemapper;

const PROGRAM: &[u8] = include_bytes!("../../fonts/dejavu-sans-condensed.ttf");
const NAME: &str = "SMXFNT+DejaVuSansCondensed";

/// Glyphs used so far. Letters that it lacks are refused by whoever asks [`Fallback::has`], never shown as boxes.
pub(crate) struct Fallback {
    font: Option<(Charmap<'static>, GlyphMetrics<'static>)>,
    glyphs: GlyphRemapper,
    /// New glyph id to character and width.
    used: BTreeMap<u16, (char, u16)>,
}

impl std::fmt::Debug for Fallback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fallback").field("used", &self.used.len()).finish_non_exhaustive()
    }
}

impl Fallback {
    pub(crate) fn new() -> Self {
        let font = FontRef::new(PROGRAM).ok();
        let tables = font.map(|font| {
            // Thousandths of an em are what PDF counts in.
            let metrics = GlyphMetrics::new(&font, Size::new(1000.0), LocationRef::default());
            (Charmap::new(&font), metrics)
        });
        Self { font: tables, glyphs: GlyphRemapper::new(), used: BTreeMap::new() }
    }

    fn glyph(&self, c: char) -> Option<GlyphId> {
        let (map, _) = self.font.as_ref()?;
        map.map(c).filter(|glyph| glyph.to_u32() != 0)
    }

    pub(super) fn has(&self, c: char) -> bool {
        self.glyph(c).is_some()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an advance of 0 to 3000")]
    pub(super) fn width(&self, c: char) -> u16 {
        let width = self.glyph(c).and_then(|glyph| self.font.as_ref()?.1.advance_width(glyph));
        width.map_or(0, |w| w.round().clamp(0.0, 10_000.0) as u16)
    }

    /// The code that shows a character; from now on it is in the file. 0 for one that the font lacks.
    pub(super) fn code(&mut self, c: char) -> u16 {
        let Some(glyph) = self.glyph(c).and_then(|glyph| u16::try_from(glyph.to_u32()).ok()) else {
            return 0;
        };
        let code = self.glyphs.remap(glyph);
        let width = self.width(c);
        self.used.entry(code).or_insert((c, width));
        code
    }

    pub(crate) fn is_used(&self) -> bool {
        !self.used.is_empty()
    }

    /// The five objects of the font; `add` gives each its number. `None` if the program cannot be cut.
    pub(crate) fn write(
        &self,
        id: ObjectId,
        mut add: impl FnMut(Object) -> ObjectId,
    ) -> Option<(ObjectId, Object)> {
        let program = subsetter::subset(PROGRAM, 0, &self.glyphs).ok()?;
        let file = add(deflated(Dictionary::new(), program));
        let descriptor = add(Object::Dictionary(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => Object::Name(NAME.as_bytes().to_vec()),
            "Flags" => 32,
            "FontBBox" => vec![(-918).into(), (-280).into(), 1513.into(), 1068.into()],
            "ItalicAngle" => 0,
            "Ascent" => 928,
            "Descent" => -236,
            "CapHeight" => 729,
            "StemV" => 80,
            "FontFile2" => Object::Reference(file),
        }));
        let descendant = add(Object::Dictionary(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => Object::Name(NAME.as_bytes().to_vec()),
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
        let map = add(deflated(Dictionary::new(), self.unicode_map().into_bytes()));
        let font = Object::Dictionary(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => Object::Name(NAME.as_bytes().to_vec()),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![Object::Reference(descendant)],
            "ToUnicode" => Object::Reference(map),
        });
        Some((id, font))
    }

    fn widths(&self) -> Object {
        let entry = |(code, (_, width)): (&u16, &(char, u16))| {
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
        let pairs: Vec<(&u16, &(char, u16))> = self.used.iter().collect();
        for chunk in pairs.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", chunk.len());
            for (code, (c, _)) in chunk {
                let units = c.encode_utf16(&mut [0; 2]).iter().fold(String::new(), |mut text, unit| {
                    let _ = write!(text, "{unit:04X}");
                    text
                });
                let _ = writeln!(map, "<{code:04X}> <{units}>");
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

fn deflated(dictionary: Dictionary, content: Vec<u8>) -> Object {
    let mut stream = Stream::new(dictionary, content);
    // A stream that does not shrink stays as it is.
    let _ = stream.compress();
    Object::Stream(stream)
}
