//! The parsers of this crate one by one, for tests that throw bytes at them. The program has none of it.

use crate::{image, ocr, pdf};
use smartexus_domain::MediaType;

/// Reads a content stream to its end or to what it does not understand; says how many operators there were.
#[must_use]
pub fn operators(content: &[u8]) -> usize {
    pdf::operators(content)
}

/// Decodes every picture of a file, up to `pictures_max` and where it has at most so many pixels; says how many there
/// were.
#[must_use]
pub fn pictures(bytes: &[u8], media_type: MediaType, pictures_max: u32, pixels_max: u64) -> u32 {
    image::pictures(bytes, media_type, pictures_max, pixels_max)
}

/// Reads fax rows in each way that scanners write them; says how many pixels came of it.
#[must_use]
pub fn fax(data: &[u8], columns: u16, rows: u16) -> usize {
    image::fax_pixels(data, columns, rows)
}

/// Reads what a recognizer answered; says how many words there were.
#[must_use]
pub fn hocr_words(text: &str) -> usize {
    ocr::words(text)
}
