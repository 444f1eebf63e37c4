//! What is there twice: files of the same bytes, statements that say the same.

use super::document::CaseDocument;
use super::source::Source;
use jiff::civil::Date;
use smartexus_domain::{Duplicate, DuplicateKind};
use std::collections::BTreeMap;

/// Documents with the same digest; the first in order counts. A file that never became a document has none.
pub(super) fn same_bytes(sorted: &[&CaseDocument]) -> Vec<Duplicate> {
    let mut first: BTreeMap<&str, u32> = BTreeMap::new();
    let mut duplicates = Vec::new();
    for (number, document) in (1..).zip(sorted).filter(|(_, document)| !document.sha256().is_empty()) {
        match first.get(document.sha256()) {
            Some(original) => duplicates.push(Duplicate {
                kind: DuplicateKind::SameBytes,
                document: number,
                statement: None,
                duplicate_of_document: *original,
                duplicate_statement_of: None,
            }),
            None => drop(first.insert(document.sha256(), number)),
        }
    }
    duplicates
}

/// What two statements must have in common: days, ends, dates and amounts.
type Content = (Date, Date, bool, Option<i64>, Option<i64>, Vec<(Date, i64)>);

/// Takes statements away that say what a better one says. The sources are in order of rank.
///
/// A list of a single day without printed balances stays: of two such lists each may hold one of two twins.
pub(super) fn same_statements(sources: &mut Vec<Source<'_>>) -> Vec<Duplicate> {
    let mut first: BTreeMap<Content, (u32, u32)> = BTreeMap::new();
    let mut duplicates = Vec::new();
    sources.retain(|source| {
        let Some(content) = content(source) else { return true };
        let at = source.at;
        match first.get(&content) {
            Some((document, statement)) => {
                duplicates.push(Duplicate {
                    kind: DuplicateKind::SameStatement,
                    document: at.document,
                    statement: Some(at.statement),
                    duplicate_of_document: *document,
                    duplicate_statement_of: Some(*statement),
                });
                // Nothing is ever merged inside one file, unless its own printed balances say that it says it twice.
                *document == at.document && !source.is_proper()
            }
            None => {
                first.insert(content, (at.document, at.statement));
                true
            }
        }
    });
    let counts_once = |duplicate: &Duplicate| {
        let kept = |source: &Source<'_>| {
            source.at.document == duplicate.document && Some(source.at.statement) == duplicate.statement
        };
        !sources.iter().any(kept)
    };
    duplicates.retain(counts_once);
    duplicates
}

fn content(source: &Source<'_>) -> Option<Content> {
    let cover = source.cover?;
    if cover.first == cover.last && !source.is_proper() {
        return None;
    }
    let mut rows: Vec<(Date, i64)> = source.part.rows.iter().map(|row| (row.date, row.minor)).collect();
    rows.sort_unstable();
    Some((cover.first, cover.last, cover.stated, source.part.opening, source.part.closing, rows))
}
