//! The reader and the engine say the same of every page that the reader takes on.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::canvas::Ink;
use super::page::interpret;
use super::reader::{self, Shelf, Unusual};
use crate::ExtractLimits;
use hayro_interpret::InterpreterCache;
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

const GLYPHS: u32 = 200_000;
/// Sums of the same numbers in another order.
const TOLERANCE_PT: f64 = 1e-6;

fn pdfs_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (mut folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    // Classes of harm may end the process: they are read behind walls.
    folders.retain(|folder| !folder.parent().is_some_and(|above| above.ends_with("hostile")));
    let pdfs = files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    let mut all: Vec<_> = folders.iter().flat_map(|folder| pdfs_below(folder)).chain(pdfs).collect();
    all.sort();
    all
}

/// Where the two differ; nothing where they do not.
fn differences(ours: &Ink, theirs: &Ink) -> Vec<String> {
    let counts =
        |ink: &Ink| (ink.glyphs.len(), ink.hidden, ink.unmapped, ink.images, ink.paths, ink.over_limit);
    let mut found = Vec::new();
    if counts(ours) != counts(theirs) || (ours.image_share - theirs.image_share).abs() > TOLERANCE_PT {
        found.push(format!("counts {:?} {:?}", counts(ours), counts(theirs)));
    }
    let all = |ink: &Ink| ink.glyphs.iter().chain(&ink.hidden_glyphs).cloned().collect::<Vec<_>>();
    for (index, (our, their)) in all(ours).iter().zip(&all(theirs)).enumerate() {
        let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE_PT;
        let same_place = near(our.origin.0, their.origin.0)
            && near(our.origin.1, their.origin.1)
            && near(our.advance, their.advance)
            && near(our.size, their.size);
        let rest = |glyph: &super::Glyph| (glyph.text.clone(), glyph.direction, glyph.color, glyph.certain);
        if !same_place || rest(our) != rest(their) {
            found.push(format!("glyph {index}: {our:?} {their:?}"));
            break;
        }
    }
    found
}

/// What came of the pages of a folder.
#[derive(Debug, Default)]
struct Tally {
    read: u32,
    left: BTreeMap<Unusual, Vec<String>>,
    different: Vec<String>,
}

fn limits() -> ExtractLimits {
    ExtractLimits { glyphs_per_page: GLYPHS, ..ExtractLimits::default() }
}

impl Tally {
    fn page<'p>(&mut self, name: &str, page: &Page<'p>, shelf: &mut Shelf<'p>, cache: &InterpreterCache<'p>) {
        match reader::read(page, shelf, cache, &limits()) {
            Err(unusual) => self.left.entry(unusual).or_default().push(name.to_owned()),
            Ok(ours) => {
                self.read += 1;
                let theirs = interpret(page, cache, GLYPHS);
                let mut found = differences(&ours.ink, &theirs.ink);
                if ours.fonts_missing != theirs.fonts_missing {
                    found.push(format!("fonts missing {} {}", ours.fonts_missing, theirs.fonts_missing));
                }
                self.different.extend(found.into_iter().map(|found| format!("{name} {found}")));
            }
        }
    }

    fn folder(folder: &Path) -> Self {
        let mut tally = Self::default();
        for path in pdfs_below(folder) {
            let bytes = std::fs::read(&path).unwrap();
            let Ok(Ok(pdf)) = catch_unwind(|| Pdf::new(bytes)) else { continue };
            let (mut shelf, mut cache) = (Shelf::default(), InterpreterCache::new());
            for (number, page) in (1..).zip(pdf.pages().iter()) {
                let name = format!("{} page {number}", path.display());
                let outcome = catch_unwind(AssertUnwindSafe(|| tally.page(&name, page, &mut shelf, &cache)));
                if outcome.is_err() {
                    (shelf, cache) = (Shelf::default(), InterpreterCache::new());
                    tally.different.push(format!("{name} panics"));
                }
            }
        }
        tally
    }
}

#[test]
fn on_every_fixture() {
    let tally = Tally::folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")));
    assert_eq!(tally.different, Vec::<String>::new());
    assert!(tally.read > 40, "{tally:?}");
    let left: usize = tally.left.values().map(Vec::len).sum();
    assert!(left * 20 < tally.read as usize, "{tally:?}");
}

