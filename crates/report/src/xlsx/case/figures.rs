//! *Figures*: every metric with its days, its basis and how much of them is covered.

use super::super::sheet::{Column, Sheet};
use super::Book;
use super::cash_flow::currency_of;
use crate::ReportError;
use crate::notice::Tone;
use crate::words;
use rust_xlsxwriter::Worksheet;
use smartexus_domain::{Basis, Figure, FigureUnit, Figures};

const fn column(title: &'static str, width: f64, right: bool) -> Column {
    Column { title, width, right }
}

const COLUMNS: [Column; 12] = [
    column("Figure", 30.0, false),
    column("Account", 26.0, false),
    column("From", 12.0, false),
    column("To", 12.0, false),
    column("Value", 18.0, true),
    column("Unit", 10.0, false),
    column("Currency", 10.0, false),
    column("These figures are", 20.0, false),
    column("Days covered", 13.0, true),
    column("Rows", 8.0, true),
    column("Note", 44.0, false),
    column("Key", 28.0, false),
];
const TITLES: u32 = 1;
const LAST: u16 = 11;

pub(super) fn sheet(book: &Book<'_>, figures: &Figures) -> Result<Worksheet, ReportError> {
    let mut sheet = Sheet::new("Figures", &book.report.notice, &book.style, LAST)?;
    sheet.widths(&COLUMNS)?;
    sheet.titles(TITLES, &COLUMNS)?;
    for (line, figure) in (TITLES + 1..).zip(&figures.figures) {
        write(book, &mut sheet, line, figure)?;
    }
    let last = TITLES + u32::try_from(figures.figures.len().max(1)).unwrap_or(1);
    sheet.inner.autofilter(TITLES, 0, last, LAST)?;
    sheet.inner.set_freeze_panes(TITLES + 1, 1)?;
    sheet.inner.set_repeat_rows(TITLES, TITLES)?;
    Ok(sheet.inner)
}

fn write(book: &Book<'_>, sheet: &mut Sheet<'_>, line: u32, figure: &Figure) -> Result<(), ReportError> {
    let style = &book.style;
    sheet.text(line, 0, &words::label(&figure.key), &style.text)?;
    sheet.text(line, 1, &book.report.account_words(&figure.account), &style.text)?;
    sheet.date(line, 2, figure.period.map(|days| days.start), &style.date)?;
    sheet.date(line, 3, figure.period.map(|days| days.end), &style.date)?;
    value(sheet, line, 4, figure)?;
    sheet.text(line, 5, words::unit_word(figure.unit), &style.text)?;
    sheet.maybe_text(line, 6, figure.currency.as_deref(), &style.text)?;
    basis(sheet, line, 7, figure.basis)?;
    sheet.inner.write_number_with_format(line, 8, figure.coverage, &style.share)?;
    let rows = u32::try_from(figure.rows.len()).unwrap_or(u32::MAX).saturating_add(figure.rows_left_out);
    sheet.count(line, 9, Some(rows), &style.count)?;
    sheet.text(line, 10, &words::note(figure), &style.wrapped)?;
    sheet.text(line, 11, &figure.key, &style.muted)
}

/// The value of a figure, typed by its unit; why there is none.
pub(super) fn value(
    sheet: &mut Sheet<'_>,
    line: u32,
    column: u16,
    figure: &Figure,
) -> Result<(), ReportError> {
    let style = sheet.style;
    let Some(value) = figure.value.as_deref() else {
        return sheet.text(line, column, "not computed", &style.muted);
    };
    match figure.unit {
        FigureUnit::Money => {
            let currency = currency_of(figure.currency.as_deref());
            sheet.amount(line, column, Some(value), currency, &style.money(currency, false))
        }
        FigureUnit::Days | FigureUnit::Count => match value.parse() {
            Ok(number) => sheet.count(line, column, Some(number), &style.count),
            Err(_) => sheet.text(line, column, value, &style.text),
        },
        FigureUnit::Ratio => match value.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                sheet.inner.write_number_with_format(line, column, number, &style.ratio)?;
                Ok(())
            }
            Ok(_) | Err(_) => sheet.text(line, column, value, &style.text),
        },
    }
}

/// What is under a figure, in words and not by color alone.
pub(super) fn basis(sheet: &mut Sheet<'_>, line: u32, column: u16, basis: Basis) -> Result<(), ReportError> {
    let format = match basis {
        Basis::Verified => sheet.style.text.clone(),
        Basis::IncludesUnverified => sheet.style.badge(Tone::Warn),
    };
    sheet.text(line, column, words::basis(basis), &format)
}
