//! Damaged and hostile files: a typed answer for each, and whatever can be saved is saved.

use crate::builder::{Pdf, one_page, text_at};
use crate::{codes, first_page, read};
use smartexus_domain::{FailureCode, FaultVerdict, MediaType};
use smartexus_extract::ExtractError;

#[track_caller]
fn check_code(bytes: &[u8], code: FailureCode) {
    let error = read(bytes).unwrap_err();
    assert_eq!(error.code(), code);
    assert_eq!(error.verdict(), FaultVerdict::Reject);
}

fn three_pages() -> Vec<u8> {
    let mut pdf = Pdf::new();
    for text in ["(first) Tj", "(second) Tj", "(third) Tj"] {
        pdf.page_with("", "", &text_at(100.0, 700.0, text));
    }
    pdf.build()
}

fn replaced(pdf: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "offsets must stay");
    let at = pdf.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    [&pdf[..at], to.as_bytes(), &pdf[at + from.len()..]].concat()
}

#[test]
fn what_is_not_a_readable_document() {
    check_code(b"", FailureCode::Corrupt);
    check_code(b"%PDF-1.7\n", FailureCode::Corrupt);
    check_code(b"%PDF-1.7\n1 0 obj garbage \xFF\xFE\n%%EOF", FailureCode::Corrupt);
    check_code(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FailureCode::Corrupt);
    check_code(b"Dear Sir, all is well.\n", FailureCode::UnsupportedMedia);
    check_code(&Pdf::new().build(), FailureCode::Corrupt);
    check_code(&one_page(""), FailureCode::NothingReadable);
    check_code(
        &one_page("q 10 0 0 10 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7F EI Q"),
        FailureCode::NothingReadable,
    );
}

#[test]
fn structured_files_have_no_pages() {
    let pages = read(b"Date,Text,Amount\n2026-01-02,A,1.00\n").unwrap();
    assert_eq!((pages.media_type, pages.pages.len()), (MediaType::Csv, 0));
}

#[test]
fn a_broken_cross_reference_is_repaired() {
    let pdf = three_pages();
    let start = pdf.windows(9).rposition(|window| window == b"startxref").unwrap();
    let broken = [&pdf[..start], b"startxref\n99999999\n%%EOF\n"].concat();
    assert_eq!(read(&broken).unwrap().pages.len(), 3);
    assert_eq!(first_page(&broken).text, "first");
}

#[test]
fn a_truncated_file_gives_what_it_has_and_says_so() {
    let pdf = three_pages();
    let end = pdf.windows(6).rposition(|window| window == b"(third").unwrap();
    let pages = read(&pdf[..end]).unwrap();
    assert_eq!(pages.pages.first().unwrap().text, "first");
    assert!(codes(&pages).contains(&("file_truncated", None)), "{:?}", codes(&pages));
}

#[test]
fn every_cut_ends_in_a_typed_answer() {
    let pdf = three_pages();
    for length in (0..pdf.len()).step_by(7) {
        let bytes = pdf.get(..length).unwrap();
        match read(bytes) {
            Ok(pages) => assert!(pages.pages.len() <= 3),
            Err(error) => assert!(
                matches!(
                    error.code(),
                    FailureCode::Corrupt | FailureCode::NothingReadable | FailureCode::UnsupportedMedia
                ),
                "{error}"
            ),
        }
    }
}

#[test]
fn a_missing_page_is_told() {
    let mut pdf = Pdf::new();
    pdf.page_with("", "", &text_at(100.0, 700.0, "(text) Tj"));
    let bytes = replaced(&pdf.build(), "/Count 1", "/Count 4");
    assert_eq!(codes(&read(&bytes).unwrap()), [("pages_missing", None)]);
}

#[test]
fn content_that_cannot_be_decoded_is_told() {
    let mut pdf = Pdf::new();
    let good = pdf.stream("", text_at(100.0, 700.0, "(text) Tj"));
    let bad = pdf.stream("/Filter /FlateDecode", "this was never deflated");
    pdf.page_of("", "", &format!("[{good} 0 R {bad} 0 R]"));
    pdf.page_of("", "", &format!("{bad} 0 R"));
    pdf.page_of("", "", "99 0 R");
    let pages = read(&pdf.build()).unwrap();
    let damaged = |page| ("content_damaged", Some(page));
    assert_eq!(codes(&pages), [damaged(1), damaged(2), damaged(3)]);
    assert_eq!(pages.pages.first().unwrap().text, "text");
    assert!(pages.pages.iter().all(|page| !page.complete));
}

