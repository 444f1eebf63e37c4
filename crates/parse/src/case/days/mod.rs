//! One owner a day: which source's rows count on which day.
//!
//! A day inside a source is whole. The first and last day are whole where the source is a statement with both its
//! balances; else somebody may have taken the list at any hour. The best whole source owns the day. Two statements that
//! meet on a day share it where the closing of one is the opening of the other; where it is not, balances say which of
//! them holds the whole day, else both hold a part. Days that every source holds in part are put together row by row.

mod align;
mod calendar;
mod parts;

use super::ledger::{Dropped, Entry, row};
use super::source::Source;
use calendar::{Calendar, Seams};
use jiff::civil::Date;
use parts::PartDay;
use std::collections::BTreeMap;

/// Statements that meet on one day and are compared with each other; more are parts.
const MEETING_MAX: usize = 16;

/// Rows of one day by source.
type Day = BTreeMap<usize, Vec<usize>>;

/// What was decided.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) entries: Vec<Entry>,
    /// Rows of sources that do not own their day: source and row.
    pub(super) others: Vec<(usize, usize)>,
    /// Rows of part days that are in the ledger already.
    pub(super) dropped: Vec<Dropped>,
    /// Rows of part days that were kept apart although only their texts differ.
    pub(super) kept_apart: usize,
}

/// Who owns a day.
#[derive(Debug, PartialEq, Eq)]
enum Owner {
    /// These, one after the other.
    Whole(Vec<usize>),
    /// These, each with a part.
    Parts(Vec<usize>),
}

/// How two statements that meet on a day share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meeting {
    /// The later one goes on where the earlier one ends: they share no row.
    Chain,
    /// Both hold the whole day.
    Both,
    /// The earlier one holds the whole day.
    Earlier,
    /// The later one holds the whole day.
    Later,
    /// Nobody knows.
    Neither,
}

/// Decides about every day. The sources are in order of rank.
pub(super) fn decide(sources: &[Source<'_>]) -> Decided {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for (at, source) in sources.iter().enumerate() {
        for (index, row) in source.part.rows.iter().enumerate() {
            days.entry(source.day_of(row)).or_default().entry(at).or_default().push(index);
        }
    }
    let mut calendar = Calendar::new(sources);
    let seams = Seams::new(sources);
    let mut decided = Decided::default();
    for (date, day) in &days {
        let meeting = Meetings { sources, date: *date, day, seams: &seams };
        let owner = meeting.owner(calendar.inside(*date), calendar.edges(*date));
        take(sources, (*date, day), &owner, &mut decided);
    }
    decided
}

fn take(sources: &[Source<'_>], (date, day): (Date, &Day), owner: &Owner, decided: &mut Decided) {
    let rows = |source: usize| day.get(&source).into_iter().flatten().map(move |row| (source, *row));
    let entry = |(source, row)| Entry { source, row, day: date, restored: false };
    match owner {
        Owner::Whole(owners) => {
            decided.entries.extend(owners.iter().flat_map(|at| rows(*at)).map(entry));
            decided.others.extend(day.keys().filter(|at| !owners.contains(at)).flat_map(|at| rows(*at)));
        }
        Owner::Parts(parts) => {
            let base = decided.entries.len();
            let part_day = PartDay { sources, date, base };
            for at in parts {
                let new: Vec<(usize, usize)> = rows(*at).collect();
                part_day.add(&new, decided);
            }
            decided.others.extend(day.keys().filter(|at| !parts.contains(at)).flat_map(|at| rows(*at)));
        }
    }
}

/// The sources of one day.
struct Meetings<'m, 'd> {
    sources: &'m [Source<'d>],
    date: Date,
    day: &'m Day,
    seams: &'m Seams,
}

impl Meetings<'_, '_> {
    fn owner(&self, inside: Option<usize>, edges: &[usize]) -> Owner {
        let proper =
            || edges.iter().copied().filter(|at| self.sources.get(*at).is_some_and(Source::is_proper));
        let statements: Vec<usize> = proper().take(MEETING_MAX).collect();
        let lists: Vec<usize> =
            edges.iter().copied().filter(|at| !statements.contains(at)).take(MEETING_MAX).collect();
        let is_whole = |at: &usize| {
            self.is_whole(*at, &statements) && !lists.iter().any(|list| self.goes_beyond(*list, *at))
        };
        let whole = statements.iter().copied().find(is_whole);
        match (inside, whole) {
            (Some(inside), Some(whole)) if inside < whole => Owner::Whole(self.file_of(inside)),
            (_, Some(whole)) => Owner::Whole(self.chain(whole, &statements)),
            (Some(inside), None) => Owner::Whole(self.file_of(inside)),
            (None, None) if edges.is_empty() => self.nobodys(),
            (None, None) => {
                let mut parts = edges.to_vec();
                parts.sort_by_key(|at| (self.sources.get(*at).and_then(|s| s.cover).map(|c| c.first), *at));
                Owner::Parts(parts)
            }
        }
    }

    /// Nobody but sources that date by another day, or none that covers anything: the best of those that have rows.
    fn nobodys(&self) -> Owner {
        Owner::Whole(self.day.keys().next().map(|at| self.file_of(*at)).unwrap_or_default())
    }

