#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod extract;
mod layout;
mod options;
mod pdf;
mod sniff;

pub use error::ExtractError;
pub use extract::extract;
pub use options::{ExtractLimits, ExtractOptions, Password};
pub use sniff::sniff;
