//! Limits of pictures: at one it passes, above it the page is left unread.

use crate::{codes, head, options, statement};
use smartexus_extract::{ExtractError, ExtractLimits, ExtractOptions, extract};
use smartexus_generator::scan::{Bitmap, Codec, TiffCodec, png, scanned_pdf, tiff};
use std::slice::from_ref;

fn with(limits: ExtractLimits) -> ExtractOptions {
    ExtractOptions { limits, ..options() }
}

fn small() -> Bitmap {
    head(statement(150))
}

#[test]
fn pixels() {
    let picture = small();
    let pixels = u32::try_from(picture.pixels.len()).unwrap();
    let scan = scanned_pdf(from_ref(&picture), Codec::FlateGray);
    for bytes in [scan, png(&picture), tiff(from_ref(&picture), TiffCodec::Gray)] {
        let read = |pixels_per_page| {
            // A range, so that a page without words is no failure of the document.
            let range = smartexus_domain::PageRange::new(1, 1).ok();
            let limits = ExtractLimits { pixels_per_page, ..Default::default() };
            extract(&bytes, &ExtractOptions { range, ..with(limits) }).unwrap()
        };
        assert_eq!(codes(&read(pixels)), ["text_recognized"]);
        assert!(codes(&read(pixels - 1)).contains(&"too_many_pixels"));
        assert!(!read(pixels - 1).pages[0].complete);
    }
}

#[test]
fn pages() {
    let bytes = tiff(&[small(), small(), small()], TiffCodec::Bilevel);
    let read = |pages| extract(&bytes, &with(ExtractLimits { pages, ..Default::default() }));
    assert_eq!(read(3).unwrap().pages.len(), 3);
    assert_eq!(read(2), Err(ExtractError::TooManyPages { pages: 3, limit: 2 }));
}

#[test]
fn words() {
    let bytes = png(&small());
    let all = extract(&bytes, &options()).unwrap().pages[0].words.len();
    let read = |words_per_page| {
        extract(&bytes, &with(ExtractLimits { words_per_page, ..Default::default() })).unwrap()
    };
    let all = u32::try_from(all).unwrap();
    assert_eq!(codes(&read(all)), ["text_recognized"]);
    assert_eq!(codes(&read(all - 1)), ["page_too_long", "text_recognized"]);
}
