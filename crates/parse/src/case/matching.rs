//! The rows of sources that do not own their days, found again in the ledger: what agrees corroborates, what does not is
//! a disagreement. The amount is exact; the date may be a day off, because banks print different days of one booking.

use super::ledger::{Dropped, Entry, row};
use super::pairing::Paired;
use super::source::{Row, Source};
use super::text;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use smartexus_domain::{Difference, Removal};
use std::collections::{BTreeMap, BTreeSet};

/// Days between two kinds of date of one booking; a pending row is booked as late.
pub(super) const BUSINESS_DAYS_MAX: u32 = 3;
/// So many calendar days hold that many business days, weekends included.
const CALENDAR_DAYS_MAX: i64 = 5;

/// One thing that a source says differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Differs {
    pub(super) difference: Difference,
    pub(super) source: usize,
    /// Position among the rows of the source.
    pub(super) row: Option<usize>,
    /// Position among the entries.
    pub(super) entry: Option<usize>,
}

/// What became of the rows that do not own their days.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub(super) dropped: Vec<Dropped>,
    pub(super) differs: Vec<Differs>,
    /// Entries of two owners that may be one booking, dated a day apart where the owner changes.
    pub(super) shifted: usize,
}

/// Business days (Monday to Friday) from the earlier day to the later one; many for days far apart.
pub(super) fn business_days(one: Date, other: Date) -> u32 {
    let (first, last) = (one.min(other), one.max(other));
    if (last - first).get_days() > 31 {
        return u32::MAX;
    }
    let works = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = first.series(1.day()).skip(1).take_while(|day| *day <= last).filter(works).count();
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// Finds the rows of `others` among the entries, source by source.
pub(super) fn find(
    sources: &[Source<'_>],
    entries: &[Entry],
    others: &[(usize, usize)],
    dropped: &[Dropped],
) -> Matched {
    let mut by_date: Vec<(Date, usize)> =
        entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.row(sources)?.date, at))).collect();
    by_date.sort_unstable();
    let (mut of, mut own, mut taken) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (source, row) in others {
        of.entry(*source).or_insert_with(Vec::new).push(*row);
    }
    for (at, entry) in entries.iter().enumerate() {
        own.entry(entry.source).or_insert_with(Vec::new).push(at);
    }
    for row in dropped {
        taken.entry(row.source).or_insert_with(BTreeSet::new).extend(row.entry);
    }
    let mut matched = Matched::default();
    for (at, source) in sources.iter().enumerate() {
        let rows: Vec<usize> = of.remove(&at).unwrap_or_default();
        let taken = taken.remove(&at).unwrap_or_default();
        let search = Search { sources, entries, source, at, own: own.get(&at).map_or(&[], Vec::as_slice) };
        search.run(&rows, &search.near(&by_date, &rows, &taken), &mut matched);
    }
    matched
}

/// The rows of one source against the entries of the others.
struct Search<'s, 'd> {
    sources: &'s [Source<'d>],
    entries: &'s [Entry],
    source: &'s Source<'d>,
    at: usize,
    /// Entries that are this source's own.
    own: &'s [usize],
}

impl Search<'_, '_> {
    fn row(&self, index: usize) -> Option<&Row> {
        row(self.sources, self.at, index)
    }

    fn entry(&self, at: usize) -> Option<&Row> {
        self.entries.get(at)?.row(self.sources)
    }

    /// Entries of other sources from some days before the first to some days after the last day of this one.
    fn near(&self, by_date: &[(Date, usize)], rows: &[usize], taken: &BTreeSet<usize>) -> Vec<usize> {
        let days = || rows.iter().filter_map(|index| self.row(*index)).map(|row| row.date);
        let cover = self.source.cover.map(|cover| (cover.first, cover.last));
        let edges = || days().chain(cover.iter().flat_map(|(first, last)| [*first, *last]));
        let (Some(first), Some(last)) = (edges().min(), edges().max()) else { return Vec::new() };
        let first = first.saturating_sub(CALENDAR_DAYS_MAX.days());
        let last = last.saturating_add(CALENDAR_DAYS_MAX.days());
        let start = by_date.partition_point(|(date, _)| *date < first);
        let end = by_date.partition_point(|(date, _)| *date <= last);
        let foreign = |at: &usize| self.entries.get(*at).is_some_and(|entry| entry.source != self.at);
        let near = by_date.get(start..end).unwrap_or_default().iter().map(|(_, at)| *at);
        near.filter(foreign).filter(|at| !taken.contains(at)).collect()
    }

