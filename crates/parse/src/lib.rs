#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod account;
mod case;
mod draft;
mod error;
mod hint;
mod lexicon;
mod options;
mod page_numbers;
mod paper;
mod period;
mod signals;
mod solve;
mod structured;
mod table;
mod text;
mod workbook;

pub use case::{CaseDocument, CaseError, CaseLimits, RowKey, assemble};
pub use error::ParseError;
pub use hint::{
    HINTS_MAX, HintError, HintRole, HintSide, HintSigns, IssuerHint, PrintedNumbers, PrintedOrder,
};
pub use options::ParseOptions;
pub use paper::LearnError;
pub use signals::judge_pages;

use smartexus_domain::{MediaType, Pages, Reading, Statement};
use workbook::Container;

/// What a document is made of: pages with words, or the bytes of a structured file.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// What `extract` left behind.
    Pages(&'a Pages),
    /// A structured file, untrusted.
    Structured {
        /// By content.
        media: MediaType,
        /// As uploaded.
        bytes: &'a [u8],
    },
}

/// Reads a document into statements and proves them.
///
/// A document that is no statement is a reading of kind `other` with a finding, not an error.
///
/// # Errors
/// [`ParseError`] where there is nothing to read at all or a limit is passed.
pub fn parse(input: Input<'_>, options: &ParseOptions) -> Result<Reading, ParseError> {
    let mut reading = read(input, options)?;
    reading.signals = match input {
        Input::Pages(pages) => judge_pages(pages, &reading.statements),
        Input::Structured { .. } => signals::judge_figures(&reading.statements),
    };
    Ok(reading)
}

fn read(input: Input<'_>, options: &ParseOptions) -> Result<Reading, ParseError> {
    match input {
        Input::Pages(pages) => paper::read(pages, options),
        Input::Structured { media: MediaType::Csv, bytes } => table::read(bytes, options),
        Input::Structured { media: MediaType::Camt, bytes } => structured::read_camt(bytes, options),
        Input::Structured { media: MediaType::Ofx, bytes } => structured::read_ofx(bytes, options),
        Input::Structured { media: MediaType::Qif, bytes } => structured::read_qif(bytes, options),
        Input::Structured { media: MediaType::Bai2, bytes } => structured::read_bai2(bytes, options),
        Input::Structured { media: MediaType::Xlsx, bytes } => {
            workbook::read(bytes, Container::Xlsx, options)
        }
        Input::Structured { media: MediaType::Xls, bytes } => workbook::read(bytes, Container::Xls, options),
        Input::Structured { media: MediaType::Ods, bytes } => workbook::read(bytes, Container::Ods, options),
        Input::Structured { media: MediaType::Json, bytes } => structured::read_aggregator(bytes, options),
        Input::Structured { media: MediaType::Mt940, bytes } => structured::read_mt940(bytes, options),
        Input::Structured { .. } => Err(ParseError::UnsupportedMedia),
    }
}

/// Learns how an issuer prints from rows that a person confirmed or corrected: `approved` has their days, amounts, balances
/// and the boxes they stand in. The hint is one under which the same pages are read into exactly these figures and proved;
/// words are not compared, for no sum proves them.
///
/// # Errors
/// [`LearnError`] where there is no such hint, or none is needed.
pub fn learn(pages: &Pages, approved: &Statement, options: &ParseOptions) -> Result<IssuerHint, LearnError> {
    paper::learn(pages, approved, options)
}
