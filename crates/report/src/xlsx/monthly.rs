//! *Monthly*: money in, out and net of each statement by calendar month.

use super::Book;
use super::ledger::Flow;
use super::sheet::{Column, Sheet, rounded};
use super::transactions::{Field, range};
use crate::ReportError;
use crate::csv::account_label;
use jiff::civil::Date;
use rust_xlsxwriter::Worksheet;
use smartexus_domain::{Currency, Statement};
use std::collections::BTreeSet;

const COLUMNS: [Column; 8] = [
    Column { title: "No.", width: 6.0, right: true },
    Column { title: "Account", width: 24.0, right: false },
    Column { title: "Currency", width: 10.0, right: false },
    Column { title: "Month", width: 14.0, right: false },
    Column { title: "Money in", width: 20.0, right: true },
    Column { title: "Money out", width: 20.0, right: true },
    Column { title: "Net", width: 20.0, right: true },
    Column { title: "Transactions", width: 14.0, right: true },
];

const TITLES: u32 = 1;
const FIRST: u32 = 2;
const LAST: u16 = 7;

/// One line of the sheet.
struct Month<'a> {
    number: u32,
    statement: &'a Statement,
    first_day: Date,
    flow: Flow,
}

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, ReportError> {
    let mut sheet = Sheet::new("Monthly", &book.notice, &book.style, LAST)?;
    sheet.widths(&COLUMNS)?;
    sheet.titles(TITLES, &COLUMNS)?;
    let months = months(book);
    for (line, month) in (FIRST..).zip(&months) {
        write(book, &mut sheet, line, month)?;
    }
    if let (Some(currency), false) = (book.ledger.sole_currency(), months.is_empty()) {
        total(book, &mut sheet, FIRST + u32::try_from(months.len()).unwrap_or(0), currency)?;
    }
    sheet.inner.set_freeze_panes(FIRST, 0)?;
    sheet.inner.set_repeat_rows(TITLES, TITLES)?;
    Ok(sheet.inner)
}

fn months<'a>(book: &Book<'a>) -> Vec<Month<'a>> {
    let mut lines = Vec::new();
    for (statement, number) in book.result.statements.iter().zip(1..) {
        let first_days: BTreeSet<Date> =
            statement.transactions.iter().map(|row| row.date.first_of_month()).collect();
        for first_day in first_days {
            let flow = book.ledger.flow(statement.account.currency, |entry| {
                entry.number == number && entry.row.date.first_of_month() == first_day
            });
            lines.push(Month { number, statement, first_day, flow });
        }
    }
    lines
}

fn write(book: &Book<'_>, sheet: &mut Sheet<'_>, line: u32, month: &Month<'_>) -> Result<(), ReportError> {
    let style = &book.style;
    let currency = month.statement.account.currency;
    let money = style.money(currency, true);
    let excel_line = line + 1;
    // The line's own cells are the conditions, so a reader may copy the line and change the month.
    let same = format!(
        "{},$A{excel_line},{},\">=\"&$D{excel_line},{},\"<\"&EDATE($D{excel_line},1)",
        range(book, &Field::Number),
        range(book, &Field::Date),
        range(book, &Field::Date)
    );
    let amounts = range(book, &Field::Amount);
    let sum = |sign: &str| rounded(&format!("SUMIFS({amounts},{amounts},\"{sign}0\",{same})"), currency);
    sheet.inner.write_number_with_format(line, 0, month.number, &style.count)?;
    sheet.maybe_text(line, 1, account_label(&month.statement.account), &style.text)?;
    sheet.maybe_text(line, 2, currency.is_known().then(|| currency.code()), &style.text)?;
    sheet.date(line, 3, Some(month.first_day), &style.month)?;
    sheet.formula(line, 4, &sum(">"), month.flow.decimal(month.flow.money_in), &money)?;
    sheet.formula(line, 5, &sum("<"), month.flow.decimal(month.flow.money_out), &money)?;
    let net = rounded(&format!("E{excel_line}+F{excel_line}"), currency);
    sheet.formula(line, 6, &net, month.flow.decimal(month.flow.net()), &money)?;
    sheet.formula(line, 7, &format!("=COUNTIFS({same})"), month.flow.rows.to_string(), &style.count)
}

fn total(book: &Book<'_>, sheet: &mut Sheet<'_>, line: u32, currency: Currency) -> Result<(), ReportError> {
    let flow = book.ledger.flow(currency, |_| true);
    let (label, money) = (book.style.total(), book.style.total_money(currency));
    sheet.text(line, 0, "", &label)?;
    sheet.text(line, 1, "All months", &label)?;
    sheet.text(line, 2, "", &label)?;
    sheet.text(line, 3, "", &label)?;
    for (column, letter, minor) in [(4, 'E', flow.money_in), (5, 'F', flow.money_out), (6, 'G', flow.net())] {
        let sum = rounded(&format!("SUM({letter}{}:{letter}{line})", FIRST + 1), currency);
        sheet.formula(line, column, &sum, flow.decimal(minor), &money)?;
    }
    sheet.formula(line, 7, &format!("=SUM(H{}:H{line})", FIRST + 1), flow.rows.to_string(), &label)
}
