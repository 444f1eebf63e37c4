//! Evidence that only several documents together give. It says what was found and an innocent cause, nothing about people.

use super::source::Source;
use smartexus_domain::{CaseSignal, DocumentSource, Duplicate, MissingPages, Severity, SignalName, Verdict};
use std::collections::BTreeMap;

/// That many of 100 descriptions are the same in a near duplicate.
const SAME_WORDS_PERCENT: usize = 95;
/// Fewer rows are alike by chance.
const ROWS_MIN: usize = 5;

/// Documents that were sent twice.
pub(super) fn same_bytes(duplicates: &[Duplicate]) -> Vec<CaseSignal> {
    let signal = |duplicate: &Duplicate| {
        CaseSignal {
        signal: SignalName::DuplicateDocument,
        severity: Severity::Info,
        evidence: match duplicate.duplicate_statement_of {
            None => "two files have the same bytes; a file is easily sent twice".to_owned(),
            Some(_) => {
                "two statements have the same period, ends, dates and amounts; a bank lets one be fetched twice"
                    .to_owned()
            }
        },
        documents: vec![duplicate.duplicate_of_document, duplicate.document],
    }
    };
    duplicates.iter().map(signal).collect()
}

/// Pages that documents should have and have not.
pub(super) fn page_gaps(missing: &[MissingPages]) -> Vec<CaseSignal> {
    let signal = |missing: &MissingPages| CaseSignal {
        signal: SignalName::PageGap,
        severity: Severity::Info,
        evidence: missing.evidence.clone(),
        documents: vec![missing.document],
    };
    missing.iter().map(signal).collect()
}

/// Statements of the same printed period and kind of file whose rows have the same words and other figures. The words of
/// the rows are all that is compared: what else stands on the paper is not kept in a reading.
pub(super) fn near_duplicates(sources: &[Source<'_>]) -> Vec<CaseSignal> {
    let mut groups: BTreeMap<_, Vec<&Source<'_>>> = BTreeMap::new();
    for source in sources {
        if let Some(cover) = source.cover.filter(|cover| cover.stated) {
            let structured = source.media == DocumentSource::Structured;
            groups.entry((cover.first, cover.last, structured)).or_default().push(source);
        }
    }
    let signals = groups.values().filter_map(|group| group.split_first()).flat_map(|(best, others)| {
        others
            .iter()
            .filter(|other| other.at.document != best.at.document)
            .filter_map(|other| signal(best, other))
    });
    signals.collect()
}

fn signal(one: &Source<'_>, other: &Source<'_>) -> Option<CaseSignal> {
    let words = |source: &Source<'_>| {
        let mut texts: BTreeMap<Box<str>, usize> = BTreeMap::new();
        for row in &source.part.rows {
            let count = texts.entry(row.text.clone()).or_default();
            *count = count.saturating_add(1);
        }
        texts
    };
    let (ones, others) = (words(one), words(other));
    let both = ones.iter().map(|(text, count)| others.get(text).copied().unwrap_or(0).min(*count));
    let both = both.fold(0, usize::saturating_add);
    let most = one.part.rows.len().max(other.part.rows.len());
    let alike = most >= ROWS_MIN && both.saturating_mul(100) >= most.saturating_mul(SAME_WORDS_PERCENT);
    if !alike {
        return None;
    }
    // Two that both prove themselves differ by more than a misread figure.
    let proved = [one, other].iter().all(|source| source.part.verdict == Verdict::Verified);
    Some(CaseSignal {
        signal: SignalName::NearDuplicate,
        severity: if proved { Severity::Warn } else { Severity::Info },
        evidence: format!(
            "two statements of one period have {both} of {most} descriptions in common and other figures; the issuer may have corrected one, or one was misread"
        ),
        documents: vec![one.at.document, other.at.document],
    })
}
