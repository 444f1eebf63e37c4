#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod account;
mod draft;
mod error;
mod lexicon;
mod options;
mod paper;
mod period;
mod solve;
mod table;

pub use error::ParseError;
pub use options::ParseOptions;

use smartexus_domain::{MediaType, Pages, Reading};

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
    match input {
        Input::Pages(pages) => paper::read(pages, options),
        Input::Structured { media: MediaType::Csv, bytes } => table::read(bytes, options),
        Input::Structured { .. } => Err(ParseError::UnsupportedMedia),
    }
}
