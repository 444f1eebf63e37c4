//! Changes that only pixels show: a font that says one digit and draws another, and a picture that was opened, changed in
//! one place and saved again.

use super::file::{About, Shape, file, objects};
use super::picture;
use super::plant::Planting;
use super::sheet::{At, Sheet, other_figure};
use crate::font::{Face, Family};
use crate::pdf::{self, Object};
use crate::random::Random;
use crate::scan::{self, Bitmap, Codec};

const FONT_ID: i32 = 592;
const MAP_ID: i32 = 593;
/// Each digit is said to be so many more than it is drawn.
const SHIFT: u32 = 3;
const SCAN_DPI: u32 = 150;

/// The text layer says the figure that the sums hold for, and the page shows another one.
pub(super) fn misleading(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (mut sheet, at, text) = planting.amount()?;
    if !text.is_ascii() {
        return None;
    }
    let about = planting.about(&sheet);
    let drawn: String =
        text.chars().map(|c| c.to_digit(10).map_or(c, |digit| shifted(digit, 10 - SHIFT))).collect();
    planting.what.push_str(&format!(" drawn as “{drawn}”"));
    let run = sheet.run(at).clone();
    let own = sheet.frame().family;
    let family = if own == Family::Dejavu { Family::Helvetica } else { own };
    let width: f32 = drawn.chars().map(|c| family.advance(run.pen.face, c) * run.pen.size / 1000.0).sum();
    let escaped = drawn.replace('(', "\\(").replace(')', "\\)");
    let (x, y) = (run.origin.0 + run.width - width, run.origin.1);
    let bytes = format!("BT\n0 g\n/FM {} Tf\n1 0 0 1 {x} {y} Tm\n({escaped}) Tj\nET", run.pen.size);
    sheet.replace(at, bytes.as_bytes())?;
    let mut objects = objects(&sheet, &about);
    for index in 0..sheet.pages().len() {
        let fonts = format!("/Font<</FM {FONT_ID} 0 R");
        super::file::amend(&mut objects, pdf::content_id(index) - 1, "/Font<<", &fonts);
    }
    let name = String::from_utf8_lossy(family.standard_name(Face::Regular)?).into_owned();
    let font = format!(
        "<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding/ToUnicode {MAP_ID} 0 R>>"
    );
    objects.push(Object { id: FONT_ID, body: font.into_bytes(), is_stream: false });
    objects.push(pdf::stream(MAP_ID, map().as_bytes()));
    Some(file(&objects, Shape::Table, &about))
}

fn shifted(digit: u32, by: u32) -> char {
    char::from_digit((digit + by) % 10, 10).unwrap_or('0')
}

/// What the codes of the font are said to mean.
fn map() -> String {
    let digits: String = (0..10_u32)
        .map(|digit| format!("<{:02X}> <{:04X}>\n", 0x30 + digit, u32::from(shifted(digit, SHIFT))))
        .collect();
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Custom def\n/CMapType 2 def\n\
         1 begincodespacerange\n<00> <FF>\nendcodespacerange\n2 beginbfrange\n<20> <2F> <0020>\n<3A> <7E> <003A>\nendbfrange\n\
         10 beginbfchar\n{digits}endbfchar\nendcmap\nend\nend\n"
    )
}

/// A page as a scanner would have sent it; one figure of it is replaced by another, and the picture saved anew.
pub(super) fn pasted(planting: &mut Planting<'_>) -> Option<Vec<u8>> {
    let (sheet, at, text) = planting.amount()?;
    let about = planting.about(&sheet);
    let scan = scanned(&picture_of(&sheet, &about, at.page)?, planting.random);
    let (first, last) = (quality(planting.random, 45, 70), quality(planting.random, 82, 95));
    let before = opened(&scan::jpeg(&scan, first))?;
    let new = other_figure(&text, planting.random);
    planting.what.push_str(&format!(" → “{new}”, saved with {first} and then with {last}"));
    let mut other = Sheet::of(planting.seed)?;
    let typed = other.typed(at, &new);
    other.replace(at, &typed)?;
    let other = scanned(&picture_of(&other, &about, at.page)?, planting.random);
    let picture = with_region(before, &other, place(&sheet, at));
    let mut objects = objects(&sheet, &about);
    let data = scan::jpeg(&picture, last);
    picture::jpeg_instead_of_content(&mut objects, &sheet, at.page, &picture, &data);
    Some(file(&objects, Shape::Table, &about))
}

/// The pages of a sheet, scanned and sent by mail; a messenger makes them smaller once more.
pub(super) fn sent(sheet: &Sheet, seed: u64, is_saved_twice: bool) -> Vec<u8> {
    let mut random = Random::new(seed ^ 0x5CA7);
    let last = quality(&mut random, 60, 95);
    let about = About::honest(sheet, seed);
    let document = file(&objects(sheet, &about), Shape::Table, &about);
    let pages = scan::pages(&document, SCAN_DPI).into_iter().map(|page| {
        let page = scanned(&page, &mut random);
        if !is_saved_twice {
            return page;
        }
        let first = quality(&mut random, 55, 85);
        opened(&scan::jpeg(&page, first)).unwrap_or(page)
    });
    let pages: Vec<Bitmap> = pages.collect();
    scan::scanned_pdf(&pages, Codec::Dct(last))
}

fn quality(random: &mut Random, least: i64, most: i64) -> u8 {
    u8::try_from(random.between(least, most)).unwrap_or(80)
}

fn picture_of(sheet: &Sheet, about: &About, index: usize) -> Option<Bitmap> {
    let document = file(&objects(sheet, about), Shape::Table, about);
    scan::pages(&document, SCAN_DPI).into_iter().nth(index)
}

/// Paper is gray, ink is not black, and the sensor is not quiet.
fn scanned(page: &Bitmap, random: &mut Random) -> Bitmap {
    let pixel = |pixel: &u8| {
        let even = 32 + i64::from(*pixel) * 196 / 255;
        u8::try_from((even + random.between(-3, 3)).clamp(0, 255)).unwrap_or(255)
    };
    Bitmap { pixels: page.pixels.iter().map(pixel).collect(), ..page.clone() }
}

fn opened(jpeg: &[u8]) -> Option<Bitmap> {
    let picture = image::load_from_memory(jpeg).ok()?.to_luma8();
    let side = |side: u32| usize::try_from(side).unwrap_or(0);
    let (width, height) = (side(picture.width()), side(picture.height()));
    Some(Bitmap { width, height, pixels: picture.into_raw(), dpi: SCAN_DPI })
}

/// Left, top, right and bottom of a string in pixels.
fn place(sheet: &Sheet, at: At) -> [f32; 4] {
    let (run, scale) = (sheet.run(at), SCAN_DPI as f32 / 72.0);
    let (x, y, size) = (run.origin.0, sheet.frame().height - run.origin.1, run.pen.size);
    [x - 2.0, y - size, x + run.width + 2.0, y + 0.3 * size].map(|side| side * scale)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on a page")]
fn with_region(mut picture: Bitmap, other: &Bitmap, place: [f32; 4]) -> Bitmap {
    let [left, top, right, bottom] = place.map(|side| side.max(0.0) as usize);
    for y in top..bottom.min(picture.height) {
        let row = y * picture.width;
        let (from, to) = (row + left, row + right.min(picture.width));
        picture.pixels[from..to].copy_from_slice(&other.pixels[from..to]);
    }
    picture
}
