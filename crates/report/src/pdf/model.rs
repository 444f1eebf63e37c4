//! What the template sets: text that is ready to print, in the order of the pages.

use super::sections::{accounts, appendix, cash_flow, key_figures, revenue, statements, structure};
use crate::case_report::{CaseReport, PROGRAM};
use crate::findings::findings;
use crate::notice::Tone;
use crate::words;
use serde::Serialize;
use smartexus_domain::{Currency, Money};

/// Lines of one list. What is beyond is in the workbook, and the list says how many.
pub(super) const LINES_MAX: usize = 60;
/// Days, the statements of account and other lists that a page has room for.
pub(super) const MONTHS_MAX: usize = 24;

/// A report, section by section.
#[derive(Serialize)]
pub(super) struct Model {
    title: String,
    period: Option<String>,
    made_by: String,
    tone: &'static str,
    verdict: String,
    facts: Vec<[String; 2]>,
    findings: Vec<Found>,
    findings_more: usize,
    accounts: Table,
    key_figures: Option<Table>,
    cash_flow: Vec<CashFlow>,
    revenue: Vec<Table>,
    structure: Vec<Table>,
    statements: Vec<Table>,
    appendix: Vec<Table>,
}

/// Something to look at.
#[derive(Serialize)]
pub(super) struct Found {
    tone: &'static str,
    about: String,
    text: String,
}

/// A table: titles, lines, what stands below it.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Table {
    pub(super) heading: String,
    /// Said instead of lines where there are none.
    pub(super) nothing: String,
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<Line>,
    pub(super) notes: Vec<String>,
    /// Lines that the workbook has beyond these.
    pub(super) more: usize,
}

/// A column: its title, where its values stand, and its part of the width.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Column {
    pub(super) title: String,
    pub(super) right: bool,
    /// Parts of the width; 0 for as wide as its values.
    pub(super) parts: u8,
}

/// A line of a table.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    pub(super) cells: Vec<String>,
    /// Drawn as a total.
    pub(super) total: bool,
    /// 0 to 2: how far the first cell is moved in.
    pub(super) level: u8,
}

/// A block of months with its charts.
#[derive(Serialize)]
pub(super) struct CashFlow {
    pub(super) table: Table,
    pub(super) charts: Vec<Chart>,
}

/// A picture and its words for people who do not see it.
#[derive(Serialize)]
pub(super) struct Chart {
    pub(super) caption: String,
    pub(super) alt: String,
    pub(super) svg: String,
}

impl Model {
    /// Everything that the template sets.
    pub(super) fn of(report: &CaseReport<'_>) -> Self {
        let figures = report.figures;
        let (findings, findings_more) = found(report);
        Self {
            title: report.title.unwrap_or("Case report").to_owned(),
            period: report.days().map(|days| format!("{} to {}", days.start, days.end)),
            made_by: PROGRAM.to_owned(),
            tone: tone(report.notice.tone),
            verdict: report.notice.text.clone(),
            facts: facts(report),
            findings,
            findings_more,
            accounts: accounts(report),
            key_figures: figures.map(|figures| key_figures(report, figures)),
            cash_flow: figures.map(|figures| cash_flow(report, figures)).unwrap_or_default(),
            revenue: figures.map(|figures| revenue(report, figures)).unwrap_or_default(),
            structure: figures.map(|figures| structure(report, figures)).unwrap_or_default(),
            statements: figures.map(statements).unwrap_or_default(),
            appendix: appendix(report),
        }
    }
}

fn facts(report: &CaseReport<'_>) -> Vec<[String; 2]> {
    let mut facts =
        vec![["Documents".to_owned(), words::counted(report.case.documents.len(), "document", "documents")]];
    let rows = report.accounts.iter().map(|ledger| ledger.rows.len()).sum();
    facts.push(["Transactions".to_owned(), words::counted(rows, "row", "rows")]);
    if let Some(figures) = report.figures {
        facts.extend(figures.as_of.map(|day| ["Seen from".to_owned(), day.to_string()]));
        facts.push(["Formulas".to_owned(), format!("version {}", figures.formulas)]);
        for choice in figures.choices.iter().filter(|choice| !choice.is_default) {
            facts.push([words::title(&choice.name), choice.value.clone()]);
        }
    }
    facts
}

fn found(report: &CaseReport<'_>) -> (Vec<Found>, usize) {
    let all = findings(report);
    let more = all.len().saturating_sub(LINES_MAX);
    let kept = all.into_iter().take(LINES_MAX);
    (kept.map(|(of, about, text)| Found { tone: tone(of), about, text }).collect(), more)
}

/// The word that the template knows a tone by.
pub(super) const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
    }
}

impl Table {
    /// A table of these columns: title, right, parts.
    pub(super) fn new(heading: impl Into<String>, columns: &[(&str, bool, u8)]) -> Self {
        let column = |(title, right, parts): &(&str, bool, u8)| Column {
            title: (*title).to_owned(),
            right: *right,
            parts: *parts,
        };
        Self { heading: heading.into(), columns: columns.iter().map(column).collect(), ..Self::default() }
    }

    /// The first lines, and how many more there are.
    pub(super) fn filled(mut self, lines: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut lines = lines.into_iter();
        self.lines.extend(lines.by_ref().take(LINES_MAX).map(|cells| Line { cells, ..Line::default() }));
        self.more = lines.count();
        self
    }

    /// Said where there are no lines.
    pub(super) fn or_else(mut self, nothing: &str) -> Self {
        nothing.clone_into(&mut self.nothing);
        self
    }
}

/// Decimal text of a currency as people read it: `1,234.50`, `−61.20`. Text that is no amount stays as it is.
pub(super) fn amount(text: &str, currency: Currency) -> String {
    Money::from_decimal(text, currency).map_or_else(|_| text.to_owned(), grouped)
}

/// An amount with its thousands apart and a true minus sign.
pub(super) fn grouped(money: Money) -> String {
    let text = money.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("\u{2212}", rest));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if rest.is_empty() { out } else { format!("{out}.{rest}") }
}

/// The same of an amount that may not be there.
pub(super) fn maybe(text: Option<&str>, currency: Currency) -> String {
    text.map_or_else(|| "\u{2013}".to_owned(), |text| amount(text, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (text, code, expected) in [
            ("-61.20", "USD", "\u{2212}61.20"),
            ("1234567.05", "USD", "1,234,567.05"),
            ("999", "JPY", "999"),
            ("-1000", "JPY", "\u{2212}1,000"),
            ("0.001", "KWD", "0.001"),
            ("not an amount", "USD", "not an amount"),
        ] {
            assert_eq!(amount(text, Currency::from_code(code).unwrap()), expected);
        }
    }

    #[test]
    fn a_list_is_cut_just_above_its_limit() {
        let lines = |count: usize| (0..count).map(|n| vec![n.to_string()]);
        let full = Table::new("", &[]).filled(lines(LINES_MAX));
        assert_eq!((full.lines.len(), full.more), (LINES_MAX, 0));
        let cut = Table::new("", &[]).filled(lines(LINES_MAX + 1));
        assert_eq!((cut.lines.len(), cut.more), (LINES_MAX, 1));
    }
}
