//! The reader and the engine say the same of every page that the reader takes on.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::canvas::Ink;
use super::page::interpret;
use super::reader::{self, Shelf, Unusual};
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
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
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

impl Tally {
    fn page<'p>(&mut self, name: &str, page: &Page<'p>, shelf: &mut Shelf<'p>, cache: &InterpreterCache<'p>) {
        match reader::read(page, shelf, cache, GLYPHS) {
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
