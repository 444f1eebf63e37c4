//! *Summary*: the verdict, each account on one line, the key figures, and what a person should know.

use super::super::ledger::decimal;
use super::super::sheet::{Column, Sheet, Sum};
use super::Book;
use super::cash_flow::cell;
use super::checks::verdict_tone;
use super::figures::{basis, value};
use super::rows::{Direction, Pick, Whose};
use crate::ReportError;
use crate::case_report::{Ledger, PROGRAM};
use crate::findings::findings;
use crate::key_figures::key_figures;
use crate::words;
use rust_xlsxwriter::{Color, Format, Worksheet};
use smartexus_domain::Figures;

const ACCOUNTS: [Column; 13] = [
    Column { title: "No.", width: 7.0, right: true },
    Column { title: "Account", width: 36.0, right: false },
    Column { title: "Holder", width: 26.0, right: false },
    Column { title: "Statements", width: 12.0, right: true },
    Column { title: "From", width: 12.0, right: false },
    Column { title: "To", width: 12.0, right: false },
    Column { title: "Opening balance", width: 19.0, right: true },
    Column { title: "Money in", width: 19.0, right: true },
    Column { title: "Money out", width: 19.0, right: true },
    Column { title: "Closing balance", width: 19.0, right: true },
    Column { title: "Difference", width: 17.0, right: true },
    Column { title: "Transactions", width: 13.0, right: true },
    Column { title: "The ledger is", width: 18.0, right: false },
];
const LAST: u16 = 12;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, ReportError> {
    let mut sheet = Sheet::new("Summary", &book.report.notice, &book.style, LAST)?;
    sheet.widths(&ACCOUNTS)?;
    let at = facts(book, &mut sheet, 2)?;
    let at = accounts(book, &mut sheet, at + 1)?;
    let at = match book.report.figures {
        Some(figures) => key(book, figures, &mut sheet, at + 1)?,
        None => at,
    };
    noticed(book, &mut sheet, at + 1)?;
    Ok(sheet.inner)
}

/// What the case is; returns the next free line.
fn facts(book: &Book<'_>, sheet: &mut Sheet<'_>, at: u32) -> Result<u32, ReportError> {
    let style = &book.style;
    let report = book.report;
    sheet.text(at, 0, report.title.unwrap_or("Case report"), &style.title)?;
    let days = report.days().map(|days| format!("{} to {}", days.start, days.end));
    let formulas = report.figures.map(|figures| format!(", formulas version {}", figures.formulas));
    let as_of = report.figures.and_then(|figures| figures.as_of).map(|day| day.to_string());
    let facts = [
        ("Documents", Some(words::counted(report.case.documents.len(), "document", "documents"))),
        ("Period", days),
        ("Seen from", as_of),
        ("Made by", Some(format!("{PROGRAM}{}", formulas.unwrap_or_default()))),
    ];
    let plain: Format = style.label.clone().set_font_color(Color::Black);
    let mut line = at + 1;
    for (label, text) in facts {
        let Some(text) = text else { continue };
        sheet.text(line, 0, label, &style.label)?;
        sheet.text(line, 2, &text, &plain)?;
        line += 1;
    }
    Ok(line)
}

fn accounts(book: &Book<'_>, sheet: &mut Sheet<'_>, at: u32) -> Result<u32, ReportError> {
    sheet.text(at, 0, "Accounts", &book.style.section)?;
    sheet.titles(at + 1, &ACCOUNTS)?;
    let mut line = at + 2;
    for ledger in &book.report.accounts {
        account_line(book, sheet, line, ledger)?;
        line += 1;
    }
    Ok(line)
}

fn account_line(
    book: &Book<'_>,
    sheet: &mut Sheet<'_>,
    at: u32,
    ledger: &Ledger<'_>,
) -> Result<(), ReportError> {
    let style = &book.style;
    let currency = ledger.currency();
    let money = style.money(currency, true);
    let days = ledger.days();
    let account = ledger.account;
    let pick = |direction| Pick {
        whose: Whose::Account(ledger.number),
        currency,
        direction,
        revenue: None,
        days: None,
    };
    sheet.count(at, 0, Some(ledger.number), &style.count)?;
    sheet.text(at, 1, &ledger.name, &style.text)?;
    sheet.text(at, 2, &account.account.holders.join(", "), &style.text)?;
    sheet.count(at, 3, u32::try_from(account.statements.len()).ok(), &style.count)?;
    sheet.date(at, 4, days.map(|days| days.start), &style.date)?;
    sheet.date(at, 5, days.map(|days| days.end), &style.date)?;
    sheet.money(at, 6, ledger.opening(), &money)?;
    let (money_in, money_out) = (book.rows.sum(&pick(Direction::In)), book.rows.sum(&pick(Direction::Out)));
    for (column, sum) in [(7, &money_in), (8, &money_out)] {
        sheet.live((at, column), sum, Some(&decimal(sum.minor, currency)), &money)?;
    }
    sheet.money(at, 9, ledger.closing(), &money)?;
    difference(sheet, at, ledger, &[&money_in, &money_out])?;
    let (formula, count) = book.rows.count(&pick(Direction::Both));
    let rows = u32::try_from(ledger.rows.len()).unwrap_or(u32::MAX);
    sheet.live_count((at, 11), &formula, count, rows, &style.count)?;
    let verdict = account.proof.verdict;
    sheet.text(at, 12, words::verdict(verdict), &style.badge(verdict_tone(verdict)))
}

