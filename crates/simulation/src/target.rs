//! What can be thrown bytes at: every parser of ours, one function each, which must come back whatever the bytes are.
//!
//! The same functions stand behind the fuzz targets, behind the replay of the hostile files and behind the mutants.

use smartexus_categorize::{Rulebook, RulebookText};
use smartexus_domain::{
    AmountToken, DateToken, FileFacts, MediaType, Page, PageFacts, PageMethod, PageRange, PageRoute, Pages,
    Rect, Word,
};
use smartexus_extract::{ExtractLimits, ExtractOptions, exam};
use smartexus_parse::{Input, ParseOptions};
use smartexus_worker::pipeline::Pipeline;
use smartexus_worker::sandbox::{Request, inspect_extracted, inspect_part, inspect_reading};
use std::hint::black_box;

/// Bounds that keep one try short. The limits themselves are tested elsewhere.
const PIXELS_MAX: u64 = 1_000_000;
const PICTURES_MAX: u32 = 3;
const WORDS_MAX: u32 = 5_000;
const CELLS_MAX: u32 = 200_000;
/// Fax rows of a try.
const FAX_ROWS: u16 = 64;

/// A parser and its name.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// As in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Throws bytes at it. It may say whatever it likes, but must come back.
    pub throw: fn(&[u8]),
    /// Foreign code takes part that may overflow the stack or ask for memory: it belongs into a child.
    pub foreign: bool,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 29] = [
        Self::own("sniff", sniff),
        Self::own("content_operators", content_operators),
        Self::foreign("page_content", page_content),
        Self::foreign("font_dictionary", font_dictionary),
        Self::foreign("font_map", font_map),
        Self::foreign("font_program", font_program),
        Self::foreign("document", document),
        Self::foreign("survey", survey),
        Self::foreign("fax", fax),
        Self::foreign("png", |bytes| pictures(bytes, MediaType::Png)),
        Self::foreign("jpeg", |bytes| pictures(bytes, MediaType::Jpeg)),
        Self::foreign("webp", |bytes| pictures(bytes, MediaType::Webp)),
        Self::foreign("tiff", |bytes| pictures(bytes, MediaType::Tiff)),
        Self::own("hocr", hocr),
        Self::own("csv", |bytes| structured(bytes, MediaType::Csv)),
        Self::own("ofx", |bytes| structured(bytes, MediaType::Ofx)),
        Self::own("qif", |bytes| structured(bytes, MediaType::Qif)),
        Self::own("mt940", |bytes| structured(bytes, MediaType::Mt940)),
        Self::own("camt", |bytes| structured(bytes, MediaType::Camt)),
        Self::own("bai2", |bytes| structured(bytes, MediaType::Bai2)),
        Self::own("json", |bytes| structured(bytes, MediaType::Json)),
        Self::foreign("xlsx", |bytes| structured(bytes, MediaType::Xlsx)),
        Self::foreign("xls", |bytes| structured(bytes, MediaType::Xls)),
        Self::foreign("ods", |bytes| structured(bytes, MediaType::Ods)),
        Self::own("paper", paper),
        Self::own("notation", notation),
        Self::own("replies", replies),
        Self::own("job_message", job_message),
        Self::own("configuration", configuration),
    ];

    const fn own(name: &'static str, throw: fn(&[u8])) -> Self {
        Self { name, throw, foreign: false }
    }

    const fn foreign(name: &'static str, throw: fn(&[u8])) -> Self {
        Self { name, throw, foreign: true }
    }

    /// The target of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name == name)
    }
}

fn sniff(bytes: &[u8]) {
    black_box(smartexus_extract::sniff(bytes));
}

fn content_operators(bytes: &[u8]) {
    black_box(exam::operators(bytes));
}

fn options() -> ExtractOptions {
    let limits = ExtractLimits {
        pages: 20,
        words_per_page: WORDS_MAX,
        glyphs_per_page: 4 * WORDS_MAX,
        ..ExtractLimits::default()
    };
    ExtractOptions { limits, ..ExtractOptions::default() }
}