    /// A list and the other lists of its file that have rows on this day: nothing is merged inside one file. Statements
    /// with printed balances say themselves what they share.
    fn file_of(&self, owner: usize) -> Vec<usize> {
        let list = |at: &usize| self.sources.get(*at).filter(|source| !source.is_proper());
        let Some(own) = list(&owner) else { return vec![owner] };
        let same_file = |at: &usize| list(at).is_some_and(|source| source.at.document == own.at.document);
        let mut lists: Vec<usize> = self.day.keys().copied().filter(same_file).collect();
        lists.sort_by_key(|at| self.sources.get(*at).map(|source| source.at));
        lists
    }

    fn ends_here(&self, at: usize) -> bool {
        self.sources.get(at).and_then(|s| s.cover).is_some_and(|cover| cover.last == self.date)
    }

    fn begins_here(&self, at: usize) -> bool {
        self.sources.get(at).and_then(|s| s.cover).is_some_and(|cover| cover.first == self.date)
    }

    /// No other statement that it meets holds more of the day.
    fn is_whole(&self, at: usize, statements: &[usize]) -> bool {
        let others = || statements.iter().copied().filter(|other| *other != at);
        let before = others()
            .filter(|other| self.ends_here(*other) && self.begins_here(at))
            .map(|other| self.meeting(other, at));
        let after = others()
            .filter(|other| self.ends_here(at) && self.begins_here(*other))
            .map(|other| self.meeting(at, other));
        let (before, after): (Vec<Meeting>, Vec<Meeting>) = (before.collect(), after.collect());
        let chained = before.iter().chain(&after).any(|meeting| *meeting == Meeting::Chain);
        let less = before.iter().any(|m| matches!(m, Meeting::Earlier | Meeting::Neither))
            || after.iter().any(|m| matches!(m, Meeting::Later | Meeting::Neither));
        chained || !less
    }

    /// A list that begins where a statement ends (or ends where it begins) and has rows of that day which the statement
    /// lacks, while no neighbor confirms the statement's balance there: the statement may have been made during the day.
    fn goes_beyond(&self, list: usize, statement: usize) -> bool {
        let Some(part) = self.sources.get(statement).map(|source| source.part) else { return false };
        let open_end = self.ends_here(statement)
            && self.begins_here(list)
            && part.closing.is_some_and(|closing| !self.seams.confirms_end(self.date, closing));
        let open_start = self.begins_here(statement)
            && self.ends_here(list)
            && part.opening.is_some_and(|opening| !self.seams.confirms_start(self.date, opening));
        (open_end || open_start) && !self.holds_rows(list, statement)
    }

    /// Every amount of one list on this day is in the other.
    fn holds_rows(&self, few: usize, many: usize) -> bool {
        let sorted = |at: usize| {
            let mut amounts: Vec<i64> = self.amounts(at).collect();
            amounts.sort_unstable();
            amounts
        };
        let many = sorted(many);
        let mut rest = many.iter();
        sorted(few).iter().all(|amount| rest.any(|known| known == amount))
    }

    fn meeting(&self, earlier: usize, later: usize) -> Meeting {
        let (Some(one), Some(two)) = (self.sources.get(earlier), self.sources.get(later)) else {
            return Meeting::Neither;
        };
        let ends = |source: &Source<'_>| source.part.opening.zip(source.part.closing);
        let (Some((_, closing)), Some((opening, _))) = (ends(one), ends(two)) else {
            return Meeting::Neither;
        };
        let (closing, opening) = (i128::from(closing), i128::from(opening));
        let begins_alike = closing.saturating_sub(self.sum(earlier)) == opening;
        let ends_alike = opening.saturating_add(self.sum(later)) == closing;
        let chain = closing == opening;
        // Rows of a sum of nothing close a seam by themselves: then the rows tell.
        if chain && !(begins_alike && self.shares_rows(earlier, later)) {
            return Meeting::Chain;
        }
        match (begins_alike, ends_alike) {
            (true, true) => Meeting::Both,
            (true, false) => Meeting::Later,
            (false, true) => Meeting::Earlier,
            (false, false) => Meeting::Neither,
        }
    }

    fn sum(&self, at: usize) -> i128 {
        self.amounts(at).map(i128::from).fold(0, i128::saturating_add)
    }

    fn amounts(&self, at: usize) -> impl Iterator<Item = i64> {
        let rows = self.day.get(&at).into_iter().flatten();
        rows.filter_map(move |index| row(self.sources, at, *index)).map(|row| row.minor)
    }

    /// The rows of one are among those of the other.
    fn shares_rows(&self, one: usize, other: usize) -> bool {
        let has_rows = |at: usize| self.amounts(at).next().is_some();
        has_rows(one) && has_rows(other) && (self.holds_rows(one, other) || self.holds_rows(other, one))
    }

    /// The statements that go on from each other on this day, around one of them, earliest first.
    fn chain(&self, around: usize, statements: &[usize]) -> Vec<usize> {
        let mut chain = vec![around];
        let mut first = around;
        while self.begins_here(first) {
            let goes_before = |other: &usize| {
                !chain.contains(other)
                    && self.ends_here(*other)
                    && self.meeting(*other, first) == Meeting::Chain
            };
            let Some(before) = statements.iter().copied().find(goes_before) else { break };
            chain.insert(0, before);
            first = before;
        }
        let mut last = around;
        while self.ends_here(last) {
            let goes_after = |other: &usize| {
                !chain.contains(other)
                    && self.begins_here(*other)
                    && self.meeting(last, *other) == Meeting::Chain
            };
            let Some(after) = statements.iter().copied().find(goes_after) else { break };
            chain.push(after);
            last = after;
        }
        chain
    }
}
