//! The files of a case: CSV, JSON, Parquet and what ledgers import.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "support/sample.rs"]
#[expect(unreachable_pub, reason = "test data")]
mod sample;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use proptest::prelude::*;
use sample::{Sample, sample};
use smartexus_domain::Verdict;
use smartexus_report::{BankFile, BankFileChoices, CaseReport, ReportError};

const ALL: [BankFile; 4] = [BankFile::Ofx, BankFile::Qbo, BankFile::Qif, BankFile::Camt];
const ALLOWED: BankFileChoices<'_> = BankFileChoices { allow_unverified: true, bank_id: Some("3000") };

fn report(sample: &Sample) -> CaseReport<'_> {
    CaseReport::new(&sample.case, &sample.results, Some(&sample.figures)).unwrap()
}

/// Only the account that is proved.
fn proved() -> Sample {
    let mut sample = sample();
    sample.case.accounts.retain(|account| account.proof.verdict == Verdict::Verified);
    sample
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_is_not_proved_is_refused_where_the_verdict_has_no_place() {
    let (sample, proved) = (sample(), proved());
    for format in ALL {
        let strict = BankFileChoices { allow_unverified: false, ..ALLOWED };
        let refused = report(&sample).bank_file(format, strict).unwrap_err();
        assert_eq!(refused.code(), "not_verified");
        assert!(refused.advice().contains("--allow-unverified"));
        assert!(report(&sample).bank_file(format, ALLOWED).is_ok());
        assert!(report(&proved).bank_file(format, strict).is_ok());
    }
}

#[test]
fn a_bank_id_is_never_invented() {
    let sample = proved();
    let without = BankFileChoices::default();
    assert!(matches!(report(&sample).bank_file(BankFile::Qbo, without), Err(ReportError::BankIdMissing)));
    let file = text(report(&sample).bank_file(BankFile::Qbo, ALLOWED).unwrap());
    assert!(file.starts_with("OFXHEADER:100\r\n") && file.contains("<INTU.BID>3000\r\n"));
    assert!(!text(report(&sample).bank_file(BankFile::Ofx, ALLOWED).unwrap()).contains("INTU"));
}

#[test]
fn a_balance_is_never_invented() {
    let mut sample = proved();
    sample.results.iter_mut().for_each(|result| {
        result.statements[0].transactions.iter_mut().for_each(|row| row.balance = None);
    });
    for part in &mut sample.case.accounts[0].proof.parts {
        (part.opening, part.closing) = (None, None);
    }
    for format in [BankFile::Ofx, BankFile::Qbo, BankFile::Camt] {
        let refused = report(&sample).bank_file(format, ALLOWED).unwrap_err();
        assert!(matches!(refused, ReportError::NoBalance), "{format:?}");
    }
    assert!(report(&sample).bank_file(BankFile::Qif, ALLOWED).is_ok());
}

#[test]
fn every_row_is_in_every_file_once() {
    let sample = sample();
    let rows: usize = sample.case.accounts.iter().map(|account| account.ledger.len()).sum();
    let count =
        |format, mark: &str| text(report(&sample).bank_file(format, ALLOWED).unwrap()).matches(mark).count();
    assert_eq!(count(BankFile::Ofx, "<FITID>"), rows);
    assert_eq!(count(BankFile::Qbo, "<FITID>"), rows);
    assert_eq!(count(BankFile::Camt, "<Ntry>"), rows);
    // One more mark for each account.
    assert_eq!(count(BankFile::Qif, "^\n"), rows + sample.case.accounts.len());
    assert_eq!(text(report(&sample).transactions_csv().unwrap()).lines().count(), rows + 1);
    assert_eq!(count(BankFile::Ofx, &format!("<FITID>{}<", sample.case.accounts[0].ledger[0].id)), 1);
}

#[test]
fn a_camt_statement_stands_for_each_stretch_without_a_gap() {
    let sample = sample();
    let file = text(report(&sample).bank_file(BankFile::Camt, ALLOWED).unwrap());
    let parts: usize = sample.case.accounts.iter().map(|account| account.proof.parts.len()).sum();
    assert_eq!((parts, file.matches("<Stmt>").count()), (4, 4));
    assert!(file.contains("urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"));
}

#[test]
fn parquet_keeps_types_and_sums() {
    let sample = sample();
    let file = SerializedFileReader::new(bytes::Bytes::from(report(&sample).parquet().unwrap())).unwrap();
    let metadata = file.metadata().file_metadata();
    let pairs = metadata.key_value_metadata().unwrap();
    let value = |key: &str| pairs.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.clone());
    assert_eq!(value("smartexus.formulas").as_deref(), Some("1"));
    assert!(value("smartexus.verdict").unwrap().starts_with("NOT PROVED"));
    let names: Vec<&str> = metadata.schema_descr().columns().iter().map(|column| column.name()).collect();
    let at = |name: &str| names.iter().position(|other| *other == name).unwrap();
    let (mut minors, mut first) = (0_i64, None);
    for row in file.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        let decimal = row.get_decimal(at("amount")).unwrap();
        assert_eq!((decimal.precision(), decimal.scale()), (18, 2));
        minors += decimal.data().iter().fold(0_i64, |sum, byte| (sum << 8) | i64::from(*byte));
        let day = row.get_column_iter().nth(at("date")).map(|(_, field)| field.to_string());
        first = first.or(day);
    }
    let expected: i64 =
        sample.results.iter().flat_map(|r| &r.statements[0].transactions).map(|row| row.amount.minor()).sum();
    assert_eq!(minors, expected);
    assert_eq!(first.as_deref(), Some("2025-03-01"));
}

