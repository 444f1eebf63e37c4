//! *Checks*: what was proved, what was not, and which change would make it hold.

use super::Book;
use super::sheet::{Column, Sheet};
use crate::ReportError;
use crate::notice::Tone;
use crate::words;
use rust_xlsxwriter::Worksheet;
use smartexus_domain::{Check, Outcome, Repair};

const COLUMNS: [Column; 7] = [
    Column { title: "No.", width: 6.0, right: true },
    Column { title: "Check", width: 62.0, right: false },
    Column { title: "Outcome", width: 14.0, right: false },
    Column { title: "First broken row", width: 16.0, right: true },
    Column { title: "Expected", width: 22.0, right: false },
    Column { title: "Found", width: 22.0, right: false },
    Column { title: "Note", width: 44.0, right: false },
];

const REPAIRS: [Column; 7] = [
    Column { title: "No.", width: 6.0, right: true },
    Column { title: "Proposed change", width: 62.0, right: false },
    Column { title: "Applied", width: 14.0, right: false },
    Column { title: "Row", width: 16.0, right: true },
    Column { title: "From", width: 22.0, right: false },
    Column { title: "To", width: 22.0, right: false },
    Column { title: "Because", width: 44.0, right: false },
];

const TITLES: u32 = 1;
const LAST: u16 = 6;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, ReportError> {
    let mut sheet = Sheet::new("Checks", &book.notice, &book.style, LAST)?;
    sheet.widths(&COLUMNS)?;
    sheet.titles(TITLES, &COLUMNS)?;
    let mut line = TITLES + 1;
    for (statement, number) in book.result.statements.iter().zip(1_u32..) {
        for check in &statement.checks {
            write_check(&mut sheet, line, number, check)?;
            line += 1;
        }
        for reason in &statement.unproved_because {
            sheet.inner.write_number_with_format(line, 0, number, &book.style.count)?;
            sheet.text(line, 1, "Not proved because", &book.style.text)?;
            sheet.text(line, 2, "not proved", &book.style.badge(Tone::Warn))?;
            sheet.text(line, 3, "", &book.style.count)?;
            sheet.text(line, 4, "", &book.style.text)?;
            sheet.text(line, 5, "", &book.style.text)?;
            sheet.text(line, 6, &words::words(reason), &book.style.wrapped)?;
            line += 1;
        }
    }
    let repairs = || {
        book.result.statements.iter().zip(1_u32..).flat_map(|(s, n)| s.repairs.iter().map(move |r| (n, r)))
    };
    if repairs().next().is_some() {
        line += 1;
        sheet.titles(line, &REPAIRS)?;
        line += 1;
        for (number, repair) in repairs() {
            write_repair(&mut sheet, line, number, repair)?;
            line += 1;
        }
    }
    sheet.inner.set_freeze_panes(TITLES + 1, 0)?;
    sheet.inner.set_repeat_rows(TITLES, TITLES)?;
    Ok(sheet.inner)
}

fn write_check(sheet: &mut Sheet<'_>, line: u32, number: u32, check: &Check) -> Result<(), ReportError> {
    let style = sheet.style;
    let (word, format) = match check.outcome {
        Outcome::Pass => ("holds", style.badge(Tone::Good)),
        Outcome::Fail => ("BROKEN", style.badge(Tone::Bad)),
        Outcome::NotStated => ("not stated", style.muted.clone()),
    };
    sheet.inner.write_number_with_format(line, 0, number, &style.count)?;
    sheet.text(line, 1, words::check(check.check), &style.text)?;
    sheet.text(line, 2, word, &format)?;
    maybe_row(sheet, line, check.row)?;
    sheet.maybe_text(line, 4, check.expected.as_deref(), &style.text)?;
    sheet.maybe_text(line, 5, check.found.as_deref(), &style.text)?;
    let note = match check.outcome {
        Outcome::NotStated => "The document does not print what this check needs.",
        Outcome::Pass | Outcome::Fail => "",
    };
    sheet.text(line, 6, note, &style.muted)
}

fn write_repair(sheet: &mut Sheet<'_>, line: u32, number: u32, repair: &Repair) -> Result<(), ReportError> {
    let style = sheet.style;
    let (word, format) = if repair.applied {
        ("applied", style.badge(Tone::Good))
    } else {
        ("proposal", style.badge(Tone::Warn))
    };
    sheet.inner.write_number_with_format(line, 0, number, &style.count)?;
    sheet.text(line, 1, &words::words(&repair.field), &style.text)?;
    sheet.text(line, 2, word, &format)?;
    maybe_row(sheet, line, (repair.row > 0).then_some(repair.row))?;
    sheet.text(line, 4, &repair.from, &style.text)?;
    sheet.text(line, 5, &repair.to, &style.text)?;
    sheet.text(line, 6, words::check(repair.because), &style.wrapped)
}

fn maybe_row(sheet: &mut Sheet<'_>, line: u32, row: Option<u32>) -> Result<(), ReportError> {
    let style = sheet.style;
    match row {
        Some(row) => sheet.inner.write_number_with_format(line, 3, row, &style.count).map(|_| ())?,
        None => sheet.text(line, 3, "", &style.count)?,
    }
    Ok(())
}
