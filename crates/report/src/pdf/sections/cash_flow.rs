//! Months down, lines across, and the charts beside them.

use super::{MARK, MARK_NOTE, PARTIAL_NOTE, code, currency_of};
use crate::case_report::CaseReport;
use crate::pdf::charts;
use crate::pdf::model::{CashFlow, Line, MONTHS_MAX, Table, amount, maybe};
use crate::words;
use smartexus_domain::{Basis, Currency, Figures, FlowKind, FlowPeriod, Money};

/// Blocks of months that are printed: all accounts of each currency, then accounts.
const BLOCKS_MAX: usize = 12;

const COLUMNS: [(&str, bool, u8); 9] = [
    ("Month", false, 0),
    ("Opening", true, 1),
    ("Money in", true, 1),
    ("Money out", true, 1),
    ("Net", true, 1),
    ("Closing", true, 1),
    ("Average balance", true, 1),
    ("True revenue", true, 1),
    ("Debt payments", true, 1),
];

pub(in crate::pdf) fn cash_flow(report: &CaseReport<'_>, figures: &Figures) -> Vec<CashFlow> {
    let mut groups: Vec<(&str, Currency, Vec<&FlowPeriod>)> = Vec::new();
    for period in &figures.cash_flow {
        let currency = currency_of(period.currency.as_deref());
        match groups.iter_mut().find(|(account, other, _)| *account == period.account && *other == currency) {
            Some((_, _, periods)) => periods.push(period),
            None => groups.push((&period.account, currency, vec![period])),
        }
    }
    groups.sort_by_key(|(account, ..)| *account != Figures::ALL);
    // One account alone is all accounts: once is enough.
    if report.accounts.len() == 1 && groups.len() > 1 {
        groups.truncate(1);
    }
    let left_out = groups.len().saturating_sub(BLOCKS_MAX);
    let mut blocks: Vec<CashFlow> = groups
        .into_iter()
        .take(BLOCKS_MAX)
        .map(|(account, currency, periods)| block(report, account, currency, periods))
        .collect();
    if let Some(last) = blocks.last_mut().filter(|_| left_out > 0) {
        last.table.notes.push(format!("{left_out} more accounts are in the workbook."));
    }
    blocks
}

fn block(
    report: &CaseReport<'_>,
    account: &str,
    currency: Currency,
    mut periods: Vec<&FlowPeriod>,
) -> CashFlow {
    periods.sort_by_key(|period| (period.kind, period.period.start));
    let is_month = |period: &&&FlowPeriod| period.kind == FlowKind::Month;
    let months: Vec<&FlowPeriod> = periods.iter().filter(is_month).copied().collect();
    let earlier = months.len().saturating_sub(MONTHS_MAX);
    let shown: Vec<&FlowPeriod> = periods.iter().skip(earlier).copied().collect();
    let name = report.account_words(account);
    let mut table = Table::new(format!("{name}, {}", code(currency)), &COLUMNS);
    if account != Figures::ALL {
        table.heading.clone_from(&name);
    }
    table.lines = shown.iter().map(|period| line(period, currency)).collect();
    table.lines.extend(total(&months, currency, earlier));
    if shown.iter().any(|period| period.basis == Basis::IncludesUnverified) {
        table.notes.push(MARK_NOTE.to_owned());
    }
    if shown.iter().any(|period| period.is_partial) {
        table.notes.push(PARTIAL_NOTE.to_owned());
    }
    if earlier > 0 {
        table.notes.push(format!("{earlier} earlier months are in the workbook."));
    }
    let months = months.get(earlier..).unwrap_or_default();
    CashFlow { charts: charts::of_months(&name, months, currency), table }
}

fn line(period: &FlowPeriod, currency: Currency) -> Line {
    let star = if period.is_partial { " *" } else { "" };
    let mark = match period.basis {
        Basis::Verified => String::new(),
        Basis::IncludesUnverified => format!(" {MARK}"),
    };
    let month = match period.kind {
        FlowKind::Month => words::month(period.period.start),
        FlowKind::Rolling30 => "Last 30 days".to_owned(),
    };
    let cells = vec![
        format!("{month}{star}{mark}"),
        maybe(period.opening.as_deref(), currency),
        amount(&period.money_in, currency),
        amount(&period.money_out, currency),
        amount(&period.net, currency),
        maybe(period.closing.as_deref(), currency),
        maybe(period.average_daily_balance.as_deref(), currency),
        maybe(period.true_revenue.as_deref(), currency),
        maybe(period.debt_payments.as_deref(), currency),
    ];
    Line { cells, ..Line::default() }
}

/// Sums over the months that are shown; nothing where months are cut or a sum cannot be told.
fn total(months: &[&FlowPeriod], currency: Currency, earlier: usize) -> Option<Line> {
    if months.len() < 2 || earlier > 0 {
        return None;
    }
    let sum = |of: &dyn Fn(&FlowPeriod) -> Option<String>| -> String {
        let minors: Option<i64> = months.iter().try_fold(0_i64, |sum, month| {
            sum.checked_add(Money::from_decimal(&of(month)?, currency).ok()?.minor())
        });
        minors.map_or_else(String::new, |minor| crate::pdf::model::grouped(Money::new(minor, currency)))
    };
    let cells = vec![
        "All months".to_owned(),
        String::new(),
        sum(&|month| Some(month.money_in.clone())),
        sum(&|month| Some(month.money_out.clone())),
        sum(&|month| Some(month.net.clone())),
        String::new(),
        String::new(),
        sum(&|month| month.true_revenue.clone()),
        sum(&|month| month.debt_payments.clone()),
    ];
    Some(Line { cells, total: true, ..Line::default() })
}
