//! What fonts say about their glyphs, and what is done when they say nothing.

use crate::builder::Pdf;
use crate::sfnt::font;
use crate::{assert_box, codes, first_page, read};
use smartexus_domain::Pages;

fn to_unicode(pdf: &mut Pdf, bytes_per_code: usize, pairs: &[(u16, &str)]) -> usize {
    let lines = pairs.iter().map(|(code, text)| {
        let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        format!("<{code:0width$X}> <{units}>\n", width = bytes_per_code * 2)
    });
    let last = "F".repeat(bytes_per_code * 2);
    let cmap = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
         1 begincodespacerange <{}> <{last}> endcodespacerange\n\
         {} beginbfchar\n{}endbfchar endcmap end end",
        "0".repeat(bytes_per_code * 2),
        pairs.len(),
        lines.collect::<String>()
    );
    pdf.stream("", cmap)
}

/// One page in `/F2`, whose dictionary is given.
fn page_in(mut pdf: Pdf, font: &str, show: &str) -> Vec<u8> {
    let content = format!("BT /F2 10 Tf 100 700 Td {show} ET");
    pdf.page_with("", &format!("/Font << /F2 << /Type /Font {font} >> >>"), &content);
    pdf.build()
}

/// A composite font with two-byte codes that are glyph numbers, 400 thousandths wide each.
fn composite(pdf: &mut Pdf, file: Option<Vec<u8>>, to_unicode: Option<usize>) -> String {
    let file =
        file.map(|data| pdf.stream("", data)).map_or(String::new(), |file| format!("/FontFile2 {file} 0 R"));
    let map = to_unicode.map_or(String::new(), |map| format!("/ToUnicode {map} 0 R"));
    format!(
        "/Subtype /Type0 /BaseFont /ABCDEF+Invented /Encoding /Identity-H {map} /DescendantFonts [<< /Type /Font \
         /Subtype /CIDFontType2 /BaseFont /ABCDEF+Invented /CIDToGIDMap /Identity /DW 400 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
         /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+Invented /Flags 4 {file} >> >>]"
    )
}

#[test]
fn composite_fonts_with_to_unicode() {
    for file in [None, Some(font(5, None))] {
        let mut pdf = Pdf::new();
        let map = to_unicode(&mut pdf, 2, &[(1, "S"), (2, "u"), (3, "m")]);
        let font = composite(&mut pdf, file, Some(map));
        let page = first_page(&page_in(pdf, &font, "<000100020003> Tj"));
        assert_eq!((page.text.as_str(), page.complete), ("Sum", true));
        assert_box(page.words.first().unwrap(), [100.0, 92.5, 112.0, 102.5]);
    }
}

#[test]
fn without_to_unicode_the_embedded_font_is_asked() {
    let mut pdf = Pdf::new();
    let font = composite(&mut pdf, Some(font(4, Some("Sum€"))), None);
    let page = first_page(&page_in(pdf, &font, "<0001000200030004> Tj"));
    assert_eq!((page.text.as_str(), page.unmapped_glyphs, page.complete), ("Sum€", 0, true));
    assert!(page.words.first().unwrap().confidence < 1.0);
}

#[test]
fn a_page_tells_the_names_of_its_fonts() {
    let font = "/Subtype /Type1 /BaseFont /ABCDEF+Invented";
    let page = first_page(&page_in(Pdf::new(), font, "(a) Tj"));
    assert_eq!(page.fonts, ["ABCDEF+Invented", "Helvetica"]);
}

#[test]
fn a_page_tells_no_more_names_of_fonts_than_the_limit() {
    let names = |count: usize| {
        let font = |index| format!("/G{index} << /Type /Font /Subtype /Type1 /BaseFont /{index:03} >> ");
        let fonts: String = (0..count).map(font).collect();
        let mut pdf = Pdf::new();
        pdf.page_with("", &format!("/Font << {fonts} >>"), &crate::builder::text_at(9.0, 9.0, "(a) Tj"));
        first_page(&pdf.build()).fonts
    };
    // Helvetica is one of them, and the last in order.
    assert_eq!((names(63).len(), names(64).len()), (64, 64));
    assert_eq!(names(64).last().unwrap(), "063");
    let long = format!("/Subtype /Type1 /BaseFont /{}", "N".repeat(200));
    assert_eq!(first_page(&page_in(Pdf::new(), &long, "(a) Tj")).fonts.last().unwrap().len(), 128);
}

/// Twenty-one glyphs, of which `unknown` have no meaning anywhere, beside a page with text.
fn partly_unknown(unknown: usize) -> Pages {
    let mut pdf = Pdf::new();
    let map = to_unicode(&mut pdf, 2, &[(1, "a")]);
    let font = composite(&mut pdf, Some(font(2, None)), Some(map));
    let show = format!("<{}{}> Tj", "0001".repeat(21 - unknown), "0002".repeat(unknown));
    read(&page_in(pdf, &font, &show)).unwrap()
}

