//! What the way in which a page is drawn tells of how it came to be.

use crate::builder::{Pdf, one_page, one_page_with, text_at};
use crate::{first_page, read};
use smartexus_domain::{Cover, CoverKind, PageFacts, Rect};
use smartexus_generator::painted_over;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const SEEN: &str = "BT /F1 10 Tf 100 700 Td (Opening balance 10.00) Tj ET\n";

fn facts(content: &str) -> PageFacts {
    first_page(&one_page(&[SEEN, content].concat())).facts
}

fn rounded(bounds: Rect) -> [f64; 4] {
    <[f64; 4]>::from(bounds)
}

#[test]
fn a_plain_page_tells_nothing() {
    assert!(facts("0.9 g 10 10 20 20 re f /Span BMC EMC /Artifact MP").is_empty());
}

#[test]
fn the_marks_of_editors_and_what_they_mark() {
    // T 611, o 556, t 278, a 556, l 222 thousandths of 10 points.
    let marked = "BT /F1 10 Tf 100 600 Td (Before) Tj /TouchUp_TextEdit MP 100 0 Td (Total) Tj ET \
        BT /F1 10 Tf 100 500 Td (After) Tj ET";
    let check = |content: &str, expected: &[(&str, Option<[f64; 4]>)]| {
        let found = facts(content).edit_marks;
        let found: Vec<_> = found.iter().map(|m| (m.tag.as_str(), m.bounds.map(rounded))).collect();
        assert_eq!(found, expected);
    };
    check(marked, &[("TouchUp_TextEdit", Some([200.0, 192.5, 222.23, 202.5]))]);
    check("/PlaceHolder <</MCID 0>> BDC BT /F1 10 Tf 100 600 Td ( ) Tj ET EMC", &[("PlaceHolder", None)]);
    check("BT /TouchUp_TextEdit <</X 1>> DP ET", &[("TouchUp_TextEdit", None)]);
    // An inline image in the way leaves the page to the engine, which knows no places.
    let unusual = format!("{marked} /F1 10 Tf BT 7 Tr (clip) Tj ET");
    check(&unusual, &[("TouchUp_TextEdit", None)]);
}

#[test]
fn what_lies_over_glyphs_and_where() {
    let check = |over: &str, expected: &[(CoverKind, [f64; 4], u32)]| {
        let expected = expected.iter().map(|(kind, bounds, glyphs)| Cover {
            kind: *kind,
            bounds: Rect::from(*bounds),
            glyphs: *glyphs,
        });
        assert_eq!(facts(over).covers, expected.collect::<Vec<_>>(), "{over}");
    };
    let place = [95.0, 93.0, 137.0, 105.0];
    check("1 g 95 695 42 12 re f", &[(CoverKind::Shape, place, 7)]);
    check("q 42 0 0 12 95 695 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7F EI Q", &[(CoverKind::Picture, place, 7)]);
    check(
        "q 42 0 0 12 95 695 cm BI /W 1 /H 1 /IM true ID \x7F EI Q",
        &[(CoverKind::MaskedPicture, place, 7)],
    );
    check("1 g 300 695 42 12 re f 95 600 42 12 re f", &[]);
    let masked =
        first_page(&one_page(&[SEEN, "q 42 0 0 12 95 695 cm BI /W 1 /H 1 /IM true ID \x7F EI Q"].concat()));
    assert_eq!(masked.covered_glyphs, Some(0), "what is under a mask may be seen");
}

#[test]
fn the_fonts_of_a_page_and_where_few_letters_of_one_stand() {
    let fonts = "/Font << /F2 << /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Courier >> >>";
    let use_of = |content: &str| {
        let page = first_page(&one_page_with("", fonts, &[SEEN, content].concat()));
        let told = page.facts.font_uses.iter();
        told.map(|u| (u.font.clone(), u.glyphs, u.boxes.iter().copied().map(rounded).collect::<Vec<_>>()))
            .collect::<Vec<_>>()
    };
    assert_eq!(use_of(""), []);
    assert_eq!(use_of("BT /F2 10 Tf 100 600 Td ( ) Tj ET"), []);
    let two = use_of("BT /F2 10 Tf 200 600 Td (7) Tj ET BT /F1 10 Tf 100 500 Td (a) Tj ET");
    let [(first, 20, _), (second, 1, boxes)] = two.as_slice() else { panic!("{two:?}") };
    assert_eq!((first.as_str(), second.as_str()), ("Helvetica", "ABCDEF+Courier"));
    assert_eq!(boxes.as_slice(), [[200.0, 192.5, 206.0, 202.5]]);
    let many = use_of(&format!("BT /F2 10 Tf 10 600 Td ({}) Tj 0 -20 Td (7) Tj ET", "7".repeat(64)));
    assert_eq!((many[1].1, many[1].2.len()), (65, 0));
}

