//! A document read in parts is the document read at once, whatever the parts.

use crate::builder::{Pdf, one_page, text_at};
use crate::{codes, read};
use smartexus_domain::{FailureCode, PageRange, Pages, PartPages, gather};
use smartexus_extract::{ExtractError, ExtractOptions, Password, Survey, extract, survey};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");
const PAGES_EACH: [u32; 4] = [1, 2, 3, 7];

fn of_range(first: u32, last: u32) -> ExtractOptions {
    ExtractOptions { range: PageRange::new(first, last).ok(), ..Default::default() }
}

fn json(pages: &Pages) -> String {
    serde_json::to_string(pages).unwrap()
}

/// One part, after the way over the pipe.
fn part(bytes: &[u8], options: &ExtractOptions, range: PageRange) -> PartPages {
    let pages = extract(bytes, &ExtractOptions { range: Some(range), ..options.clone() }).unwrap();
    assert!(pages.pages.iter().map(|page| page.page).eq(range.pages()), "{range}");
    PartPages { range, pages: serde_json::from_str(&json(&pages)).unwrap() }
}

/// Checks every division and says how many pages there are to divide.
#[track_caller]
fn check_law(name: &str, bytes: &[u8], options: &ExtractOptions) -> u32 {
    let whole = extract(bytes, options);
    let total = match survey(bytes, options) {
        Ok(survey) => survey.pages,
        Err(error) => {
            assert_eq!(whole, Err(error), "{name}");
            return 0;
        }
    };
    let expected = whole.map(|pages| json(&pages));
    for each in PAGES_EACH {
        let ranges = PageRange::divide(total, NonZeroU32::new(each).unwrap());
        let parts: Vec<PartPages> = ranges.map(|range| part(bytes, options, range)).collect();
        let gathered = gather(parts, total).map(|pages| json(&pages)).map_err(ExtractError::from);
        assert!(gathered == expected, "{name} by {each}");
    }
    total
}

fn pdfs_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (mut folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    // Classes of harm may end the process: they are read behind walls.
    folders.retain(|folder| !folder.parent().is_some_and(|above| above.ends_with("hostile")));
    let pdfs = files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    folders.iter().flat_map(|folder| pdfs_below(folder)).chain(pdfs).collect()
}

#[test]
fn every_fixture_by_every_division() {
    let (mut documents, mut divided) = (0, 0);
    for path in pdfs_below(Path::new(FIXTURES)) {
        let bytes = std::fs::read(&path).unwrap();
        documents += 1;
        let total = check_law(&path.display().to_string(), &bytes, &ExtractOptions::default());
        divided += u32::from(total > 1);
    }
    assert!(documents > 20 && divided > 5, "{divided} of {documents} documents have pages to divide");
}

/// The table of contents lacks the object with the text of pages 1 and 3 and is wrong about that of page 2.
/// Only the mended table knows the first; only meeting the second makes the engine mend it.
#[test]
fn what_a_page_says_does_not_depend_on_the_pages_before_it() {
    let mut pdf = Pdf::new();
    let lost = pdf.stream("", text_at(100.0, 700.0, "(lost) Tj"));
    let moved = pdf.stream("", text_at(100.0, 700.0, "(moved) Tj"));
    for content in [lost, moved, lost] {
        pdf.page_of("", "", &format!("{content} 0 R"));
    }
    let mut bytes = pdf.build();
    let table = bytes.windows(6).rposition(|window| window == b"xref\n0").unwrap() + "xref\n0 9\n".len();
    let mut write = |object: usize, entry: &[u8; 20]| {
        let at = table + object * entry.len();
        bytes[at..at + entry.len()].copy_from_slice(entry);
    };
    write(lost, b"0000000000 65535 f \n");
    write(moved, b"0000000009 00000 n \n");
    assert_eq!(check_law("wrong table", &bytes, &ExtractOptions::default()), 3);
    let texts: Vec<String> = read(&bytes).unwrap().pages.into_iter().map(|page| page.text).collect();
    assert_eq!(texts, ["lost", "moved", "lost"]);
}

