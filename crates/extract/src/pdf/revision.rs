//! What incremental saves changed in the words of pages: each save leaves the file as it was before it in front of itself.

use super::alignment::edits;
use super::document::open;
use super::facts::positions;
use super::page::{PageOutcome, read_page};
use super::pages::PageReader;
use super::reach::look_up;
use crate::ExtractOptions;
use hayro_syntax::PdfData;
use smartexus_domain::{PAGE_FACTS_MAX, PageRange, SAVES_MAX, Save, Word};
use std::collections::BTreeMap;
use std::sync::Arc;

const END: &[u8] = b"%%EOF";
const START: &[u8] = b"startxref";
/// The start of the table is written so near to the end of its revision.
const TAIL_BYTES: usize = 64;
/// A cross-reference stream says what it is so near to its start.
const HEAD_BYTES: usize = 512;
/// Saves that are looked into: the last ones.
const MOST_SAVES: usize = 8;
/// Pages of earlier revisions that are read; at least those of one.
const MOST_PAGES: usize = 1_200;

/// The words of the pages of a revision.
type Words = BTreeMap<u32, Vec<Word>>;

/// What a save brings that only signs, stamps with the time, or keeps what is needed to check signatures later.
const SIGNING: [&[u8]; 3] = [b"/ByteRange", b"/DocTimeStamp", b"/DSS"];

/// The saves behind the first version of a file, the last ones of many.
pub(super) fn saves(bytes: &[u8]) -> Vec<Save> {
    let starts = earlier_ends(bytes);
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let skipped = starts.len().saturating_sub(SAVES_MAX);
    let save = |(start, end): (&usize, usize)| {
        let added = bytes.get(*start..end).unwrap_or_default();
        let blanks = added.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let signs = SIGNING.iter().any(|mark| positions(added, mark).next().is_some());
        Save { offset: u64::try_from(start.saturating_add(blanks)).unwrap_or(u64::MAX), signs }
    };
    starts.iter().zip(ends).skip(skipped).map(save).collect()
}

/// Notes on each page what saves changed on it, before anything is recognized. `total` is how many pages the document has,
/// whichever are read: parts of a document have to agree about how far back they look.
pub(super) fn note_edits(
    bytes: &[u8],
    options: &ExtractOptions,
    (range, total): (PageRange, u32),
    outcomes: &mut [PageOutcome],
) {
    let ends = earlier_ends(bytes);
    let affordable = MOST_PAGES / usize::try_from(total).unwrap_or(usize::MAX).max(1);
    let skipped = ends.len().saturating_sub(MOST_SAVES.min(affordable).max(1));
    let mut revisions = (1_u32..).zip(ends).skip(skipped).peekable();
    let mut before = None;
    while let Some((number, end)) = revisions.next() {
        let words = before.take().or_else(|| words_of(bytes.get(..end)?, options, range));
        let next = revisions.peek().map(|(_, end)| words_of(bytes.get(..*end)?, options, range));
        if let Some(words) = words {
            let saved = number.saturating_add(1);
            match &next {
                Some(Some(after)) => outcomes.iter_mut().for_each(|outcome| {
                    if let Some(after) = after.get(&outcome.page.page) {
                        note(outcome, &words, after, saved);
                    }
                }),
                // A revision that cannot be opened says nothing.
                Some(None) => {}
                None => outcomes.iter_mut().for_each(|outcome| {
                    let after = std::mem::take(&mut outcome.page.words);
                    note(outcome, &words, &after, saved);
                    outcome.page.words = after;
                }),
            }
        }
        before = next.flatten();
    }
}

fn note(outcome: &mut PageOutcome, before: &Words, after: &[Word], revision: u32) {
    let known = &mut outcome.page.facts.edits;
    if let Some(before) = before.get(&outcome.page.page) {
        known.extend(edits(before, after, revision));
        known.truncate(PAGE_FACTS_MAX);
    }
}

/// `None` for a revision that cannot be opened.
fn words_of(bytes: &[u8], options: &ExtractOptions, range: PageRange) -> Option<Words> {
    let data = PdfData::from(Arc::new(bytes.to_vec()));
    let pdf = open(&data, options).ok()?;
    if pdf.pages().len() as u64 > u64::from(options.limits.pages) {
        return None;
    }
    let reader = PageReader::new(&pdf, range, look_up(&pdf), |page, number, shelf, cache| {
        read_page(page, number, shelf, cache, &options.limits)
    });
    let outcomes = reader.read();
    let whole = outcomes.into_iter().filter(|outcome| !outcome.is_failed);
    Some(whole.map(|outcome| (outcome.page.page, outcome.page.words)).collect())
}

/// Where revisions before the last one end.
fn earlier_ends(bytes: &[u8]) -> Vec<usize> {
    let mut marks: Vec<usize> = positions(bytes, END).collect();
    marks.pop();
    marks.retain(|mark| is_revision(bytes, *mark));
    marks.into_iter().map(|mark| mark.saturating_add(END.len())).collect()
}

/// Does the mark end a file with a cross-reference table of its own? The one after the first part of a file that is arranged
/// for the network does not: its table has no start.
fn is_revision(bytes: &[u8], mark: usize) -> bool {
    let tail = bytes.get(mark.saturating_sub(TAIL_BYTES)..mark).unwrap_or_default();
    let start =
        positions(tail, START).last().and_then(|at| number(tail.get(at.checked_add(START.len())?..)?));
    let table = start.filter(|start| 0 < *start && *start < mark).and_then(|start| bytes.get(start..mark));
    table.is_some_and(|table| {
        let table = table.trim_ascii_start();
        let head = table.get(..HEAD_BYTES).unwrap_or(table);
        table.starts_with(b"xref")
            || (head.first().is_some_and(u8::is_ascii_digit) && positions(head, b"/XRef").next().is_some())
    })
}

fn number(text: &[u8]) -> Option<usize> {
    std::str::from_utf8(text.trim_ascii()).ok()?.parse().ok()
}
