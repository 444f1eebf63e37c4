//! The workbook, read back by another library.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test may stop, and compares cells"
)]

mod support;

use calamine::{Data, DataType, Range, Reader, Xlsx};
use proptest::prelude::*;
use smartexus_domain::{Failure, FailureCode, ResultStatus, StatementResult, Verdict};
use std::io::Cursor;
use support::{result, row, statement, trapped};

fn open(result: &StatementResult) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(smartexus_report::xlsx(result).unwrap())).unwrap()
}

fn values(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Range<Data> {
    book.worksheet_range(sheet).unwrap()
}

fn at(range: &Range<Data>, row: u32, column: u32) -> Data {
    range.get_value((row, column)).cloned().unwrap_or(Data::Empty)
}

fn number(cell: &Data) -> f64 {
    cell.get_float().unwrap_or_else(|| panic!("not a number: {cell:?}"))
}

fn close(cell: &Data, expected: f64) -> bool {
    (number(cell) - expected).abs() < 1e-9
}

/// Finds the line whose cell in `column` holds this text.
fn line_of(range: &Range<Data>, column: u32, text: &str) -> u32 {
    (0..=range.end().unwrap().0)
        .find(|line| at(range, *line, column) == Data::String(text.to_owned()))
        .unwrap_or_else(|| panic!("no {text:?} in column {column}"))
}

#[test]
fn every_sheet_says_first_whether_the_file_is_proved() {
    let mut failed = result(Vec::new());
    failed.status = ResultStatus::Failed;
    failed.failure = Some(Failure::from(FailureCode::Corrupt));
    let one = |verdict| {
        result(vec![statement("USD", 0, verdict, vec![row(1, (3, 2), "A", 5, "USD", "unc.unknown")])])
    };
    let mut reviewed = one(Verdict::Verified);
    reviewed.status = ResultStatus::NeedsReview;
    for (result, beginning) in [
        (trapped(), "NOT PROVED: statement 2 does not add up."),
        (one(Verdict::Verified), "PROVED:"),
        (
            reviewed,
            "PROVED: opening balance plus every transaction equals the closing balance, to the cent. A person",
        ),
        (one(Verdict::Unverifiable), "NOT PROVED: the statement does not print"),
        (one(Verdict::Discrepancy), "NOT PROVED: the statement does not add up."),
        (failed, "COULD NOT BE READ."),
        (result(Vec::new()), "No statement was found"),
    ] {
        let mut book = open(&result);
        assert_eq!(book.sheet_names(), ["Summary", "Transactions", "Monthly", "Checks"]);
        for sheet in book.sheet_names() {
            let Data::String(text) = at(&values(&mut book, &sheet), 0, 0) else {
                panic!("no notice on {sheet}")
            };
            assert!(text.starts_with(beginning), "{sheet}: {text}");
        }
    }
}

#[test]
fn pending_rows_have_a_sheet_of_their_own() {
    let rows = || vec![row(1, (3, 2), "A", -500, "USD", "unc.unknown")];
    let booked = result(vec![statement("USD", 0, Verdict::Verified, rows())]);
    let mut pending = booked.clone();
    let row = pending.statements[0].transactions[0].clone();
    pending.statements[0].pending = vec![row];
    let mut book = open(&pending);
    assert_eq!(book.sheet_names().last().map(String::as_str), Some("Pending"));
    let sheet = values(&mut book, "Pending");
    assert_eq!(sheet.height(), 3);
    assert!(matches!(at(&sheet, 2, 4), Data::Float(_)));
    let all = values(&mut book, "Transactions").height();
    assert_eq!(all, values(&mut open(&booked), "Transactions").height());
}

#[test]
fn cells_are_typed_and_text_stays_text() {
    let mut book = open(&trapped());
    let sheet = values(&mut book, "Transactions");
    assert!(matches!(at(&sheet, 2, 3), Data::DateTime(_)), "{:?}", at(&sheet, 2, 3));
    assert_eq!(at(&sheet, 2, 5), Data::String("=HYPERLINK(\"x\")".to_owned()));
    assert_eq!(at(&sheet, 2, 7), Data::Float(-61.2));
    assert_eq!(at(&sheet, 6, 5), Data::String("@SUM".to_owned()));
    assert_eq!(at(&sheet, 6, 7), Data::Float(-1200.0));
    assert_eq!(at(&sheet, 2, 1), Data::String("0012345678".to_owned()), "leading zeros are kept");
    assert_eq!(at(&sheet, 2, 9), Data::Empty, "a balance that is not printed is empty, never zero");
    let formulas = book.worksheet_formula("Transactions").unwrap();
    assert!(
        formulas.used_cells().all(|(_, _, formula)| formula.is_empty()),
        "two currencies: no sum of the rows shown"
    );
}

#[test]
fn live_sums_carry_the_results_that_we_computed() {
    let mut book = open(&trapped());
    let summary = values(&mut book, "Summary");
    let titles = line_of(&summary, 1, "Account");
    for (line, money_in, money_out, closing, difference, rows) in
        [(titles + 1, 3419.99, -61.3, 4608.69, 0.0, 4.0), (titles + 2, 500.0, -1200.0, 9300.0, 0.0, 2.0)]
    {
        let expected = [(7, money_in), (8, money_out), (9, closing), (10, difference), (11, rows)];
        for (column, expected) in expected {
            let cell = at(&summary, line, column);
            assert!(close(&cell, expected), "line {line}, column {column}: {cell:?}");
        }
    }
    let office = line_of(&summary, 1, "biz.office");
    assert!(close(&at(&summary, office, 8), -1200.0), "yen come first: JPY sorts before USD");
    let monthly = values(&mut book, "Monthly");
    for (line, column, expected) in
        [(2, 4, 19.99), (2, 5, -61.2), (2, 6, -41.21), (3, 4, 3400.0), (3, 5, -0.1), (4, 6, -700.0)]
    {
        assert!(
            close(&at(&monthly, line, column), expected),
            "{line},{column}: {:?}",
            at(&monthly, line, column)
        );
    }
}

#[test]
fn formulas_stand_only_where_we_wrote_them() {
    let mut book = open(&trapped());
    for (sheet, prefixes) in [
        ("Summary", vec!["ROUND(", "COUNTIFS("]),
        ("Transactions", vec!["ROUND(SUBTOTAL("]),
        ("Monthly", vec!["ROUND(", "COUNTIFS(", "SUM("]),
        ("Checks", vec![]),
    ] {
        for (_, _, formula) in
            book.worksheet_formula(sheet).unwrap().used_cells().filter(|cell| !cell.2.is_empty())
        {
            assert!(prefixes.iter().any(|prefix| formula.starts_with(prefix)), "{sheet}: {formula}");
        }
    }
}

#[test]
fn a_single_currency_gets_totals() {
    let rows =
        vec![row(1, (3, 2), "A", 10, "USD", "unc.unknown"), row(2, (4, 2), "B", -3, "USD", "unc.unknown")];
    let mut book = open(&result(vec![statement("USD", 0, Verdict::Verified, rows)]));
    let sheet = values(&mut book, "Transactions");
    assert!(close(&at(&sheet, 0, 7), 0.07), "{:?}", at(&sheet, 0, 7));
    let monthly = values(&mut book, "Monthly");
    let total = line_of(&monthly, 1, "All months");
    for (column, expected) in [(4, 0.1), (5, -0.03), (6, 0.07), (7, 2.0)] {
        assert!(close(&at(&monthly, total, column), expected));
    }
}

#[test]
fn checks_and_repairs_are_spelled_out() {
    let mut book = open(&trapped());
    let checks = values(&mut book, "Checks");
    assert_eq!(at(&checks, 2, 2), Data::String("holds".to_owned()));
    assert_eq!(at(&checks, 3, 2), Data::String("BROKEN".to_owned()));
    assert!(close(&at(&checks, 3, 3), 1.0));
    assert_eq!(at(&checks, 4, 6), Data::String("end not printed".to_owned()));
    let repairs = line_of(&checks, 1, "Proposed change");
    assert_eq!(at(&checks, repairs + 1, 2), Data::String("proposal".to_owned()));
    assert_eq!(at(&checks, repairs + 1, 5), Data::String("-1700".to_owned()));
}

#[test]
fn an_amount_beyond_a_double_stays_text_and_says_so() {
    let huge = (1_i64 << 53) + 1;
    let rows =
        vec![row(1, (3, 2), "A", huge, "USD", "unc.unknown"), row(2, (3, 3), "B", 5, "USD", "unc.unknown")];
    let mut book = open(&result(vec![statement("USD", 0, Verdict::Verified, rows)]));
    let sheet = values(&mut book, "Transactions");
    assert_eq!(at(&sheet, 2, 7), Data::String("90071992547409.93".to_owned()));
    let summary = values(&mut book, "Summary");
    line_of(&summary, 1, "figures");
    assert!(
        close(&at(&summary, line_of(&summary, 1, "Account") + 1, 7), 0.05),
        "the sum leaves it out, as SUMIFS does"
    );
}

#[test]
fn the_same_result_gives_the_same_bytes() {
    let first = smartexus_report::xlsx(&trapped()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(
        first,
        smartexus_report::xlsx(&trapped()).unwrap(),
        "zip time stamps have a grain of two seconds"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_comes_back_as_that_text(text in "\\PC{0,40}", lead in "[=+@\\-']?") {
        let text = format!("{lead}{text}");
        let rows = vec![row(1, (3, 2), &text, 5, "USD", "unc.unknown")];
        let mut book = open(&result(vec![statement("USD", 0, Verdict::Verified, rows)]));
        let sheet = values(&mut book, "Transactions");
        let expected = if text.is_empty() { Data::Empty } else { Data::String(text) };
        prop_assert_eq!(at(&sheet, 2, 5), expected);
    }
}
