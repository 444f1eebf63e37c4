//! Large deposits, round and unusual rows (mission 5.12), each with the threshold that it passed.

use super::{Maker, noted_with};
use crate::exact::{
    ONE, deviation_quadrupled, median_doubled, money_text, printed_or_too_large, product, quotient, sum,
};
use crate::ledger::{Row, RowIndex};
use crate::taxonomy::LeafIndex;
use smartexus_domain::{Figure, NotComputable, NotedRow};
use std::collections::BTreeMap;

/// What was found on one side.
#[derive(Default)]
pub(crate) struct Noted {
    pub(crate) figures: Vec<Figure>,
    pub(crate) rows: Vec<NotedRow>,
    /// By tag.
    pub(crate) tagged: Vec<(&'static str, Vec<RowIndex>)>,
}

/// A row, what it passed, made from so many rows.
struct Passed {
    row: RowIndex,
    kind: &'static str,
    threshold: String,
    of_rows: usize,
    evidence: String,
}

/// Everything worth a look on the whole of one account.
pub(crate) fn noted(maker: &Maker<'_>) -> Noted {
    let (large, mean) = large(maker);
    let (round, unusual) = (round(maker), unusual(maker));
    let rows = |passed: &[Passed]| passed.iter().map(|passed| passed.row).collect::<Vec<_>>();
    let thousands: Vec<RowIndex> =
        round.iter().filter(|passed| passed.kind == "round_1000").map(|passed| passed.row).collect();
    let figure = maker.count("large_deposits", large.len(), rows(&large));
    let figures = vec![
        match mean {
            Some(threshold) => noted_with(figure, format!("above {threshold}")),
            None => figure,
        },
        maker.count("round_rows", round.len(), rows(&round)),
        maker.count("round_1000_rows", thousands.len(), thousands.clone()),
        noted_with(
            maker.count("unusual_rows", unusual.len(), rows(&unusual)),
            format!("above {}", maker.choices.unusual),
        ),
    ];
    let hundreds =
        round.iter().filter(|passed| passed.kind == "round_100").map(|passed| passed.row).collect();
    let tagged = vec![
        ("large_deposit", rows(&large)),
        ("round_100", hundreds),
        ("round_1000", thousands),
        ("unusual", rows(&unusual)),
    ];
    let listed = large.into_iter().chain(round).chain(unusual).filter_map(|passed| {
        Some(NotedRow {
            row: maker.book.row(passed.row)?.id.to_owned(),
            kind: passed.kind.to_owned(),
            threshold: passed.threshold,
            of_rows: u32::try_from(passed.of_rows).unwrap_or(u32::MAX),
            evidence: passed.evidence,
        })
    });
    Noted { rows: listed.take(maker.book.limits.rows_listed_max).collect(), figures, tagged }
}

/// `x > mean deposit × (1 + p)`, without rounding the mean.
fn large(maker: &Maker<'_>) -> (Vec<Passed>, Option<String>) {
    let deposits = maker.scope.rows_that(maker.book, |row| row.is_in());
    let amount = |index: &RowIndex| maker.book.row(*index).map_or(0, Row::amount);
    let count = i128::try_from(deposits.len()).unwrap_or(i128::MAX);
    let factor = ONE.saturating_add(maker.choices.large_deposit.scaled());
    let limit = sum(deposits.iter().map(amount)).and_then(|sum| product(sum, factor));
    let (Ok(limit), false) = (limit, deposits.is_empty()) else { return (Vec::new(), None) };
    let currency = maker.scope.side.currency;
    let threshold =
        product(count, ONE).and_then(|all| quotient(limit, all)).and_then(|t| money_text(t, currency));
    let Ok(threshold) = threshold else { return (Vec::new(), None) };
    let is_large = |index: &&RowIndex| {
        product(amount(index), count).and_then(|all| product(all, ONE)).is_ok_and(|all| all > limit)
    };
    let passed = |index: &RowIndex| Passed {
        row: *index,
        kind: "large_deposit",
        threshold: threshold.clone(),
        of_rows: deposits.len(),
        evidence: format!(
            "{} is above {threshold}, the mean of {} deposits × {}",
            printed_or_too_large(amount(index), currency),
            deposits.len(),
            crate::exact::ratio_text(factor),
        ),
    };
    (deposits.iter().filter(is_large).map(passed).collect(), Some(threshold))
}

/// Multiples of 100 and of 1000 whole units.
fn round(maker: &Maker<'_>) -> Vec<Passed> {
    let currency = maker.scope.side.currency;
    let hundred = 10_i128.pow(currency.exponent()).saturating_mul(100);
    let thousand = hundred.saturating_mul(10);
    let passed = |index: &RowIndex| {
        let amount = maker.book.row(*index)?.amount();
        if amount == 0 || amount % hundred != 0 {
            return None;
        }
        let (kind, of) =
            if amount % thousand == 0 { ("round_1000", thousand) } else { ("round_100", hundred) };
        let (amount, of) = (printed_or_too_large(amount, currency), printed_or_too_large(of, currency));
        let evidence = format!("{amount} is a multiple of {of}");
        Some(Passed { row: *index, kind, threshold: of, of_rows: 1, evidence })
    };
    maker.scope.rows.iter().filter_map(passed).collect()
}

/// `0.6745 · abs(abs(x) − median) / MAD > t` within its category, in whole numbers.
fn unusual(maker: &Maker<'_>) -> Vec<Passed> {
    let mut by_leaf: BTreeMap<LeafIndex, Vec<RowIndex>> = BTreeMap::new();
    for index in &maker.scope.rows {
        if let Some(leaf) = maker.book.row(*index).and_then(|row| row.facts.leaf) {
            by_leaf.entry(leaf).or_default().push(*index);
        }
    }
    let least = usize::try_from(maker.choices.unusual_rows_min.max(1)).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for (leaf, rows) in by_leaf.into_iter().filter(|(_, rows)| rows.len() >= least) {
        let name = maker.book.leaf_of(leaf).map_or("", |leaf| leaf.id.as_str());
        // A category whose amounts pass 128 bits is left alone.
        found.extend(unusual_in(maker, name, &rows).unwrap_or_default());
    }
    found.sort_by_key(|passed| passed.row);
    found
}

fn unusual_in(maker: &Maker<'_>, leaf: &str, rows: &[RowIndex]) -> Result<Vec<Passed>, NotComputable> {
    let amount = |index: &RowIndex| maker.book.row(*index).map_or(0, |row| row.amount().abs());
    let amounts: Vec<i128> = rows.iter().map(amount).collect();
    let median = median_doubled(&mut amounts.clone()).ok_or(NotComputable::TooFew)?;
    let deviation = deviation_quadrupled(&amounts, median).ok_or(NotComputable::TooLarge)?;
    if deviation == 0 {
        return Err(NotComputable::NoDeviation);
    }
    let currency = maker.scope.side.currency;
    let mut found = Vec::new();
    for index in rows {
        let distance = product(product(amount(index), 2)?.saturating_sub(median).abs(), 2)?;
        if product(6_745, distance)? > product(maker.choices.unusual.scaled(), deviation)? {
            let middle = printed_or_too_large(quotient(median, 2)?, currency);
            found.push(Passed {
                row: *index,
                kind: "unusual",
                threshold: maker.choices.unusual.to_string(),
                of_rows: rows.len(),
                evidence: format!(
                    "{} is {} robust deviations from {middle}, the median of {} rows of {leaf}",
                    printed_or_too_large(amount(index), currency),
                    crate::exact::ratio_text(quotient(product(6_745, distance)?, deviation)?),
                    rows.len(),
                ),
            });
        }
    }
    Ok(found)
}
