//! Which days are known (mission 5.14). Gaps are shown and never filled.

use super::Maker;
use crate::day::span;
use crate::exact::{Computed, ratio};
use crate::ledger::{Account, Book, code};
use smartexus_domain::{CoveredAccount, Figure, FigureUnit, NotComputable};

/// Share, days and age of what is covered.
pub(crate) fn coverage(maker: &Maker<'_>) -> Vec<Figure> {
    let scope = maker.scope;
    let days = i128::from(scope.days.count());
    let share: Computed = scope
        .period
        .ok_or(NotComputable::NoCoveredDays)
        .and_then(|(first, last)| ratio(days, i128::from(last.since(first)) + 1));
    let stale = maker.book.as_of.zip(scope.side.covered.last()).map(|(as_of, last)| as_of.since(last).max(0));
    let mut figures = vec![
        maker.figure("coverage", FigureUnit::Ratio, share, Vec::new()),
        maker.figure("covered_days", FigureUnit::Days, Ok(days), Vec::new()),
        maker.figure(
            "stale_days",
            FigureUnit::Days,
            stale.map(i128::from).ok_or(NotComputable::NoCoveredDays),
            Vec::new(),
        ),
    ];
    figures.iter_mut().for_each(|figure| figure.currency = scope.currency());
    figures
}

/// Every account with its days.
pub(crate) fn covered_accounts(book: &Book<'_>) -> Vec<CoveredAccount> {
    book.accounts.iter().map(|account| covered_account(book, account)).collect()
}

fn covered_account(book: &Book<'_>, account: &Account<'_>) -> CoveredAccount {
    let covered = &account.covered;
    let months = covered.first().zip(covered.last()).map(|(first, last)| first.month().up_to(last.month()));
    let is_missing = |month: &crate::day::Month| covered.within(month.first(), month.last()).count() == 0;
    CoveredAccount {
        id: account.id().to_owned(),
        name: account.name(),
        currency: code(account.currency),
        kind: account.case.account.kind.clone(),
        is_liability: account.is_liability,
        verdict: account.case.proof.verdict,
        covered: covered.stretches().iter().copied().map(span).collect(),
        covered_days: covered.count(),
        gaps: covered.gaps().into_iter().map(span).collect(),
        missing_months: months
            .into_iter()
            .flatten()
            .filter(is_missing)
            .map(|month| month.to_string())
            .collect(),
        stale_days: book
            .as_of
            .zip(covered.last())
            .and_then(|(as_of, last)| u32::try_from(as_of.since(last)).ok())
            .unwrap_or(0),
        rows: u32::try_from(account.rows.len()).unwrap_or(u32::MAX),
    }
}
