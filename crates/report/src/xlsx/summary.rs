//! *Summary*: the verdict, each statement on one line, money by category, and what was noticed.

use super::Book;
use super::sheet::{Column, Sheet, rounded};
use super::transactions::{Field, range};
use crate::ReportError;
use crate::csv::{account_label, verdict_word};
use crate::notice::Tone;
use rust_xlsxwriter::Worksheet;
use smartexus_domain::{Currency, DocumentKind, DocumentSource, Severity, Statement, Verdict};
use std::collections::BTreeSet;

const STATEMENTS: [Column; 13] = [
    Column { title: "No.", width: 6.0, right: true },
    Column { title: "Account", width: 22.0, right: false },
    Column { title: "Holder", width: 26.0, right: false },
    Column { title: "Bank", width: 24.0, right: false },
    Column { title: "From", width: 12.0, right: false },
    Column { title: "To", width: 12.0, right: false },
    Column { title: "Opening balance", width: 19.0, right: true },
    Column { title: "Money in", width: 19.0, right: true },
    Column { title: "Money out", width: 19.0, right: true },
    Column { title: "Closing balance", width: 19.0, right: true },
    Column { title: "Difference", width: 17.0, right: true },
    Column { title: "Transactions", width: 13.0, right: true },
    Column { title: "Verdict", width: 15.0, right: false },
];

const LAST: u16 = 12;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, ReportError> {
    let mut sheet = Sheet::new("Summary", &book.notice, &book.style, LAST)?;
    sheet.widths(&STATEMENTS)?;
    let line = facts(book, &mut sheet, 2)?;
    let line = statements(book, &mut sheet, line + 1)?;
    let line = categories(book, &mut sheet, line + 1)?;
    noticed(book, &mut sheet, line + 1)?;
    Ok(sheet.inner)
}

/// What the file is; returns the next free line.
fn facts(book: &Book<'_>, sheet: &mut Sheet<'_>, line: u32) -> Result<u32, ReportError> {
    let style = &book.style;
    let document = &book.result.document;
    sheet.text(line, 0, "Statement report", &style.title)?;
    let pages = if document.pages == 0 { "no pages".to_owned() } else { format!("{} pages", document.pages) };
    let facts = [
        ("File", book.result.file.clone()),
        ("Kind", format!("{}, {}, {pages}", kind_word(document.kind), source_word(document.source))),
        ("SHA-256", document.sha256.clone()),
    ];
    let plain = style.label.clone().set_font_color(rust_xlsxwriter::Color::Black);
    for (at, (label, value)) in (line + 1..).zip(&facts) {
        sheet.text(at, 0, label, &style.label)?;
        sheet.text(at, 1, value, &plain)?;
    }
    Ok(line + 1 + 3)
}

fn statements(book: &Book<'_>, sheet: &mut Sheet<'_>, line: u32) -> Result<u32, ReportError> {
    sheet.text(line, 0, "Statements", &book.style.section)?;
    sheet.titles(line + 1, &STATEMENTS)?;
    let mut at = line + 2;
    for (statement, number) in book.result.statements.iter().zip(1_u32..) {
        statement_line(book, sheet, at, number, statement)?;
        at += 1;
    }
    Ok(at)
}

fn statement_line(
    book: &Book<'_>,
    sheet: &mut Sheet<'_>,
    line: u32,
    number: u32,
    statement: &Statement,
) -> Result<(), ReportError> {
    let style = &book.style;
    let currency = statement.account.currency;
    let money = style.money(currency, true);
    let flow = book.ledger.flow(currency, |entry| entry.number == number);
    let excel_line = line + 1;
    let holders = statement.account.holders.join(", ");
    sheet.inner.write_number_with_format(line, 0, number, &style.count)?;
    sheet.maybe_text(line, 1, account_label(&statement.account), &style.text)?;
    sheet.text(line, 2, &holders, &style.text)?;
    sheet.maybe_text(line, 3, statement.account.institution.as_deref(), &style.text)?;
    sheet.date(line, 4, statement.period.start, &style.date)?;
    sheet.date(line, 5, statement.period.end, &style.date)?;
    sheet.money(line, 6, statement.opening_balance, &money)?;
    let (numbers, amounts) = (range(book, &Field::Number), range(book, &Field::Amount));
    let sum = |sign: &str| {
        rounded(&format!("SUMIFS({amounts},{numbers},$A{excel_line},{amounts},\"{sign}0\")"), currency)
    };
    sheet.formula(line, 7, &sum(">"), flow.decimal(flow.money_in), &money)?;
    sheet.formula(line, 8, &sum("<"), flow.decimal(flow.money_out), &money)?;
    sheet.money(line, 9, statement.closing_balance, &money)?;
    match (statement.opening_balance, statement.closing_balance) {
        (Some(opening), Some(closing)) => {
            let gap = i128::from(closing.minor()) - i128::from(opening.minor()) - flow.net();
            let formula =
                rounded(&format!("J{excel_line}-G{excel_line}-H{excel_line}-I{excel_line}"), currency);
            sheet.formula(line, 10, &formula, flow.decimal(gap), &money)?;
        }
        _ => sheet.text(line, 10, "not stated", &style.muted)?,
    }
    let count = format!("=COUNTIFS({numbers},$A{excel_line})");
    sheet.formula(line, 11, &count, flow.rows.to_string(), &style.count)?;
    let tone = match statement.verdict {
        Verdict::Verified => Tone::Good,
        Verdict::Unverifiable => Tone::Warn,
        Verdict::Discrepancy => Tone::Bad,
    };
    sheet.text(line, 12, verdict_word(statement.verdict), &style.badge(tone))
}