fn document(bytes: &[u8]) {
    let Ok(pages) = smartexus_extract::extract(bytes, &options()) else { return };
    let input = match pages.media_type {
        MediaType::Pdf | MediaType::Png | MediaType::Jpeg | MediaType::Tiff | MediaType::Webp => {
            Input::Pages(&pages)
        }
        media @ (MediaType::Csv
        | MediaType::Ofx
        | MediaType::Qif
        | MediaType::Mt940
        | MediaType::Camt
        | MediaType::Xlsx
        | MediaType::Xls
        | MediaType::Ods
        | MediaType::Bai2
        | MediaType::Json
        | MediaType::Unknown) => Input::Structured { media, bytes },
    };
    // A failure has its code by type.
    let read = smartexus_parse::parse(input, &parse_options());
    drop(black_box(read));
}

fn survey(bytes: &[u8]) {
    black_box(smartexus_extract::survey(bytes, &options()).is_ok());
}

/// One page around the bytes, as an engine finds it without a table.
fn page_content(bytes: &[u8]) {
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
    extract_around(font.as_bytes(), b"", bytes);
}

fn font_dictionary(bytes: &[u8]) {
    extract_around(bytes, b"", b"BT /F1 9 Tf 50 500 Td (Balance 1.00) Tj <00010203> Tj ET");
}

fn font_map(bytes: &[u8]) {
    let shown = b"BT /F1 9 Tf 50 500 Td (Balance 1.00) Tj <00010203> Tj ET";
    for font in [
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 6 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
         /BaseFont/A/DW 500/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>]/ToUnicode 6 0 R>>",
    ] {
        extract_around(font.as_bytes(), bytes, shown);
    }
}

fn font_program(bytes: &[u8]) {
    let shown = b"BT /F1 9 Tf 50 500 Td (Balance 1.00) Tj <00010203> Tj ET";
    for (subtype, key) in [("TrueType", "FontFile2"), ("Type1", "FontFile"), ("Type1", "FontFile3")] {
        let font = format!(
            "<</Type/Font/Subtype/{subtype}/BaseFont/A/FirstChar 0/FontDescriptor<</Type/FontDescriptor/FontName/A/Flags 4/{key} 6 0 R>>>>"
        );
        extract_around(font.as_bytes(), bytes, shown);
    }
}

/// A file of one page with this font, this stream (object 6) and this content.
fn extract_around(font: &[u8], stream: &[u8], content: &[u8]) {
    let head = b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n\
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj\n5 0 obj ";
    let of = |id: u32, length: usize| {
        format!(" endobj\n{id} 0 obj <</Subtype/Type1C/Length {length}>>\nstream\n").into_bytes()
    };
    let file = [
        head,
        font,
        &of(6, stream.len()),
        stream,
        b"\nendstream",
        &of(4, content.len()),
        content,
        b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF",
    ]
    .concat();
    document(&file);
}

fn pictures(bytes: &[u8], media: MediaType) {
    black_box(exam::pictures(bytes, media, PICTURES_MAX, PIXELS_MAX));
}

/// The first two bytes are the width.
fn fax(bytes: &[u8]) {
    if let [high, low, data @ ..] = bytes {
        black_box(exam::fax(data, u16::from_be_bytes([*high, *low]), FAX_ROWS));
    }
}

fn hocr(bytes: &[u8]) {
    black_box(exam::hocr_words(&String::from_utf8_lossy(bytes)));
}

fn parse_options() -> ParseOptions {
    ParseOptions { cells_max: CELLS_MAX, ..ParseOptions::default() }
}

fn structured(bytes: &[u8], media: MediaType) {
    drop(black_box(smartexus_parse::parse(Input::Structured { media, bytes }, &parse_options())));
}

/// The words of a text as if they stood on paper, line below line.
#[expect(clippy::float_arithmetic, reason = "places on paper")]
fn paper(bytes: &[u8]) {
    const LINE_POINTS: f64 = 12.0;
    const GLYPH_POINTS: f64 = 6.0;
    let text = String::from_utf8_lossy(bytes);
    let mut words = Vec::new();
    let mut y = 40.0;
    for line in text.lines().take(WORDS_MAX as usize) {
        let mut column = 0_u32;
        for piece in line.split(' ') {
            let length = u32::try_from(piece.chars().count()).unwrap_or(u32::MAX);
            let (start, end) =
                (f64::from(column) * GLYPH_POINTS, f64::from(column.saturating_add(length)) * GLYPH_POINTS);
            if length > 0 && words.len() < WORDS_MAX as usize {
                words.push(word(piece, Rect::from([start, y, end, y + GLYPH_POINTS])));
            }
            column = column.saturating_add(length).saturating_add(1);
        }
        y += LINE_POINTS;
    }
    let page = Page {
        page: 1,
        width: 600.0,
        height: 800.0,
        rotation: 0,
        method: PageMethod::Text,
        route: PageRoute::Text,
        complete: true,
        words,
        text: text.into_owned(),
        hidden_words: Vec::new(),
        unmapped_glyphs: 0,
        covered_glyphs: None,
        facts: PageFacts::default(),
        fonts: Vec::new(),
    };
    let pages = Pages {
        media_type: MediaType::Pdf,
        facts: FileFacts::default(),
        pages: vec![page],
        findings: Vec::new(),
    };
    drop(black_box(smartexus_parse::parse(Input::Pages(&pages), &parse_options())));
}

