//! The rows of a case and its figures as CSV and JSON.

use crate::ReportError;
use crate::case_report::{CaseReport, Ledger, Row};
use crate::csv::{fraction, guarded, guarded_option, method_word, verdict_word};
use crate::words;
use smartexus_domain::{Figure, Span};
use std::borrow::Cow;

/// Column titles of the rows, in order. Adding one at the end is fine; moving one breaks imports.
const ROWS: [&str; 26] = [
    "row_id",
    "account",
    "account_name",
    "date",
    "value_date",
    "description",
    "counterparty",
    "amount",
    "currency",
    "balance",
    "category",
    "category_confidence",
    "category_reason",
    "tags",
    "reference",
    "check_number",
    "statement_verdict",
    "ledger_verdict",
    "method",
    "confidence",
    "file",
    "statement",
    "seq",
    "page",
    "also_in",
    "restored",
];

/// Column titles of the figures, in order. Adding one at the end is fine; moving one breaks imports.
const FIGURES: [&str; 16] = [
    "key",
    "value",
    "unit",
    "currency",
    "start",
    "end",
    "whole",
    "account",
    "account_name",
    "basis",
    "coverage",
    "not_computable",
    "note",
    "dates",
    "rows",
    "formulas",
];

impl CaseReport<'_> {
    /// The merged ledgers as CSV: UTF-8, comma, `\n`, header first, one line a row that counts.
    ///
    /// Unknown is an empty field, never zero. Text that a spreadsheet would run as a formula gets a leading `'`.
    ///
    /// # Errors
    /// [`ReportError::Csv`] if the writer refuses, which writing to memory does not.
    pub fn transactions_csv(&self) -> Result<Vec<u8>, ReportError> {
        write(ROWS, self.rows().map(|(ledger, row)| record(ledger, row)))
    }

    /// Every figure as CSV, with the verdict under it and the number of rows behind it.
    ///
    /// # Errors
    /// [`ReportError::NoFigures`] where nobody computed any; [`ReportError::Csv`] if the writer refuses.
    pub fn figures_csv(&self) -> Result<Vec<u8>, ReportError> {
        let figures = self.figures.ok_or(ReportError::NoFigures)?;
        write(FIGURES, figures.figures.iter().map(|figure| self.figure(figure, figures.formulas)))
    }

    /// `smartexus.figures/1`, for people and programs: two blanks a level, `\n` at the end.
    ///
    /// # Errors
    /// [`ReportError::NoFigures`] where nobody computed any; [`ReportError::Json`] if the writer refuses.
    pub fn figures_json(&self) -> Result<Vec<u8>, ReportError> {
        let mut json = serde_json::to_vec_pretty(self.figures.ok_or(ReportError::NoFigures)?)?;
        json.push(b'\n');
        Ok(json)
    }

    fn figure<'a>(&self, figure: &'a Figure, formulas: u32) -> [Cow<'a, str>; FIGURES.len()] {
        let day = |day: fn(Span) -> jiff::civil::Date| {
            figure.period.map(|days| day(days).to_string()).unwrap_or_default().into()
        };
        let dates: Vec<String> = figure.dates.iter().map(ToString::to_string).collect();
        let rows = u32::try_from(figure.rows.len()).unwrap_or(u32::MAX).saturating_add(figure.rows_left_out);
        [
            guarded(&figure.key),
            // A value is our own decimal text: a minus sign begins a number, not a formula.
            number(figure.value.as_deref()),
            words::unit_word(figure.unit).into(),
            guarded_option(figure.currency.as_deref()),
            day(|days| days.start),
            day(|days| days.end),
            figure.is_whole.to_string().into(),
            guarded(&figure.account),
            guarded(&self.account_words(&figure.account)).into_owned().into(),
            words::basis_word(figure.basis).into(),
            fraction(figure.coverage).into(),
            figure.not_computable.map(words::not_computable_word).unwrap_or_default().into(),
            guarded_option(figure.note.as_deref()),
            dates.join(";").into(),
            rows.to_string().into(),
            formulas.to_string().into(),
        ]
    }
}

/// Decimal text as it is; anything else as text.
fn number(value: Option<&str>) -> Cow<'_, str> {
    let Some(text) = value else { return "".into() };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number { text.into() } else { guarded(text) }
}

fn write<'r, const N: usize>(
    header: [&str; N],
    records: impl Iterator<Item = [Cow<'r, str>; N]>,
) -> Result<Vec<u8>, ReportError> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(header).map_err(ReportError::Csv)?;
    for record in records {
        writer.write_record(record.iter().map(|field| field.as_bytes())).map_err(ReportError::Csv)?;
    }
    writer.into_inner().map_err(|fault| ReportError::Csv(fault.into_error().into()))
}

fn record<'a>(ledger: &'a Ledger<'_>, row: &'a Row<'_>) -> [Cow<'a, str>; ROWS.len()] {
    let said = row.row.categorization.as_ref();
    let currency = row.amount.currency();
    [
        guarded(&row.ledger.id),
        guarded(&ledger.account.id),
        guarded(&ledger.name),
        row.ledger.date.to_string().into(),
        row.row.value_date.map(|date| date.to_string()).unwrap_or_default().into(),
        guarded(&row.row.description),
        guarded_option(said.and_then(|c| c.counterparty.as_deref())),
        row.amount.to_string().into(),
        if currency.is_known() { currency.code().to_owned().into() } else { "".into() },
        row.row.balance.map(|balance| balance.to_string()).unwrap_or_default().into(),
        guarded_option(said.map(|c| c.category.as_str())),
        said.map(|c| fraction(c.confidence)).unwrap_or_default().into(),
        guarded_option(said.map(|c| c.reason.as_str())),
        said.map(|c| guarded(&c.tags.join(";")).into_owned()).unwrap_or_default().into(),
        guarded_option(row.row.reference.as_deref()),
        guarded_option(row.row.check_number.as_deref()),
        verdict_word(row.statement.verdict).into(),
        verdict_word(ledger.account.proof.verdict).into(),
        method_word(row.row.method).into(),
        fraction(row.row.confidence).into(),
        guarded(&row.document.file),
        row.ledger.at.statement.to_string().into(),
        row.row.seq.to_string().into(),
        row.row.source.map(|source| source.page.to_string()).unwrap_or_default().into(),
        row.ledger.corroborated.to_string().into(),
        row.ledger.restored.to_string().into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_a_number_and_nothing_else_does() {
        for (value, expected) in [
            (Some("-61.20"), "-61.20"),
            (Some("12"), "12"),
            (None, ""),
            (Some("-1+2"), "'-1+2"),
            (Some("-"), "'-"),
            (Some("=1"), "'=1"),
        ] {
            assert_eq!(number(value), expected);
        }
    }
}
