//! One owner a day: which source's rows count on which day.
//!
//! A day inside a source is whole. The first and last day are whole where the source is a statement with both its
//! balances; else somebody may have taken the list at any hour. The best whole source owns the day. Two statements that
//! meet on a day share it where the closing of one is the opening of the other; where it is not, balances say which of
//! them holds the whole day, else both hold a part. Days that every source holds in part are put together row by row.

use super::ledger::{Dropped, Entry, row};
use super::pairing::Paired;
use super::source::Source;
use super::text;
use jiff::civil::Date;
use smartexus_domain::{DocumentSource, Removal};
use std::collections::{BTreeMap, BTreeSet};

/// Statements that meet on one day and are compared with each other; more are parts.
const MEETING_MAX: usize = 16;
/// Rows of one amount on a part day whose texts are compared with each other.
const COMPARED_TEXTS_MAX: usize = 64;

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
            for at in parts {
                let new: Vec<(usize, usize)> = rows(*at).collect();
                add_part(sources, date, base, &new, decided);
            }
            decided.others.extend(day.keys().filter(|at| !parts.contains(at)).flat_map(|at| rows(*at)));
        }
    }
}

/// Puts the rows of one more part to those of a day, which begin at `base`: per equal row the larger number counts.
fn add_part(sources: &[Source<'_>], date: Date, base: usize, new: &[(usize, usize)], decided: &mut Decided) {
    let there = |at: usize| decided.entries.get(at).and_then(|entry| entry.row(sources));
    let here = |at: usize| new.get(at).and_then(|(source, index)| row(sources, *source, *index));
    let mut paired = Paired::between((base..decided.entries.len()).collect(), (0..new.len()).collect());
    let balance = |row: &super::source::Row| Some((row.minor, row.balance?));
    let by_balance = paired.by(|at| there(at).and_then(balance), |at| here(at).and_then(balance));
    // Two balances that differ are two rows, whatever else is equal.
    let told_apart = |left: usize, right: usize| {
        let balances = there(left).and_then(|row| row.balance).zip(here(right).and_then(|row| row.balance));
        balances.is_some()
    };
    let words = |row: &super::source::Row| Some((row.minor, row.text.clone()));
    let passes = |left, right| !told_apart(left, right);
    let mut by_text = paired.by_where(|at| there(at).and_then(words), |at| here(at).and_then(words), passes);
    by_text.extend(cut_texts(&mut paired, there, here, passes));
    // Paper and exports word the same row differently.
    let is_structured =
        |source: usize| sources.get(source).is_some_and(|s| s.media == DocumentSource::Structured);
    let other_media = |left: usize, right: usize| {
        let (left, right) = (decided.entries.get(left), new.get(right));
        left.zip(right)
            .is_some_and(|(entry, (source, _))| is_structured(entry.source) != is_structured(*source))
    };
    let amount = |row: &super::source::Row| Some(row.minor);
    let unlike = paired.by_where(
        |at| there(at).and_then(amount),
        |at| here(at).and_then(amount),
        |left, right| passes(left, right) && other_media(left, right),
    );
    by_text.extend(unlike);
    let open: BTreeSet<i64> = paired
        .left
        .iter()
        .filter_map(|at| there(*at))
        .filter(|row| row.balance.is_none())
        .map(|row| row.minor)
        .collect();
    let apart = paired
        .right
        .iter()
        .filter_map(|at| here(*at))
        .filter(|row| row.balance.is_none() && open.contains(&row.minor))
        .count();
    decided.kept_apart = decided.kept_apart.saturating_add(apart);

    let certain = by_balance.into_iter().map(|pair| (pair, true));
    let pairs: Vec<_> = certain.chain(by_text.into_iter().map(|pair| (pair, false))).collect();
    for ((left, right), is_certain) in pairs {
        let (Some((source, row)), Some(entry)) = (new.get(right).copied(), decided.entries.get(left)) else {
            continue;
        };
        let same_side = is_same_side(sources, date, source, entry.source);
        let reason = if is_certain || same_side { Removal::PartDay } else { Removal::PossibleDuplicate };
        decided.dropped.push(Dropped { source, row, entry: Some(left), reason, same_bank_id: false });
    }
    for right in paired.right {
        if let Some((source, row)) = new.get(right).copied() {
            decided.entries.push(Entry { source, row, day: date, restored: false });
        }
    }
}

/// Rows of one amount whose texts may be one text that was cut.
fn cut_texts<'r>(
    paired: &mut Paired,
    there: impl Fn(usize) -> Option<&'r super::source::Row>,
    here: impl Fn(usize) -> Option<&'r super::source::Row>,
    passes: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut new = Vec::new();
    for right in paired.right.clone() {
        let Some(row) = here(right) else { continue };
        let same = |left: &&usize| {
            there(**left)
                .is_some_and(|other| other.minor == row.minor && text::may_be_one(&other.text, &row.text))
                && passes(**left, right)
        };
        let Some(left) = paired.left.iter().take(COMPARED_TEXTS_MAX).find(same).copied() else { continue };
        paired.left.retain(|at| *at != left);
        paired.right.retain(|at| *at != right);
        new.push((left, right));
    }
    new
}

