//! *Statements*: cash-flow statement, profit-and-loss draft, income and expenditure, affordability, a lender's rules.

use super::super::sheet::{Sheet, Sum};
use super::Book;
use super::cash_flow::{cell, currency_of, minor};
use crate::ReportError;
use crate::notice::Tone;
use crate::words;
use rust_xlsxwriter::{Format, Worksheet};
use smartexus_domain::{
    Affordability, Basis, Figures, FinancialStatement, FinancialStatementKind, RuleResult, StatementLine,
};

const LABEL_WIDTH: f64 = 40.0;
const MONTH_WIDTH: f64 = 15.0;
const NOTICE_COLUMNS: u16 = 7;

pub(super) fn sheet(book: &Book<'_>, figures: &Figures) -> Result<Worksheet, ReportError> {
    let widest = figures.statements.iter().map(|statement| statement.months.len()).max().unwrap_or(0);
    let last = u16::try_from(widest + 1).unwrap_or(u16::MAX).max(NOTICE_COLUMNS);
    let mut sheet = Sheet::new("Statements", &book.report.notice, &book.style, last)?;
    sheet.inner.set_column_width(0, LABEL_WIDTH)?;
    sheet.inner.set_column_range_width(1, last, MONTH_WIDTH)?;
    let mut at = 2;
    for statement in &figures.statements {
        at = write(&mut sheet, at, statement)? + 1;
    }
    for affordability in &figures.affordability {
        at = afford(&mut sheet, at, affordability)? + 1;
    }
    rules(&mut sheet, at, figures)?;
    sheet.inner.set_freeze_panes(0, 1)?;
    Ok(sheet.inner)
}

/// The name of a statement.
pub(crate) const fn name(kind: FinancialStatementKind) -> &'static str {
    match kind {
        FinancialStatementKind::CashFlow => "Cash-flow statement",
        FinancialStatementKind::ProfitAndLoss => "Profit and loss, draft on a cash basis",
        FinancialStatementKind::IncomeAndExpenditure => "Income and expenditure",
    }
}

fn write(sheet: &mut Sheet<'_>, at: u32, statement: &FinancialStatement) -> Result<u32, ReportError> {
    let style = sheet.style;
    let code = statement.currency.as_deref().unwrap_or("currency not stated");
    let heading =
        format!("{}, {} to {}, {code}", name(statement.kind), statement.period.start, statement.period.end);
    sheet.text(at, 0, &heading, &style.section)?;
    let mut at = at + 1;
    if statement.basis == Basis::IncludesUnverified {
        let text = "Includes rows that are not proved.";
        sheet.text(at, 0, text, &style.badge(Tone::Warn))?;
        at += 1;
    }
    sheet.text(at, 0, "", &style.head)?;
    for (column, month) in (1..).zip(&statement.months) {
        let star = if statement.partial_months.contains(month) { " *" } else { "" };
        let text = format!("{}{star}", words::month_of(month));
        sheet.inner.write_string_with_format(at, column, text, &style.head_right)?;
    }
    let total = u16::try_from(statement.months.len()).unwrap_or(u16::MAX).saturating_add(1);
    sheet.inner.write_string_with_format(at, total, "Total", &style.head_right)?;
    at += 1;
    for line in &statement.lines {
        write_line(sheet, at, statement, line, total)?;
        at += 1;
    }
    if !statement.partial_months.is_empty() {
        sheet.text(at, 0, "* a day of this month is in no statement.", &style.label)?;
        at += 1;
    }
    for note in &statement.notes {
        sheet.text(at, 0, note, &style.label)?;
        at += 1;
    }
    Ok(at)
}

