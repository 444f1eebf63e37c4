//! Sources that date their rows by another day than the booking day: by value, or by purchase.

use super::matching::business_days;
use super::source::{Row, Source};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Fewer common rows tell nothing about what a date means.
const ROWS_MIN: usize = 4;
const BUSINESS_DAYS_MAX: u32 = 3;
const CALENDAR_DAYS_MAX: i64 = 5;

/// Rows of better sources that are not taken yet, by day and amount.
#[derive(Default)]
struct Known {
    booked: BTreeMap<(Date, i64), usize>,
    valued: BTreeMap<(Date, i64), usize>,
}

/// Marks every source whose rows are those of better sources, but mostly on other days: on their value dates, or within
/// three business days. The sources are in order of rank.
pub(super) fn mark(sources: &mut [Source<'_>]) {
    let mut known = Known::default();
    let mut covered: Vec<(Date, Date)> = Vec::new();
    for source in sources {
        source.other_dates = has_other_dates(source, &known, &covered);
        if source.other_dates {
            continue;
        }
        covered.extend(source.cover.map(|cover| (cover.first, cover.last)));
        for row in &source.part.rows {
            add(&mut known.booked, (row.date, row.minor));
            if let Some(value) = row.value_date {
                add(&mut known.valued, (value, row.minor));
            }
        }
    }
}

fn add(counts: &mut BTreeMap<(Date, i64), usize>, key: (Date, i64)) {
    let count = counts.entry(key).or_default();
    *count = count.saturating_add(1);
}

/// How many of these keys are known, each known one taken once.
fn found(known: &BTreeMap<(Date, i64), usize>, keys: impl Iterator<Item = (Date, i64)>) -> usize {
    let mut taken: BTreeMap<(Date, i64), usize> = BTreeMap::new();
    let is_left = |key: &(Date, i64)| {
        let count = taken.entry(*key).or_default();
        *count = count.saturating_add(1);
        known.get(key).is_some_and(|known| *count <= *known)
    };
    keys.filter(is_left).count()
}

fn has_other_dates(source: &Source<'_>, known: &Known, covered: &[(Date, Date)]) -> bool {
    let inside = |day: Date| covered.iter().any(|(first, last)| *first < day && day < *last);
    let rows: Vec<&Row> = source.part.rows.iter().filter(|row| inside(row.date)).collect();
    if rows.len() < ROWS_MIN || source.is_proper() {
        return false;
    }
    let keys = || rows.iter().map(|row| (row.date, row.minor));
    if found(&known.booked, keys()).saturating_mul(2) >= rows.len() {
        return false;
    }
    let most = rows.len().saturating_mul(4).div_ceil(5);
    let shifted = rows.iter().filter(|row| is_near(&known.booked, row)).count();
    found(&known.valued, keys()) >= most || shifted >= most
}

/// The amount is booked on another day, at most three business days away.
fn is_near(booked: &BTreeMap<(Date, i64), usize>, row: &Row) -> bool {
    let days = (1..=CALENDAR_DAYS_MAX).flat_map(|days| [days, -days]);
    days.filter_map(|days| row.date.checked_add(days.days()).ok()).any(|day| {
        booked.contains_key(&(day, row.minor)) && business_days(day, row.date) <= BUSINESS_DAYS_MAX
    })
}