/// Two lists that both begin, or both end, on a day: the rows of one are among those of the other, so equal rows are one
/// row. Where one ends and the other begins, equal rows may be twins.
fn is_same_side(sources: &[Source<'_>], date: Date, one: usize, other: usize) -> bool {
    let side = |at: usize| {
        let cover = sources.get(at)?.cover?;
        match (cover.first == date, cover.last == date) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    };
    side(one).is_some() && side(one) == side(other)
}

/// Which sources cover a day, for days that only go forward.
struct Calendar {
    starts: Vec<(Date, usize)>,
    ends: BTreeMap<Date, Vec<usize>>,
    edges: BTreeMap<Date, Vec<usize>>,
    open: BTreeSet<usize>,
    next: usize,
}

impl Calendar {
    /// Sources that date by another day own nothing here.
    fn new(sources: &[Source<'_>]) -> Self {
        let (mut starts, mut ends, mut edges) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut edge = |day: Date, at: usize| {
            let there: &mut Vec<usize> = edges.entry(day).or_default();
            if !there.contains(&at) {
                there.push(at);
            }
        };
        for (at, source) in sources.iter().enumerate().filter(|(_, source)| !source.other_dates) {
            let Some(cover) = source.cover else { continue };
            starts.push((cover.first, at));
            ends.entry(cover.last).or_insert_with(Vec::new).push(at);
            edge(cover.first, at);
            edge(cover.last, at);
        }
        starts.sort_unstable();
        Self { starts, ends, edges, open: BTreeSet::new(), next: 0 }
    }

    /// The best source that has this day inside.
    fn inside(&mut self, day: Date) -> Option<usize> {
        while let Some((first, at)) = self.starts.get(self.next).filter(|(first, _)| *first < day) {
            let _ = first;
            self.open.insert(*at);
            self.next = self.next.saturating_add(1);
        }
        while let Some(entry) = self.ends.first_entry().filter(|entry| *entry.key() <= day) {
            for at in entry.remove() {
                self.open.remove(&at);
            }
        }
        self.open.first().copied()
    }

    /// The sources that begin or end on this day, best first.
    fn edges(&self, day: Date) -> &[usize] {
        self.edges.get(&day).map_or(&[], Vec::as_slice)
    }
}

/// Printed ends of all statements, to see whether an end is confirmed by a neighbor.
struct Seams {
    openings: BTreeSet<(Date, i64)>,
    closings: BTreeSet<(Date, i64)>,
}

impl Seams {
    fn new(sources: &[Source<'_>]) -> Self {
        let proper = || sources.iter().filter(|source| source.is_proper());
        let openings = proper().filter_map(|s| Some((s.cover?.first, s.part.opening?))).collect();
        let closings = proper().filter_map(|s| Some((s.cover?.last, s.part.closing?))).collect();
        Self { openings, closings }
    }

    /// A statement begins on this day or the next one with what this one ends with.
    fn confirms_end(&self, day: Date, closing: i64) -> bool {
        [Some(day), day.tomorrow().ok()]
            .into_iter()
            .flatten()
            .any(|day| self.openings.contains(&(day, closing)))
    }

    /// A statement ends on this day or the one before with what this one begins with.
    fn confirms_start(&self, day: Date, opening: i64) -> bool {
        [Some(day), day.yesterday().ok()]
            .into_iter()
            .flatten()
            .any(|day| self.closings.contains(&(day, opening)))
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
            (Some(inside), Some(whole)) if inside < whole => Owner::Whole(vec![inside]),
            (_, Some(whole)) => Owner::Whole(self.chain(whole, &statements)),
            (Some(inside), None) => Owner::Whole(vec![inside]),
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
        Owner::Whole(self.day.keys().next().copied().into_iter().collect())
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