fn write_line(
    sheet: &mut Sheet<'_>,
    at: u32,
    statement: &FinancialStatement,
    line: &StatementLine,
    total: u16,
) -> Result<(), ReportError> {
    let style = sheet.style;
    let currency = currency_of(statement.currency.as_deref());
    let (label, money): (Format, Format) = if line.is_total {
        (style.total().set_indent(1), style.total_money(currency).set_num_format(plain(currency)))
    } else {
        (style.text.clone().set_indent(line.level.saturating_add(1)), style.money(currency, false))
    };
    sheet.text(at, 0, &line.label, &label)?;
    for (column, amount) in (1..).zip(&line.by_month) {
        sheet.amount(at, column, amount.as_deref(), currency, &money)?;
    }
    let amounts: Option<Vec<i128>> =
        line.by_month.iter().map(|amount| minor(amount.as_deref()?, currency)).collect();
    match amounts.filter(|amounts| !amounts.is_empty()) {
        Some(amounts) => {
            let expression = format!("SUM({}:{})", cell(at, 1), cell(at, total.saturating_sub(1)));
            let sum = Sum { expression, minor: amounts.iter().sum(), currency, leaves_out: false };
            sheet.live((at, total), &sum, line.total.as_deref(), &money)
        }
        None => sheet.amount(at, total, line.total.as_deref(), currency, &money),
    }
}

fn plain(currency: smartexus_domain::Currency) -> String {
    super::super::style::money_format(currency, false)
}

fn afford(sheet: &mut Sheet<'_>, at: u32, affordability: &Affordability) -> Result<u32, ReportError> {
    let style = sheet.style;
    let currency = currency_of(affordability.currency.as_deref());
    let money = style.money(currency, true);
    let heading = format!(
        "What is left of a month, by medians of {}",
        words::counted(usize::try_from(affordability.months).unwrap_or(0), "whole month", "whole months")
    );
    sheet.text(at, 0, &heading, &style.section)?;
    let mut at = at + 1;
    if let Some(reason) = affordability.not_computable {
        sheet.text(at, 0, &format!("Not computed: {}.", words::not_computable(reason)), &style.label)?;
        at += 1;
    }
    let lines = [
        ("Income", &affordability.income),
        ("Committed: debt payments and contracts", &affordability.committed),
        ("Essential", &affordability.essential),
        ("Discretionary, shown and not subtracted", &affordability.discretionary),
        ("Surplus", &affordability.surplus),
        ("After the proposed payment and a buffer", &affordability.after),
    ];
    for (label, amount) in lines.into_iter().filter(|(_, amount)| amount.is_some()) {
        sheet.text(at, 0, label, &style.text)?;
        sheet.amount(at, 1, amount.as_deref(), currency, &money)?;
        at += 1;
    }
    for declared in &affordability.declared {
        let asks = if declared.asks { ": differs by more than 10 %, ask the client" } else { "" };
        sheet.text(at, 0, &format!("Declared {}{asks}", declared.line), &style.text)?;
        sheet.amount(at, 1, Some(&declared.declared), currency, &money)?;
        sheet.amount(at, 2, declared.observed.as_deref(), currency, &money)?;
        at += 1;
    }
    for note in &affordability.notes {
        sheet.text(at, 0, note, &style.label)?;
        at += 1;
    }
    Ok(at)
}

fn rules(sheet: &mut Sheet<'_>, at: u32, figures: &Figures) -> Result<(), ReportError> {
    if figures.prequalification.is_empty() {
        return Ok(());
    }
    let style = sheet.style;
    sheet.text(at, 0, "The workspace's own rules", &style.section)?;
    let titles = [
        ("Rule", false),
        ("Figure", false),
        ("", false),
        ("Threshold", false),
        ("Found", false),
        ("", false),
    ];
    sheet.heads(at + 1, &titles)?;
    for (line, rule) in (at + 2..).zip(&figures.prequalification) {
        let tone = match rule.result {
            RuleResult::Met => Tone::Good,
            RuleResult::NotMet => Tone::Bad,
            RuleResult::Unknown => Tone::Warn,
        };
        sheet.text(line, 0, &rule.rule, &style.text)?;
        sheet.text(line, 1, &words::label(&rule.metric), &style.text)?;
        sheet.text(line, 2, &rule.operator, &style.text)?;
        sheet.text(line, 3, &rule.threshold, &style.text)?;
        sheet.text(line, 4, rule.actual.as_deref().unwrap_or("not computed"), &style.text)?;
        sheet.text(line, 5, words::rule(rule.result), &style.badge(tone))?;
    }
    Ok(())
}
