//! `transactions.csv`, read back.

mod support;

use proptest::prelude::*;
use smartexus_domain::{BankCode, CodeList, Money, RowDetails, RowStatus, Transaction, Verdict};
use support::{currency, result, row, statement, trapped};

fn read(bytes: &[u8]) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(bytes).records().map(Result::unwrap).collect()
}

#[test]
fn one_line_a_row_with_iso_dates_and_decimal_strings() {
    let bytes = smartexus_report::csv(&trapped()).unwrap();
    let lines = read(&bytes);
    assert_eq!(lines.len(), 6);
    let expected = [
        "march.pdf",
        "0012345678",
        "1",
        "1",
        "2026-03-02",
        "",
        "'=HYPERLINK(\"x\")",
        "Acme Supplies",
        "-61.20",
        "USD",
        "",
        "biz.office",
        "0.9",
        "alias \"acme\"",
        "operating_expense",
        "",
        "",
        "verified",
        "text",
        "0.99",
        "2",
        "needs_review",
        "",
        "",
        "",
        "",
        "",
    ];
    assert_eq!(lines[0].iter().collect::<Vec<_>>(), expected);
    assert_eq!(&lines[4][6], "'@SUM");
    assert_eq!(&lines[4][8], "-1200", "yen have no minor digits, and an amount is never quoted");
    assert_eq!(&lines[4][17], "discrepancy");
}

#[test]
fn another_currency_has_columns_and_pending_rows_have_no_line() {
    let mut converted = row(1, (3, 2), "HOTEL", -10_170, "USD", "unc.unknown");
    let details = RowDetails {
        fx_rate: Some("1.0817".to_owned()),
        charges: Some(Money::new(-150, currency("USD"))),
        bank_code: Some(BankCode { list: CodeList::Iso20022, code: "PMNT/CCRD/POSD".to_owned() }),
        ..RowDetails::converted(Money::new(-9_402, currency("EUR")))
    };
    converted.details = details.boxed();
    let waiting =
        Transaction { status: RowStatus::Pending, ..row(1, (3, 3), "FUEL", -2_500, "USD", "unc.unknown") };
    let mut statement = statement("USD", 0, Verdict::Unverifiable, vec![converted]);
    statement.pending = vec![waiting];
    let lines = read(&smartexus_report::csv(&result(vec![statement])).unwrap());
    assert_eq!(lines.len(), 1, "whoever adds up the column gets what is booked");
    let details: Vec<&str> = lines[0].iter().skip(22).collect();
    assert_eq!(details, ["-94.02", "EUR", "1.0817", "-1.50", "iso20022:PMNT/CCRD/POSD"]);
}

#[test]
fn unknown_is_empty() {
    let mut rows = vec![row(1, (3, 2), "A", 5, "XXX", "unc.unknown")];
    rows[0].categorization = None;
    rows[0].source = None;
    let mut unknown = statement("XXX", 0, Verdict::Unverifiable, rows);
    unknown.account.number = None;
    let lines = read(&smartexus_report::csv(&result(vec![unknown])).unwrap());
    for column in [1, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 20] {
        assert_eq!(&lines[0][column], "", "column {column}");
    }
}

#[test]
fn a_result_without_rows_is_a_header() {
    let bytes = smartexus_report::csv(&result(Vec::new())).unwrap();
    assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 1);
    assert!(bytes.starts_with(b"file,account,statement,seq,date,"));
}

proptest! {
    #[test]
    fn text_never_runs_and_is_otherwise_untouched(text in any::<String>(), lead in "[=+@\\-\t\r\0]?") {
        let text = format!("{lead}{text}");
        let rows = vec![row(1, (3, 2), &text, -6120, "USD", "unc.unknown")];
        let lines = read(&smartexus_report::csv(&result(vec![statement("USD", 0, Verdict::Verified, rows)])).unwrap());
        let written = &lines[0][6];
        prop_assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']));
        prop_assert_eq!(written.strip_prefix('\'').filter(|_| !text.starts_with('\'')).unwrap_or(written), text);
    }

    #[test]
    fn amounts_stay_numbers(minor in any::<i64>()) {
        let mut rows = vec![row(1, (3, 2), "A", minor, "USD", "unc.unknown")];
        rows[0].balance = Some(rows[0].amount);
        let mut one = statement("USD", 0, Verdict::Verified, Vec::new());
        one.transactions = rows;
        let lines = read(&smartexus_report::csv(&result(vec![one])).unwrap());
        for column in [8, 10] {
            let read = Money::from_decimal(&lines[0][column], currency("USD")).unwrap();
            prop_assert_eq!(read.minor(), minor);
        }
    }
}
