//! The PDF of a case. One test, because the typesetter warms up once in a process.
#![cfg(feature = "report-pdf")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "support/sample.rs"]
#[expect(unreachable_pub, reason = "test data")]
mod sample;

use sample::{Sample, sample};
use smartexus_report::CaseReport;

fn pdf(sample: &Sample, title: &str) -> Vec<u8> {
    let report = CaseReport::new(&sample.case, &sample.results, Some(&sample.figures)).unwrap();
    report.titled(title).pdf().unwrap()
}

fn holds(pdf: &[u8], part: &str) -> bool {
    pdf.windows(part.len()).any(|window| window == part.as_bytes())
}

/// One account of one quarter: enough for every section, quick enough for a build that nobody optimized.
fn quarter() -> Sample {
    let mut sample = sample();
    sample.case.accounts.truncate(1);
    sample.case.documents.truncate(3);
    let account = &mut sample.case.accounts[0];
    account.statements.truncate(3);
    account.ledger.retain(|row| row.at.document <= 3);
    sample.figures.cash_flow.retain(|period| period.account == "all" && period.period.end.month() < 6);
    sample.figures.figures.retain(|figure| figure.is_whole);
    sample
}

#[test]
fn a_report_is_tagged_repeatable_and_takes_no_orders() {
    let plain = pdf(&quarter(), "Harbour Street Bakery LLC");
    assert_eq!(plain, pdf(&quarter(), "Harbour Street Bakery LLC"));
    for part in ["pdfuaid", "/Lang", "/StructTreeRoot", "/MarkInfo", "Harbour Street Bakery LLC"] {
        assert!(holds(&plain, part), "{part}");
    }
    // Words that would be orders if they were source, letters that no font has, a word without an end.
    let orders = "#read(\"/etc/passwd\") #panic(\"x\") $ x $ *b* _i_ `r` @cite <label> = H // c /* */ \\";
    let letters = "日本銀行 \u{202E}abc\u{0} שלום \u{1F980}\u{200D}";
    let endless = "W".repeat(300);
    let mut hostile = quarter();
    hostile.case.accounts[0].account.institution = Some(letters.to_owned());
    hostile.case.documents[0].file = endless.clone();
    hostile.results[0].file = endless;
    hostile.figures.positions[0].lender = orders.to_owned();
    hostile.figures.recurring[0].counterparty = String::new();
    hostile.figures.statements[0].notes.push(orders.to_owned());
    assert!(pdf(&hostile, orders).starts_with(b"%PDF-"));
}

#[test]
fn a_case_of_nothing_is_a_report_too() {
    let mut empty = sample();
    empty.case.accounts.clear();
    empty.case.documents.clear();
    let report = CaseReport::new(&empty.case, &[], None).unwrap();
    assert!(report.pdf().unwrap().starts_with(b"%PDF-"));
}
