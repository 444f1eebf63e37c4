//! Every limit: at it passes, above it fails or is cut with a finding.

use crate::builder::{Pdf, one_page, text_at};
use crate::codes;
use smartexus_domain::FailureCode;
use smartexus_extract::{ExtractError, ExtractLimits, ExtractOptions, extract, survey};

fn with(limits: ExtractLimits) -> ExtractOptions {
    ExtractOptions { limits, ..Default::default() }
}

#[test]
fn pages() {
    let pdf = |count: usize| {
        let mut pdf = Pdf::new();
        (0..count).for_each(|_| pdf.page_with("", "", &text_at(100.0, 700.0, "(text) Tj")));
        pdf.build()
    };
    let options = with(ExtractLimits { pages: 3, ..Default::default() });
    assert_eq!(extract(&pdf(3), &options).unwrap().pages.len(), 3);
    assert_eq!(survey(&pdf(3), &options).unwrap().pages, 3);
    assert_eq!(survey(&pdf(4), &options), Err(ExtractError::TooManyPages { pages: 4, limit: 3 }));
    let error = extract(&pdf(4), &options).unwrap_err();
    assert_eq!(error, ExtractError::TooManyPages { pages: 4, limit: 3 });
    assert_eq!(error.code(), FailureCode::TooManyPages);
}

#[test]
fn bytes() {
    let pdf = one_page(&text_at(100.0, 700.0, "(text) Tj"));
    let size = pdf.len() as u64;
    let read = |size_bytes| extract(&pdf, &with(ExtractLimits { size_bytes, ..Default::default() }));
    assert!(read(size).is_ok());
    assert_eq!(read(size - 1).unwrap_err().code(), FailureCode::TooLarge);
}

#[test]
fn glyphs_and_words() {
    let pdf = one_page(&text_at(100.0, 700.0, "(ab cd ef) Tj"));
    let read = |limits| {
        let pages = extract(&pdf, &with(limits)).unwrap();
        let page = pages.pages.first().unwrap();
        (page.text.clone(), page.complete, codes(&pages).len())
    };
    let whole = ("ab cd ef".to_owned(), true, 0);
    assert_eq!(read(ExtractLimits { glyphs_per_page: 8, ..Default::default() }), whole);
    assert_eq!(read(ExtractLimits { words_per_page: 3, ..Default::default() }), whole);
    let cut = |text: &str| (text.to_owned(), false, 1);
    assert_eq!(read(ExtractLimits { glyphs_per_page: 7, ..Default::default() }), cut("ab cd e"));
    assert_eq!(read(ExtractLimits { words_per_page: 2, ..Default::default() }), cut("ab cd"));
}

#[test]
fn objects() {
    let pdf = one_page(&text_at(100.0, 700.0, "(text) Tj"));
    let read = |objects| extract(&pdf, &with(ExtractLimits { objects, ..Default::default() }));
    let fewest = (1..50).find(|objects| read(*objects).is_ok()).unwrap();
    let error = read(fewest - 1).unwrap_err();
    assert_eq!(error, ExtractError::TooManyObjects { objects: fewest.into(), limit: fewest - 1 });
    assert_eq!(error.code(), FailureCode::TooManyObjects);
}

#[test]
fn content() {
    let content = text_at(100.0, 700.0, "(text) Tj");
    let pdf = one_page(&content);
    let read = |content_bytes_per_page| {
        let limits = ExtractLimits { content_bytes_per_page, ..Default::default() };
        extract(&pdf, &with(limits)).map(|pages| (pages.pages[0].text.clone(), codes(&pages).len()))
    };
    let size = u32::try_from(content.len()).unwrap();
    assert_eq!(read(size).unwrap(), ("text".to_owned(), 0));
    assert_eq!(read(size - 1).unwrap_err().code(), FailureCode::NothingReadable);
}

#[test]
fn forms_within_forms() {
    let mut pdf = Pdf::new();
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 612 792]";
    let font = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    let inner = text_at(100.0, 700.0, "(text) Tj");
    let inner = pdf.stream(&format!("{form} /Resources << /Font << {font} >> >>"), inner);
    let outer = pdf.stream(&format!("{form} /Resources << /XObject << /X {inner} 0 R >> >>"), "/X Do");
    pdf.page_with("", &format!("/XObject << /X {outer} 0 R >>"), "/X Do");
    let pdf = pdf.build();
    let read = |forms_nested| {
        let limits = ExtractLimits { forms_nested, ..Default::default() };
        extract(&pdf, &with(limits)).map(|pages| (pages.pages[0].text.clone(), codes(&pages).len()))
    };
    assert_eq!(read(2).unwrap(), ("text".to_owned(), 0));
    assert_eq!(read(1).unwrap_err().code(), FailureCode::NothingReadable);
}

#[test]
fn defaults_are_the_promised_ones() {
    let limits = ExtractLimits::default();
    assert_eq!((limits.pages, limits.words_per_page, limits.glyphs_per_page), (600, 50_000, 200_000));
    assert_eq!(limits.size_bytes, 33_554_432);
}
