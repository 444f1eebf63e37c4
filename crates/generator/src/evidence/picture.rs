//! Pages as pictures within a statement, and picture files with what cameras and editors write beside the pixels.

use super::file::{ADDED, About, Shape, file, objects};
use super::sheet::Sheet;
use crate::pdf::{self, Object};
use crate::scan::{self, Bitmap};

const DPI: u32 = 72;
const QUALITY: u8 = 60;
/// The number of the picture of a page; more follow it.
const PICTURE_ID: i32 = ADDED + 40;

/// The pixels of a page of a sheet.
pub(super) fn page(sheet: &Sheet, about: &About, index: usize) -> Option<Bitmap> {
    let document = file(&objects(sheet, about), Shape::Table, about);
    scan::pages(&document, DPI).into_iter().nth(index)
}

/// A picture as an object.
pub(super) fn object(id: i32, picture: &Bitmap) -> Object {
    jpeg_object(id, picture, &scan::jpeg(picture, QUALITY))
}

fn jpeg_object(id: i32, picture: &Bitmap, data: &[u8]) -> Object {
    let head = format!(
        "<</Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length {}>>\nstream\n",
        picture.width,
        picture.height,
        data.len()
    );
    Object { id, body: [head.as_bytes(), data, b"\nendstream"].concat(), is_stream: true }
}

/// The page shows a picture, saved already, instead of its content.
pub(super) fn jpeg_instead_of_content(
    objects: &mut Vec<Object>,
    sheet: &Sheet,
    index: usize,
    picture: &Bitmap,
    data: &[u8],
) {
    instead_of_content(objects, sheet, index, (picture, &[]), "");
    if let Some(object) = objects.iter_mut().find(|object| object.id == PICTURE_ID) {
        *object = jpeg_object(PICTURE_ID, picture, data);
    }
}

/// The page shows a picture instead of its content; `over` is drawn on it, and `more` objects are named `P1`, `P2` ….
pub(super) fn instead_of_content(
    objects: &mut Vec<Object>,
    sheet: &Sheet,
    index: usize,
    (picture, more): (&Bitmap, &[Bitmap]),
    over: &str,
) {
    let frame = sheet.frame();
    let (page_id, content_id) = (pdf::content_id(index) - 1, pdf::content_id(index));
    let id = PICTURE_ID;
    let mut names = format!("/XObject<</P0 {id} 0 R");
    objects.push(object(id, picture));
    for (number, bitmap) in (1..).zip(more) {
        names.push_str(&format!("/P{number} {} 0 R", id + number));
        objects.push(object(id + number, bitmap));
    }
    names.push_str(">>");
    super::file::amend(objects, page_id, "/Resources<<", &format!("/Resources<<{names}"));
    super::file::amend(objects, page_id, "/Rotate 90", "");
    if frame.turned {
        let (from, to) = (
            format!("/MediaBox[0 0 {} {}]", frame.height, frame.width),
            format!("/MediaBox[0 0 {} {}]", frame.width, frame.height),
        );
        super::file::amend(objects, page_id, &from, &to);
    }
    let content = format!("q {} 0 0 {} 0 0 cm /P0 Do Q\n{over}", frame.width, frame.height);
    objects.retain(|object| object.id != content_id);
    objects.push(pdf::stream(content_id, content.as_bytes()));
}

/// An empty sheet of paper.
pub(super) fn paper(width: usize, height: usize) -> Bitmap {
    let pixels = (0..width * height).map(|at| if at % 97 == 0 { 236 } else { 250 }).collect();
    Bitmap { width, height, pixels, dpi: DPI }
}

/// A JPEG file with EXIF texts: camera, program, when taken and when changed.
pub(super) fn jpeg_with(picture: &Bitmap, texts: &[(u16, &str)], below: &[(u16, &str)]) -> Vec<u8> {
    let jpeg = scan::jpeg(picture, QUALITY);
    let exif = [b"Exif\0\0".to_vec(), directory(texts, below)].concat();
    let length = u16::try_from(exif.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    let segment = [&[0xFF, 0xE1], length.as_slice(), &exif].concat();
    let (start, rest) = jpeg.split_at(2);
    [start, &segment, rest].concat()
}

/// A TIFF directory of texts and one below it.
fn directory(first: &[(u16, &str)], below: &[(u16, &str)]) -> Vec<u8> {
    let long = |number: usize| u32::try_from(number).unwrap_or(0).to_be_bytes();
    let size = |entries: usize| 2 + 12 * entries + 4;
    let second = 8 + size(first.len() + 1);
    let mut place = second + size(below.len());
    let (mut out, mut texts) = (b"MM\0\x2A\0\0\0\x08".to_vec(), Vec::new());
    for (entries, link) in [(first, Some(second)), (below, None)] {
        let count = entries.len() + usize::from(link.is_some());
        out.extend(u16::try_from(count).unwrap_or(0).to_be_bytes());
        for (tag, text) in entries {
            out.extend(tag.to_be_bytes());
            out.extend([0, 2]);
            out.extend(long(text.len() + 1));
            out.extend(long(place));
            texts.extend(text.bytes().chain([0]));
            place += text.len() + 1;
        }
        if let Some(link) = link {
            out.extend([0x87, 0x69, 0, 4, 0, 0, 0, 1]);
            out.extend(long(link));
        }
        out.extend([0; 4]);
    }
    [out, texts].concat()
}
