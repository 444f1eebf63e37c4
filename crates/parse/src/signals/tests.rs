//! Pages made by hand.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::*;
use smartexus_domain::{FileFacts, MediaType, Page, PageFacts, PageMethod, PageRoute, Rect, Word};

/// A page of lines, five points a letter and twelve a line.
pub(super) fn page(number: u32, lines: &[&str]) -> Page {
    let mut words = Vec::new();
    for (row, line) in (0_u32..).zip(lines) {
        let mut at = 0_u32;
        for word in line.split(' ') {
            let length = u32::try_from(word.chars().count()).unwrap();
            if length > 0 {
                words.push(self::word(word, f64::from(at), f64::from(row)));
            }
            at += length + 1;
        }
    }
    Page {
        page: number,
        width: 600.0,
        height: 800.0,
        rotation: 0,
        method: PageMethod::Text,
        route: PageRoute::Text,
        words,
        text: lines.join("\n"),
        hidden_words: Vec::new(),
        unmapped_glyphs: 0,
        covered_glyphs: None,
        facts: PageFacts::default(),
        fonts: Vec::new(),
        complete: true,
    }
}

fn word(text: &str, column: f64, row: f64) -> Word {
    let (x0, y0) = (30.0 + 5.0 * column, 40.0 + 12.0 * row);
    Word {
        text: text.to_owned(),
        bounds: Rect { x0, y0, x1: x0 + 5.0 * text.chars().count() as f64, y1: y0 + 9.0 },
        confidence: 1.0,
        size: 9.0,
        angle: 0,
        color: None,
        recognized: false,
        alternatives: Vec::new(),
    }
}

const ROWS: [&str; 12] = [
    "First Sample Bank",
    "Statement period 01 March 2026 to 31 March 2026",
    "Date          Description                 Amount     Balance",
    "              Opening balance                         500.00",
    "02 Mar 2026   CARD PURCHASE ACME          -10.00      490.00",
    "04 Mar 2026   CARD PURCHASE BOND          -20.00      470.00",
    "06 Mar 2026   CARD PURCHASE CORE          -30.00      440.00",
    "09 Mar 2026   CARD PURCHASE DASH          -40.00      400.00",
    "11 Mar 2026   CARD PURCHASE EDGE          -15.00      385.00",
    "13 Mar 2026   CARD PURCHASE FERN          -25.00      360.00",
    "16 Mar 2026   CARD PURCHASE GULL          -35.00      325.00",
    "              Closing balance                         325.00",
];

fn statement() -> Pages {
    let facts = FileFacts::default();
    Pages { media_type: MediaType::Pdf, facts, pages: vec![page(1, &ROWS)], findings: Vec::new() }
}

fn judged(pages: &Pages) -> Vec<Signal> {
    let read = crate::parse(crate::Input::Pages(pages), &crate::ParseOptions::default()).unwrap();
    read.signals
}

fn names(signals: &[Signal]) -> Vec<(&'static str, bool)> {
    signals.iter().map(|s| (s.signal.as_str(), s.severity == smartexus_domain::Severity::Warn)).collect()
}

#[test]
fn an_untouched_page_says_nothing() {
    assert_eq!(judged(&statement()), []);
}
