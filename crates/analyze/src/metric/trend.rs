//! Trends (mission 5.6): mean of the second half of N covered days less that of the first, over the standard deviation of
//! all N. Positive is rising.

use super::{Maker, noted_with};
use crate::day::Day;
use crate::exact::{Computed, product, ratio_to_root, sum};
use smartexus_domain::{Figure, FigureUnit, NotComputable};
use std::collections::BTreeMap;

const LENGTHS: [(usize, &str, &str); 3] = [
    (30, "balance_trend_30", "flow_trend_30"),
    (60, "balance_trend_60", "flow_trend_60"),
    (90, "balance_trend_90", "flow_trend_90"),
];

/// Both trends over 30, 60 and 90 days.
pub(crate) fn trends(maker: &Maker<'_>) -> Vec<Figure> {
    let balances = maker.scope.balances(maker.book);
    let ends = balances.map(|days| days.into_iter().map(|day| (day.day, day.end)).collect::<Vec<_>>());
    let flows = daily_flows(maker);
    LENGTHS
        .into_iter()
        .flat_map(|(length, balance, flow)| {
            [one(maker, balance, length, ends.as_deref()), one(maker, flow, length, flows.as_deref())]
        })
        .collect()
}

fn one(maker: &Maker<'_>, key: &str, length: usize, days: Result<&[(Day, i128)], &NotComputable>) -> Figure {
    let last = days.map_err(|reason| *reason).and_then(|days| {
        days.len().checked_sub(length).and_then(|from| days.get(from..)).ok_or(NotComputable::TooFew)
    });
    let values = |days: &[(Day, i128)]| days.iter().map(|(_, value)| *value).collect::<Vec<_>>();
    let value = last.and_then(|days| trend(&values(days)));
    let days: &[(Day, i128)] = last.unwrap_or_default();
    let inside = |day: Day| {
        days.first().is_some_and(|(first, _)| *first <= day) && days.last().is_some_and(|(l, _)| day <= *l)
    };
    let rows = maker.scope.rows_that(maker.book, |row| inside(row.day));
    let mut figure = maker.figure(key, FigureUnit::Ratio, value, rows);
    figure.currency = maker.scope.currency();
    match (days.first(), days.last()) {
        (Some((first, _)), Some((last, _))) => {
            noted_with(figure, format!("{length} covered days, {} to {}", first.date(), last.date()))
        }
        (None | Some(_), None | Some(_)) => figure,
    }
}

/// `(mean of the second half − mean of the first) / deviation`: with `N` values that is `2 (S₂ − S₁) / √(N Q − S²)`,
/// `S` their sum and `Q` the sum of their squares.
pub(crate) fn trend(values: &[i128]) -> Computed {
    let (first, second) = values.split_at(values.len() / 2);
    let count = i128::try_from(values.len()).map_err(|_| NotComputable::TooLarge)?;
    let (one, two) = (sum(first.iter().copied())?, sum(second.iter().copied())?);
    let squares = values.iter().map(|value| product(*value, *value)).collect::<Result<Vec<_>, _>>()?;
    let all = one.checked_add(two).ok_or(NotComputable::TooLarge)?;
    let spread =
        product(count, sum(squares)?)?.checked_sub(product(all, all)?).ok_or(NotComputable::TooLarge)?;
    ratio_to_root(product(2, two.checked_sub(one).ok_or(NotComputable::TooLarge)?)?, spread)
}

/// Net flow of every covered day.
fn daily_flows(maker: &Maker<'_>) -> Result<Vec<(Day, i128)>, NotComputable> {
    if maker.scope.days.count() == 0 {
        return Err(NotComputable::NoCoveredDays);
    }
    let mut flows: BTreeMap<Day, i128> = maker.scope.days.iter().map(|day| (day, 0)).collect();
    for row in maker.scope.rows.iter().filter_map(|row| maker.book.row(*row)) {
        if let Some(flow) = flows.get_mut(&row.day) {
            *flow = flow.checked_add(row.amount()).ok_or(NotComputable::TooLarge)?;
        }
    }
    Ok(flows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trends_by_hand() {
        // Means 2 and 4, deviation of 1 3 3 5 is √2: 2 / 1.4142.
        assert_eq!(trend(&[1, 3, 3, 5]), Ok(14_142));
        assert_eq!(trend(&[5, 3, 3, 1]), Ok(-14_142));
        assert_eq!(trend(&[7, 7, 7, 7]), Err(NotComputable::NoDeviation));
        assert_eq!(trend(&[i128::MAX, 1]), Err(NotComputable::TooLarge));
    }
}
