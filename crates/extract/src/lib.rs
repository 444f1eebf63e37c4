#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
#[cfg(feature = "exam")]
pub mod exam;
mod extract;
mod image;
mod layout;
mod mixed;
mod numbers;
mod ocr;
mod options;
mod pdf;
mod raster;
mod recognize;
mod render;
mod resaved;
mod sniff;
mod survey;

pub use error::ExtractError;
pub use extract::{extract, survey};
pub use ocr::{OcrLanguages, OcrLanguagesError, OcrUnavailable, prepare_ocr};
pub use options::{ExtractLimits, ExtractOptions, OcrOptions, Password};
pub use recognize::needs_recognition;
pub use render::{RenderedPage, render};
pub use sniff::sniff;
pub use survey::Survey;
