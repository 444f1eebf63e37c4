//! Proof of the merged ledger: first printed opening + Σ of the rows = last printed closing, over days without a gap.

use super::ledger::Entry;
use super::seams::{Seams, Stretch};
use super::source::Source;
use jiff::civil::Date;
use smartexus_domain::{Currency, LedgerProof, Outcome, ProvedPart, Span, Verdict};
use std::collections::BTreeSet;

/// What doubts the rows beside the arithmetic.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Doubts {
    pub(super) possible_duplicates: bool,
    pub(super) sources_disagree: bool,
    pub(super) restored: bool,
}

/// Proves what was put together.
pub(super) fn prove(
    sources: &[Source<'_>],
    entries: &[Entry],
    seams: &Seams,
    doubts: Doubts,
    currency: Currency,
) -> LedgerProof {
    let parts: Vec<(ProvedPart, bool)> =
        seams.stretches.iter().map(|stretch| part(sources, entries, stretch, currency)).collect();
    let counting: BTreeSet<usize> = entries.iter().map(|entry| entry.source).collect();
    let unproved = |(at, source): (usize, &Source<'_>)| {
        counting.contains(&at)
            && (source.part.doubted || (source.is_proper() && source.part.verdict != Verdict::Verified))
    };
    let seam = |outcome| seams.seams.iter().any(|seam| !seam.across_gap && seam.outcome == outcome);
    let reasons = [
        ("no_rows", entries.is_empty()),
        ("end_not_printed", parts.iter().any(|(part, _)| part.outcome == Outcome::NotStated)),
        ("rows_outside_ends", parts.iter().any(|(_, outside)| *outside)),
        ("gap", seams.gaps.iter().any(|gap| !gap.bridged)),
        ("seam_not_stated", seam(Outcome::NotStated)),
        ("statement_unproved", sources.iter().enumerate().any(unproved)),
        ("possible_duplicate", doubts.possible_duplicates),
        ("sources_disagree", doubts.sources_disagree),
        ("row_restored", doubts.restored),
    ];
    let unproved_because: Vec<String> =
        reasons.into_iter().filter(|(_, holds)| *holds).map(|(reason, _)| reason.to_owned()).collect();
    let fails = seam(Outcome::Fail) || parts.iter().any(|(part, _)| part.outcome == Outcome::Fail);
    let verdict = match (fails, unproved_because.is_empty()) {
        (true, _) => Verdict::Discrepancy,
        (false, true) => Verdict::Verified,
        (false, false) => Verdict::Unverifiable,
    };
    LedgerProof { verdict, parts: parts.into_iter().map(|(part, _)| part).collect(), unproved_because }
}

/// An end of the proof: the day and the balance before its first row, or after its last one.
#[derive(Debug, Clone, Copy)]
struct End {
    day: Date,
    minor: i64,
    source: usize,
}

/// One stretch, and whether rows of it lie outside its two printed ends.
fn part(
    sources: &[Source<'_>],
    entries: &[Entry],
    stretch: &Stretch,
    currency: Currency,
) -> (ProvedPart, bool) {
    let inside = |day: Date| stretch.first <= day && day <= stretch.last;
    let rows: Vec<&Entry> = entries.iter().filter(|entry| inside(entry.day)).collect();
    let opening = opening(sources, stretch);
    let closing = closing(sources, stretch, true);
    let between = |closing: &End| -> Vec<&Entry> {
        let Some(opening) = opening else { return Vec::new() };
        rows.iter().copied().filter(|entry| is_between(sources, entry, &opening, closing)).collect()
    };
    let proved = closing.map(|closing| (closing, between(&closing)));
    // A list that goes on and prints its last balance extends the proof where it holds, and says nothing where not.
    let longer = self::closing(sources, stretch, false)
        .filter(|longer| closing.is_none_or(|closing| longer.day > closing.day))
        .map(|longer| (longer, between(&longer)))
        .filter(|(longer, rows)| opening.is_some_and(|opening| holds(sources, &opening, longer, rows)));
    let chosen = longer.or(proved);
    let outcome = match (&opening, &chosen) {
        (Some(opening), Some((closing, rows))) if holds(sources, opening, closing, rows) => Outcome::Pass,
        (Some(_), Some(_)) => Outcome::Fail,
        _ => Outcome::NotStated,
    };
    let counted = chosen.as_ref().map_or(&[][..], |(_, rows)| rows.as_slice());
    let stated = outcome != Outcome::NotStated;
    let text = |minor: i64| super::printed(i128::from(minor), currency);
    let part = ProvedPart {
        days: Span { start: stretch.first, end: stretch.last },
        rows: u32::try_from(if stated { counted.len() } else { rows.len() }).unwrap_or(u32::MAX),
        opening: opening.and_then(|end| text(end.minor)),
        sum: super::printed(sum(sources, if stated { counted } else { &rows }), currency),
        closing: chosen.as_ref().and_then(|(end, _)| text(end.minor)),
        outcome,
    };
    let outside = stated && counted.len() < rows.len();
    (part, outside)
}

fn sum(sources: &[Source<'_>], rows: &[&Entry]) -> i128 {
    let amounts = rows.iter().filter_map(|entry| entry.row(sources)).map(|row| i128::from(row.minor));
    amounts.fold(0, i128::saturating_add)
}

fn holds(sources: &[Source<'_>], opening: &End, closing: &End, rows: &[&Entry]) -> bool {
    i128::from(opening.minor).saturating_add(sum(sources, rows)) == i128::from(closing.minor)
}

/// The earliest printed opening of a statement; of several on one day the best.
fn opening(sources: &[Source<'_>], stretch: &Stretch) -> Option<End> {
    let ends = sources.iter().enumerate().filter(|(_, source)| source.is_proper() && !source.other_dates);
    let ends = ends.filter_map(|(at, source)| {
        Some(End { day: source.cover?.first, minor: source.part.opening?, source: at })
    });
    ends.filter(|end| stretch.first <= end.day && end.day <= stretch.last)
        .min_by_key(|end| (end.day, end.source))
}

/// The latest printed closing; of several on one day the best. Only of statements, or also of lists.
fn closing(sources: &[Source<'_>], stretch: &Stretch, proper: bool) -> Option<End> {
    let ends = sources
        .iter()
        .enumerate()
        .filter(|(_, source)| (!proper || source.is_proper()) && !source.other_dates);
    let ends = ends.filter_map(|(at, source)| {
        Some(End { day: source.cover?.last, minor: source.part.closing?, source: at })
    });
    ends.filter(|end| stretch.first <= end.day && end.day <= stretch.last)
        .max_by_key(|end| (end.day, std::cmp::Reverse(end.source)))
}

/// Rows from the opening on and up to the closing. On the edge days those of sources that lie before or behind are out.
fn is_between(sources: &[Source<'_>], entry: &Entry, opening: &End, closing: &End) -> bool {
    let cover = sources.get(entry.source).and_then(|source| source.cover);
    let before = cover.is_some_and(|cover| cover.last == opening.day && cover.first < opening.day);
    let behind = cover.is_some_and(|cover| cover.first == closing.day && cover.last > closing.day);
    let from =
        entry.day > opening.day || (entry.day == opening.day && (!before || entry.source == opening.source));
    let to =
        entry.day < closing.day || (entry.day == closing.day && (!behind || entry.source == closing.source));
    from && to
}
