//! Words out of pixels.

mod engine;
mod figure;
mod find;
mod hocr;
mod language;
mod lay;
mod pieces;
mod reader;
mod sheet;

pub(crate) use engine::is_ready;
pub use engine::{OcrUnavailable, prepare_ocr};
pub use language::{OcrLanguages, OcrLanguagesError};
pub(crate) use reader::{OcrError, PageReader, Recognized};
