//! `transactions.csv`: one line a row, for every spreadsheet and import tool.

use crate::ReportError;
use smartexus_domain::{Account, Method, Statement, StatementResult, Transaction, Verdict};
use std::borrow::Cow;

/// Column titles, in order. Adding one at the end is fine; moving one breaks imports.
const HEADER: [&str; 27] = [
    "file",
    "account",
    "statement",
    "seq",
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
    "verdict",
    "method",
    "confidence",
    "page",
    "status",
    "original_amount",
    "original_currency",
    "fx_rate",
    "charges",
    "bank_code",
];

/// Every booked row of every statement as CSV: UTF-8, comma, `\n`, header first. Pending rows are not in it, for whoever
/// adds up a column must get what the statement says.
///
/// Unknown is an empty field, never zero. Numbers and dates stay numbers and dates; text that a spreadsheet would run
/// as a formula gets a leading `'`.
///
/// # Errors
/// [`ReportError::Csv`] if the writer refuses, which writing to memory does not.
pub fn csv(result: &StatementResult) -> Result<Vec<u8>, ReportError> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(HEADER).map_err(ReportError::Csv)?;
    for (index, statement) in result.statements.iter().enumerate() {
        for row in &statement.transactions {
            writer
                .write_record(record(result, index + 1, statement, row).iter().map(Cow::as_ref))
                .map_err(ReportError::Csv)?;
        }
    }
    writer.into_inner().map_err(|fault| ReportError::Csv(fault.into_error().into()))
}

fn record<'a>(
    result: &'a StatementResult,
    number: usize,
    statement: &'a Statement,
    row: &'a Transaction,
) -> [Cow<'a, str>; HEADER.len()] {
    let said = row.categorization.as_ref();
    let details = row.details.as_deref();
    let currency = row.amount.currency();
    [
        guarded(&result.file),
        guarded_option(account_label(&statement.account)),
        number.to_string().into(),
        row.seq.to_string().into(),
        row.date.to_string().into(),
        row.value_date.map(|date| date.to_string()).unwrap_or_default().into(),
        guarded(&row.description),
        guarded_option(said.and_then(|c| c.counterparty.as_deref())),
        row.amount.to_string().into(),
        if currency.is_known() { currency.code().to_owned().into() } else { "".into() },
        row.balance.map(|balance| balance.to_string()).unwrap_or_default().into(),
        guarded_option(said.map(|c| c.category.as_str())),
        said.map(|c| fraction(c.confidence)).unwrap_or_default().into(),
        guarded_option(said.map(|c| c.reason.as_str())),
        said.map(|c| guarded(&c.tags.join(";")).into_owned()).unwrap_or_default().into(),
        guarded_option(row.reference.as_deref()),
        guarded_option(row.check_number.as_deref()),
        verdict_word(statement.verdict).into(),
        method_word(row.method).into(),
        fraction(row.confidence).into(),
        row.source.map(|source| source.page.to_string()).unwrap_or_default().into(),
        status_word(result).into(),
        details.and_then(|d| d.original_amount).map(|m| m.to_string()).unwrap_or_default().into(),
        details.and_then(|d| d.original_currency).map(|c| c.code().to_owned()).unwrap_or_default().into(),
        guarded_option(details.and_then(|d| d.fx_rate.as_deref())),
        details.and_then(|d| d.charges).map(|m| m.to_string()).unwrap_or_default().into(),
        details.and_then(|d| d.bank_code.as_ref()).map(|c| c.to_string()).unwrap_or_default().into(),
    ]
}

/// What names an account best: its number, else its IBAN.
pub(crate) fn account_label(account: &Account) -> Option<&str> {
    account.number.as_deref().or(account.iban.as_deref())
}

/// A confidence as people read it: three digits at most, always a decimal number.
pub(crate) fn fraction(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub(crate) fn guarded_option(text: Option<&str>) -> Cow<'_, str> {
    text.map_or(Cow::Borrowed(""), guarded)
}

/// Text that no spreadsheet runs: a leading `'` where the first character would start a formula (CWE-1236).
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if starts_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a spreadsheet could take this text for a formula, or trim its way to one.
pub(crate) fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0'])
}

/// The verdict as the contract spells it.
pub(crate) const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "verified",
        Verdict::Discrepancy => "discrepancy",
        Verdict::Unverifiable => "unverifiable",
    }
}

/// The method as the contract spells it.
pub(crate) const fn method_word(method: Method) -> &'static str {
    match method {
        Method::Text => "text",
        Method::Ocr => "ocr",
        Method::Structured => "structured",
        Method::Repaired => "repaired",
        Method::Person => "person",
    }
}

const fn status_word(result: &StatementResult) -> &'static str {
    use smartexus_domain::ResultStatus::{Approved, Failed, NeedsReview};
    match result.status {
        Approved => "approved",
        NeedsReview => "needs_review",
        Failed => "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_would_run_is_quoted_and_nothing_else_is() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+44 20", "'+44 20"),
            ("-61.20", "'-61.20"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\0=1", "'\0=1"),
            ("ACME = SUPPLIES", "ACME = SUPPLIES"),
            ("'quoted", "'quoted"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn fractions_are_short() {
        for (value, expected) in [(1.0, "1"), (0.97, "0.97"), (0.0, "0"), (0.1234, "0.123")] {
            assert_eq!(fraction(value), expected);
        }
    }
}
