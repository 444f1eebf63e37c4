//! From show operators to words.

use crate::builder::{Pdf, one_page, one_page_with, text_at};
use crate::{assert_box, first_page, read, texts};

/// What the show operators come out as, written in 10 point Helvetica from (100, 700) on.
#[track_caller]
fn check(show: &str, expected: &str) {
    assert_eq!(first_page(&one_page(&text_at(100.0, 700.0, show))).text, expected, "{show}");
}

#[test]
fn a_word_has_a_box_and_a_size() {
    let page = first_page(&one_page(&text_at(100.0, 700.0, "(Total) Tj")));
    let word = page.words.first().unwrap();
    // T 611, o 556, t 278, a 556, l 222 thousandths of 10 points.
    assert_box(word, [100.0, 92.5, 122.23, 102.5]);
    assert_eq!((word.size, word.angle, word.color, word.confidence), (10.0, 0, None, 1.0));
    assert_eq!((page.width, page.height, page.rotation, page.complete), (600.0, 800.0, 0, true));
}

#[test]
fn spaces_and_gaps_part_words() {
    check("(Opening balance) Tj", "Opening balance");
    check("[(Opening) -600 (balance)] TJ", "Opening balance");
    // Kerning parts nothing, however much of it there is.
    check("[(O) 20 (p) -30 (e) -100 (n) 60 (ing)] TJ", "Opening");
    check("[(A) 120 (V) 120 (A)] TJ", "AVA");
    check("(1 234,56) Tj", "1 234,56");
    check("(a\\240b) Tj", "a b");
}

#[test]
fn a_description_and_an_amount_are_never_glued() {
    check("(Card payment) Tj 80 0 Td (12.50) Tj", "Card payment 12.50");
    check("(Fee) Tj 20 0 Td (12.50) Tj", "Fee 12.50");
}

#[test]
fn one_glyph_at_a_time_in_any_order() {
    let place = |c: char, x: f64| text_at(x, 700.0, &format!("({c}) Tj"));
    // Digits are 5.56 points wide; the comma is 2.78.
    let digits = ['1', '2', '3', '4'].iter().enumerate().map(|(i, c)| place(*c, 100.0 + 5.56 * i as f64));
    let mut glyphs: Vec<String> = digits.collect();
    glyphs.push(place('7', 140.0));
    assert_eq!(first_page(&one_page(&glyphs.concat())).text, "1234 7");
    glyphs.reverse();
    assert_eq!(first_page(&one_page(&glyphs.concat())).text, "1234 7");
}

#[test]
fn justified_and_letter_spaced_text() {
    check("8 Tw (Paid by direct debit) Tj", "Paid by direct debit");
    check("1 Tc (STATEMENT) Tj", "STATEMENT");
    check("4 Tc (STATEMENT) Tj", "STATEMENT");
    check("50 Tz (Narrow words) Tj", "Narrow words");
}

#[test]
fn horizontal_scaling_counts_in_the_box() {
    let page = first_page(&one_page(&text_at(100.0, 700.0, "50 Tz (Total) Tj")));
    assert_box(page.words.first().unwrap(), [100.0, 92.5, 111.12, 102.5]);
}

#[test]
fn lines_read_from_top_to_bottom_whatever_was_drawn_first() {
    let content = [
        text_at(100.0, 680.0, "(second) Tj"),
        text_at(300.0, 700.0, "(right) Tj"),
        text_at(100.0, 700.0, "(left) Tj"),
    ];
    assert_eq!(first_page(&one_page(&content.concat())).text, "left right\nsecond");
}

#[test]
fn superscripts_keep_their_own_line() {
    check("(Balance) Tj 6 0 0 6 140 704 Tm (1) Tj", "1\nBalance");
}

#[test]
fn fake_bold_counts_once() {
    let drawn = |dx: f64| text_at(100.0 + dx, 700.0, "(Total 1,100.00) Tj");
    let content = [drawn(0.0), drawn(0.25), drawn(0.5)].concat();
    assert_eq!(first_page(&one_page(&content)).text, "Total 1,100.00");
    // Filled and stroked is drawn twice too.
    check("2 Tr (Total 1,100.00) Tj", "Total 1,100.00");
}