#[test]
fn figures_are_the_same_in_csv_and_json() {
    let sample = sample();
    let csv = text(report(&sample).figures_csv().unwrap());
    let json: serde_json::Value = serde_json::from_slice(&report(&sample).figures_json().unwrap()).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let figures = json["figures"].as_array().unwrap();
    assert_eq!(lines.len(), figures.len());
    for (line, figure) in lines.iter().zip(figures) {
        assert_eq!(line[0], *figure["key"].as_str().unwrap());
        assert_eq!(line[1], *figure["value"].as_str().unwrap_or_default());
        assert_eq!(line[9], *figure["basis"].as_str().unwrap());
    }
    let none = CaseReport::new(&sample.case, &sample.results, None).unwrap();
    assert!(matches!(none.figures_csv(), Err(ReportError::NoFigures)));
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let (one, other) = (sample(), sample());
    assert_eq!(report(&one).parquet().unwrap(), report(&other).parquet().unwrap());
    assert_eq!(report(&one).transactions_csv().unwrap(), report(&other).transactions_csv().unwrap());
    for format in ALL {
        assert_eq!(
            report(&one).bank_file(format, ALLOWED).unwrap(),
            report(&other).bank_file(format, ALLOWED).unwrap()
        );
    }
}

/// One account with one statement whose words are given.
fn wordy(words: &str) -> Sample {
    let mut sample = proved();
    sample.case.documents.truncate(1);
    sample.case.accounts[0].ledger.retain(|row| row.at.document == 1);
    sample.case.accounts[0].ledger.truncate(2);
    sample.case.accounts[0].proof.parts.truncate(1);
    sample.case.accounts[0].proof.parts[0].rows = 2;
    sample.case.accounts[0].account.institution = Some(words.to_owned());
    for row in &mut sample.results[0].statements[0].transactions {
        row.description = words.to_owned();
        row.check_number = Some(words.to_owned());
        row.categorization.as_mut().unwrap().counterparty = Some(words.to_owned());
    }
    sample
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_field_of_the_csv_starts_a_formula(words in any::<String>()) {
        let sample = wordy(&words);
        let csv = report(&sample).transactions_csv().unwrap();
        let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_slice());
        let names = reader.headers().unwrap().clone();
        let mut lines = 0;
        for line in reader.records() {
            let line = line.unwrap();
            for (name, field) in names.iter().zip(&line) {
                let is_number = ["amount", "balance"].contains(&name);
                prop_assert!(is_number || !field.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']), "{name}: {field:?}");
            }
            lines += 1;
        }
        prop_assert_eq!(lines, 2);
    }

    #[test]
    fn no_words_break_a_bank_file(words in any::<String>()) {
        let sample = wordy(&words);
        for format in [BankFile::Ofx, BankFile::Camt] {
            let file = text(report(&sample).bank_file(format, ALLOWED).unwrap());
            let mut reader = quick_xml::Reader::from_str(&file);
            let mut rows = 0;
            loop {
                let event = reader.read_event().unwrap();
                if matches!(event, quick_xml::events::Event::Eof) {
                    break;
                }
                if let quick_xml::events::Event::Start(tag) = event {
                    rows += usize::from([b"STMTTRN".as_slice(), b"Ntry"].contains(&tag.name().as_ref()));
                }
            }
            prop_assert_eq!(rows, 2);
        }
        let qif = text(report(&sample).bank_file(BankFile::Qif, ALLOWED).unwrap());
        prop_assert_eq!(qif.matches("\n^\n").count(), 3);
        let qbo = report(&sample).bank_file(BankFile::Qbo, ALLOWED).unwrap();
        let tags = qbo.windows(9).filter(|window| *window == b"<STMTTRN>").count();
        prop_assert_eq!(tags, 2);
    }
}
