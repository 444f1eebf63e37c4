//! Fees for items without cover, and items that came back (mission 5.3).
//!
//! One fee row may stand for several items: the fee of one is the largest amount of a range that divides every fee.

use super::{Maker, noted_with};
use crate::choices::FeeDivisors;
use crate::exact::printed_or_too_large;
use crate::ledger::{Row, RowIndex, code};
use crate::rows::Mark;
use crate::scope::{Scope, Whose};
use smartexus_domain::{Currency, Figure, Finding, NotComputable, ReturnedItems};
use std::collections::BTreeSet;

/// What was found on all accounts.
#[derive(Default)]
pub(crate) struct Returned {
    pub(crate) figures: Vec<Figure>,
    pub(crate) items: Vec<ReturnedItems>,
    pub(crate) findings: Vec<Finding>,
}

/// Amounts that are tried for the fee of one item: a range and a step may be anything.
const CANDIDATES_MAX: usize = 100_000;

/// Kinds of fee rows: name, leaf, keys of the three figures.
const FEES: [(&str, &str, [&str; 3]); 2] = [
    ("nsf", "fee.nsf", ["nsf_count", "nsf_rows", "nsf_days"]),
    ("overdraft", "fee.overdraft", ["overdraft_count", "overdraft_rows", "overdraft_days"]),
];

/// Counts over the whole of one side. Over all accounts each account keeps its own fee.
pub(crate) fn returned(maker: &Maker<'_>) -> Returned {
    let mut found = Returned::default();
    for (kind, leaf, keys) in FEES {
        let of_kind = |row: &Row<'_>| {
            row.is_out()
                && !row.facts.has(Mark::YearToDate)
                && maker.book.leaf(row).is_some_and(|known| known.id == leaf)
        };
        let rows = maker.scope.rows_that(maker.book, of_kind);
        let parts: Vec<Fees> = accounts(maker.scope).iter().map(|at| Fees::of(maker, *at, &rows)).collect();
        fee_figures(maker, kind, keys, &rows, &parts, &mut found);
    }
    for (key, mark) in [("nsf_paid_rows", Mark::NsfPaid), ("nsf_returned_rows", Mark::NsfReturned)] {
        let rows = maker.scope.rows_that(maker.book, |row| row.is_out() && row.facts.has(mark));
        found.figures.push(maker.count(key, rows.len(), rows));
    }
    items(maker, &mut found);
    found
}

fn fee_figures(
    maker: &Maker<'_>,
    kind: &str,
    [count, raw, days]: [&str; 3],
    rows: &[RowIndex],
    parts: &[Fees],
    found: &mut Returned,
) {
    let events = parts.iter().map(|fees| fees.count).fold(0, usize::saturating_add);
    found.figures.push(maker.count(count, events, rows.to_vec()));
    found.figures.push(maker.count(raw, rows.len(), rows.to_vec()));
    found.figures.push(maker.days(days, distinct_days(maker, rows), rows.to_vec()));
    let (Whose::One(_), [fees]) = (maker.scope.side.whose, parts) else { return };
    let divisor = fees.divisors.first().copied();
    let figure = maker.money("fee_divisor", divisor.ok_or(NotComputable::TooFew), rows.to_vec());
    found.figures.push(noted_with(figure, kind));
    if rows.is_empty() {
        return;
    }
    let currency = maker.scope.side.currency;
    if fees.divisors.len() > 1 {
        let message = format!(
            "The {kind} fees of one account can be counted by more than one fee: {}. The largest is taken.",
            fees.divisors.iter().map(|d| printed_or_too_large(*d, currency)).collect::<Vec<_>>().join(", ")
        );
        found.findings.push(Finding::new("fee_divisor_ambiguous", message));
    }
    found.items.push(item(maker, kind, fees.count, rows, &fees.divisors));
}

/// Items and payments that came back. A fee for one is no second one.
fn items(maker: &Maker<'_>, found: &mut Returned) {
    let is_item = |row: &Row<'_>| {
        let leaf = maker.book.leaf(row).map(|leaf| leaf.id.as_str());
        let is_fee = leaf.is_some_and(|leaf| leaf.starts_with("fee."));
        !is_fee && (leaf == Some("adj.returned_payment") || row.facts.has(Mark::Returned))
    };
    let rows = maker.scope.rows_that(maker.book, is_item);
    found.figures.push(maker.count("returned_count", rows.len(), rows.clone()));
    found.figures.push(maker.days("returned_days", distinct_days(maker, &rows), rows.clone()));
    if matches!(maker.scope.side.whose, Whose::One(_)) && !rows.is_empty() {
        found.items.push(item(maker, "returned", rows.len(), &rows, &[]));
    }
}

