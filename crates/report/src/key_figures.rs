//! The figures that a lender asks for first.

use smartexus_domain::{Figure, Figures};

/// Keys in the order of a summary. A key that nobody computed is not there.
const KEYS: [&str; 22] = [
    "average_daily_balance",
    "balance_min",
    "negative_days",
    "low_days",
    "gross_deposits",
    "true_revenue",
    "true_revenue_average_3",
    "true_revenue_average_6",
    "true_revenue_average_12",
    "revenue_undecided",
    "deposit_count",
    "nsf_count",
    "overdraft_count",
    "returned_count",
    "stacking",
    "debt_service",
    "holdback_actual",
    "burden",
    "dscr",
    "dti",
    "balance_trend_90",
    "coverage",
];

/// Whole figures over all accounts, by key; those of single accounts where no figure is over all.
pub(crate) fn key_figures(figures: &Figures) -> Vec<&Figure> {
    let mut found = Vec::new();
    for key in KEYS {
        let whole = || figures.figures.iter().filter(|figure| figure.key == key && figure.is_whole);
        let over_all = whole().filter(|figure| figure.account == Figures::ALL);
        let before = found.len();
        found.extend(over_all);
        if found.len() == before {
            found.extend(whole());
        }
    }
    found
}
