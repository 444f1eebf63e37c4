//! The metrics of the reference, one file for each paragraph.

mod balance;
mod concentration;
mod coverage;
mod debt;
mod flow;
mod noted;
mod returned;
mod revenue;
mod trend;

pub(crate) use balance::balances;
pub(crate) use concentration::concentration;
pub(crate) use coverage::{coverage, covered_accounts};
pub(crate) use debt::{debt, expected_holdback};
pub(crate) use flow::flow;
pub(crate) use noted::{Noted, noted};
pub(crate) use returned::returned;
pub(crate) use revenue::{averages, revenue};
pub(crate) use trend::trends;

use crate::choices::Choices;
use crate::exact::{Computed, money_text, ratio_text};
use crate::ledger::{Book, RowIndex};
use crate::scope::Scope;
use crate::sums::Sums;
use smartexus_domain::{Figure, FigureUnit};

/// Every key a figure may have. Stable: a rule of a workspace names them.
pub(crate) const KEYS: [&str; 55] = [
    "average_daily_balance",
    "average_daily_balance_weekday",
    "balance_min",
    "balance_max",
    "negative_days",
    "low_days",
    "intraday_negative_days",
    "nsf_count",
    "nsf_rows",
    "nsf_days",
    "nsf_paid_rows",
    "nsf_returned_rows",
    "overdraft_count",
    "overdraft_rows",
    "overdraft_days",
    "returned_count",
    "returned_days",
    "fee_divisor",
    "gross_deposits",
    "true_revenue",
    "revenue_deductions",
    "revenue_undecided",
    "deposit_count",
    "deposit_days",
    "true_revenue_average_3",
    "true_revenue_average_6",
    "true_revenue_average_12",
    "balance_trend_30",
    "balance_trend_60",
    "balance_trend_90",
    "flow_trend_30",
    "flow_trend_60",
    "flow_trend_90",
    "holdback_actual",
    "holdback_expected",
    "burden",
    "dscr",
    "dti",
    "debt_service",
    "stacking",
    "concentration_in_top_1",
    "concentration_in_top_5",
    "concentration_in_hhi",
    "concentration_in_processors",
    "concentration_out_top_1",
    "concentration_out_top_5",
    "concentration_out_hhi",
    "concentration_out_processors",
    "large_deposits",
    "round_rows",
    "round_1000_rows",
    "unusual_rows",
    "coverage",
    "covered_days",
    "stale_days",
];

/// Makes the figures of one scope.
pub(crate) struct Maker<'m> {
    pub(crate) book: &'m Book<'m>,
    pub(crate) sums: &'m Sums,
    pub(crate) choices: &'m Choices,
    pub(crate) scope: &'m Scope<'m>,
}

impl Maker<'_> {
    pub(crate) fn figure(&self, key: &str, unit: FigureUnit, value: Computed, rows: Vec<RowIndex>) -> Figure {
        let scope = self.scope;
        let text = value.and_then(|value| match unit {
            FigureUnit::Money => money_text(value, scope.side.currency),
            FigureUnit::Days | FigureUnit::Count => Ok(value.to_string()),
            FigureUnit::Ratio => Ok(ratio_text(value)),
        });
        let (rows, rows_left_out) = self.book.ids(rows);
        Figure {
            key: key.to_owned(),
            not_computable: text.as_ref().err().copied(),
            value: text.ok(),
            unit,
            currency: scope.currency(),
            period: scope.span(),
            is_whole: scope.is_whole(),
            account: scope.side.name(self.book),
            rows,
            rows_left_out,
            dates: Vec::new(),
            basis: scope.side.basis,
            coverage: scope.coverage(),
            note: (!scope.is_whole() && scope.is_partial()).then(|| "some days are not covered".to_owned()),
        }
    }

    pub(crate) fn money(&self, key: &str, value: Computed, rows: Vec<RowIndex>) -> Figure {
        self.figure(key, FigureUnit::Money, value, rows)
    }

    pub(crate) fn ratio(&self, key: &str, value: Computed, rows: Vec<RowIndex>) -> Figure {
        self.figure(key, FigureUnit::Ratio, value, rows)
    }

    pub(crate) fn count(&self, key: &str, value: usize, rows: Vec<RowIndex>) -> Figure {
        self.figure(key, FigureUnit::Count, self.known(value), rows)
    }

    pub(crate) fn days(&self, key: &str, value: usize, rows: Vec<RowIndex>) -> Figure {
        self.figure(key, FigureUnit::Days, self.known(value), rows)
    }

    /// A count is unknown where no day is.
    fn known(&self, value: usize) -> Computed {
        if self.scope.days.count() == 0 && self.scope.rows.is_empty() {
            return Err(smartexus_domain::NotComputable::NoCoveredDays);
        }
        Ok(i128::try_from(value).unwrap_or(i128::MAX))
    }
}

/// Adds a sentence to what stands beside a figure.
pub(crate) fn noted_with(mut figure: Figure, note: impl AsRef<str>) -> Figure {
    let joined = figure
        .note
        .take()
        .map_or_else(|| note.as_ref().to_owned(), |old| format!("{}; {old}", note.as_ref()));
    figure.note = Some(joined);
    figure
}
