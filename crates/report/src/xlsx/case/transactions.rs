//! *Transactions*: the merged ledgers, typed, filterable, account by account.

use super::super::ledger::decimal;
use super::super::sheet::{Column, Sheet, rounded};
use super::Book;
use super::rows::{Direction, FIRST_ROW, Pick, Revenue, Whose};
use crate::ReportError;
use crate::case_report::{Ledger, Row};
use crate::csv::{method_word, verdict_word};
use rust_xlsxwriter::{FormatAlign, Worksheet};
use std::collections::BTreeMap;

const fn column(title: &'static str, width: f64) -> Column {
    Column { title, width, right: false }
}

const fn right(title: &'static str, width: f64) -> Column {
    Column { title, width, right: true }
}

/// Formulas name columns by their letters: see `rows`.
const COLUMNS: [Column; 24] = [
    right("No.", 5.0),
    column("Account", 26.0),
    column("Date", 11.0),
    column("Value date", 11.0),
    column("Description", 46.0),
    column("Counterparty", 24.0),
    right("Amount", 14.0),
    column("Currency", 9.0),
    right("Balance", 14.0),
    column("Category", 20.0),
    column("Revenue", 11.0),
    right("Confidence", 11.0),
    column("Why this category", 44.0),
    column("Tags", 22.0),
    column("Transfer", 26.0),
    column("Reference", 16.0),
    column("Check no.", 10.0),
    column("Statement is", 14.0),
    column("Read by", 10.0),
    column("File", 26.0),
    right("Page", 6.0),
    right("Row", 6.0),
    right("Also in", 8.0),
    column("Row id", 26.0),
];

/// Index of the titles' line.
const TITLES: u32 = FIRST_ROW - 1;
/// Index of the last column.
const LAST: u16 = 23;
/// Index of the last column that is printed.
const PRINTED: u16 = 10;
/// Index of the amounts.
const AMOUNT: u16 = 6;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, ReportError> {
    // The banner leaves room for the live sum of the rows shown, where one currency makes that sum mean something.
    let currency = book.rows.sole_currency().filter(|_| !book.rows.has_text_amounts());
    let banner_end = if currency.is_some() { AMOUNT - 2 } else { LAST };
    let mut sheet = Sheet::new("Transactions", &book.report.notice, &book.style, banner_end)?;
    sheet.widths(&COLUMNS)?;
    sheet.titles(TITLES, &COLUMNS)?;
    let transfers = transfers(book);
    for ((line, at), (ledger, row)) in (FIRST_ROW..).zip(0..).zip(book.report.rows()) {
        write(&mut sheet, line, ledger, row)?;
        let revenue = book.rows.revenue(at).map(Revenue::word);
        sheet.maybe_text(line, 10, revenue, &book.style.text)?;
        let transfer = transfers.get(row.ledger.id.as_str()).map(String::as_str);
        sheet.maybe_text(line, 14, transfer, &book.style.muted)?;
    }
    if let Some(currency) = currency {
        let pick =
            Pick { whose: Whose::All, currency, direction: Direction::Both, revenue: None, days: None };
        let shown = format!("SUBTOTAL(109,G{}:G{})", FIRST_ROW + 1, book.rows.last_row());
        let label = book.style.label.clone().set_align(FormatAlign::Right);
        sheet.text(0, AMOUNT - 1, "Sum of the rows shown", &label)?;
        let value = decimal(book.rows.sum(&pick).minor, currency);
        let format = book.style.money(currency, false).set_bold();
        sheet.formula(0, AMOUNT, &rounded(&shown, currency), value, &format)?;
    }
    let last = book.rows.last_row() - 1;
    sheet.inner.autofilter(TITLES, 0, last, LAST)?;
    sheet.inner.set_freeze_panes(FIRST_ROW, 0)?;
    sheet.inner.set_repeat_rows(TITLES, TITLES)?;
    // Paper gets the columns that people read aloud; reasons, tags and provenance stay on the screen.
    sheet.inner.set_print_area(0, 0, last, PRINTED)?;
    Ok(sheet.inner)
}

/// Where the money of a paired row went or came from, by row id.
fn transfers<'b>(book: &'b Book<'_>) -> BTreeMap<&'b str, String> {
    let mut words = BTreeMap::new();
    for transfer in &book.report.case.transfers {
        let (from, to) = (&transfer.from_account, &transfer.to_account);
        words.insert(transfer.from_row.as_str(), format!("to {}", book.report.account_words(to)));
        words.insert(transfer.to_row.as_str(), format!("from {}", book.report.account_words(from)));
    }
    words
}

fn write(sheet: &mut Sheet<'_>, line: u32, ledger: &Ledger<'_>, row: &Row<'_>) -> Result<(), ReportError> {
    let style = sheet.style;
    let said = row.row.categorization.as_ref();
    let currency = row.amount.currency();
    let money = style.money(currency, false);
    let tags = said.map(|c| c.tags.join(", "));
    sheet.count(line, 0, Some(ledger.number), &style.count)?;
    sheet.text(line, 1, &ledger.name, &style.text)?;
    sheet.date(line, 2, Some(row.ledger.date), &style.date)?;
    sheet.date(line, 3, row.row.value_date, &style.date)?;
    sheet.text(line, 4, &row.row.description, &style.text)?;
    sheet.maybe_text(line, 5, said.and_then(|c| c.counterparty.as_deref()), &style.text)?;
    sheet.money(line, AMOUNT, Some(row.amount), &money)?;
    sheet.maybe_text(line, 7, currency.is_known().then(|| currency.code()), &style.text)?;
    sheet.money(line, 8, row.row.balance, &money)?;
    sheet.maybe_text(line, 9, said.map(|c| c.category.as_str()), &style.text)?;
    match said {
        Some(c) => sheet.inner.write_number_with_format(line, 11, c.confidence, &style.share).map(|_| ())?,
        None => sheet.text(line, 11, "", &style.share)?,
    }
    sheet.maybe_text(line, 12, said.map(|c| c.reason.as_str()), &style.muted)?;
    sheet.maybe_text(line, 13, tags.as_deref(), &style.muted)?;
    sheet.maybe_text(line, 15, row.row.reference.as_deref(), &style.text)?;
    sheet.maybe_text(line, 16, row.row.check_number.as_deref(), &style.text)?;
    sheet.text(line, 17, verdict_word(row.statement.verdict), &style.text)?;
    sheet.text(line, 18, method_word(row.row.method), &style.muted)?;
    sheet.text(line, 19, &row.document.file, &style.muted)?;
    sheet.count(line, 20, row.row.source.map(|source| source.page), &style.count)?;
    sheet.count(line, 21, Some(row.row.seq), &style.count)?;
    sheet.count(line, 22, Some(row.ledger.corroborated).filter(|n| *n > 0), &style.count)?;
    sheet.text(line, 23, &row.ledger.id, &style.muted)
}
