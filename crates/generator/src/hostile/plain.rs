//! Files that do harm or are not what they say, named by the harm.

use crate::canvas::{A4, Canvas, LETTER, Pen, Strokes};
use crate::case::Files;
use crate::cipher::{FILE_ID, Lock, hexadecimal};
use crate::container;
use crate::font::Family;
use crate::pdf::{self, Container, Frame, INFO, Maker, Object};

use super::png;

/// What opens `password-protected.pdf`.
const PASSWORD: &str = "harbour-42";
/// Arrays inside arrays: far beyond any honest file.
const DEPTH: usize = 20_000;

const MAKER: Maker =
    Maker { producer: "Foliant Composer 4.2", creator: "Letter Desk", created: "D:20260401060000Z" };

/// The files at the top of the folder: each is known to a test by its name.
pub(super) fn make(files: &mut Files) {
    let plain = letter();
    let mut put = |name: &str, bytes: Vec<u8>| files.insert(format!("hostile/{name}"), bytes);
    put("empty.pdf", Vec::new());
    put("empty.csv", Vec::new());
    put("not-a-statement.pdf", plain.clone());
    put("truncated.pdf", plain[..plain.len() * 6 / 10].to_vec());
    put("bad-xref.pdf", with_bad_offsets(&plain));
    put("no-text.pdf", no_text());
    put("deep-nesting.pdf", deep_nesting());
    put("png-named.pdf", png::dots());
    put("password-protected.pdf", locked(letter_objects(), PASSWORD));
    put("owner-password-only.pdf", locked(letter_objects(), ""));
}

/// An honest letter, which is no statement.
pub(super) fn letter() -> Vec<u8> {
    container::file(&letter_objects(), Container::Table)
}

fn letter_canvas() -> Canvas {
    let mut c = Canvas::new(A4, Family::Times, Strokes::Strings, 1);
    c.page();
    c.text(70.0, 90.0, Pen::bold(16.0), "Harbour Street Joinery");
    c.lines(70.0, 150.0, 15.0, Pen::regular(11.0), &[
        "Dear Ms Abernathy,",
        "",
        "thank you for your visit on 4 March. The oak table we spoke about would cost 1,480.00, of which we",
        "ask for 300.00 in advance. Delivery takes about six weeks from the day of the order.",
        "",
        "If you decide before Easter we will add the two benches at 95.00 each. We look forward to your answer.",
        "",
        "Yours sincerely",
        "T. Marchbanks",
    ]);
    c
}

fn letter_objects() -> Vec<Object> {
    let canvas = letter_canvas();
    let frame = frame(&canvas);
    pdf::objects(&frame, &canvas.finish(), MAKER)
}

fn frame(canvas: &Canvas) -> Frame {
    Frame { width: canvas.width, height: canvas.height, turned: canvas.turned, family: canvas.family }
}

/// The offsets of the cross-reference table and the start of the table point elsewhere; the trailer is whole.
fn with_bad_offsets(file: &[u8]) -> Vec<u8> {
    let text: String = file.iter().map(|byte| char::from(*byte)).collect();
    let table = text.find("\nxref\n").unwrap_or(0);
    let trailer = text.find("trailer\n").unwrap_or(table);
    let start = text.find("startxref\n").unwrap_or(trailer);
    let offsets = text[table..trailer].replace("00000000", "00000077");
    let broken = format!("{}{offsets}{}startxref\n999999\n%%EOF\n", &text[..table], &text[trailer..start]);
    broken.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// A page that shows a drawing and no letter.
fn no_text() -> Vec<u8> {
    let mut c = Canvas::new(LETTER, Family::Helvetica, Strokes::Strings, 1);
    c.page();
    c.fill([60.0, 60.0, 200.0, 40.0], [0.2, 0.3, 0.5]);
    for line in [140.0_f32, 160.0, 180.0, 200.0, 220.0, 240.0] {
        c.fill([60.0, line, 360.0, 6.0], [0.55, 0.55, 0.55]);
        c.fill([470.0, line, 60.0, 6.0], [0.3, 0.3, 0.3]);
    }
    c.frame([50.0, 120.0, 500.0, 150.0], 1.0);
    let frame = frame(&c);
    container::file(&pdf::objects(&frame, &c.finish(), MAKER), Container::Table)
}

/// A catalog entry of arrays nested beyond reason.
fn deep_nesting() -> Vec<u8> {
    let mut objects = letter_objects();
    if let Some(catalog) = objects.iter_mut().find(|o| o.id == pdf::CATALOG) {
        let nested = format!("/Deep{}{}>>", "[".repeat(DEPTH), "]".repeat(DEPTH));
        catalog.body.truncate(catalog.body.len().saturating_sub(2));
        catalog.body.extend_from_slice(nested.as_bytes());
    }
    container::file(&objects, Container::Table)
}

/// The objects without the information dictionary, whose strings would have to be sealed too.
fn locked(objects: Vec<Object>, user: &str) -> Vec<u8> {
    let lock = Lock::new(user, "owner-of-the-harbour");
    let mut objects: Vec<Object> = objects.into_iter().filter(|o| o.id != INFO).collect();
    for object in &mut objects {
        lock.seal(object);
    }
    let id = hexadecimal(&FILE_ID);
    let extra = format!("/Encrypt {}/ID[<{id}><{id}>]", lock.dictionary());
    container::with_trailer(&objects, &extra)
}
