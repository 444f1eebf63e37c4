//! The workbook of a case, read back by another library and computed again by a reader of formulas.
#![expect(clippy::float_arithmetic, clippy::panic, clippy::unwrap_used, clippy::pedantic, reason = "tests")]

#[path = "support/evaluate.rs"]
#[expect(
    unreachable_pub,
    clippy::pedantic,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a reader for tests"
)]
mod evaluate;
#[path = "support/sample.rs"]
#[expect(clippy::indexing_slicing, unreachable_pub, reason = "test data")]
mod sample;

use calamine::Data;
use evaluate::Book;
use proptest::prelude::*;
use sample::{Sample, sample};
use smartexus_report::CaseReport;

fn workbook(sample: &Sample) -> Vec<u8> {
    let report = CaseReport::new(&sample.case, &sample.results, Some(&sample.figures)).unwrap();
    report.titled("Harbour Street Bakery LLC").xlsx().unwrap()
}

#[test]
fn every_formula_comes_to_what_stands_beside_it() {
    let book = Book::open(workbook(&sample()));
    let recomputed = book.recomputed();
    for (place, found, computed) in &recomputed {
        assert!((found - computed).abs() < 1e-9, "{place}: {found} but {computed}");
    }
    assert!(recomputed.len() > 400, "{}", recomputed.len());
}

#[test]
fn every_sheet_says_first_what_is_not_proved() {
    let book = Book::open(workbook(&sample()));
    for sheet in book.sheets() {
        let Data::String(text) = book.at(sheet, 0, 0) else { panic!("{sheet} says nothing") };
        assert!(
            text.starts_with("NOT PROVED: each of Cedar Prairie Bank …9902 USD, Summit"),
            "{sheet}: {text}"
        );
    }
    assert_eq!(book.sheets().count(), 8);
    assert_eq!(book.find("Summary", "not proved").len(), 2);
    assert!(!book.find("Cash flow", "includes unproved").is_empty());
}

#[test]
fn a_figure_that_no_formula_reaches_stands_alone() {
    let mut changed = sample();
    let period = changed.figures.cash_flow.iter_mut().find(|period| period.account == "all").unwrap();
    period.money_in = "0.01".to_owned();
    let (before, after) = (Book::open(workbook(&sample())), Book::open(workbook(&changed)));
    let (line, _) = before.find("Cash flow", "Money in")[0];
    assert!(before.formula_at("Cash flow", line, 1).is_some());
    assert_eq!(after.formula_at("Cash flow", line, 1), None);
    assert_eq!(after.at("Cash flow", line, 1), Data::Float(0.01));
}

#[test]
fn the_same_case_gives_the_same_bytes_in_any_order() {
    let one = sample();
    let mut turned = sample();
    turned.results.reverse();
    assert_eq!(workbook(&one), workbook(&turned));
}

#[test]
fn results_of_another_case_are_refused() {
    let mut other = sample();
    other.results[0].statements[0].transactions[0].amount =
        smartexus_domain::Money::new(1, smartexus_domain::Currency::from_code("USD").unwrap());
    let made = CaseReport::new(&other.case, &other.results, None);
    assert!(matches!(made.err(), Some(smartexus_report::ReportError::NotOfThisCase)));
    other.results.remove(0);
    assert!(CaseReport::new(&other.case, &other.results, None).is_err());
}

/// Few rows, so that many cases are quick.
fn small(text: &str) -> Sample {
    let mut sample = sample();
    sample.case.documents.truncate(1);
    sample.case.accounts.truncate(1);
    let account = &mut sample.case.accounts[0];
    account.ledger.retain(|row| row.at.document == 1);
    account.ledger.truncate(3);
    account.account.institution = Some(text.to_owned());
    account.account.holders = vec![text.to_owned()];
    sample.case.transfers.clear();
    for row in &mut sample.results[0].statements[0].transactions {
        row.description = text.to_owned();
        row.reference = Some(text.to_owned());
        if let Some(said) = &mut row.categorization {
            said.counterparty = Some(text.to_owned());
            said.reason = text.to_owned();
            said.tags = vec![text.to_owned()];
        }
    }
    sample.figures.figures.iter_mut().for_each(|figure| figure.note = Some(text.to_owned()));
    sample.figures.positions.iter_mut().for_each(|position| position.lender = text.to_owned());
    sample.figures.recurring.iter_mut().for_each(|series| series.counterparty = text.to_owned());
    sample
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn no_text_of_a_document_becomes_a_formula(text in "[=+@\\-\t'\"(){}!A-Z0-9 ,é]{1,24}") {
        let plain = Book::open(workbook(&small("ACME")));
        let book = Book::open(workbook(&small(&text)));
        prop_assert_eq!(plain.formulas(), book.formulas());
        let description = book.at("Transactions", 2, 4);
        prop_assert_eq!(description, Data::String(text));
    }
}