    fn run(&self, rows: &[usize], near: &[usize], matched: &mut Matched) {
        let mut paired = Paired::between(rows.to_vec(), near.to_vec());
        self.same_day(&mut paired);
        let same_day = std::mem::take(&mut paired.pairs);
        self.same_day_found(&same_day, matched);
        if self.source.other_dates {
            self.other_dates(&mut paired);
        } else {
            self.a_day_apart(&mut paired);
        }
        for (index, entry) in std::mem::take(&mut paired.pairs) {
            self.found(index, entry, matched);
            if !self.source.other_dates {
                matched.differs.push(self.differs(Difference::Date, Some(index), Some(entry)));
            }
        }
        self.not_found(paired, matched);
    }

    /// By the bank's own id where it is one, by text, then by the amount alone.
    fn same_day(&self, paired: &mut Paired) {
        let (ours, theirs) = (
            Self::unique_ids(&paired.left, |at| self.row(at)),
            Self::unique_ids(&paired.right, |at| self.entry(at)),
        );
        let id = |row: &Row, unique: &BTreeSet<Box<str>>| {
            let id = row.bank_id.clone().filter(|id| unique.contains(id))?;
            Some((row.date, row.minor, id))
        };
        paired.by(|at| id(self.row(at)?, &ours), |at| id(self.entry(at)?, &theirs));
        let words = |row: &Row| (row.date, row.minor, row.text.clone());
        paired.by(|at| self.row(at).map(words), |at| self.entry(at).map(words));
        let plain = |row: &Row| (row.date, row.minor);
        paired.by(|at| self.row(at).map(plain), |at| self.entry(at).map(plain));
    }

