//! Tamper evidence of one document, in this process.

use smartexus_domain::{PageRange, Signal};
use smartexus_extract::{ExtractOptions, extract};
use smartexus_parse::{Input, ParseOptions, judge_pages, parse};

/// What a document shows; `None` where it cannot be opened. One without words (pictures, where nothing is recognized) is
/// judged by its first page alone.
#[must_use]
pub fn signals_of(document: &[u8]) -> Option<Vec<Signal>> {
    if let Ok(pages) = extract(document, &ExtractOptions::default()) {
        let reading = parse(Input::Pages(&pages), &ParseOptions::default());
        return Some(reading.map_or_else(|_| judge_pages(&pages, &[]), |reading| reading.signals));
    }
    let first = ExtractOptions { range: PageRange::new(1, 1).ok(), ..ExtractOptions::default() };
    Some(judge_pages(&extract(document, &first).ok()?, &[]))
}
