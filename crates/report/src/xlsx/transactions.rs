//! *Transactions*: every row, typed, filterable.

use super::Book;
use super::ledger::{Entry, FIRST_ROW};
use super::sheet::{Column, Sheet, rounded};
use crate::ReportError;
use crate::csv::{account_label, method_word, verdict_word};
use rust_xlsxwriter::Worksheet;
use smartexus_domain::{Currency, Money, Transaction};

const fn column(title: &'static str, width: f64) -> Column {
    Column { title, width, right: false }
}

const fn right(title: &'static str, width: f64) -> Column {
    Column { title, width, right: true }
}

const COLUMNS: [Column; 23] = [
    right("No.", 5.0),
    column("Account", 16.0),
    right("Row", 6.0),
    column("Date", 11.0),
    column("Value date", 11.0),
    column("Description", 46.0),
    column("Counterparty", 24.0),
    right("Amount", 14.0),
    column("Currency", 9.0),
    right("Balance", 14.0),
    column("Category", 20.0),
    right("Confidence", 11.0),
    column("Why this category", 44.0),
    column("Tags", 22.0),
    column("Reference", 16.0),
    column("Check no.", 10.0),
    column("Verdict", 12.0),
    column("Read by", 10.0),
    right("Page", 6.0),
    right("Original amount", 18.0),
    right("Rate", 12.0),
    right("Charges", 12.0),
    column("Bank code", 22.0),
];

/// Index of the titles' line.
const TITLES: u32 = FIRST_ROW - 1;
/// Index of the last column.
const LAST: u16 = 22;
/// Index of the last column that is printed.
const PRINTED: u16 = 10;
/// Index of the amounts.
const AMOUNT: u16 = 7;

/// A column of this sheet, for formulas of the others.
pub(super) enum Field {
    Number,
    Date,
    Amount,
    Currency,
    Category,
}

/// The absolute range of a column's data.
pub(super) fn range(book: &Book<'_>, field: &Field) -> String {
    let letter = match field {
        Field::Number => 'A',
        Field::Date => 'D',
        Field::Amount => 'H',
        Field::Currency => 'I',
        Field::Category => 'K',
    };
    format!("Transactions!${letter}${}:${letter}${}", FIRST_ROW + 1, book.ledger.last_row())
}

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, ReportError> {
    // The banner leaves room for the live sum of the rows shown, where one currency makes that sum mean something.
    let currency = book.ledger.sole_currency();
    let banner_end = if currency.is_some() { AMOUNT - 2 } else { LAST };
    let mut sheet = Sheet::new("Transactions", &book.notice, &book.style, banner_end)?;
    sheet.widths(&COLUMNS)?;
    sheet.titles(TITLES, &COLUMNS)?;
    for (line, entry) in (FIRST_ROW..).zip(&book.ledger.entries) {
        row(&mut sheet, line, entry)?;
    }
    if let Some(currency) = currency {
        let flow = book.ledger.flow(currency, |_| true);
        let shown = format!("SUBTOTAL(109,H{}:H{})", FIRST_ROW + 1, book.ledger.last_row());
        sheet.text(
            0,
            AMOUNT - 1,
            "Sum of the rows shown",
            &book.style.label.clone().set_align(rust_xlsxwriter::FormatAlign::Right),
        )?;
        sheet.formula(
            0,
            AMOUNT,
            &rounded(&shown, currency),
            flow.decimal(flow.net()),
            &book.style.money(currency, false).set_bold(),
        )?;
    }
    let last = book.ledger.last_row() - 1;
    sheet.inner.autofilter(TITLES, 0, last, LAST)?;
    sheet.inner.set_freeze_panes(FIRST_ROW, 0)?;
    sheet.inner.set_repeat_rows(TITLES, TITLES)?;
    // Paper gets the columns that people read aloud; reasons, tags and provenance stay on the screen.
    sheet.inner.set_print_area(0, 0, last, PRINTED)?;
    Ok(sheet.inner)
}

fn row(sheet: &mut Sheet<'_>, line: u32, entry: &Entry<'_>) -> Result<(), ReportError> {
    let Entry { number, statement, row } = entry;
    let style = sheet.style;
    let said = row.categorization.as_ref();
    let currency = row.amount.currency();
    let money = style.money(currency, false);
    let tags = said.map(|c| c.tags.join(", "));
    sheet.inner.write_number_with_format(line, 0, *number, &style.count)?;
    sheet.maybe_text(line, 1, account_label(&statement.account), &style.text)?;
    sheet.inner.write_number_with_format(line, 2, row.seq, &style.count)?;
    sheet.date(line, 3, Some(row.date), &style.date)?;
    sheet.date(line, 4, row.value_date, &style.date)?;
    sheet.text(line, 5, &row.description, &style.text)?;
    sheet.maybe_text(line, 6, said.and_then(|c| c.counterparty.as_deref()), &style.text)?;
    sheet.money(line, AMOUNT, Some(row.amount), &money)?;
    sheet.maybe_text(line, 8, currency.is_known().then(|| currency.code()), &style.text)?;
    sheet.money(line, 9, row.balance, &money)?;
    sheet.maybe_text(line, 10, said.map(|c| c.category.as_str()), &style.text)?;
    match said {
        Some(c) => sheet.inner.write_number_with_format(line, 11, c.confidence, &style.share).map(|_| ())?,
        None => sheet.text(line, 11, "", &style.share)?,
    }
    sheet.maybe_text(line, 12, said.map(|c| c.reason.as_str()), &style.muted)?;
    sheet.maybe_text(line, 13, tags.as_deref(), &style.muted)?;
    sheet.maybe_text(line, 14, row.reference.as_deref(), &style.text)?;
    sheet.maybe_text(line, 15, row.check_number.as_deref(), &style.text)?;
    sheet.text(line, 16, verdict_word(statement.verdict), &style.text)?;
    sheet.text(line, 17, method_word(row.method), &style.muted)?;
    match row.source {
        Some(source) => {
            sheet.inner.write_number_with_format(line, 18, source.page, &style.count).map(|_| ())?
        }
        None => sheet.text(line, 18, "", &style.count)?,
    }
    details(sheet, line, row)
}

/// What few rows have: another currency, charges, the bank's code.
fn details(sheet: &mut Sheet<'_>, line: u32, row: &Transaction) -> Result<(), ReportError> {
    let Some(details) = row.details.as_deref() else { return Ok(()) };
    let style = sheet.style;
    let money = |amount: Option<Money>| amount.map(|amount| style.money(amount.currency(), true));
    match (money(details.original_amount), details.original_currency) {
        (Some(format), _) => sheet.money(line, 19, details.original_amount, &format)?,
        (None, currency) => sheet.maybe_text(line, 19, currency.as_ref().map(Currency::code), &style.text)?,
    }
    sheet.maybe_text(line, 20, details.fx_rate.as_deref(), &style.text)?;
    if let Some(format) = money(details.charges) {
        sheet.money(line, 21, details.charges, &format)?;
    }
    let code = details.bank_code.as_ref().map(ToString::to_string);
    sheet.maybe_text(line, 22, code.as_deref(), &style.muted)
}
