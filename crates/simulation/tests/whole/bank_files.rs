//! What is written for ledgers is read back by our own readers: every row once, on its day, with its amount.

use smartexus_domain::{
    Case, DocumentFacts, DocumentKind, MediaType, Reading, ResultStatus, StatementResult, Verdict,
};
use smartexus_generator::client::{self, Client};
use smartexus_parse::{CaseDocument, CaseLimits, Input, ParseOptions, assemble, parse};
use smartexus_report::{BankFile, BankFileChoices, CaseReport, ReportError};
use std::collections::{BTreeMap, BTreeSet};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=40;
const ALLOWED: BankFileChoices<'_> = BankFileChoices { allow_unverified: true, bank_id: Some("3000") };
/// How often each day and amount occurs.
type Rows = BTreeMap<(String, i64), u32>;

fn result(document: &client::Document) -> StatementResult {
    StatementResult {
        schema: StatementResult::SCHEMA.to_owned(),
        file: document.name.clone(),
        document: DocumentFacts {
            id: String::new(),
            sha256: document.digest.clone(),
            media_type: MediaType::Pdf,
            bytes: 1,
            pages: 1,
            source: document.source(),
            kind: DocumentKind::BankStatement,
            kind_confidence: 1.0,
            page_kinds: Vec::new(),
            children: Vec::new(),
            encrypted: false,
            producer: None,
        },
        status: ResultStatus::Approved,
        failure: None,
        statements: vec![document.statement.clone()],
        facts: Vec::new(),
        signals: Vec::new(),
        signal_summary: None,
        findings: Vec::new(),
        timings_ms: BTreeMap::new(),
    }
}

fn case_of(client: &Client) -> (Case, Vec<StatementResult>) {
    let results: Vec<StatementResult> = client.documents.iter().map(result).collect();
    let documents: Vec<CaseDocument> = results.iter().map(CaseDocument::of).collect();
    (assemble(&documents, &BTreeSet::new(), &CaseLimits::default()).unwrap(), results)
}

fn rows_of(case: &Case) -> Rows {
    let mut rows = Rows::new();
    for account in &case.accounts {
        for row in &account.ledger {
            let minor = row.amount.replace('.', "").parse().unwrap();
            *rows.entry((row.date.to_string(), minor)).or_default() += 1;
        }
    }
    rows
}

fn rows_read(reading: &Reading) -> Rows {
    let mut rows = Rows::new();
    for row in reading.statements.iter().flat_map(|statement| &statement.transactions) {
        *rows.entry((row.date.to_string(), row.amount.minor())).or_default() += 1;
    }
    rows
}

fn read(bytes: &[u8]) -> Reading {
    let media = smartexus_extract::sniff(bytes);
    parse(Input::Structured { media, bytes }, &ParseOptions::default()).unwrap()
}

#[test]
fn every_row_comes_back() {
    let (mut files, mut verified) = (0, 0);
    for seed in SEEDS {
        let client = client::make(seed);
        let (case, results) = case_of(&client);
        let report = CaseReport::new(&case, &results, None).unwrap();
        for format in [BankFile::Ofx, BankFile::Qbo, BankFile::Qif, BankFile::Camt] {
            let bytes = match report.bank_file(format, ALLOWED) {
                Ok(bytes) => bytes,
                Err(ReportError::NoBalance) => continue,
                Err(error) => panic!("seed {seed}, {format:?}: {error}"),
            };
            let reading = read(&bytes);
            assert_eq!(rows_read(&reading), rows_of(&case), "seed {seed}, {format:?}");
            let mut broken = reading.statements.iter().filter(|s| s.verdict == Verdict::Discrepancy);
            let was_broken = case.accounts.iter().any(|a| a.proof.verdict == Verdict::Discrepancy);
            let first = broken.next().filter(|_| !was_broken).map(|statement| &statement.checks);
            assert_eq!(first, None, "seed {seed}, {format:?}");
            verified += reading.statements.iter().filter(|s| s.verdict == Verdict::Verified).count();
            files += 1;
        }
    }
    assert!(files > 80 && verified > 20, "{files} files, {verified} statements proved again");
}