fn word(text: &str, bounds: Rect) -> Word {
    Word {
        text: text.to_owned(),
        bounds,
        confidence: 1.0,
        size: 9.0,
        angle: 0,
        color: None,
        recognized: false,
        alternatives: Vec::new(),
    }
}

/// Amounts and dates, a line each.
fn notation(bytes: &[u8]) {
    for line in String::from_utf8_lossy(bytes).lines() {
        if let Some(token) = AmountToken::read(line) {
            black_box((token.readings(0), token.readings(2), token.readings(3), token.sign()));
        }
        black_box(DateToken::read(line));
    }
}

/// What a child may answer, as frames and as what stands in them; and what a parent may ask.
fn replies(bytes: &[u8]) {
    black_box(smartexus_worker::exam::frame(bytes, 1 << 20));
    black_box(serde_json::from_slice::<Request>(bytes).is_ok());
    drop(black_box(inspect_reading(bytes, 5_000, 3)));
    if let Ok(range) = PageRange::new(1, 3) {
        drop(black_box(inspect_part(bytes, range, WORDS_MAX)));
    }
    if let Ok(pipeline) = Pipeline::default_bank_statement() {
        drop(black_box(inspect_extracted(bytes, &pipeline, WORDS_MAX)));
    }
}

fn job_message(bytes: &[u8]) {
    black_box(smartexus_platform::exam::hear(bytes, false));
    black_box(smartexus_platform::exam::hear(bytes, true));
}

/// Pipeline files, and the data of a rulebook.
fn configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    black_box(Pipeline::from_yaml("thrown.yaml", &text).is_ok());
    let all = RulebookText {
        taxonomy: &text,
        rules: &text,
        merchants: &text,
        trades: &text,
        brands: &text,
        strengths: &text,
        turns: &text,
        channels: &text,
        processors: &text,
        names: &text,
        words: &text,
        model: bytes,
    };
    black_box(Rulebook::parse(&all).is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_told_apart_and_found() {
        let names: BTreeSet<&str> = Target::ALL.iter().map(|target| target.name).collect();
        assert_eq!(names.len(), Target::ALL.len());
        assert!(names.iter().all(|name| Target::named(name).is_some()));
        assert!(Target::named("nothing").is_none());
    }

    #[test]
    fn a_target_comes_past_the_first_door() {
        // Honest input goes all the way in: a target that turns everything away at once would prove nothing.
        assert_eq!(exam::operators(b"BT (a) Tj [(b) 5 (c)] TJ ET"), 4);
        assert_eq!(
            exam::hocr_words(
                "<span class='ocr_line' title='bbox 0 0 9 9; x_size 9'><span class='ocrx_word' title='bbox 0 0 9 9; x_wconf 90'><span class='ocrx_cinfo' title='x_bboxes 0 0 9 9; x_conf 90'>A</span></span></span>"
            ),
            1
        );
        assert_eq!(smartexus_worker::exam::frame(b"d\x01\0\0\0\0\0\0\0x", 9), Some((b'd', 1)));
        let job = r#"{"message":"job.v1","ring":"01924b1e-0000-7000-8000-000000000001","workspace":"01924b1e-0000-7000-8000-000000000002","job":"01924b1e-0000-7000-8000-000000000003","stage":"parse","priority":"batch","issued_at_ms":0"#;
        assert_eq!(smartexus_platform::exam::hear(job.as_bytes(), true), 1);
        assert_eq!(smartexus_platform::exam::hear(job.as_bytes(), false), 0);
    }
}
