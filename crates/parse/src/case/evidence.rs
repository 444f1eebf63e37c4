//! What the rows of two statements say about whether they are of one account.

use super::source::Source;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer rows on days that both cover say nothing.
const ROWS_MIN: usize = 3;
/// That many of 100 rows on common days must be in both.
const SAME_PERCENT: usize = 90;
/// With so many or fewer of 100 in both, they are of two accounts.
const OTHER_PERCENT: usize = 20;

/// Days without a row between two lists that state no period.
const QUIET_DAYS_MAX: i32 = 10;

/// What common days say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// The rows are the same.
    Same,
    /// The rows are others.
    Other,
    /// Too few common days or rows, or something between.
    Unclear,
}

/// Compares the rows on days that both cover as a whole: same amount, at most a day apart.
pub(super) fn agreement(one: &Source<'_>, other: &Source<'_>) -> Agreement {
    if !same_currency(one, other) {
        return Agreement::Other;
    }
    let common = |row: &super::source::Row| one.covers_whole(row.date) && other.covers_whole(row.date);
    let rows = |source: &Source<'_>| -> BTreeMap<i64, Vec<Date>> {
        let mut by_amount: BTreeMap<i64, Vec<Date>> = BTreeMap::new();
        for row in source.part.rows.iter().filter(|row| common(row)) {
            by_amount.entry(row.minor).or_default().push(row.date);
        }
        by_amount.values_mut().for_each(|days| days.sort_unstable());
        by_amount
    };
    let (ones, others) = (rows(one), rows(other));
    let count = |rows: &BTreeMap<i64, Vec<Date>>| rows.values().map(Vec::len).fold(0, usize::saturating_add);
    let most = count(&ones).max(count(&others));
    let both = ones.iter().filter_map(|(minor, days)| others.get(minor).map(|other| in_both(days, other)));
    let both = both.fold(0, usize::saturating_add);
    let percent = both.saturating_mul(100).checked_div(most).unwrap_or(0);
    match percent {
        SAME_PERCENT.. if most >= ROWS_MIN => Agreement::Same,
        ..=OTHER_PERCENT if most >= ROWS_MIN => Agreement::Other,
        _ if shares_balance(one, other) => Agreement::Same,
        _ => Agreement::Unclear,
    }
}

/// A row of both with the same day, amount and running balance: two accounts do not agree on all three to the cent. A
/// balance of nothing, or of the amount itself, is one that an account begins with, so it does not count.
fn shares_balance(one: &Source<'_>, other: &Source<'_>) -> bool {
    let rows = |source: &Source<'_>| -> BTreeSet<(Date, i64, i64)> {
        let keyed = source.part.rows.iter().filter_map(|row| Some((row.date, row.minor, row.balance?)));
        keyed.filter(|(_, minor, balance)| *balance != 0 && balance != minor).collect()
    };
    let overlap = one.cover.zip(other.cover).is_some_and(|(a, b)| a.first <= b.last && b.first <= a.last);
    overlap && !rows(one).is_disjoint(&rows(other))
}

/// Days of two sorted lists paired one to one, at most a day apart.
fn in_both(ones: &[Date], others: &[Date]) -> usize {
    let (mut ones, mut others) = (ones.iter().peekable(), others.iter().peekable());
    let mut both = 0_usize;
    while let (Some(one), Some(other)) = (ones.peek(), others.peek()) {
        let apart = (**one - **other).get_days();
        if apart.abs() <= 1 {
            both = both.saturating_add(1);
        }
        if apart <= 1 {
            ones.next();
        }
        if apart >= -1 {
            others.next();
        }
    }
    both
}

/// One goes on where the other ends: the days touch and the balance is the same, and not nothing. Where no period is
/// printed, some quiet days may lie between the last row of one and the first of the other.
pub(super) fn goes_on(before: &Source<'_>, after: &Source<'_>) -> bool {
    let (Some(one), Some(other)) = (before.cover, after.cover) else { return false };
    let days = (other.first - one.last).get_days();
    let most = if one.stated && other.stated { 1 } else { QUIET_DAYS_MAX };
    let touch = (0..=most).contains(&days);
    let (left, found) = (before.implied_ends().1, after.implied_ends().0);
    same_currency(before, after) && touch && left.is_some_and(|left| left != 0) && left == found
}

fn same_currency(one: &Source<'_>, other: &Source<'_>) -> bool {
    let (one, other) = (one.currency(), other.currency());
    one == other || !one.is_known() || !other.is_known()
}
