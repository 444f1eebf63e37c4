//! Pages that are pictures: every compression, every kind of file, every way of lying on the glass.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

#[path = "../pdf/builder.rs"]
#[expect(dead_code, reason = "tests of text layers need more of it")]
mod builder;
mod codecs;
mod files;
mod limits;
mod mixed;
mod render;
mod spread;
mod turns;

use smartexus_domain::{Page, PageMethod, Pages};
use smartexus_extract::{ExtractError, ExtractOptions, OcrOptions, extract, prepare_ocr};
use smartexus_generator::scan::{Bitmap, pages};
use std::path::Path;

/// Recognized, on an engine of the test's own thread.
fn options() -> ExtractOptions {
    let ocr = OcrOptions::default();
    prepare_ocr(ocr.languages).unwrap();
    ExtractOptions { ocr: Some(ocr), ..ExtractOptions::default() }
}

fn read(bytes: &[u8]) -> Result<Pages, ExtractError> {
    extract(bytes, &options())
}

/// The first page of a statement of ours as a scanner sees it.
fn statement(dpi: u32) -> Bitmap {
    pages(&fixture("us-checking-running"), dpi).swap_remove(0)
}

fn fixture(name: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    std::fs::read(root.join(name).join("document.pdf")).unwrap()
}

/// The upper part of a page: little to read, so the test is quick.
fn head(picture: Bitmap) -> Bitmap {
    let height = picture.height / 3;
    let pixels = picture.pixels[..height * picture.width].to_vec();
    Bitmap { height, pixels, ..picture }
}

fn only(pages: Pages) -> Page {
    let [page] = <[Page; 1]>::try_from(pages.pages).unwrap();
    page
}

fn codes(pages: &Pages) -> Vec<&str> {
    pages.findings.iter().map(|finding| finding.code.as_ref()).collect()
}

#[track_caller]
fn assert_read(pages: &Pages, words: &[&str]) {
    for page in &pages.pages {
        assert_eq!(page.method, PageMethod::Ocr, "{:?}", pages.findings);
        for word in words {
            assert!(page.words.iter().any(|w| w.text == *word), "{word} is not in:\n{}", page.text);
        }
    }
}
