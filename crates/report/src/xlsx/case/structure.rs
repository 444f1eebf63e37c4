//! *Recurring & positions*: what comes again, who pays, whom one owes, what came back.

use super::super::sheet::Sheet;
use super::Book;
use super::cash_flow::currency_of;
use super::figures::basis;
use crate::ReportError;
use crate::words;
use rust_xlsxwriter::Worksheet;
use smartexus_domain::{Figures, IncomeStream, Position, ReturnedItems, Series};

const WIDTHS: [f64; 12] = [30.0, 26.0, 20.0, 16.0, 16.0, 16.0, 14.0, 14.0, 14.0, 12.0, 18.0, 44.0];
const LAST: u16 = 11;

pub(super) fn sheet(book: &Book<'_>, figures: &Figures) -> Result<Worksheet, ReportError> {
    let mut sheet = Sheet::new("Recurring & positions", &book.report.notice, &book.style, LAST)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.inner.set_column_width(column, width)?;
    }
    let at = positions(&mut sheet, 2, figures)?;
    let at = returned(book, &mut sheet, at + 1, figures)?;
    let at = income(&mut sheet, at + 1, figures)?;
    recurring(book, &mut sheet, at + 1, figures)?;
    sheet.inner.set_freeze_panes(0, 1)?;
    Ok(sheet.inner)
}

/// A section's heading and titles, or one line that says there is nothing; returns the next free line.
fn heading(
    sheet: &mut Sheet<'_>,
    at: u32,
    (text, nothing): (&str, &str),
    titles: &[(&str, bool)],
    is_empty: bool,
) -> Result<u32, ReportError> {
    sheet.text(at, 0, text, &sheet.style.section)?;
    if is_empty {
        sheet.text(at + 1, 0, nothing, &sheet.style.label)?;
    } else {
        sheet.heads(at + 1, titles)?;
    }
    Ok(at + 2)
}

fn positions(sheet: &mut Sheet<'_>, at: u32, figures: &Figures) -> Result<u32, ReportError> {
    let titles = [
        ("Lender", false),
        ("Kind", false),
        ("Known by", false),
        ("Received", true),
        ("Paid", true),
        ("Typical payment", true),
        ("Payments", true),
        ("Cost a business day", true),
        ("Pace", false),
        ("State", false),
        ("These figures are", false),
        ("What happened", false),
    ];
    let says = (
        "Debt positions",
        "No lender was recognized in these rows. That does not say that there is no debt.",
    );
    let mut at = heading(sheet, at, says, &titles, figures.positions.is_empty())?;
    for position in &figures.positions {
        write_position(sheet, at, position)?;
        at += 1;
    }
    Ok(at)
}

fn write_position(sheet: &mut Sheet<'_>, at: u32, position: &Position) -> Result<(), ReportError> {
    let style = sheet.style;
    let currency = currency_of(position.currency.as_deref());
    let money = style.money(currency, true);
    sheet.text(at, 0, &position.lender, &style.text)?;
    sheet.text(at, 1, &words::words(&position.kind), &style.text)?;
    sheet.text(at, 2, &position.known_by.join(", "), &style.muted)?;
    sheet.amount(at, 3, Some(&position.received), currency, &money)?;
    sheet.amount(at, 4, Some(&position.paid), currency, &money)?;
    sheet.amount(at, 5, position.typical.as_deref(), currency, &money)?;
    sheet.count(at, 6, Some(position.payments), &style.count)?;
    sheet.amount(at, 7, position.cost_per_business_day.as_deref(), currency, &money)?;
    sheet.text(at, 8, words::cadence(position.cadence), &style.text)?;
    sheet.text(at, 9, if position.is_active { "active" } else { "not active" }, &style.text)?;
    basis(sheet, at, 10, position.basis)?;
    let event = |event: &smartexus_domain::PositionEvent| {
        format!("{}: {} ({})", event.on, words::event(event.event), event.evidence)
    };
    let events: Vec<String> = position.events.iter().map(event).collect();
    sheet.text(at, 11, &events.join("; "), &style.wrapped)
}

fn returned(book: &Book<'_>, sheet: &mut Sheet<'_>, at: u32, figures: &Figures) -> Result<u32, ReportError> {
    let titles = [
        ("Account", false),
        ("Kind", false),
        ("Fee of one event", true),
        ("Events", true),
        ("Fee rows", true),
        ("Days", true),
        ("Sum of fees", true),
    ];
    let says = ("Returned items and overdrafts", "No fee for a returned item or an overdraft was found.");
    let mut at = heading(sheet, at, says, &titles, figures.returned_items.is_empty())?;
    for items in &figures.returned_items {
        write_returned(book, sheet, at, items)?;
        at += 1;
    }
    Ok(at)
}

