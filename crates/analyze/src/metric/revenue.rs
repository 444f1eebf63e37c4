//! Deposits and true revenue (mission 5.4). `gross = true + deducted + undecided`, to the cent, by construction: every row
//! of money in has exactly one class.

use super::{Maker, noted_with};
use crate::exact::{Computed, quotient, sum};
use crate::facet::Facet;
use crate::ledger::{Row, RowIndex};
use crate::scope::Side;
use smartexus_domain::{Figure, NotComputable};
use std::collections::BTreeSet;

/// Sum of a facet over a scope.
pub(crate) fn total(maker: &Maker<'_>, facet: Facet) -> Computed {
    if maker.scope.days.count() == 0 && maker.scope.rows.is_empty() {
        return Err(NotComputable::NoCoveredDays);
    }
    maker.sums.total(maker.scope, facet).map(|(sum, _)| sum).ok_or(NotComputable::TooLarge)
}

/// The same, where it needs categories.
pub(crate) fn categorized(maker: &Maker<'_>, facet: Facet) -> Computed {
    if !maker.book.is_categorized {
        return Err(NotComputable::NotCategorized);
    }
    total(maker, facet)
}

/// Every figure of money in.
pub(crate) fn revenue(maker: &Maker<'_>) -> Vec<Figure> {
    use crate::choices::RevenueClass::{Deducted, Included, Undecided};
    let of_class = |class| maker.scope.rows_that(maker.book, |row| row.revenue == Some(class));
    let deposits = maker.scope.rows_that(maker.book, |row| row.is_in());
    let days: BTreeSet<_> =
        deposits.iter().filter_map(|row| maker.book.row(*row)).map(|row| row.day).collect();
    vec![
        maker.money("gross_deposits", total(maker, Facet::In), deposits.clone()),
        maker.money("true_revenue", categorized(maker, Facet::Included), of_class(Included)),
        maker.money("revenue_deductions", categorized(maker, Facet::Deducted), of_class(Deducted)),
        maker.money("revenue_undecided", categorized(maker, Facet::Undecided), of_class(Undecided)),
        maker.count("deposit_count", deposits.len(), deposits.clone()),
        maker.days("deposit_days", days.len(), deposits),
    ]
}

/// Mean true revenue of the last 3, 6 and 12 whole months.
pub(crate) fn averages(maker: &Maker<'_>) -> Vec<Figure> {
    [(3, "true_revenue_average_3"), (6, "true_revenue_average_6"), (12, "true_revenue_average_12")]
        .into_iter()
        .map(|(months, key)| average(maker, months, key))
        .collect()
}

fn average(maker: &Maker<'_>, months: usize, key: &str) -> Figure {
    let side: &Side = maker.scope.side;
    let whole = side.whole_months();
    let last = whole.get(whole.len().saturating_sub(months)..).unwrap_or_default();
    let compute = || {
        if !maker.book.is_categorized {
            return Err(NotComputable::NotCategorized);
        }
        if last.len() < months {
            return Err(NotComputable::TooFew);
        }
        let of_month = |month: &_| {
            let is = |cell: &crate::sums::Cell| cell.facets.has(Facet::Included);
            maker.sums.of_month(side, *month, is).ok_or(NotComputable::TooLarge)
        };
        let by_month = last.iter().map(of_month).collect::<Result<Vec<_>, _>>()?;
        quotient(sum(by_month)?, i128::try_from(months).unwrap_or(1))
    };
    let value = compute();
    let inside = |row: &Row<'_>| {
        row.revenue == Some(crate::choices::RevenueClass::Included) && last.contains(&row.day.month())
    };
    let rows: Vec<RowIndex> =
        if value.is_ok() { maker.scope.rows_that(maker.book, inside) } else { Vec::new() };
    let figure = maker.money(key, value, rows);
    let names: Vec<String> = last.iter().map(ToString::to_string).collect();
    if value.is_ok() { noted_with(figure, format!("mean of {}", names.join(", "))) } else { figure }
}
