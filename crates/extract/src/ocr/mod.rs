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

/// For the exam: how many words the recognizer's answer holds.
#[cfg(feature = "exam")]
pub(crate) fn words(text: &str) -> usize {
    hocr::read_hocr(text).iter().flat_map(|line| &line.words).filter(|word| !word.text().is_empty()).count()
}
