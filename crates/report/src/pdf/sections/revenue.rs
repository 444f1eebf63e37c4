//! What of the deposits is revenue, and who pays.

use super::{MARK_NOTE, code, currency_of, marked};
use crate::case_report::CaseReport;
use crate::pdf::model::{Table, amount};
use crate::words;
use smartexus_domain::{Basis, Figure, Figures};

/// Sources of money that are printed.
const SOURCES_MAX: usize = 12;
const KEYS: [&str; 4] = ["gross_deposits", "true_revenue", "revenue_deductions", "revenue_undecided"];

pub(in crate::pdf) fn revenue(report: &CaseReport<'_>, figures: &Figures) -> Vec<Table> {
    [split(report, figures), sources(figures)].into_iter().filter(|table| !table.lines.is_empty()).collect()
}

/// Whole figures: gross deposits and the three parts they fall into.
fn split(report: &CaseReport<'_>, figures: &Figures) -> Table {
    let columns = [
        ("Deposits of", false, 3),
        ("Currency", false, 0),
        ("Gross", true, 1),
        ("True revenue", true, 1),
        ("Deducted", true, 1),
        ("Undecided", true, 1),
    ];
    let value = |gross: &Figure, key: &str| {
        let same = whole(figures, key)
            .find(|figure| figure.account == gross.account && figure.currency == gross.currency);
        let text = same.and_then(|figure| Some((figure.value.as_deref()?, figure.basis)));
        text.map_or_else(
            || "not computed".to_owned(),
            |(text, basis)| marked(amount(text, currency_of(gross.currency.as_deref())), basis),
        )
    };
    let mut rows: Vec<&Figure> = whole(figures, "gross_deposits").collect();
    rows.sort_by_key(|figure| figure.account != Figures::ALL);
    let is_marked = rows.iter().any(|figure| figure.basis == Basis::IncludesUnverified);
    let lines = rows.iter().map(|gross| {
        let mut cells =
            vec![report.account_words(&gross.account), code(currency_of(gross.currency.as_deref()))];
        cells.extend(KEYS.iter().map(|key| value(gross, key)));
        cells
    });
    let mut table = Table::new("What of the deposits is revenue", &columns).filled(lines);
    table.notes.push("Deducted: transfers between own accounts, loans, refunds and other money that no sale earned. Undecided: nothing in the rows says which.".to_owned());
    table.notes.extend(is_marked.then(|| MARK_NOTE.to_owned()));
    table
}

fn whole<'f>(figures: &'f Figures, key: &'f str) -> impl Iterator<Item = &'f Figure> {
    figures.figures.iter().filter(move |figure| figure.key == key && figure.is_whole)
}

fn sources(figures: &Figures) -> Table {
    let columns = [
        ("From", false, 4),
        ("Currency", false, 0),
        ("Rows", true, 0),
        ("Amount", true, 0),
        ("Share", true, 0),
    ];
    let shares: Vec<_> = figures.concentration.iter().filter(|share| share.is_in).collect();
    let lines = shares.iter().take(SOURCES_MAX).map(|share| {
        let currency = currency_of(share.currency.as_deref());
        let note = if share.is_processor { " (card payments: hides customers)" } else { "" };
        vec![
            format!("{}{note}", share.counterparty),
            code(currency),
            share.count.to_string(),
            amount(&share.amount, currency),
            words::percent(&share.share),
        ]
    });
    let mut table = Table::new("Where the money comes from", &columns).filled(lines);
    table.more = shares.len().saturating_sub(SOURCES_MAX);
    table
}
