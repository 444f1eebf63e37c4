//! Balances by day (mission 5.1, 5.2): mean, ends, days below zero, low days.

use super::Maker;
use crate::exact::{Computed, quotient, sum};
use crate::ledger::RowIndex;
use crate::scope::SumOfDay;
use smartexus_domain::{Figure, FigureUnit, NotComputable};

/// Every figure of the end-of-day balances of a scope.
pub(crate) fn balances(maker: &Maker<'_>) -> Vec<Figure> {
    let days = maker.scope.balances(maker.book);
    let low = maker.choices.low_balance.minor(maker.scope.side.currency);
    let weekdays =
        days.clone().map(|days| days.into_iter().filter(|day| !day.day.is_weekend()).collect::<Vec<_>>());
    let all_rows = |days: &Result<Vec<SumOfDay>, NotComputable>| {
        days.as_ref().map(|days| rows(days)).unwrap_or_default()
    };
    vec![
        maker.money("average_daily_balance", days.as_deref().map_err(|e| *e).and_then(mean), all_rows(&days)),
        maker.money(
            "average_daily_balance_weekday",
            weekdays.as_deref().map_err(|e| *e).and_then(mean),
            all_rows(&weekdays),
        ),
        end(maker, "balance_min", &days, |days| days.iter().map(|day| day.end).min()),
        end(maker, "balance_max", &days, |days| days.iter().map(|day| day.end).max()),
        listed(maker, "negative_days", &days, |day| day.end < 0),
        listed(maker, "low_days", &days, |day| day.end >= 0 && low.is_ok_and(|low| day.end < low)),
        listed(maker, "intraday_negative_days", &days, |day| day.end >= 0 && day.dipped),
    ]
}

/// Mean of the days' ends.
pub(crate) fn mean(days: &[SumOfDay]) -> Computed {
    if days.is_empty() {
        return Err(NotComputable::NoCoveredDays);
    }
    quotient(sum(days.iter().map(|day| day.end))?, i128::try_from(days.len()).unwrap_or(i128::MAX))
}

fn rows(days: &[SumOfDay]) -> Vec<RowIndex> {
    let mut rows: Vec<RowIndex> = days.iter().flat_map(|day| day.last_rows.iter().copied()).collect();
    rows.sort_unstable();
    rows
}

/// The lowest or highest end, with its days.
fn end(
    maker: &Maker<'_>,
    key: &str,
    days: &Result<Vec<SumOfDay>, NotComputable>,
    pick: impl Fn(&[SumOfDay]) -> Option<i128>,
) -> Figure {
    let days = days.as_deref().map_err(|reason| *reason);
    let value = days.and_then(|days| pick(days).ok_or(NotComputable::NoCoveredDays));
    let at: Vec<SumOfDay> = match (days, value) {
        (Ok(days), Ok(value)) => days.iter().filter(|day| day.end == value).cloned().collect(),
        (Ok(_) | Err(_), Ok(_) | Err(_)) => Vec::new(),
    };
    let mut figure = maker.money(key, value, rows(&at));
    figure.dates = at.iter().map(|day| day.day.date()).collect();
    figure
}

/// Days for which something holds, listed.
fn listed(
    maker: &Maker<'_>,
    key: &str,
    days: &Result<Vec<SumOfDay>, NotComputable>,
    is: impl Fn(&SumOfDay) -> bool,
) -> Figure {
    let found = days.as_deref().map(|days| days.iter().filter(|day| is(day)).cloned().collect::<Vec<_>>());
    let count = found.as_ref().map(|found| i128::try_from(found.len()).unwrap_or(i128::MAX)).map_err(|e| **e);
    let found = found.unwrap_or_default();
    let mut figure = maker.figure(key, FigureUnit::Days, count, rows(&found));
    figure.dates = found.iter().map(|day| day.day.date()).collect();
    figure
}
