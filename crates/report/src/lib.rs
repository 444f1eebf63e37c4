#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bank;
mod case_csv;
mod case_report;
#[cfg(feature = "report-pdf")]
mod chart;
mod csv;
mod error;
mod findings;
mod key_figures;
mod notice;
mod parquet;
#[cfg(feature = "report-pdf")]
mod pdf;
mod words;
mod xlsx;

pub use bank::{BankFile, BankFileChoices};
pub use case_report::CaseReport;
pub use csv::csv;
pub use error::ReportError;
pub use xlsx::xlsx;
