//! Where statements meet, where days are missing, and which days two of them cover.

use super::source::Source;
use jiff::civil::Date;
use smartexus_domain::{Currency, Gap, Outcome, Overlap, Seam, Span};
use std::collections::BTreeMap;

/// Statements that end right before one begins; more of them are copies of each other.
const NEIGHBORS_MAX: usize = 4;
/// Overlaps that are listed.
const OVERLAPS_MAX: usize = 1_000;

/// Days that are covered without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: Date,
    pub(super) last: Date,
    /// The first and the last day are those of a printed period.
    pub(super) stated: (bool, bool),
}

/// Seams, gaps and overlaps of one account.
#[derive(Debug, Default)]
pub(super) struct Seams {
    pub(super) seams: Vec<Seam>,
    pub(super) gaps: Vec<Gap>,
    pub(super) overlaps: Vec<Overlap>,
    pub(super) overlaps_left_out: usize,
    /// Covered days, cut at gaps that no balance bridges.
    pub(super) stretches: Vec<Stretch>,
}

/// Looks at the sources of one account, which are in order of rank.
pub(super) fn find(sources: &[Source<'_>], currency: Currency) -> Seams {
    let mut found = Seams::default();
    let stretches = stretches(sources);
    seams(sources, &stretches, currency, &mut found);
    for pair in stretches.windows(2) {
        let [before, after] = pair else { continue };
        let (Ok(start), Ok(end)) = (before.last.tomorrow(), after.first.yesterday()) else { continue };
        let meets = |seam: &&Seam| seam.across_gap && seam.outcome == Outcome::Pass;
        let bridged = found.seams.iter().filter(meets).any(|seam| {
            ends(sources, seam.before) == Some(before.last)
                && begins(sources, seam.after) == Some(after.first)
        });
        let stated = before.stated.1 && after.stated.0;
        found.gaps.push(Gap { days: Span { start, end }, stated, bridged });
    }
    overlaps(sources, &mut found);
    found.stretches = joined(&stretches, &found.gaps);
    found
}

fn ends(sources: &[Source<'_>], at: smartexus_domain::StatementRef) -> Option<Date> {
    sources.iter().find(|source| source.at == at)?.cover.map(|cover| cover.last)
}

fn begins(sources: &[Source<'_>], at: smartexus_domain::StatementRef) -> Option<Date> {
    sources.iter().find(|source| source.at == at)?.cover.map(|cover| cover.first)
}

/// Covered days as far as they touch.
fn stretches(sources: &[Source<'_>]) -> Vec<Stretch> {
    let mut covers: Vec<_> = sources.iter().filter_map(|source| source.cover).collect();
    covers.sort_by_key(|cover| (cover.first, cover.last, cover.stated));
    let mut stretches: Vec<Stretch> = Vec::new();
    for cover in covers {
        let touches =
            |stretch: &&mut Stretch| stretch.last.tomorrow().map_or(true, |next| cover.first <= next);
        match stretches.last_mut().filter(touches) {
            Some(stretch) if cover.last > stretch.last => {
                stretch.last = cover.last;
                stretch.stated.1 = cover.stated;
            }
            Some(stretch) => {
                stretch.stated.0 |= cover.first == stretch.first && cover.stated;
                stretch.stated.1 |= cover.last == stretch.last && cover.stated;
            }
            None => stretches.push(Stretch {
                first: cover.first,
                last: cover.last,
                stated: (cover.stated, cover.stated),
            }),
        }
    }
    stretches
}

/// Stretches put together again where the balance after a gap is the one before it.
fn joined(stretches: &[Stretch], gaps: &[Gap]) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::new();
    let bridged = std::iter::once(false).chain(gaps.iter().map(|gap| gap.bridged));
    for (stretch, bridged) in stretches.iter().zip(bridged) {
        match joined.last_mut().filter(|_| bridged) {
            Some(before) => (before.last, before.stated.1) = (stretch.last, stretch.stated.1),
            None => joined.push(*stretch),
        }
    }
    joined
}

/// Statements with printed periods: each with those that end on its first day or the day before; the first one behind a
/// gap with the last one before it.
fn seams(sources: &[Source<'_>], stretches: &[Stretch], currency: Currency, found: &mut Seams) {
    let stated = |source: &&Source<'_>| source.cover.is_some_and(|cover| cover.stated) && !source.other_dates;
    let mut by_end: BTreeMap<Date, Vec<&Source<'_>>> = BTreeMap::new();
    for source in sources.iter().filter(stated) {
        if let Some(cover) = source.cover {
            by_end.entry(cover.last).or_default().push(source);
        }
    }
    let mut starts: Vec<&Source<'_>> = sources.iter().filter(stated).collect();
    starts.sort_by_key(|source| (source.cover.map(|cover| cover.first), source.at));
    for after in starts {
        let Some(cover) = after.cover else { continue };
        let days = [Some(cover.first), cover.first.yesterday().ok()];
        let there = days.iter().flatten().filter_map(|day| by_end.get(day)).flatten();
        let earlier = |source: &&&Source<'_>| {
            source.at != after.at
                && source.cover.is_some_and(|c| c.first < cover.first || c.last < cover.last)
        };
        let before: Vec<&Source<'_>> = there.filter(earlier).take(NEIGHBORS_MAX).copied().collect();
        found.seams.extend(before.iter().map(|before| seam(before, after, false, currency)));
        let begins_stretch = stretches.iter().skip(1).any(|stretch| stretch.first == cover.first);
        if before.is_empty() && begins_stretch {
            let last = by_end.range(..cover.first).next_back().and_then(|(_, sources)| sources.first());
            found.seams.extend(last.map(|before| seam(before, after, true, currency)));
        }
    }
}

fn seam(before: &Source<'_>, after: &Source<'_>, across_gap: bool, currency: Currency) -> Seam {
    let (closing, opening) = (before.part.closing, after.part.opening);
    let outcome = match (closing, opening) {
        (Some(closing), Some(opening)) if closing == opening => Outcome::Pass,
        // Whatever happened in between explains another balance.
        (Some(_), Some(_)) if across_gap => Outcome::NotStated,
        (Some(_), Some(_)) => Outcome::Fail,
        _ => Outcome::NotStated,
    };
    let text = |minor: Option<i64>| super::printed(i128::from(minor?), currency);
    Seam {
        before: before.at,
        after: after.at,
        closing: text(closing),
        opening: text(opening),
        outcome,
        across_gap,
    }
}

/// Pairs of sources with a common day that is not a mere edge of both.
fn overlaps(sources: &[Source<'_>], found: &mut Seams) {
    let mut sorted: Vec<&Source<'_>> = sources.iter().filter(|source| source.cover.is_some()).collect();
    sorted.sort_by_key(|source| (source.cover.map(|cover| (cover.first, cover.last)), source.at));
    for (index, one) in sorted.iter().enumerate() {
        let Some(first) = one.cover else { continue };
        for other in sorted.iter().skip(index.saturating_add(1)) {
            let Some(second) = other.cover.filter(|second| second.first <= first.last) else { break };
            if second.first == first.last && first.first < second.first && first.last < second.last {
                continue;
            }
            if found.overlaps.len() >= OVERLAPS_MAX {
                found.overlaps_left_out = 1;
                return;
            }
            let days = Span { start: second.first, end: first.last.min(second.last) };
            found.overlaps.push(Overlap { one: one.at, other: other.at, days });
        }
    }
}