fn item(maker: &Maker<'_>, kind: &str, count: usize, rows: &[RowIndex], divisors: &[i128]) -> ReturnedItems {
    let currency = maker.scope.side.currency;
    let amounts = rows.iter().filter_map(|row| maker.book.row(*row)).map(Row::amount);
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    ReturnedItems {
        kind: kind.to_owned(),
        account: maker.scope.side.name(maker.book),
        currency: code(currency),
        count: small(count),
        fee_rows: if kind == "returned" { 0 } else { small(rows.len()) },
        days: small(distinct_days(maker, rows)),
        divisor: divisors.first().map(|divisor| printed_or_too_large(*divisor, currency)),
        other_divisors: divisors
            .iter()
            .skip(1)
            .map(|divisor| printed_or_too_large(*divisor, currency))
            .collect(),
        amount: printed_or_too_large(amounts.sum(), currency),
        rows: maker.book.ids(rows.iter().copied()).0,
    }
}

fn accounts(scope: &Scope<'_>) -> Vec<usize> {
    scope.side.accounts.clone()
}

fn distinct_days(maker: &Maker<'_>, rows: &[RowIndex]) -> usize {
    rows.iter().filter_map(|row| maker.book.row(*row)).map(|row| row.day).collect::<BTreeSet<_>>().len()
}

/// Fees of one kind on one account.
struct Fees {
    count: usize,
    /// Largest first.
    divisors: Vec<i128>,
}

impl Fees {
    fn of(maker: &Maker<'_>, account: usize, rows: &[RowIndex]) -> Self {
        let own = rows.iter().filter_map(|row| maker.book.row(*row)).filter(|row| row.account == account);
        let fees: Vec<i128> = own.map(|row| row.amount().abs()).collect();
        let currency = maker.scope.side.currency;
        let divisors = maker
            .choices
            .fee_divisors_of(currency)
            .map(|range| divisors(&fees, range, currency))
            .unwrap_or_default();
        let by_divisor = divisors.first().and_then(|divisor| {
            let sum: i128 = fees.iter().sum();
            usize::try_from(sum.checked_div(*divisor)?).ok()
        });
        Self { count: by_divisor.unwrap_or(fees.len()), divisors }
    }
}

/// Every amount of the range that divides all fees, largest first; none of no fees.
fn divisors(fees: &[i128], range: FeeDivisors, currency: Currency) -> Vec<i128> {
    let (Ok(least), Ok(most), Ok(step)) =
        (range.least.minor(currency), range.most.minor(currency), range.step.minor(currency))
    else {
        return Vec::new();
    };
    // A step below the currency's smallest unit is that unit.
    let step = step.max(1);
    if fees.is_empty() || least <= 0 {
        return Vec::new();
    }
    // What divides all divides their greatest common divisor.
    let common = fees.iter().copied().fold(0, greatest_common_divisor);
    let largest = most - most % step;
    let candidates = (0..).map(|steps: i128| largest - steps * step).take(CANDIDATES_MAX);
    candidates.take_while(|divisor| *divisor >= least).filter(|divisor| common % divisor == 0).collect()
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choices::Choices;

    #[test]
    fn the_fee_of_one_item_by_hand() {
        let range = Choices::embedded().unwrap().fee_divisors_any.unwrap();
        let usd = Currency::from_code("USD").unwrap();
        for (fees, expected) in [
            (&[3_500][..], &[3_500][..]),
            (&[3_500, 7_000], &[3_500]),
            (&[7_200, 10_800], &[3_600]),
            (&[10_800], &[5_400, 3_600, 2_700]),
            (&[3_500, 3_400], &[]),
            (&[1_000], &[]),
            (&[2_499], &[]),
            (&[2_500], &[2_500]),
            (&[6_000], &[6_000, 3_000]),
            (&[6_050], &[]),
            (&[], &[]),
        ] {
            assert_eq!(divisors(fees, range, usd), expected, "{fees:?}");
        }
    }
}
