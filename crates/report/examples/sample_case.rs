//! Writes every report of an invented case into a directory, and says how long each took:
//! `cargo run -p smartexus-report --example sample_case --features report-pdf -- OUT`.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a program for people who look at reports")]

#[path = "../tests/support/sample.rs"]
#[expect(unreachable_pub, clippy::indexing_slicing, reason = "test data")]
mod sample;

use smartexus_report::{BankFile, BankFileChoices, CaseReport, ReportError};
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    let out = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "sample-reports".to_owned()));
    std::fs::create_dir_all(&out).unwrap();
    let sample = sample::sample();
    let report = CaseReport::new(&sample.case, &sample.results, Some(&sample.figures)).unwrap();
    let report = report.titled("Harbour Street Bakery LLC");
    let choices = BankFileChoices { allow_unverified: true, bank_id: Some("3000") };
    let bank = |format| report.bank_file(format, choices);
    let write = |name: &str, make: &dyn Fn() -> Result<Vec<u8>, ReportError>| {
        let start = Instant::now();
        let bytes = make().unwrap();
        eprintln!("{name}: {} bytes, {:?}", bytes.len(), start.elapsed());
        std::fs::write(out.join(name), bytes).unwrap();
    };
    write("case.xlsx", &|| report.xlsx());
    #[cfg(feature = "report-pdf")]
    for name in ["case.pdf", "case-again.pdf"] {
        write(name, &|| report.pdf());
    }
    write("transactions.csv", &|| report.transactions_csv());
    write("figures.csv", &|| report.figures_csv());
    write("figures.json", &|| report.figures_json());
    write("transactions.parquet", &|| report.parquet());
    write("transactions.ofx", &|| bank(BankFile::Ofx));
    write("transactions.qbo", &|| bank(BankFile::Qbo));
    write("transactions.qif", &|| bank(BankFile::Qif));
    write("transactions.camt.xml", &|| bank(BankFile::Camt));
}
