//! The figures that a lender asks for first.

use super::{MARK_NOTE, code, currency_of, marked};
use crate::case_report::CaseReport;
use crate::key_figures::key_figures as chosen;
use crate::pdf::model::{Table, amount};
use crate::words;
use smartexus_domain::{Basis, Figure, FigureUnit, Figures};

pub(in crate::pdf) fn key_figures(report: &CaseReport<'_>, figures: &Figures) -> Table {
    let columns = [
        ("Figure", false, 4),
        ("Of", false, 3),
        ("Value", true, 0),
        ("", false, 0),
        ("Days covered", true, 0),
        ("Note", false, 4),
    ];
    let chosen = chosen(figures);
    let is_marked = chosen.iter().any(|figure| figure.basis == Basis::IncludesUnverified);
    let mut table =
        Table::new("Key figures", &columns).filled(chosen.iter().map(|figure| line(report, figure)));
    table.notes.extend(is_marked.then(|| MARK_NOTE.to_owned()));
    table.or_else("No figure was computed.")
}

fn line(report: &CaseReport<'_>, figure: &Figure) -> Vec<String> {
    let currency = currency_of(figure.currency.as_deref());
    let value = match &figure.value {
        Some(value) => marked(amount(value, currency), figure.basis),
        None => "not computed".to_owned(),
    };
    let unit = match figure.unit {
        FigureUnit::Money => code(currency),
        FigureUnit::Days | FigureUnit::Count | FigureUnit::Ratio => words::unit_word(figure.unit).to_owned(),
    };
    vec![
        words::label(&figure.key),
        report.account_words(&figure.account),
        value,
        unit,
        percent(figure.coverage),
        words::note(figure),
    ]
}

/// A share as a whole percentage, rounded down, so that 100 % means all.
#[expect(clippy::float_arithmetic, reason = "a share of days, not money")]
fn percent(share: f64) -> String {
    format!("{:.0} %", (share.clamp(0.0, 1.0) * 100.0).floor())
}
