//! Tamper evidence of one document, and of the documents of a case, in this process.

use smartexus_domain::{
    CaseSignal, DocumentFacts, MediaType, PageRange, ResultStatus, Signal, StatementResult,
};
use smartexus_extract::{ExtractOptions, extract};
use smartexus_parse::{CaseDocument, CaseLimits, Input, ParseOptions, assemble, judge_pages, parse};
use std::collections::{BTreeMap, BTreeSet};

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

/// What the documents of a case show together; `None` where one of them cannot be read.
#[must_use]
pub fn case_signals_of(documents: &[(String, Vec<u8>)]) -> Option<Vec<CaseSignal>> {
    let documents: Option<Vec<CaseDocument>> =
        documents.iter().map(|(name, bytes)| Some(CaseDocument::of(&result(name, bytes)?))).collect();
    Some(assemble(&documents?, &BTreeSet::new(), &CaseLimits::default()).ok()?.signals)
}

/// As a worker puts it together, of what a case looks at.
fn result(name: &str, bytes: &[u8]) -> Option<StatementResult> {
    let pages = extract(bytes, &ExtractOptions::default()).ok()?;
    let reading = parse(Input::Pages(&pages), &ParseOptions::default()).ok()?;
    // Equal for equal bytes is all that a case asks for.
    let sum = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let sha256 = format!("{sum:064x}");
    let document = DocumentFacts {
        id: String::new(),
        sha256,
        media_type: MediaType::Pdf,
        bytes: u64::try_from(bytes.len()).ok()?,
        pages: u32::try_from(pages.pages.len()).ok()?,
        source: reading.source,
        kind: reading.kind,
        kind_confidence: reading.kind_confidence,
        page_kinds: reading.page_kinds,
        children: reading.children,
        encrypted: pages.facts.encrypted,
        producer: pages.facts.producer,
    };
    Some(StatementResult {
        schema: StatementResult::SCHEMA.to_owned(),
        file: name.to_owned(),
        document,
        status: ResultStatus::NeedsReview,
        failure: None,
        statements: reading.statements,
        facts: reading.facts,
        signals: reading.signals,
        signal_summary: None,
        findings: reading.findings,
        timings_ms: BTreeMap::new(),
    })
}
