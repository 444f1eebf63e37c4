//! Words out of pixels.

mod engine;
mod hocr;
mod language;
mod lay;
mod reader;

pub(crate) use engine::is_ready;
pub use engine::{OcrUnavailable, prepare_ocr};
pub use language::{OcrLanguages, OcrLanguagesError};
pub(crate) use reader::{OcrError, PageReader, Recognized};
