//! Rows that a list has although they were not booked yet, and does not say so: the list after it has them again, booked
//! some days later. Nothing but a person can tell them from two equal transactions.

use super::ledger::Entry;
use super::matching::{BUSINESS_DAYS_MAX, business_days};
use super::source::{Row, Source};
use super::text;
use jiff::civil::Date;
use smartexus_domain::Verdict;
use std::collections::{BTreeMap, BTreeSet};

/// How many entries may be the pending form of a later one. A statement whose sums hold has none, and a row with a balance
/// beside it is booked.
pub(super) fn booked_again(sources: &[Source<'_>], entries: &[Entry]) -> usize {
    let mut by_amount: BTreeMap<i64, Vec<(Date, usize)>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(row) = entry.row(sources) {
            by_amount.entry(row.minor).or_default().push((row.date, at));
        }
    }
    by_amount.values_mut().for_each(|same| same.sort_unstable());
    let mut taken = BTreeSet::new();
    let is_again = |entry: &&Entry| {
        let Some((source, row)) = waiting(sources, entry) else { return false };
        let same = by_amount.get(&row.minor).map_or(&[][..], Vec::as_slice);
        let later = same.get(same.partition_point(|(date, _)| *date <= row.date)..).unwrap_or_default();
        let near = later.iter().take_while(|(date, _)| business_days(row.date, *date) <= BUSINESS_DAYS_MAX);
        let booked = near.map(|(_, at)| *at).find(|at| {
            let other = entries.get(*at).filter(|other| other.source != entry.source);
            !taken.contains(at) && other.is_some_and(|other| is_booked_later(sources, (source, row), other))
        });
        booked.is_some_and(|at| taken.insert(at))
    };
    entries.iter().filter(is_again).count()
}

/// A row at the end of a list that nothing proves.
fn waiting<'s, 'd>(sources: &'s [Source<'d>], entry: &Entry) -> Option<(&'s Source<'d>, &'s Row)> {
    let source = sources.get(entry.source)?;
    let row = entry.row(sources)?;
    let last = source.cover?.last;
    let may_wait = source.part.verdict != Verdict::Verified && !source.is_proper() && row.balance.is_none();
    (may_wait && business_days(row.date, last) <= BUSINESS_DAYS_MAX).then_some((source, row))
}

/// The other list begins where this one ends, and says the same with a day that this one did not know.
fn is_booked_later(sources: &[Source<'_>], (list, row): (&Source<'_>, &Row), other: &Entry) -> bool {
    let (Some(next), Some(booked)) = (sources.get(other.source), other.row(sources)) else { return false };
    let is_new = list.cover.is_some_and(|cover| booked.date > cover.last);
    is_new && !next.covers_whole(row.date) && text::may_be_one(&row.text, &booked.text)
}