#[test]
fn a_damaged_form_is_told_and_an_empty_one_is_not() {
    let with_form = |data: &str| {
        let mut pdf = Pdf::new();
        let form = pdf.stream("/Subtype /Form /BBox [0 0 600 800] /Filter /FlateDecode", data);
        let content = [text_at(100.0, 700.0, "(text) Tj"), "/Form Do".to_owned()].concat();
        pdf.page_with("", &format!("/XObject << /Form {form} 0 R >>"), &content);
        let pages = read(&pdf.build()).unwrap();
        assert_eq!(pages.pages.first().unwrap().text, "text");
        pages.findings.into_iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(with_form("this was never deflated"), ["content_damaged"]);
    assert_eq!(with_form(""), Vec::<String>::new());
}

#[test]
fn coordinates_beyond_all_bounds_are_dropped() {
    let huge = "9".repeat(400);
    for matrix in [format!("1 0 0 1 {huge} 0"), format!("{huge} 0 0 {huge} 0 0"), "0 0 0 0 5 5".to_owned()] {
        let content =
            [format!("BT /F1 10 Tf {matrix} Tm (lost) Tj ET\n"), text_at(100.0, 700.0, "(kept) Tj")];
        assert_eq!(
            first_page(&one_page(&content.concat())).text,
            "kept",
            "{}",
            &matrix[..20.min(matrix.len())]
        );
    }
}

#[test]
fn nesting_and_loops_end() {
    let deep = |open: &str, close: &str| [open.repeat(20_000), close.repeat(20_000)].concat();
    let text = text_at(100.0, 700.0, "(text) Tj");
    let in_content = [text.clone(), deep("[", "]"), " TJ ".to_owned(), text.clone()].concat();
    let pages = read(&one_page(&in_content)).unwrap();
    assert_eq!(pages.pages.first().unwrap().text, "text");
    assert_eq!(codes(&pages), [("content_damaged", Some(1))]);

    let mut pdf = Pdf::new();
    pdf.object(deep("[", "]"));
    pdf.object(deep("<</A", ">>"));
    pdf.page_with("", "", &text);
    assert_eq!(first_page(&pdf.build()).text, "text");

    // A form that draws itself, and a page tree that holds itself.
    let mut pdf = Pdf::new();
    let own = pdf.object("");
    pdf.page_with("", &format!("/XObject << /Self {own} 0 R >>"), &[text.as_str(), "/Self Do"].concat());
    let bytes = pdf.build();
    let marker = format!("{own} 0 obj\n\nendobj");
    let form = format!(
        "{own} 0 obj\n<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Self {own} 0 R >> >> /Length 8 >>\nstream\n/Self Do\nendstream\nendobj"
    );
    let looped = String::from_utf8(bytes).unwrap().replace(&marker, &form);
    assert_eq!(first_page(looped.as_bytes()).text, "text");
    let bytes = replaced(&three_pages(), "/Kids [4 0 R 6 0 R 8 0 R]", "/Kids [2 0 R 6 0 R 2 0 R]");
    assert_eq!(first_page(&bytes).text, "second");
}

#[test]
fn a_form_that_draws_itself_twice_ends() {
    let mut pdf = Pdf::new();
    let own = pdf.object("");
    let text = text_at(100.0, 700.0, "(text) Tj");
    pdf.page_with("", &format!("/XObject << /Self {own} 0 R >>"), &[text.as_str(), "/Self Do"].concat());
    let form = format!(
        "{own} 0 obj\n<< /Subtype /Form /BBox [0 0 9 9] /Length 17 >>\nstream\n/Self Do /Self Do\nendstream\nendobj"
    );
    let bytes = String::from_utf8(pdf.build()).unwrap().replace(&format!("{own} 0 obj\n\nendobj"), &form);
    let pages = read(bytes.as_bytes()).unwrap();
    assert_eq!(pages.pages.first().unwrap().text, "text");
    assert_eq!(codes(&pages), [("page_too_long", Some(1))]);
}

#[test]
fn the_facts_of_a_file() {
    let mut pdf = Pdf::new();
    pdf.page_with("", "", &text_at(100.0, 700.0, "(text) Tj"));
    let info = pdf.object(
        "<< /Producer (Writer 1.0) /Creator <FEFF20AC> /CreationDate (D:20260102030405Z) /ModDate (soon) >>",
    );
    pdf.trailer(&format!("/Info {info} 0 R"));
    let bytes = [pdf.build(), b"%%EOF\n".to_vec()].concat();
    let facts = read(&bytes).unwrap().facts;
    assert_eq!(facts.producer.as_deref(), Some("Writer 1.0"));
    assert_eq!(facts.creator.as_deref(), Some("€"));
    assert_eq!(facts.created.as_deref(), Some("D:20260102030405Z"));
    assert_eq!(facts.modified.as_deref(), Some("soon"));
    assert_eq!((facts.revisions, facts.encrypted), (2, false));
    assert_eq!((facts.version.as_deref(), facts.signatures), (Some("1.7"), 0));
}

#[test]
fn errors_say_nothing_of_the_document() {
    let error = ExtractError::TooManyPages { pages: 4, limit: 3 };
    assert_eq!(error.to_string(), "4 pages are more than the limit of 3");
}