/// Zero where the ledger adds up; not said across days that no statement covers.
fn difference(sheet: &mut Sheet<'_>, at: u32, ledger: &Ledger<'_>, sums: &[&Sum]) -> Result<(), ReportError> {
    let currency = ledger.currency();
    let ends = ledger.opening().zip(ledger.closing());
    let Some((opening, closing)) = ends.filter(|_| ledger.account.proof.parts.len() == 1) else {
        let text = if ledger.account.proof.parts.len() > 1 { "days missing" } else { "not stated" };
        return sheet.text(
            at,
            10,
            text,
            &sheet.style.muted.clone().set_align(rust_xlsxwriter::FormatAlign::Right),
        );
    };
    let rows: i128 = sums.iter().map(|sum| sum.minor).sum();
    let gap = i128::from(closing.minor()) - i128::from(opening.minor()) - rows;
    let expression = format!("{}-{}-{}-{}", cell(at, 9), cell(at, 6), cell(at, 7), cell(at, 8));
    let sum = Sum { expression, minor: gap, currency, leaves_out: sums.iter().any(|sum| sum.leaves_out) };
    let money = sheet.style.money(currency, true);
    sheet.live((at, 10), &sum, Some(&decimal(gap, currency)), &money)
}

/// The figures that a lender asks for first.
fn key(book: &Book<'_>, figures: &Figures, sheet: &mut Sheet<'_>, at: u32) -> Result<u32, ReportError> {
    let style = &book.style;
    let keys = key_figures(figures);
    if keys.is_empty() {
        return Ok(at);
    }
    sheet.text(at, 0, "Key figures", &style.section)?;
    let titles = [
        ("", false),
        ("Figure", false),
        ("Account", false),
        ("", false),
        ("From", false),
        ("To", false),
        ("Value", true),
        ("Unit", false),
        ("These figures are", false),
        ("Days covered", true),
        ("Note", false),
        ("", true),
        ("", false),
    ];
    sheet.heads(at + 1, &titles)?;
    let mut line = at + 2;
    for figure in keys {
        sheet.text(line, 1, &words::label(&figure.key), &style.text)?;
        sheet.text(line, 2, &book.report.account_words(&figure.account), &style.text)?;
        sheet.text(line, 3, "", &style.text)?;
        sheet.date(line, 4, figure.period.map(|days| days.start), &style.date)?;
        sheet.date(line, 5, figure.period.map(|days| days.end), &style.date)?;
        value(sheet, line, 6, figure)?;
        let unit = figure.currency.as_deref().unwrap_or_else(|| words::unit_word(figure.unit));
        sheet.text(line, 7, unit, &style.text)?;
        basis(sheet, line, 8, figure.basis)?;
        sheet.inner.write_number_with_format(line, 9, figure.coverage, &style.share)?;
        for column in [0, 10, 11] {
            sheet.text(line, column, "", &style.text)?;
        }
        sheet.text(line, 10, &words::note(figure), &style.muted)?;
        sheet.text(line, 12, "", &style.text)?;
        line += 1;
    }
    Ok(line)
}

/// Everything that a person should know, the gravest first.
fn noticed(book: &Book<'_>, sheet: &mut Sheet<'_>, at: u32) -> Result<(), ReportError> {
    let style = &book.style;
    let mut found = findings(book.report);
    if book.rows.has_text_amounts() {
        let text =
            "Some amounts are too large for a spreadsheet number: they stand as text and outside every sum.";
        found.insert(0, (crate::notice::Tone::Bad, "Figures".to_owned(), text.to_owned()));
    }
    if found.is_empty() {
        return Ok(());
    }
    sheet.text(at, 0, "What to look at", &style.section)?;
    for (line, (tone, about, text)) in (at + 1..).zip(&found) {
        sheet.text(line, 1, about, &style.badge(*tone))?;
        sheet.text(line, 2, text, &style.label)?;
    }
    Ok(())
}
