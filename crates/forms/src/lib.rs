#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod appearance;
mod error;
mod fingerprint;
mod form;
mod limits;
mod pdf;
mod read;
mod write;

pub use error::FormError;
pub use form::Form;
pub use limits::FormLimits;
pub use write::{FieldValue, FillOptions, FillProblem, Filled};