/// One stream as a colour space, which it cannot be, and as the profile of one. The engine keeps both under
/// one name.
#[test]
fn the_colour_of_a_word_does_not_depend_on_the_pages_before_it() {
    let mut pdf = Pdf::new();
    let profile = pdf.stream("/N 3", "no profile");
    let content = ["/C cs 1 0 0 sc ".to_owned(), text_at(100.0, 700.0, "(text) Tj")].concat();
    for space in [format!("{profile} 0 R"), format!("[/ICCBased {profile} 0 R]")] {
        pdf.page_with("", &format!("/ColorSpace << /C {space} >>"), &content);
    }
    let bytes = pdf.build();
    assert_eq!(check_law("colours", &bytes, &ExtractOptions::default()), 2);
    let colors: Vec<_> = read(&bytes).unwrap().pages.iter().map(|page| page.words[0].color).collect();
    // Where there is no colour space, the one before it stays: gray, and 1 is white.
    assert_eq!(colors, [Some([255, 255, 255]), Some([255, 0, 0])]);
}

#[test]
fn findings_of_the_file_are_kept_once_and_those_of_pages_with_their_page() {
    let mut pdf = Pdf::new();
    for content in [text_at(100.0, 700.0, "(text) Tj"), String::new(), "(broken".to_owned()] {
        pdf.page_with("", "", &content);
    }
    pdf.page_of("", "", "99 0 R");
    let bytes = String::from_utf8(pdf.build()).unwrap().replace("/Count 4", "/Count 9");
    assert_eq!(check_law("findings", bytes.as_bytes(), &ExtractOptions::default()), 4);
    let pages = extract(bytes.as_bytes(), &of_range(4, 4)).unwrap();
    assert_eq!(codes(&pages), [("pages_missing", None), ("content_damaged", Some(4))]);
}

#[test]
fn a_range_without_text_is_no_failure_but_a_document_without_is() {
    let mut pdf = Pdf::new();
    pdf.page_with("", "", "");
    pdf.page_with("", "", "");
    let bytes = pdf.build();
    assert_eq!(check_law("blank", &bytes, &ExtractOptions::default()), 2);
    assert_eq!(read(&bytes), Err(ExtractError::NothingReadable));
    assert_eq!(extract(&bytes, &of_range(2, 2)).unwrap().pages.len(), 1);
    let lost = gather(vec![part(&bytes, &ExtractOptions::default(), PageRange::new(1, 1).unwrap())], 2);
    assert_eq!(lost.unwrap_err().code(), FailureCode::NothingReadable);
}

#[test]
fn pages_beyond_the_end_are_not_there() {
    let bytes = one_page(&text_at(100.0, 700.0, "(text) Tj"));
    assert_eq!(extract(&bytes, &of_range(1, 9)).unwrap().pages.len(), 1);
    assert_eq!(extract(&bytes, &of_range(2, 9)).unwrap().pages.len(), 0);
}

#[test]
fn a_survey_says_what_there_is_to_divide_or_fails_as_reading_would() {
    let count = |bytes: &[u8]| survey(bytes, &ExtractOptions::default()).map(|survey| survey.pages);
    assert_eq!(count(b"Date,Text,Amount\n2026-01-02,A,1.00\n"), Ok(0));
    assert_eq!(count(&one_page("")), Ok(1));
    assert_eq!(count(b""), Err(ExtractError::Empty));
    assert_eq!(count(b"Dear Sir, all is well.\n"), Err(ExtractError::UnsupportedMedia));
    assert_eq!(count(&Pdf::new().build()), Err(ExtractError::Corrupt));
    let sealed = include_bytes!("../data/aes-256.pdf");
    assert_eq!(count(sealed), Err(ExtractError::Encrypted));
    let with = |word: &str| ExtractOptions { password: Some(Password::new(word)), ..Default::default() };
    assert_eq!(survey(sealed, &with("rose")), Err(ExtractError::WrongPassword));
    assert_eq!(check_law("sealed", sealed, &with("tulip")), 1);
    let wire = serde_json::to_string(&survey(sealed, &with("tulip")).unwrap()).unwrap();
    assert_eq!(wire, r#"{"media_type":"application/pdf","pages":1}"#);
    assert!(serde_json::from_str::<Survey>(r#"{"media_type":"application/pdf"}"#).is_err());
}