fn write_returned(
    book: &Book<'_>,
    sheet: &mut Sheet<'_>,
    at: u32,
    items: &ReturnedItems,
) -> Result<(), ReportError> {
    let style = sheet.style;
    let currency = currency_of(items.currency.as_deref());
    let money = style.money(currency, true);
    sheet.text(at, 0, &book.report.account_words(&items.account), &style.text)?;
    sheet.text(at, 1, &words::words(&items.kind), &style.text)?;
    sheet.amount(at, 2, items.divisor.as_deref(), currency, &money)?;
    sheet.count(at, 3, Some(items.count), &style.count)?;
    sheet.count(at, 4, Some(items.fee_rows), &style.count)?;
    sheet.count(at, 5, Some(items.days), &style.count)?;
    sheet.amount(at, 6, Some(&items.amount), currency, &money)
}

fn income(sheet: &mut Sheet<'_>, at: u32, figures: &Figures) -> Result<u32, ReportError> {
    let titles = [
        ("Payer", false),
        ("Kind", false),
        ("Pace", false),
        ("Last", true),
        ("Average", true),
        ("A month", true),
        ("Rows", true),
        ("Next due", false),
        ("State", false),
    ];
    let says = ("Income streams", "No payer pays again and again.");
    let mut at = heading(sheet, at, says, &titles, figures.income_streams.is_empty())?;
    for stream in &figures.income_streams {
        write_income(sheet, at, stream)?;
        at += 1;
    }
    Ok(at)
}

fn write_income(sheet: &mut Sheet<'_>, at: u32, stream: &IncomeStream) -> Result<(), ReportError> {
    let style = sheet.style;
    let currency = currency_of(stream.currency.as_deref());
    let money = style.money(currency, true);
    sheet.text(at, 0, &stream.payer, &style.text)?;
    sheet.text(at, 1, words::income(stream.kind), &style.text)?;
    sheet.text(at, 2, words::cadence(stream.cadence), &style.text)?;
    sheet.amount(at, 3, Some(&stream.last), currency, &money)?;
    sheet.amount(at, 4, Some(&stream.average), currency, &money)?;
    sheet.amount(at, 5, stream.monthly.as_deref(), currency, &money)?;
    sheet.count(at, 6, u32::try_from(stream.rows.len()).ok(), &style.count)?;
    sheet.date(at, 7, stream.next_on, &style.date)?;
    sheet.text(at, 8, words::stream(stream.status), &style.text)
}

fn recurring(book: &Book<'_>, sheet: &mut Sheet<'_>, at: u32, figures: &Figures) -> Result<u32, ReportError> {
    let titles = [
        ("Counterparty", false),
        ("Account", false),
        ("Category", false),
        ("Typical", true),
        ("Last", true),
        ("Last on", false),
        ("Rows", true),
        ("Next due", false),
        ("Pace", false),
        ("Missed", true),
        ("Certainty", false),
    ];
    let mut at =
        heading(sheet, at, ("Recurring", "No row comes again."), &titles, figures.recurring.is_empty())?;
    for series in &figures.recurring {
        write_series(book, sheet, at, series)?;
        at += 1;
    }
    Ok(at)
}

fn write_series(book: &Book<'_>, sheet: &mut Sheet<'_>, at: u32, series: &Series) -> Result<(), ReportError> {
    let style = sheet.style;
    let currency = currency_of(series.currency.as_deref());
    let money = style.money(currency, true);
    sheet.text(at, 0, &series.counterparty, &style.text)?;
    sheet.text(at, 1, &book.report.account_words(&series.account), &style.muted)?;
    sheet.maybe_text(at, 2, series.category.as_deref(), &style.text)?;
    sheet.amount(at, 3, Some(&series.typical), currency, &money)?;
    sheet.amount(at, 4, Some(&series.last), currency, &money)?;
    sheet.date(at, 5, Some(series.last_on), &style.date)?;
    sheet.count(at, 6, u32::try_from(series.rows.len()).ok(), &style.count)?;
    sheet.date(at, 7, series.next_on, &style.date)?;
    sheet.text(at, 8, words::cadence(series.cadence), &style.text)?;
    sheet.count(at, 9, u32::try_from(series.missed.len()).ok(), &style.count)?;
    let certainty = match (series.is_possible, series.is_fixed) {
        (true, _) => "possible: two rows",
        (false, true) => "same amount",
        (false, false) => "amount varies",
    };
    sheet.text(at, 10, certainty, &style.text)
}
