//! *Pending*: rows that are not booked, on a sheet of their own so that no sum has them in.

use super::Book;
use super::sheet::{Column, Sheet};
use crate::ReportError;
use crate::csv::account_label;
use rust_xlsxwriter::Worksheet;

const COLUMNS: [Column; 6] = [
    Column { title: "No.", width: 5.0, right: true },
    Column { title: "Account", width: 16.0, right: false },
    Column { title: "Date", width: 11.0, right: false },
    Column { title: "Description", width: 46.0, right: false },
    Column { title: "Amount", width: 14.0, right: true },
    Column { title: "Currency", width: 9.0, right: false },
];

const TITLES: u32 = 1;
const LAST: u16 = 5;

/// `None` where nothing is pending.
pub(super) fn sheet(book: &Book<'_>) -> Result<Option<Worksheet>, ReportError> {
    let statements = || book.result.statements.iter().zip(1_u32..);
    if statements().all(|(statement, _)| statement.pending.is_empty()) {
        return Ok(None);
    }
    let mut sheet = Sheet::new("Pending", &book.notice, &book.style, LAST)?;
    sheet.widths(&COLUMNS)?;
    sheet.titles(TITLES, &COLUMNS)?;
    let rows = statements()
        .flat_map(|(statement, number)| statement.pending.iter().map(move |row| (statement, number, row)));
    let style = &book.style;
    for (line, (statement, number, row)) in (TITLES + 1..).zip(rows) {
        let currency = row.amount.currency();
        sheet.inner.write_number_with_format(line, 0, number, &style.count)?;
        sheet.maybe_text(line, 1, account_label(&statement.account), &style.text)?;
        sheet.date(line, 2, Some(row.date), &style.date)?;
        sheet.text(line, 3, &row.description, &style.text)?;
        sheet.money(line, 4, Some(row.amount), &style.money(currency, false))?;
        sheet.maybe_text(line, 5, currency.is_known().then(|| currency.code()), &style.text)?;
    }
    Ok(Some(sheet.inner))
}
