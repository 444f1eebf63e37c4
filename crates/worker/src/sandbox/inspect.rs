//! The reply of a child is untrusted: its counts, numbers and claims are checked before anything is kept.

use super::wire::Extracted;
use crate::pipeline::Pipeline;
use smartexus_domain::{
    EDIT_WORDS_MAX, FileFacts, Finding, PAGE_FACTS_MAX, PageFacts, PageRange, Pages, Reading, Rect,
    SAVES_MAX, Signal, Source, Statement, Verdict, Word,
};

/// The reply is not one that an honest reader gives. No details: they could quote the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sandboxed child answered what may not be answered: {0}")]
pub struct BadReply(&'static str);

/// Longest text of one value.
const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Accounts and periods in one document.
const STATEMENTS_MAX: usize = 1_000;
/// Names of fonts of one page.
const FONTS_MAX: usize = 64;
/// Facts of one document.
const FACTS_MAX: usize = 100_000;
/// Findings and signals of one document.
const NOTES_MAX: usize = 10_000;
/// Largest page: 200 inches, the largest that the PDF format knows without scaling, with room for larger units.
const PAGE_POINTS_MAX: f64 = 1_000_000.0;

/// What one glyph may be instead.
const CHOICES_MAX: usize = 64;
const CHOICE_BYTES_MAX: usize = 64;

type Checked = Result<(), BadReply>;

/// What a child tells of a form, and the file behind it.
///
/// # Errors
/// [`BadReply`] when it is no message of that kind.
pub fn inspect_form<T: serde::de::DeserializeOwned>(reply: &[u8]) -> Result<(T, Vec<u8>), BadReply> {
    let (answer, file) = smartexus_forms::unpacked(reply).ok_or(BadReply("not an answer about a form"))?;
    Ok((answer, file.to_vec()))
}

/// The pages in a reply of `extract`.
///
/// # Errors
/// [`BadReply`] when they are not what an honest reader gives within the pipeline's limits.
pub fn inspect_pages(reply: &[u8], pipeline: &Pipeline, words_per_page: u32) -> Result<Pages, BadReply> {
    let pages: Pages = serde_json::from_slice(reply).map_err(|_| BadReply("shape"))?;
    all_pages(&pages, pipeline, words_per_page)?;
    Ok(pages)
}

/// What is in a reply of `extract` to a document that may be too long to read at once.
///
/// # Errors
/// As [`inspect_pages`].
pub fn inspect_extracted(
    reply: &[u8],
    pipeline: &Pipeline,
    words_per_page: u32,
) -> Result<Extracted, BadReply> {
    let extracted: Extracted = serde_json::from_slice(reply).map_err(|_| BadReply("shape"))?;
    match &extracted {
        Extracted::Pages(pages) => all_pages(pages, pipeline, words_per_page)?,
        Extracted::Survey(survey) => {
            let divisible = pipeline.limits.pages_per_job < survey.pages;
            must(divisible && survey.pages <= pipeline.accepts.pages, "pages")?;
        }
    }
    Ok(extracted)
}

/// The pages of a range in a reply of `extract`.
///
/// # Errors
/// As [`inspect_pages`], and for a page outside the range.
pub fn inspect_part(reply: &[u8], range: PageRange, words_per_page: u32) -> Result<Pages, BadReply> {
    let pages: Pages = serde_json::from_slice(reply).map_err(|_| BadReply("shape"))?;
    let numbers: Vec<u32> = pages.pages.iter().map(|page| page.page).collect();
    must(numbers.iter().all(|number| range.contains(*number)), "page numbers")?;
    must(numbers.is_sorted_by(|one, next| one < next), "page numbers")?;
    each_page(&pages, words_per_page)?;
    Ok(pages)
}

fn all_pages(pages: &Pages, pipeline: &Pipeline, words_per_page: u32) -> Checked {
    must(pages.pages.len() as u64 <= u64::from(pipeline.accepts.pages), "pages")?;
    let numbered = pages.pages.iter().zip(1_u32..).all(|(page, number)| page.page == number);
    must(numbered, "page numbers")?;
    each_page(pages, words_per_page)
}

fn each_page(pages: &Pages, words_per_page: u32) -> Checked {
    must(pages.findings.len() <= NOTES_MAX, "findings")?;
    file_facts(&pages.facts)?;
    pages.findings.iter().try_for_each(finding)?;
    for page in &pages.pages {
        must(length(page.width) && length(page.height), "page size")?;
        must(matches!(page.rotation, 0 | 90 | 180 | 270), "rotation")?;
        must(page.words.len() as u64 <= u64::from(words_per_page), "words")?;
        must(page.fonts.len() <= FONTS_MAX, "fonts")?;
        page.fonts.iter().try_for_each(|font| short(font))?;
        page_facts(&page.facts)?;
        must(page.hidden_words.len() as u64 <= u64::from(words_per_page), "hidden words")?;
        for word in page.words.iter().chain(&page.hidden_words) {
            must(finite(word.bounds) && word.size.is_finite(), "boxes")?;
            must(share(word.confidence), "confidence")?;
            short(&word.text)?;
            alternatives(word)?;
        }
    }
    Ok(())
}

/// No list is longer, and no text, than an honest reader makes it.
fn file_facts(facts: &FileFacts) -> Checked {
    must(facts.saves.len() <= SAVES_MAX && facts.signed.len() <= SAVES_MAX, "file facts")?;
    let own = [&facts.producer, &facts.creator, &facts.created, &facts.modified, &facts.version];
    own.into_iter().flatten().try_for_each(|text| short(text))?;
    if let Some(id) = &facts.id {
        short(&id.first).and_then(|()| short(&id.last))?;
    }
    if let Some(xmp) = &facts.xmp {
        must(xmp.history.len() <= SAVES_MAX, "file facts")?;
        let own = [&xmp.producer, &xmp.creator, &xmp.created, &xmp.modified];
        own.into_iter().flatten().chain(&xmp.history).try_for_each(|text| short(text))?;
    }
    let picture = facts.picture.iter();
    let mut texts = picture.flat_map(|p| [&p.make, &p.model, &p.software, &p.taken, &p.modified]).flatten();
    texts.try_for_each(|text| short(text))
}

/// No list is longer than an honest reader makes it.
fn page_facts(facts: &PageFacts) -> Checked {
    let counts = [
        facts.edits.len(),
        facts.edit_marks.len(),
        facts.covers.len(),
        facts.font_uses.len(),
        facts.stream_glyphs.len(),
        facts.private_data.len(),
        facts.overlays.len(),
        facts.annotations.len(),
        facts.pictures.len(),
        facts.drawn_otherwise.len(),
        facts.resaved_regions.len(),
    ];
    must(counts.iter().all(|count| *count <= PAGE_FACTS_MAX), "page facts")?;
    for edit in &facts.edits {
        must(edit.before.len() <= EDIT_WORDS_MAX && edit.after.len() <= EDIT_WORDS_MAX, "edits")?;
        for word in edit.before.iter().chain(&edit.after) {
            must(finite(word.bounds), "boxes")?;
            short(&word.text)?;
        }
    }
    for mark in &facts.edit_marks {
        must(mark.bounds.is_none_or(finite), "boxes")?;
        short(&mark.tag)?;
    }
    for font in &facts.font_uses {
        must(font.boxes.len() <= PAGE_FACTS_MAX && font.boxes.iter().copied().all(finite), "boxes")?;
        short(&font.font)?;
    }
    for annotation in &facts.annotations {
        must(finite(annotation.bounds), "boxes")?;
        short(&annotation.kind)?;
        [&annotation.modified, &annotation.object].into_iter().flatten().try_for_each(|text| short(text))?;
    }
    let places = facts.covers.iter().map(|cover| cover.bounds);
    let places = places.chain(facts.overlays.iter().map(|overlay| overlay.bounds));
    let mut places = places.chain(facts.pictures.iter().map(|picture| picture.bounds));
    must(places.all(finite), "boxes")?;
    facts.private_data.iter().try_for_each(|name| short(name))
}

/// What a glyph may be instead belongs to the word and is no longer than a list of a few.
fn alternatives(word: &Word) -> Checked {
    must(word.alternatives.len() <= word.text.len(), "alternatives")?;
    for glyph in &word.alternatives {
        must(share(glyph.probability) && glyph.choices.len() <= CHOICES_MAX, "alternatives")?;
        let end = u64::from(glyph.at).saturating_add(u64::from(glyph.length));
        must(end <= word.text.chars().count() as u64, "alternatives")?;
        for choice in &glyph.choices {
            must(share(choice.probability) && choice.text.len() <= CHOICE_BYTES_MAX, "alternatives")?;
        }
    }
    Ok(())
}

/// The reading in a reply of `parse`, for a document of `page_count` pages (0 for a structured file).
///
/// # Errors
/// [`BadReply`] when it is not what an honest reader gives, above all when it claims a proof that does not hold.
pub fn inspect_reading(reply: &[u8], rows_max: u32, page_count: usize) -> Result<Reading, BadReply> {
    let reading: Reading = serde_json::from_slice(reply).map_err(|_| BadReply("shape"))?;
    must(reading.statements.len() <= STATEMENTS_MAX, "statements")?;
    must(share(reading.kind_confidence), "confidence")?;
    // No child knows anything of a workspace.
    must(reading.categorized_with.is_none(), "categories")?;
    must(reading.findings.len() <= NOTES_MAX && reading.signals.len() <= NOTES_MAX, "findings")?;
    reading.findings.iter().try_for_each(finding)?;
    reading.signals.iter().try_for_each(|one| signal(one, page_count))?;
    let rows: usize = reading.statements.iter().map(|statement| statement.transactions.len()).sum();
    must(rows as u64 <= u64::from(rows_max), "rows")?;
    for fact in &reading.facts {
        short(&fact.key)?;
        short(&fact.value)?;
        must(share(fact.confidence), "confidence")?;
        source(fact.source, page_count)?;
    }
    reading.statements.iter().try_for_each(|read| statement(read, page_count))?;
    papers(&reading, page_count)?;
    Ok(reading)
}

/// Papers follow one another over the pages of the document. What they prove is not asked of the child at all.
fn papers(reading: &Reading, page_count: usize) -> Checked {
    must(reading.page_kinds.len() <= page_count && reading.children.len() <= page_count, "papers")?;
    must(reading.facts.len() <= FACTS_MAX, "facts")?;
    must(reading.page_kinds.iter().all(|judged| share(judged.confidence)), "confidence")?;
    let mut after = 0;
    for child in &reading.children {
        must(share(child.confidence), "confidence")?;
        must(child.first_page > after && child.first_page <= child.last_page, "papers")?;
        after = child.last_page;
    }
    Ok(())
}

fn statement(statement: &Statement, page_count: usize) -> Checked {
    for (index, row) in statement.transactions.iter().enumerate() {
        must(row.seq as usize == index + 1, "row numbers")?;
        must(share(row.confidence), "confidence")?;
        must(row.categorization.is_none(), "categories")?;
        short(&row.description)?;
        source(row.source, page_count)?;
    }
    // A green tick is proved again on this side of the wall.
    if statement.verdict == Verdict::Verified {
        let mut again = statement.clone();
        smartexus_domain::prove(&mut again);
        must(again.verdict == Verdict::Verified, "proof")?;
    }
    Ok(())
}

fn must(holds: bool, what: &'static str) -> Checked {
    if holds { Ok(()) } else { Err(BadReply(what)) }
}

fn finding(finding: &Finding) -> Checked {
    short(&finding.message)?;
    short(&finding.code)
}

fn signal(signal: &Signal, page_count: usize) -> Checked {
    short(&signal.evidence)?;
    let texts = [&signal.object, &signal.expected, &signal.found, &signal.innocent];
    texts.into_iter().flatten().try_for_each(|text| short(text))?;
    must(signal.page.is_none_or(|page| page >= 1 && page as usize <= page_count), "signal page")?;
    must(signal.bounds.is_none_or(finite), "boxes")
}

fn source(source: Option<Source>, page_count: usize) -> Checked {
    let Some(source) = source else { return Ok(()) };
    must(source.page >= 1 && source.page as usize <= page_count, "source page")?;
    must(finite(source.bounds), "boxes")
}

fn short(text: &str) -> Checked {
    must(text.len() <= TEXT_BYTES_MAX, "text")
}

fn share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

fn length(value: f64) -> bool {
    (0.0..=PAGE_POINTS_MAX).contains(&value)
}

/// Words may hang over the edge of a page, but not at infinity.
fn finite(bounds: Rect) -> bool {
    <[f64; 4]>::from(bounds).iter().all(|edge| edge.abs() <= PAGE_POINTS_MAX)
}
