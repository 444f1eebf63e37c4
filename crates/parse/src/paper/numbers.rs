//! What the printed numbers of the pages mean for a statement.

use crate::draft::StatementDraft;
use crate::page_numbers::Numbered;
use smartexus_domain::{Finding, Statement};

/// A statement whose pages are not all there, or are there twice, is never proved: rows that nobody sees may cancel out.
pub(super) fn settle(draft: &mut StatementDraft, papers: &[Numbered], is_mended: bool) {
    for paper in papers.iter().filter(|paper| !paper.missing.is_empty() || !paper.repeated.is_empty()) {
        let stands_there = |page: Option<u32>| page.is_some_and(|page| paper.has(page));
        let rows = draft.rows.iter().any(|row| stands_there(row.source.map(|source| source.page)));
        if !rows && !draft.anchors.iter().any(|anchor| stands_there(Some(anchor.page))) {
            continue;
        }
        if !paper.missing.is_empty() {
            draft.doubt("page_missing");
        }
        if !paper.repeated.is_empty() && !is_mended {
            draft.doubt("page_repeated");
        }
    }
}

/// What is said of a file's pages. A notice in between has numbers of its own, and may be one page of its own document.
pub(super) fn findings(papers: &[Numbered], statements: &[Statement]) -> Vec<Finding> {
    let rows = || statements.iter().flat_map(|statement| &statement.transactions);
    let has_rows =
        |paper: &Numbered| rows().any(|row| row.source.is_some_and(|source| paper.has(source.page)));
    let mut findings = Vec::new();
    for paper in papers {
        if let Some(page) = paper.repeated.first() {
            let message =
                "The page is in the file twice, with the same number and the same words; it counts once.";
            findings.push(Finding::new("page_repeated", message).on_page(*page));
        }
        if let Some(page) = paper.misplaced() {
            let message = "The page is not where its printed number says.";
            findings.push(Finding::new("pages_out_of_order", message).on_page(page));
        }
        let counts = papers.len() == 1 || paper.pages().count() > 1 || has_rows(paper);
        if let (true, false, Some(page)) = (counts, paper.missing.is_empty(), paper.pages().next()) {
            let message = format!(
                "The pages are numbered up to {}, and {} is not in the file; ask for the whole document.",
                paper.of,
                paper.missing_text()
            );
            findings.push(Finding::new("page_missing", message).on_page(page));
        }
    }
    findings
}