#[test]
fn glyphs_without_a_meaning_are_counted_and_told() {
    let pages = partly_unknown(1);
    let page = pages.pages.first().unwrap();
    assert_eq!((page.unmapped_glyphs, page.complete, codes(&pages)), (1, true, vec![]));

    let pages = partly_unknown(2);
    let page = pages.pages.first().unwrap();
    let expected = vec![("unmapped_text", Some(1))];
    assert_eq!((page.unmapped_glyphs, page.complete, codes(&pages)), (2, false, expected));
    assert_eq!(page.text, "a".repeat(19));
}

#[test]
fn subset_fonts_with_codes_of_their_own() {
    let mut pdf = Pdf::new();
    let map =
        to_unicode(&mut pdf, 1, &[(1, "1"), (2, "2"), (3, "."), (4, "\u{A0}"), (5, "\u{FB01}"), (6, "ffi")]);
    let font = format!(
        "/Subtype /TrueType /BaseFont /ABCDEF+Invented /FirstChar 1 /LastChar 6 \
         /Widths [500 500 250 250 500 750] /ToUnicode {map} 0 R"
    );
    let page = first_page(&page_in(pdf, &font, "<0102030104050206> Tj"));
    assert_eq!(page.text, "12.1 fi2ffi");
}

#[test]
fn ligatures_by_glyph_name() {
    let font = "/Subtype /Type1 /BaseFont /Helvetica /Encoding << /BaseEncoding /WinAnsiEncoding \
                /Differences [1 /fi /fl /f_f_i] >>";
    assert_eq!(
        first_page(&page_in(Pdf::new(), font, "(\\001eld \\002ow o\\003ce) Tj")).text,
        "field flow office"
    );
}

#[test]
fn the_widths_of_a_substituted_font_are_those_of_the_file() {
    let widths = "300 ".repeat(91);
    let font = format!(
        "/Subtype /TrueType /BaseFont /InventedNarrow /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 122 \
         /Widths [{widths}] /FontDescriptor << /Type /FontDescriptor /FontName /InventedNarrow /Flags 32 >>"
    );
    let page = first_page(&page_in(Pdf::new(), &font, "(Wide Mums) Tj"));
    assert_eq!(page.text, "Wide Mums");
    assert_box(page.words.first().unwrap(), [100.0, 92.5, 112.0, 102.5]);
    assert_box(page.words.last().unwrap(), [115.0, 92.5, 127.0, 102.5]);
}

/// A Type 3 font with square glyphs `A` and `B`, half an em wide, in its own unit.
fn type3(pdf: &mut Pdf, units_per_em: f64) -> String {
    let (half, scale) = (units_per_em / 2.0, 1.0 / units_per_em);
    let square = pdf.stream("", format!("{half} 0 0 0 {half} {half} d1 0 0 {half} {half} re f"));
    format!(
        "/Subtype /Type3 /FontBBox [0 0 {units_per_em} {units_per_em}] /FontMatrix [{scale} 0 0 {scale} 0 0] \
         /CharProcs << /A {square} 0 R /B {square} 0 R >> /Encoding << /Differences [1 /A /B] >> \
         /FirstChar 1 /LastChar 2 /Widths [{half} {half}]"
    )
}

#[test]
fn type3_fonts_in_any_unit() {
    for units in [1000.0, 64.0] {
        let mut pdf = Pdf::new();
        let font = type3(&mut pdf, units);
        let page = first_page(&page_in(pdf, &font, "<0102> Tj 30 0 Td <02> Tj"));
        assert_eq!(page.text, "AB B");
        assert_box(page.words.first().unwrap(), [100.0, 92.5, 110.0, 102.5]);
    }
}

#[test]
fn type3_fonts_of_size_one() {
    let mut pdf = Pdf::new();
    let font = type3(&mut pdf, 1.0).replace("/FontMatrix [1 0 0 1 0 0]", "/FontMatrix [10 0 0 10 0 0]");
    let page = first_page(&page_in(pdf, &font, "/F2 1 Tf <0102> Tj"));
    assert_eq!(page.text, "AB");
    let word = page.words.first().unwrap();
    assert_eq!(word.size, 10.0);
    assert_box(word, [100.0, 92.5, 110.0, 102.5]);
}

#[test]
fn a_font_that_cannot_be_read_is_told() {
    let pages = read(&page_in(Pdf::new(), "/Subtype /NoSuchType", "(\\200) Tj /F1 10 Tf (text) Tj")).unwrap();
    assert_eq!(codes(&pages), [("unsupported_font", Some(1))]);
    assert!(!pages.pages.first().unwrap().complete);
}

#[test]
fn text_in_no_language_is_told() {
    let read_codes = |show: &str| {
        let mut pdf = Pdf::new();
        pdf.page_with("", "", &crate::builder::text_at(10.0, 700.0, show));
        let pages = read(&pdf.build()).unwrap();
        (pages.pages.first().unwrap().complete, pages.findings.len())
    };
    // What a font that numbers its letters from `!` on makes of a sentence.
    let sentence = r##"(!"#$%&'!"#$%&'!"#$%&'!"#$%&'!"#$%&'!"#$%&'!"#$%&'!"#$%&') Tj"##;
    assert_eq!(read_codes(sentence), (false, 1));
    let statement = format!("({}) Tj", "Card ****1234 ...... $12.50 - ".repeat(4));
    assert_eq!(read_codes(&statement), (true, 0));
}
