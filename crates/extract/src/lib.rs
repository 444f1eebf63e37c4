#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod extract;
mod layout;
mod options;
mod pdf;
mod sniff;
mod survey;

pub use error::ExtractError;
pub use extract::{extract, survey};
pub use options::{ExtractLimits, ExtractOptions, Password};
pub use sniff::sniff;
pub use survey::Survey;
