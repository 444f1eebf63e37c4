#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod csv;
mod error;
mod xlsx;

pub use csv::csv;
pub use error::ReportError;
pub use xlsx::xlsx;
