//! Money that one payer pays again and again (mission 5.13). Own transfers, loans and what is given back are no income.

use super::cadence::{ends_after, per_month};
use super::series::{Recurring, mean};
use crate::exact::{printed_or_too_large, product, quotient, sum};
use crate::ledger::{Book, Row};
use smartexus_domain::{Cadence, Currency, IncomeKind, IncomeStream, StreamStatus};

/// Primaries of leaves that are somebody's income.
const PRIMARIES: [&str; 2] = ["REVENUE", "INCOME"];
/// Leaves of them that come again and are no stream of income.
const NOT: [&str; 2] = ["inc.tax_refund", "inc.interest"];

/// Streams among the series of money in.
pub(crate) fn income_streams(book: &Book<'_>, series: &[Recurring]) -> Vec<IncomeStream> {
    series.iter().filter_map(|recurring| stream(book, recurring)).collect()
}

fn stream(book: &Book<'_>, recurring: &Recurring) -> Option<IncomeStream> {
    let series = &recurring.series;
    let rows: Vec<&Row<'_>> = recurring.rows.iter().filter_map(|row| book.row(*row)).collect();
    let leaf = series.category.as_deref().and_then(|id| book.taxonomy.find(id));
    let leaf = book.taxonomy.leaf(leaf)?;
    let is_income = PRIMARIES.contains(&leaf.primary.as_str()) && !NOT.contains(&leaf.id.as_str());
    if !series.is_in || series.is_possible || !is_income || rows.iter().any(|row| row.is_neutral()) {
        return None;
    }
    let amounts: Vec<i128> = rows.iter().map(|row| row.amount()).collect();
    let currency = book.accounts.get(rows.first()?.account)?.currency;
    Some(IncomeStream {
        series: series.id.clone(),
        payer: series.counterparty.clone(),
        kind: kind(&leaf.id),
        cadence: series.cadence,
        currency: series.currency.clone(),
        last: series.last.clone(),
        average: printed_or_too_large(mean(&amounts)?, currency),
        monthly: monthly(&amounts, series.cadence, currency),
        next_on: series.next_on,
        status: status(recurring.unmet, series.cadence),
        rows: series.rows.clone(),
    })
}

/// The average a month, rounded once.
fn monthly(amounts: &[i128], cadence: Cadence, currency: Currency) -> Option<String> {
    let (times, over) = per_month(cadence)?;
    let count = i128::try_from(amounts.len()).ok()?;
    let all = product(sum(amounts.iter().copied()).ok()?, times).ok()?;
    Some(printed_or_too_large(quotient(all, product(count, over).ok()?).ok()?, currency))
}

fn kind(leaf: &str) -> IncomeKind {
    match leaf {
        "inc.salary" => IncomeKind::Salary,
        "inc.benefits" => IncomeKind::Benefit,
        "inc.pension" => IncomeKind::Pension,
        "inc.support" => IncomeKind::Support,
        "rev.gig" => IncomeKind::Gig,
        "rev.rental" => IncomeKind::Rental,
        _ => IncomeKind::Other,
    }
}

const fn status(unmet: usize, cadence: Cadence) -> StreamStatus {
    if unmet == 0 {
        StreamStatus::Active
    } else if unmet < ends_after(cadence) {
        StreamStatus::Late
    } else {
        StreamStatus::Ended
    }
}
