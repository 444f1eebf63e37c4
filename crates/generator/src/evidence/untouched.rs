//! Statements as programs leave them that nobody used to change anything.

use super::Specimen;
use super::file::{About, Shape, file, iso, made_on, objects, stamp, xmp};
use super::picture;
use super::pixels;
use super::sheet::Sheet;
use super::signing::{keep_checkable, sign};
use crate::canvas::Pen;
use crate::design;
use crate::pdf;

/// A way in which a file is made.
type Manner = fn(&mut Sheet, u64) -> Option<Vec<u8>>;

/// Every manner, by its name.
pub const MANNERS: [&str; 12] = [
    "cross-reference table",
    "object streams",
    "arranged for the network",
    "packet, identifier and later date",
    "signed by the bank",
    "signed and kept checkable",
    "stamped by a portal",
    "with a scanned notice",
    "without any information",
    "object streams and packet",
    "scanned",
    "scanned and made smaller by a messenger",
];

/// The manners take turns.
pub(super) fn make(seed: u64) -> Specimen {
    let index = usize::try_from(seed % 12).unwrap_or(0);
    let manners: [Manner; 12] = [
        table,
        streams,
        linearized,
        packet,
        signed,
        kept,
        stamped,
        with_notice,
        bare,
        streams_and_packet,
        |sheet, seed| Some(pixels::sent(sheet, seed, false)),
        |sheet, seed| Some(pixels::sent(sheet, seed, true)),
    ];
    let mut sheet = Sheet { drawn: design::drawn(seed, |_| {}) };
    let document = manners[index](&mut sheet, seed);
    let document = document.or_else(|| table(&mut sheet, seed)).unwrap_or_default();
    Specimen { document, what: MANNERS[index].to_owned() }
}

fn of_shape(sheet: &Sheet, shape: Shape, about: &About) -> Option<Vec<u8>> {
    Some(file(&objects(sheet, about), shape, about))
}

fn table(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    of_shape(sheet, Shape::Table, &About::honest(sheet, seed))
}

fn streams(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    of_shape(sheet, Shape::Streams, &About::honest(sheet, seed))
}

fn linearized(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    let about = About { id: Some((seed, seed)), ..About::honest(sheet, seed) };
    of_shape(sheet, Shape::Linearized, &about)
}

/// The archive's copy is written an hour later, and says so everywhere.
fn packet(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    let day = made_on(sheet);
    let about = About { id: Some((seed, seed)), modified: stamp(day, 60), ..About::honest(sheet, seed) };
    of_shape(sheet, Shape::Table, &about.with_xmp(day))
}

fn signed(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    let about = About { id: Some((seed, seed + 1)), ..About::honest(sheet, seed) };
    let mut objects = objects(sheet, &about);
    Some(sign(file(&objects, Shape::Table, &about), &mut objects, &about))
}

fn kept(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    let about = About::honest(sheet, seed);
    let mut objects = objects(sheet, &about);
    let file = sign(file(&objects, Shape::Table, &about), &mut objects, &about);
    Some(keep_checkable(file, &mut objects, &about))
}

/// A line at the edge of each page, in a font of its own, put there at download; the portal's program says so beside the
/// name of the bank's.
fn stamped(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    let day = made_on(sheet);
    let mut about = About { modified: stamp(day, 600), ..About::honest(sheet, seed) };
    about.xmp = xmp(&about.producer, &about.creator, &iso(day), &iso(day));
    about.producer.push_str("; modified using Portal Stamper 2");
    for page in 0..sheet.pages().len() {
        let line = format!("BT\n0.4 g\n/FX 6 Tf\n1 0 0 1 30 8 Tm\n(Online Banking copy {day}) Tj\nET");
        sheet.add(page, line.as_bytes());
    }
    of_shape(sheet, Shape::Table, &about)
}

/// A notice from a scanner behind the statement: a picture with a text layer that nobody sees.
fn with_notice(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    let about = About::honest(sheet, seed);
    let last = sheet.pages().len();
    sheet.drawn.pages.push(crate::canvas::DrawnPage {
        content: Vec::new(),
        words: Vec::new(),
        runs: Vec::new(),
    });
    let mut objects = objects(sheet, &about);
    let layer =
        sheet.text_at(Pen::regular(9.0), (60.0, 400.0), "Notice of fees 12.50 from 01.05.2026", "3 Tr");
    let layer = String::from_utf8(layer).ok()?;
    let paper = picture::paper(400, 560);
    picture::instead_of_content(&mut objects, sheet, last, (&paper, &[]), &layer);
    debug_assert!(objects.iter().any(|object| object.id == pdf::content_id(last)));
    Some(file(&objects, Shape::Table, &about))
}

fn bare(sheet: &mut Sheet, _: u64) -> Option<Vec<u8>> {
    let nothing = String::new;
    let about = About {
        producer: nothing(),
        creator: nothing(),
        created: nothing(),
        modified: nothing(),
        xmp: nothing(),
        id: None,
    };
    of_shape(sheet, Shape::Streams, &about)
}

fn streams_and_packet(sheet: &mut Sheet, seed: u64) -> Option<Vec<u8>> {
    let day = made_on(sheet);
    let about = About { id: Some((seed, seed)), ..About::honest(sheet, seed) }.with_xmp(day);
    of_shape(sheet, Shape::Streams, &about)
}
