//! Statements of account: months across, lines down.

use super::{MARK_NOTE, PARTIAL_NOTE, code, currency_of};
use crate::pdf::model::{Column, Line, Table, maybe};
use crate::words;
use crate::xlsx::statement_name;
use smartexus_domain::{Basis, Figures, FinancialStatement};

/// Months that a page across has room for.
const MONTHS_MAX: usize = 12;
/// Lines of one statement.
const LINES_MAX: usize = 120;

pub(in crate::pdf) fn statements(figures: &Figures) -> Vec<Table> {
    figures.statements.iter().map(table).collect()
}

fn table(statement: &FinancialStatement) -> Table {
    let currency = currency_of(statement.currency.as_deref());
    let earlier = statement.months.len().saturating_sub(MONTHS_MAX);
    let months = statement.months.iter().skip(earlier);
    let title = |month: &String| {
        let star = if statement.partial_months.contains(month) { " *" } else { "" };
        Column { title: format!("{}{star}", words::month_of(month)), right: true, parts: 1 }
    };
    let mut columns = vec![Column { title: String::new(), right: false, parts: 3 }];
    columns.extend(months.map(title));
    columns.push(Column { title: "Total".to_owned(), right: true, parts: 1 });
    let lines = statement.lines.iter().take(LINES_MAX).map(|line| {
        let mut cells = vec![line.label.clone()];
        cells.extend(line.by_month.iter().skip(earlier).map(|text| maybe(text.as_deref(), currency)));
        // A line with fewer months than the statement must not shift its total.
        cells.resize(columns.len().saturating_sub(1), "\u{2013}".to_owned());
        cells.push(maybe(line.total.as_deref(), currency));
        Line { cells, total: line.is_total, level: line.level }
    });
    let lines = lines.collect();
    let mut notes = statement.notes.clone();
    if earlier > 0 {
        notes.push(format!("{earlier} earlier months are in the workbook; the total has them."));
    }
    if !statement.partial_months.is_empty() {
        notes.push(PARTIAL_NOTE.to_owned());
    }
    if statement.basis == Basis::IncludesUnverified {
        notes.push(MARK_NOTE.to_owned());
    }
    let mark = match statement.basis {
        Basis::Verified => "",
        Basis::IncludesUnverified => " \u{2020}",
    };
    Table {
        heading: format!("{}, {}{mark}", statement_name(statement.kind), code(currency)),
        columns,
        lines,
        notes,
        more: statement.lines.len().saturating_sub(LINES_MAX),
        ..Table::default()
    }
}