/// Money by category and currency; returns the next free line.
fn categories(book: &Book<'_>, sheet: &mut Sheet<'_>, line: u32) -> Result<u32, ReportError> {
    let style = &book.style;
    let used: BTreeSet<(Currency, &str)> = (book.ledger.entries.iter())
        .filter_map(|entry| {
            Some((entry.row.amount.currency(), entry.row.categorization.as_ref()?.category.as_str()))
        })
        .collect();
    if used.is_empty() {
        return Ok(line);
    }
    sheet.text(line, 0, "Money by category", &style.section)?;
    for column in 0..LAST {
        sheet.inner.write_blank(line + 1, column, &style.head)?;
    }
    // The amounts stand under the same columns of the table above.
    sheet.inner.write_string_with_format(line + 1, 1, "Category", &style.head)?;
    sheet.inner.write_string_with_format(line + 1, 2, "Currency", &style.head)?;
    for (column, title) in [(7, "Money in"), (8, "Money out"), (9, "Net"), (11, "Transactions")] {
        sheet.inner.write_string_with_format(line + 1, column, title, &style.head_right)?;
    }
    let mut at = line + 2;
    for (currency, category) in used {
        category_line(book, sheet, at, currency, category)?;
        at += 1;
    }
    Ok(at)
}

fn category_line(
    book: &Book<'_>,
    sheet: &mut Sheet<'_>,
    line: u32,
    currency: Currency,
    category: &str,
) -> Result<(), ReportError> {
    let style = &book.style;
    let flow = book.ledger.flow(currency, |entry| {
        entry.row.amount.currency() == currency
            && entry.row.categorization.as_ref().is_some_and(|c| c.category.as_str() == category)
    });
    let excel_line = line + 1;
    // An unknown currency is an empty cell on both sheets, and `=""&` matches empty cells.
    let same = format!(
        "{},$B{excel_line},{},\"=\"&$C{excel_line}",
        range(book, &Field::Category),
        range(book, &Field::Currency)
    );
    let amounts = range(book, &Field::Amount);
    let sum = |sign: &str| rounded(&format!("SUMIFS({amounts},{same},{amounts},\"{sign}0\")"), currency);
    let money = style.money(currency, true);
    for column in 0..LAST {
        sheet.inner.write_blank(line, column, &style.text)?;
    }
    sheet.text(line, 1, category, &style.text)?;
    sheet.maybe_text(line, 2, currency.is_known().then(|| currency.code()), &style.text)?;
    sheet.formula(line, 7, &sum(">"), flow.decimal(flow.money_in), &money)?;
    sheet.formula(line, 8, &sum("<"), flow.decimal(flow.money_out), &money)?;
    let net = rounded(&format!("H{excel_line}+I{excel_line}"), currency);
    sheet.formula(line, 9, &net, flow.decimal(flow.net()), &money)?;
    sheet.formula(line, 11, &format!("=COUNTIFS({same})"), flow.rows.to_string(), &style.count)
}

/// Findings and tamper signals, in the document's order.
fn noticed(book: &Book<'_>, sheet: &mut Sheet<'_>, line: u32) -> Result<(), ReportError> {
    let style = &book.style;
    let mut lines: Vec<(Tone, &str, String)> = Vec::new();
    if book.ledger.has_text_amounts() {
        let text =
            "Some amounts are too large for a spreadsheet number: they stand as text and outside every sum.";
        lines.push((Tone::Bad, "figures", text.to_owned()));
    }
    for signal in &book.result.signals {
        let tone = match signal.severity {
            Severity::Warn => Tone::Bad,
            Severity::Info => Tone::Warn,
        };
        let found = with_page(&signal.evidence, signal.page);
        let text = match &signal.innocent {
            Some(cause) => format!("{found} This may be {cause}."),
            None => found,
        };
        lines.push((tone, signal.signal.as_str(), text));
    }
    for finding in &book.result.findings {
        lines.push((Tone::Warn, &finding.code, with_page(&finding.message, finding.page)));
    }
    if lines.is_empty() {
        return Ok(());
    }
    sheet.text(line, 0, "Noticed", &style.section)?;
    for (at, (tone, code, text)) in (line + 1..).zip(lines) {
        sheet.text(at, 1, &code.replace('_', " "), &style.badge(tone))?;
        sheet.text(at, 2, &text, &style.label)?;
    }
    Ok(())
}

fn with_page(text: &str, page: Option<u32>) -> String {
    page.map_or_else(|| text.to_owned(), |page| format!("{text} (page {page})"))
}

const fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::BankStatement => "bank statement",
        DocumentKind::CardStatement => "card statement",
        DocumentKind::Invoice => "invoice",
        DocumentKind::Payslip => "payslip",
        DocumentKind::ProfitAndLoss => "profit and loss",
        DocumentKind::BalanceSheet => "balance sheet",
        DocumentKind::TaxForm => "tax form",
        DocumentKind::ApplicationForm => "application form",
        DocumentKind::Identity => "identity document",
        DocumentKind::Other => "document",
    }
}

const fn source_word(source: DocumentSource) -> &'static str {
    match source {
        DocumentSource::Text => "read from the text layer",
        DocumentSource::Scan => "read from scanned pages",
        DocumentSource::Mixed => "read from text and scanned pages",
        DocumentSource::Structured => "read from a data file",
    }
}
