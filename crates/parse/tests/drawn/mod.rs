//! Statements drawn as plain text, five points a character and twelve a line.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use smartexus_domain::{FileFacts, MediaType, Page, PageFacts, PageMethod, PageRoute, Pages, Rect, Word};

/// Pages out of text, one string a page.
pub(crate) fn pages(texts: &[&str]) -> Pages {
    let page = |(number, text): (u32, &&str)| Page {
        page: number,
        width: 800.0,
        height: 1000.0,
        rotation: 0,
        method: PageMethod::Text,
        route: PageRoute::Text,
        words: words(text),
        text: (*text).to_owned(),
        hidden_words: Vec::new(),
        unmapped_glyphs: 0,
        covered_glyphs: None,
        facts: PageFacts::default(),
        fonts: Vec::new(),
        complete: true,
    };
    Pages {
        media_type: MediaType::Pdf,
        facts: FileFacts::default(),
        pages: (1..).zip(texts).map(page).collect(),
        findings: Vec::new(),
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for (row, line) in text.lines().enumerate() {
        let chars: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            if chars[at] == ' ' {
                at += 1;
                continue;
            }
            let end = (at..chars.len()).find(|i| chars[*i] == ' ').unwrap_or(chars.len());
            let y0 = 40.0 + 12.0 * row as f64;
            words.push(Word {
                text: chars[at..end].iter().collect(),
                bounds: Rect { x0: 30.0 + 5.0 * at as f64, y0, x1: 30.0 + 5.0 * end as f64, y1: y0 + 9.0 },
                confidence: 1.0,
                size: 9.0,
                angle: 0,
                color: None,
                recognized: false,
                alternatives: Vec::new(),
            });
            at = end;
        }
    }
    words
}
