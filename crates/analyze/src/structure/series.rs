//! Rows that come again (mission 5.11): of one counterparty, direction and account. Where one payee has two series, they
//! are told apart by their amounts.

use super::cadence::{cadence, due_after, ends_after, missed};
use crate::day::Day;
use crate::exact::{
    deviation_quadrupled, median, median_doubled, printed_or_too_large, product, quotient, ratio, ratio_text,
};
use crate::id::id;
use crate::ledger::{Book, Row, RowIndex, code};
use crate::rows::PartyIndex;
use smartexus_domain::{Cadence, Series};
use std::collections::BTreeMap;

/// Fewer rows tell nothing.
const ROWS_MIN: usize = 3;
/// So many may be chance, and are called possible where their amounts agree.
const ROWS_POSSIBLE: usize = 2;
/// An amount is fixed where MAD / median is at most one in so many.
const FIXED_ONE_IN: i128 = 50;
/// Amounts sorted by size fall apart where one is more than a quarter above the one before.
const CLUSTER_FACTOR: (i128, i128) = (5, 4);

/// A series, and what others need of it.
pub(crate) struct Recurring {
    pub(crate) series: Series,
    pub(crate) rows: Vec<RowIndex>,
    /// Unmet due dates behind its last row.
    pub(crate) unmet: usize,
}

/// Every series of a book, in the order of accounts, names and first rows.
pub(crate) fn recurring(book: &Book<'_>) -> Vec<Recurring> {
    let mut found = Vec::new();
    for (at, account) in book.accounts.iter().enumerate() {
        let mut groups: BTreeMap<(PartyIndex, bool), Vec<RowIndex>> = BTreeMap::new();
        for (index, row) in book.rows_of(account).filter(|(_, row)| row.minor != 0 && !row.is_reversed) {
            if let Some(party) = row.facts.party {
                groups.entry((party, row.is_in())).or_default().push(index);
            }
        }
        let mut own: Vec<Recurring> =
            groups.into_values().flat_map(|rows| of_group(book, at, &rows)).collect();
        own.sort_by(|one, other| {
            (&one.series.counterparty, one.rows.first())
                .cmp(&(&other.series.counterparty, other.rows.first()))
        });
        found.append(&mut own);
    }
    found
}

fn of_group(book: &Book<'_>, account: usize, rows: &[RowIndex]) -> Vec<Recurring> {
    if let Some(whole) = of_rows(book, account, rows) {
        return vec![whole];
    }
    let clusters = clusters(book, rows);
    if clusters.len() < 2 {
        return Vec::new();
    }
    clusters.iter().filter_map(|rows| of_rows(book, account, rows)).collect()
}

/// Rows of about the same amount, each in ledger order.
fn clusters(book: &Book<'_>, rows: &[RowIndex]) -> Vec<Vec<RowIndex>> {
    let amount = |index: &RowIndex| book.row(*index).map_or(0, |row| row.amount().abs());
    let mut sorted = rows.to_vec();
    sorted.sort_by_key(|index| (amount(index), *index));
    let close = |one: &RowIndex, next: &RowIndex| {
        let (factor, of) = CLUSTER_FACTOR;
        amount(next).saturating_mul(of) <= amount(one).saturating_mul(factor)
    };
    sorted
        .chunk_by(close)
        .map(|cluster| {
            let mut cluster = cluster.to_vec();
            cluster.sort_unstable();
            cluster
        })
        .collect()
}

fn of_rows(book: &Book<'_>, account: usize, indices: &[RowIndex]) -> Option<Recurring> {
    let rows: Vec<&Row<'_>> = indices.iter().filter_map(|index| book.row(*index)).collect();
    if rows.len() < ROWS_POSSIBLE {
        return None;
    }
    let days: Vec<Day> = rows.iter().map(|row| row.day).collect();
    let amounts: Vec<i128> = rows.iter().map(|row| row.amount()).collect();
    let (is_possible, is_fixed) = (rows.len() < ROWS_MIN, is_fixed(&amounts));
    let cadence = cadence(&days);
    // Two rows always have one gap: only their amounts say that they belong together.
    if cadence == Cadence::Irregular || (is_possible && !is_fixed) {
        return None;
    }
    let at = book.accounts.get(account)?;
    let until = book.as_of.into_iter().chain(at.covered.last()).min()?;
    let unmet = missed(cadence, &days, &at.covered, until);
    let last = rows.last()?;
    let has_ended = unmet.at_the_end >= ends_after(cadence);
    let next = due_after(cadence, &days, last.day).next().filter(|_| !has_ended);
    let typical = median(&mut amounts.clone())?;
    let name = book.names.name(last.facts.party?);
    let first_id = rows.first()?.id;
    let series = Series {
        id: id("series", [at.id(), first_id]),
        counterparty: name.to_owned(),
        account: at.id().to_owned(),
        currency: code(at.currency),
        is_in: last.is_in(),
        category: main_leaf(book, &rows),
        cadence,
        is_possible,
        is_fixed,
        typical: printed_or_too_large(typical, at.currency),
        last: printed_or_too_large(last.amount(), at.currency),
        last_on: last.day.date(),
        next_on: next.map(|day| day.on_weekday().date()),
        missed: unmet.days.iter().map(|day| day.date()).collect(),
        drift: ratio(last.amount().saturating_sub(typical), typical).ok().map(ratio_text),
        rows: rows.iter().map(|row| row.id.to_owned()).collect(),
    };
    Some(Recurring { series, rows: indices.to_vec(), unmet: unmet.at_the_end })
}

/// MAD / median ≤ 0.02.
pub(crate) fn is_fixed(amounts: &[i128]) -> bool {
    let compute = || {
        let middle = median_doubled(&mut amounts.to_vec())?;
        let deviation = deviation_quadrupled(amounts, middle)?;
        Some(product(deviation, FIXED_ONE_IN).ok()? <= product(middle.abs(), 2).ok()?)
    };
    compute().unwrap_or(false)
}

/// The leaf that most rows have; of equals the first by name.
pub(crate) fn main_leaf(book: &Book<'_>, rows: &[&Row<'_>]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for leaf in rows.iter().filter_map(|row| book.leaf(row)) {
        *counts.entry(leaf.id.as_str()).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(id, _)| id.to_owned())
}

/// Mean of amounts.
pub(crate) fn mean(amounts: &[i128]) -> Option<i128> {
    quotient(
        amounts.iter().try_fold(0_i128, |sum, a| sum.checked_add(*a))?,
        i128::try_from(amounts.len()).ok()?,
    )
    .ok()
}