#[test]
fn a_rotated_watermark_keeps_to_itself() {
    let content = [
        text_at(100.0, 700.0, "(Opening) Tj"),
        "BT /F1 60 Tf 0.7071 0.7071 -0.7071 0.7071 100 600 Tm (COPY) Tj ET\n".to_owned(),
        text_at(140.0, 700.0, "(balance) Tj"),
    ];
    let page = first_page(&one_page(&content.concat()));
    assert_eq!(page.text, "Opening balance\nCOPY");
    assert_eq!(page.words.last().unwrap().angle, 45);
}

#[test]
fn words_carry_their_color() {
    let content = format!("1 0 0 rg {}", text_at(100.0, 700.0, "(red) Tj"));
    assert_eq!(first_page(&one_page(&content)).words.first().unwrap().color, Some([255, 0, 0]));
}

#[test]
fn forms_and_annotations_are_read_where_they_stand() {
    let mut pdf = Pdf::new();
    let form = pdf.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 200 50] /Matrix [1 0 0 1 100 600]",
        "BT /F1 10 Tf 5 5 Td (inside) Tj ET",
    );
    let font = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
    let look = pdf.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 100 20] {font}"),
        "BT /F1 10 Tf 2 5 Td (field) Tj ET",
    );
    let annotation = format!(
        "/Annots [<< /Type /Annot /Subtype /Widget /Rect [300 500 400 520] /AP << /N {look} 0 R >> >>]"
    );
    pdf.page_with(&annotation, &format!("/XObject << /Form {form} 0 R >>"), "/Form Do");
    let page = first_page(&pdf.build());
    assert_eq!(texts(&page), ["inside", "field"]);
    assert_box(page.words.first().unwrap(), [105.0, 187.5, 131.12, 197.5]);
    assert_box(page.words.last().unwrap(), [302.0, 287.5, 320.34, 297.5]);
}

#[test]
fn a_field_that_is_its_own_parent_has_no_value() {
    let mut pdf = Pdf::new();
    let field = pdf.object("");
    pdf.page_with(&format!("/Annots [{field} 0 R]"), "", &text_at(100.0, 700.0, "(Name) Tj"));
    let empty = format!("{field} 0 obj\n\nendobj");
    let own = format!(
        "{field} 0 obj\n<< /Subtype /Widget /Rect [300 500 400 520] /FT /Tx /Parent {field} 0 R >>\nendobj"
    );
    let bytes = String::from_utf8(pdf.build()).unwrap().replace(&empty, &own);
    assert_eq!(first_page(bytes.as_bytes()).text, "Name");
}

#[test]
fn reading_twice_gives_the_same() {
    let pdf = one_page_with("", "", &[text_at(9.0, 9.0, "(b a) Tj"), text_at(9.0, 99.0, "(c) Tj")].concat());
    assert_eq!(read(&pdf), read(&pdf));
}

#[test]
fn pages_survive_being_written_and_read_back() {
    let pages = read(&one_page(&text_at(100.123, 700.456, "(Total 1.23) Tj"))).unwrap();
    let written = serde_json::to_string(&pages).unwrap();
    let back: smartexus_domain::Pages = serde_json::from_str(&written).unwrap();
    assert_eq!(back, pages);
}

#[test]
fn values_of_fields_without_a_look_are_read() {
    let annots = "/Annots [ \
        << /Subtype /Widget /Rect [300 500 400 520] /FT /Tx /V (Jane Doe) /DA (/Helv 10 Tf 0 g) >> \
        << /Subtype /Widget /Rect [300 400 400 440] /FT /Ch /V [(one) (two)] /Ff 4096 >> \
        << /Subtype /Widget /Rect [300 300 400 320] /FT /Tx /V (secret) /Ff 8192 >> \
        << /Subtype /Widget /Rect [300 200 400 220] /FT /Tx /V (hidden) /F 2 >> \
        << /Subtype /Widget /Rect [300 100 400 120] /FT /Btn /V /Yes >> ]";
    let page = first_page(&one_page_with(annots, "", &text_at(100.0, 700.0, "(Name) Tj")));
    assert_eq!(page.text, "Name\nJane Doe\none\ntwo");
    let word = page.words.get(1).unwrap();
    assert_box(word, [302.0, 285.5, 322.0, 295.5]);
    assert!(word.confidence < 1.0 && page.complete);
}
