//! What nobody sees is not read, but told.

use crate::builder::{one_page, one_page_with, text_at};
use crate::{assert_box, codes, first_page, read};

const SEEN: &str = "BT /F1 10 Tf 100 700 Td (Opening balance 10.00) Tj ET\n";

/// The hidden content leaves no word and one finding; the page stays complete.
#[track_caller]
fn check_hidden(content: &str) {
    let pages = read(&one_page(&[SEEN, content].concat())).unwrap();
    let page = pages.pages.first().unwrap();
    assert_eq!(page.text, "Opening balance 10.00", "{content}");
    assert_eq!(codes(&pages), [("hidden_text", Some(1))], "{content}");
    assert_eq!(page.hidden_words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["secret"]);
    assert!(page.complete);
}

#[test]
fn hidden_by_mode_color_clip_or_place() {
    check_hidden(&text_at(100.0, 600.0, "3 Tr (secret) Tj"));
    check_hidden(&text_at(700.0, 600.0, "(secret) Tj"));
    check_hidden(&text_at(100.0, -20.0, "(secret) Tj"));
    check_hidden(&format!("q 10 10 20 20 re W n {} Q", text_at(100.0, 600.0, "(secret) Tj")));
    check_hidden(&format!("q 0 0 0 0 re W n {} Q", text_at(100.0, 600.0, "(secret) Tj")));
}

#[test]
fn hidden_words_have_their_boxes() {
    let hidden = text_at(100.0, 600.0, "3 Tr (not to be) Tj");
    let page = first_page(&one_page(&[SEEN, &hidden].concat()));
    assert_eq!(page.hidden_words.len(), 3);
    // n 556, o 556, t 278 thousandths of 10 points.
    assert_box(page.hidden_words.first().unwrap(), [100.0, 192.5, 113.9, 202.5]);
}

#[test]
fn hidden_by_opacity() {
    let state = "/ExtGState << /G << /ca 0 >> >>";
    let content = format!("{SEEN}/G gs {}", text_at(100.0, 600.0, "(secret) Tj"));
    let pages = read(&one_page_with("", state, &content)).unwrap();
    assert_eq!(codes(&pages), [("hidden_text", Some(1))]);
    assert_eq!(pages.pages.first().unwrap().text, "Opening balance 10.00");
}

#[test]
fn blanks_and_clips_around_the_text_hide_nothing() {
    let blanks = format!("q {} Q ", text_at(100.0, 600.0, "3 Tr (   ) Tj"));
    let clipped = format!("q 95 590 200 20 re W n {} Q", text_at(100.0, 595.0, "(seen) Tj"));
    let pages = read(&one_page(&[SEEN, &blanks, &clipped].concat())).unwrap();
    assert_eq!(codes(&pages), []);
    assert_eq!(pages.pages.first().unwrap().text, "Opening balance 10.00\nseen");
}

#[test]
fn a_clip_ends_with_its_graphics_state() {
    let content = format!("q 10 10 20 20 re W n Q {}", text_at(100.0, 600.0, "(seen) Tj"));
    assert_eq!(first_page(&one_page(&content)).text, "seen");
}

const PICTURE: &str = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7F EI Q\n";

#[test]
fn a_picture_with_almost_no_text_is_not_text() {
    let scan_after_text = |content: &str| {
        let mut pdf = crate::builder::Pdf::new();
        pdf.page_with("", "", SEEN);
        pdf.page_with("", "", content);
        let pages = read(&pdf.build()).unwrap();
        let complete = pages.pages.last().unwrap().complete;
        let codes: Vec<String> = pages.findings.iter().map(|finding| finding.code.to_string()).collect();
        (complete, codes.join(" "))
    };
    assert_eq!(scan_after_text(PICTURE), (false, "page_not_text".to_owned()));
    let stamped = [PICTURE, &text_at(100.0, 20.0, "(Page 2) Tj")].concat();
    assert_eq!(scan_after_text(&stamped), (false, "page_not_text".to_owned()));
    // What a scanner recognised lies invisible on its picture: not seen, so not read.
    let recognised = [PICTURE, &text_at(100.0, 600.0, "3 Tr (recognised by a scanner) Tj")].concat();
    assert_eq!(scan_after_text(&recognised), (false, "hidden_text page_not_text".to_owned()));
    let message = |first: &str, second: &str| {
        let mut pdf = crate::builder::Pdf::new();
        [first, second].into_iter().for_each(|content| pdf.page_with("", "", content));
        read(&pdf.build()).unwrap().findings.swap_remove(0).message
    };
    assert!(message(SEEN, &recognised).contains("invisible on the picture"));
    assert!(message(&[SEEN, &recognised].concat(), "").contains("cannot be seen"));
    // A blank page has been read completely, and so has a picture behind text.
    assert_eq!(scan_after_text(""), (true, String::new()));
    assert_eq!(scan_after_text(&[PICTURE, SEEN].concat()), (true, String::new()));
}

#[test]
fn letters_drawn_as_shapes_are_not_text() {
    let shape = "100 100 m 110 100 l 105 110 l f\n";
    let pages = |count: usize| {
        let mut pdf = crate::builder::Pdf::new();
        pdf.page_with("", "", SEEN);
        pdf.page_with("", "", &shape.repeat(count));
        read(&pdf.build()).unwrap().pages.last().unwrap().complete
    };
    assert_eq!((pages(39), pages(40)), (true, false));
}

#[test]
fn what_is_drawn_over_text_is_counted() {
    let covered = |over: &str| first_page(&one_page(&[SEEN, over].concat())).covered_glyphs;
    // `Opening` from (100, 700) on is 39 points wide.
    assert_eq!(covered(""), Some(0));
    assert_eq!(covered("1 g 95 695 42 12 re f"), Some(7));
    assert_eq!(covered("95 695 42 1 re f"), Some(0));
    assert_eq!(covered("q 300 695 9 12 re W n 95 695 42 12 re f Q"), Some(0));
    assert_eq!(covered("q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7F EI Q"), Some(19));
    assert_eq!(covered("q 500 0 0 700 50 50 cm BI /W 1 /H 1 /IM true ID \x7F EI Q"), Some(0));
    // Drawn before the text, a box is its background.
    let page = first_page(&one_page(&["0.9 g 95 695 42 12 re f 0 g ", SEEN].concat()));
    assert_eq!(page.covered_glyphs, Some(0));
    let over = [SEEN, "/G gs 95 695 42 12 re f"].concat();
    let blended = one_page_with("", "/ExtGState << /G << /BM /Multiply >> >>", &over);
    assert_eq!(first_page(&blended).covered_glyphs, None);
}
