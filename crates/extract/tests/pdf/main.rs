//! The PDF text layer, on documents small enough to check by hand.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

mod builder;
mod division;
mod encryption;
mod fonts;
mod hidden;
mod hostile;
mod limits;
mod revisions;
mod rotation;
mod sfnt;
mod tagged;
mod threads;
mod traces;
mod words;

use smartexus_domain::{Page, Pages, Word};
use smartexus_extract::{ExtractError, ExtractOptions, extract};

fn read(bytes: &[u8]) -> Result<Pages, ExtractError> {
    extract(bytes, &ExtractOptions::default())
}

fn first_page(bytes: &[u8]) -> Page {
    read(bytes).unwrap().pages.swap_remove(0)
}

fn texts(page: &Page) -> Vec<&str> {
    page.words.iter().map(|word| word.text.as_str()).collect()
}

fn codes(pages: &Pages) -> Vec<(&str, Option<u32>)> {
    pages.findings.iter().map(|finding| (finding.code.as_ref(), finding.page)).collect()
}

#[track_caller]
fn assert_box(word: &Word, expected: [f64; 4]) {
    let found = <[f64; 4]>::from(word.bounds);
    let near = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 0.02);
    assert!(near, "{}: {found:?} is not {expected:?}", word.text);
}