    /// Ids that stand at one row only.
    fn unique_ids<'r>(places: &[usize], row: impl Fn(usize) -> Option<&'r Row>) -> BTreeSet<Box<str>> {
        let mut seen: BTreeMap<Box<str>, usize> = BTreeMap::new();
        for id in places.iter().filter_map(|at| row(*at)?.bank_id.clone()) {
            let count = seen.entry(id).or_default();
            *count = count.saturating_add(1);
        }
        seen.into_iter().filter(|(_, count)| *count == 1).map(|(id, _)| id).collect()
    }

    fn same_day_found(&self, pairs: &[(usize, usize)], matched: &mut Matched) {
        let ends_day = |index: usize, row: &Row| {
            index.checked_add(1).and_then(|next| self.row(next)).is_none_or(|next| next.date != row.date)
        };
        for (index, at) in pairs {
            self.found(*index, *at, matched);
            let (Some(here), Some(there), Some(entry)) =
                (self.row(*index), self.entry(*at), self.entries.get(*at))
            else {
                continue;
            };
            // Inside a day two sources may list in two orders; at its end the balance is one.
            let next = entry.row.checked_add(1).and_then(|next| row(self.sources, entry.source, next));
            let both_end = ends_day(*index, here) && next.is_none_or(|next| next.date != there.date);
            let is_other = here.balance.zip(there.balance).is_some_and(|(one, other)| one != other);
            if both_end && is_other && self.covers_end_of(here.date) {
                matched.differs.push(self.differs(Difference::Balance, Some(*index), Some(*at)));
            }
        }
    }

    /// The last row of its last day may have others behind it.
    fn covers_end_of(&self, day: Date) -> bool {
        self.source.covers_whole(day)
    }

    fn found(&self, index: usize, at: usize, matched: &mut Matched) {
        let (source, reason) = (self.at, Removal::OtherSource);
        matched.dropped.push(Dropped { source, row: index, entry: Some(at), reason });
    }

    fn a_day_apart(&self, paired: &mut Paired) {
        for days in [1_i64, -1] {
            let shifted = |row: &Row| Some((row.date.checked_add(days.days()).ok()?, row.minor));
            let there = |at: usize| {
                let row = self.entry(at)?;
                Some((row.date, row.minor))
            };
            paired.by(|at| self.row(at).and_then(shifted), there);
        }
    }

    /// A source that dates by value or purchase: by the ledger's value date, else within some business days.
    fn other_dates(&self, paired: &mut Paired) {
        let here = |at: usize| self.row(at).map(|row| (row.date, row.minor));
        paired.by(here, |at| self.entry(at).and_then(|row| Some((row.value_date?, row.minor))));
        for days in (1..=CALENDAR_DAYS_MAX).flat_map(|days| [days, -days]) {
            let shifted = |row: &Row| Some((row.date.checked_add(days.days()).ok()?, row.minor));
            let there = |at: usize| self.entry(at).map(|row| (row.date, row.minor));
            let near = |left: usize, right: usize| {
                let dates = self.row(left).zip(self.entry(right)).map(|(one, other)| (one.date, other.date));
                dates.is_some_and(|(one, other)| business_days(one, other) <= BUSINESS_DAYS_MAX)
            };
            paired.by_where(|at| self.row(at).and_then(shifted), there, near);
        }
    }

    fn differs(&self, difference: Difference, row: Option<usize>, entry: Option<usize>) -> Differs {
        Differs { difference, source: self.at, row, entry }
    }

    /// What is only here, and what this source covers and lacks.
    fn not_found(&self, mut paired: Paired, matched: &mut Matched) {
        let last = self.source.cover.map(|cover| cover.last);
        for days in 1..=CALENDAR_DAYS_MAX {
            let booked = |row: &Row| Some((row.date.checked_add(days.days()).ok()?, row.minor));
            // What is booked after this list ends, it could not know.
            let later = |at: usize| {
                let row = self.entry(at).filter(|row| last.is_some_and(|last| row.date > last))?;
                Some((row.date, row.minor))
            };
            let alike = |left: usize, right: usize| {
                self.row(left).zip(self.entry(right)).is_some_and(|(one, other)| {
                    business_days(one.date, other.date) <= BUSINESS_DAYS_MAX
                        && text::may_be_one(&one.text, &other.text)
                })
            };
            for (index, at) in paired.by_where(|at| self.row(at).and_then(booked), later, alike) {
                self.found(index, at, matched);
                matched.differs.push(self.differs(Difference::BookedLater, Some(index), Some(at)));
            }
        }
        let covers = |at: &usize| {
            let entry = self.entries.get(*at);
            !self.source.other_dates && entry.is_some_and(|entry| self.should_have(entry))
        };
        paired.right.retain(covers);
        self.shifted(&paired.right, matched);
        let words = |row: &Row| Some((row.date, row.text.clone())).filter(|(_, text)| !text.is_empty());
        for (index, at) in paired.by(|at| self.row(at).and_then(words), |at| self.entry(at).and_then(words)) {
            matched.dropped.push(self.lost(index));
            matched.differs.push(self.differs(Difference::Amount, Some(index), Some(at)));
        }
        for index in paired.left {
            matched.dropped.push(self.lost(index));
            matched.differs.push(self.differs(Difference::OnlyHere, Some(index), None));
        }
        let missing =
            paired.right.into_iter().map(|at| self.differs(Difference::MissingHere, None, Some(at)));
        matched.differs.extend(missing);
    }

    /// This source covers the day of the entry. Where one source ends on a day and the other begins on it, neither needs
    /// the rows of the other.
    fn should_have(&self, entry: &Entry) -> bool {
        let (Some(own), Some(other)) =
            (self.source.cover, self.sources.get(entry.source).and_then(|s| s.cover))
        else {
            return false;
        };
        let day = entry.day;
        let meet = (own.last == day && other.first == day) || (own.first == day && other.last == day);
        self.source.covers_whole(day) && !meet
    }

    fn lost(&self, index: usize) -> Dropped {
        let (source, reason) = (self.at, Removal::NotInDeciding);
        Dropped { source, row: index, entry: None, reason }
    }

    /// An entry that this source lacks, while it owns an equal one a day apart that the entry's source does not cover.
    fn shifted(&self, missing: &[usize], matched: &mut Matched) {
        if missing.is_empty() || self.own.is_empty() {
            return;
        }
        let mut paired = Paired::between(self.own.to_vec(), missing.to_vec());
        let blind = |left: usize, right: usize| {
            let day = self.entries.get(left).map(|entry| entry.day);
            let other = self.entries.get(right).and_then(|entry| self.sources.get(entry.source));
            day.zip(other).is_some_and(|(day, other)| !other.covers_whole(day))
        };
        for days in [1_i64, -1] {
            let here = |at: usize| {
                let row = self.entry(at)?;
                Some((row.date.checked_add(days.days()).ok()?, row.minor))
            };
            let there = |at: usize| self.entry(at).map(|row| (row.date, row.minor));
            let pairs = paired.by_where(here, there, blind).len();
            matched.shifted = matched.shifted.saturating_add(pairs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_are_no_business_days() {
        // 2026-03-06 is a Friday.
        for (one, other, days) in [
            (date(2026, 3, 6), date(2026, 3, 6), 0),
            (date(2026, 3, 6), date(2026, 3, 8), 0),
            (date(2026, 3, 6), date(2026, 3, 9), 1),
            (date(2026, 3, 11), date(2026, 3, 6), 3),
            (date(2026, 3, 6), date(2027, 3, 6), u32::MAX),
        ] {
            assert_eq!(business_days(one, other), days, "{one} {other}");
        }
    }
}