/// Every operator that the reader knows, and some that it leaves alone.
const CONTENT: &str = "q 1 0 0 1 10 20 cm BT /F1 10 Tf 12 TL 1 0 0 1 50 700 Tm (One) Tj 0 -14 Td [(T) -20 (wo) 300 (2)] TJ \
    T* (three) ' 1 2 (four \\050 4) \" 80 Tz 3 Ts <66697665> Tj 100 Tz 0 Ts ET Q \
    /S <</MCID 0 /L (a>>b)>> BDC BT /F2 8 Tf 50 600 Td <00010002> Tj 2 Tr (AB) Tj 0 Tr ET EMC \
    q 40 480 200 60 re W n BT /F1 9 Tf 50 500 Td (clipped) Tj 300 0 Td (away) Tj ET Q \
    /G gs 0.5 g 1 0 0 rg 0 0 0 1 k /C cs 0.2 sc BT /F1 9 Tf 50 400 Td (color) Tj ET /Form Do \
    10 10 m 20 10 l 20 20 l 10 20 l h f 5 5 m 9 9 1 1 2 2 c 3 3 4 4 v 6 6 7 7 y b* 0 0 9 0 re f n \
    /Image Do BI /W 1 /H 1 /CS /G /BPC 8 ID x EI BT /F3 9 Tf 3 Tr 50 300 Td (hidden) Tj ET \
    /OC /L1 BDC BT /F1 9 Tf 50 200 Td (off) Tj ET EMC BT 50 100 Td (last) Tj ET ";

/// One page with this content; the engine finds its objects without a table.
fn page_with(content: &[u8]) -> Vec<u8> {
    let head = format!(
        "%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [9 0 R] /D << /OFF [9 0 R] >> >> >> endobj
2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << \
/Font << /F1 5 0 R /F2 6 0 R >> /XObject << /Form 7 0 R /Image 8 0 R >> /Properties << /L1 9 0 R >> \
/ExtGState << /G << /ca 0.5 >> >> /ColorSpace << /C [/Separation /Ink /DeviceGray 10 0 R] >> >> >> endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> endobj
6 0 obj << /Type /Font /Subtype /Type0 /BaseFont /Invented /Encoding /Identity-H /DescendantFonts [<< \
/Type /Font /Subtype /CIDFontType2 /BaseFont /Invented /DW 600 /W [1 [400]] \
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >> endobj
7 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 200 50] /Matrix [1 0 0 1 100 300] /Length 36 >>
stream
BT /F1 10 Tf 5 5 Td (inside) Tj ET  
endstream endobj
8 0 obj << /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>
stream
x
endstream endobj
9 0 obj << /Type /OCG /Name (layer) >> endobj
10 0 obj << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >> endobj
4 0 obj << /Length {} >>
stream
",
        content.len()
    );
    let tail: &[u8] = b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF";
    [head.as_bytes(), content, tail].concat()
}

/// A few bytes of the content are others, the same ones in every run.
fn mutant(seed: u64) -> Vec<u8> {
    const BYTES: &[u8] = b" \n()<>[]/%#\\0123456789-.+TjJdDQqBEIMCtmWn*'\"rgGkKcsSfohlv";
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap()
    };
    let mut content = CONTENT.as_bytes().to_vec();
    for _ in 0..=below(3) {
        let at = below(content.len());
        content[at] = BYTES[below(BYTES.len())];
    }
    content
}

#[test]
fn on_mutated_content() {
    let mut tally = Tally::default();
    for seed in 0..1000 {
        let content = if seed == 0 { CONTENT.as_bytes().to_vec() } else { mutant(seed) };
        let pdf = Pdf::new(page_with(&content)).unwrap();
        let name = String::from_utf8(content).unwrap();
        let page = pdf.pages().first().unwrap();
        tally.page(&name, page, &mut Shelf::default(), &InterpreterCache::new());
        assert!(seed > 0 || tally.read == 1, "{tally:?}");
    }
    assert_eq!(tally.different.iter().take(3).collect::<Vec<_>>(), Vec::<&String>::new());
    let left: usize = tally.left.values().map(Vec::len).sum();
    assert!(tally.read > 300 && left > 20, "{} read, {left} left", tally.read);
}

/// By hand: `PDF_FOLDER=… cargo test -p smartexus-extract -- --ignored --nocapture on_a_folder`.
#[test]
#[ignore = "needs a folder of documents"]
#[expect(clippy::disallowed_methods, reason = "a folder by hand")]
fn on_a_folder() {
    let folder = std::env::var("PDF_FOLDER").unwrap();
    let tally = Tally::folder(Path::new(&folder));
    tally.different.iter().for_each(|different| println!("DIFFERENT {different}"));
    for (unusual, pages) in &tally.left {
        pages.iter().for_each(|page| println!("LEFT {unusual:?} {page}"));
    }
    let left: BTreeMap<_, _> = tally.left.iter().map(|(unusual, pages)| (unusual, pages.len())).collect();
    println!("read {}, different {}, left {left:?}", tally.read, tally.different.len());
}