#[test]
fn each_stream_of_a_page_with_several_is_counted() {
    let streams = |contents: &[&str]| {
        let mut pdf = Pdf::new();
        let ids: Vec<String> = contents.iter().map(|data| format!("{} 0 R", pdf.stream("", data))).collect();
        pdf.page_of("", "", &format!("[{}]", ids.join(" ")));
        first_page(&pdf.build()).facts.stream_glyphs
    };
    let over = text_at(100.0, 600.0, "(1 2) Tj");
    assert_eq!(streams(&[SEEN]), Vec::<u32>::new());
    assert_eq!(streams(&[SEEN, &over]), [19, 2]);
    // Streams are cut between any two words of content.
    assert_eq!(streams(&["q BT /F1 10 Tf 100 700 Td (ab)", "Tj ET", "Q", &over]), [0, 2, 0, 2]);
}

#[test]
fn a_statement_that_was_painted_over_tells_all_of_it() {
    let page = first_page(&painted_over().unwrap());
    let facts = &page.facts;
    let [cover] = facts.covers.as_slice() else { panic!("{:?}", facts.covers) };
    assert_eq!((cover.kind, cover.glyphs), (CoverKind::Shape, 9));
    let [mark] = facts.edit_marks.as_slice() else { panic!("{:?}", facts.edit_marks) };
    assert!(mark.bounds.unwrap().mid_x() > cover.bounds.x0 && mark.bounds.unwrap().mid_y() < cover.bounds.y1);
    assert_eq!((facts.stream_glyphs.len(), facts.stream_glyphs.last()), (2, Some(&9)));
    let typed = facts.font_uses.iter().find(|font| font.font == "Courier-Bold").unwrap();
    assert_eq!((typed.glyphs, typed.boxes.len()), (9, 1));
    let [edit] = facts.edits.as_slice() else { panic!("{:?}", facts.edits) };
    assert_eq!((edit.revision, edit.after.iter().any(|word| word.text == "$9,382.10")), (2, true));
}

#[test]
fn programs_that_left_data_of_their_own() {
    let page = first_page(&one_page_with("/PieceInfo << /Writer << >> /Editor << >> >>", "", SEEN));
    assert_eq!(page.facts.private_data, ["Editor", "Writer"]);
}

/// By hand: `PDF_FOLDER=… cargo test -p smartexus-extract -- --ignored --nocapture facts_of_a_folder`.
#[test]
#[ignore = "needs a folder of documents"]
#[expect(clippy::disallowed_methods, reason = "a folder by hand")]
fn facts_of_a_folder() {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for path in pdfs_below(Path::new(&std::env::var("PDF_FOLDER").unwrap())) {
        let Ok(pages) = read(&std::fs::read(&path).unwrap()) else { continue };
        let mut told = BTreeMap::<String, u32>::new();
        for page in &pages.pages {
            let facts = &page.facts;
            let mut tell = |what: String, count: usize| {
                *told.entry(what).or_default() += u32::try_from(count).unwrap_or(u32::MAX);
            };
            tell("pages".to_owned(), 1);
            tell(format!("route {:?}", page.route), 1);
            tell("edits".to_owned(), facts.edits.len());
            tell("edit marks".to_owned(), facts.edit_marks.len());
            facts.covers.iter().for_each(|cover| tell(format!("cover {:?}", cover.kind), 1));
            tell("several streams".to_owned(), usize::from(!facts.stream_glyphs.is_empty()));
            tell("several fonts".to_owned(), usize::from(!facts.font_uses.is_empty()));
            tell("private data".to_owned(), facts.private_data.len());
        }
        told.retain(|_, count| *count > 0);
        println!("{} {told:?}", path.display());
        *counts.entry("files".to_owned()).or_default() += 1;
        for (what, count) in told {
            *counts.entry(format!("files with {what}")).or_default() += 1;
            *counts.entry(what).or_default() += count;
        }
    }
    println!("{counts:#?}");
}

fn pdfs_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let pdfs = files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    let mut all: Vec<_> = folders.iter().flat_map(|folder| pdfs_below(folder)).chain(pdfs).collect();
    all.sort();
    all
}
