//! Tesseract in this process: one warm engine a thread, made before any document is seen.

use super::OcrLanguages;
use crate::raster::Gray;
use std::cell::RefCell;
use tesseract::Tesseract;

/// A block of text, line under line: what a page of a statement is.
const ONE_BLOCK: &str = "6";
/// What is set once. An engine must not learn from one page how to read the next, or the order of pages would show.
const SETTINGS: [(&str, &str); 4] = [
    ("tessedit_pageseg_mode", ONE_BLOCK),
    ("hocr_char_boxes", "1"),
    ("classify_enable_learning", "0"),
    ("tessedit_enable_doc_dict", "0"),
];

/// What to say of each glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// What it is.
    Plain,
    /// And what else it may be: a fifth slower.
    Alternatives,
}

thread_local! {
    static WARM: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// The recognizer or its language data is not installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the language data of the text recognizer is not installed")]
pub struct OcrUnavailable;

/// Makes the engine of this thread. It reads the language data from where the system keeps them, so it is called
/// before the process locks itself down, and before it has seen a document. What is ready already is kept.
///
/// # Errors
/// [`OcrUnavailable`] where the data of a language is missing.
pub fn prepare_ocr(languages: OcrLanguages) -> Result<(), OcrUnavailable> {
    WARM.with_borrow_mut(|warm| {
        if warm.as_ref().is_none_or(|engine| engine.languages != languages) {
            *warm = Some(Engine::start(languages)?);
        }
        Ok(())
    })
}

struct Engine {
    languages: OcrLanguages,
    /// Gone after it failed: its calls take it and do not give it back.
    tesseract: Option<Tesseract>,
}

impl Engine {
    fn start(languages: OcrLanguages) -> Result<Self, OcrUnavailable> {
        let started = Tesseract::new(None, Some(languages.as_str())).map_err(|_| OcrUnavailable)?;
        let tesseract = SETTINGS.iter().try_fold(started, |engine, (name, value)| {
            engine.set_variable(name, value).map_err(|_| OcrUnavailable)
        })?;
        Ok(Self { languages, tesseract: Some(tesseract) })
    }

    fn read(&mut self, picture: &Gray, dpi: u32, detail: Detail) -> Option<String> {
        // What it does not take would cost the engine.
        let side = |side: usize| i16::try_from(side).ok().map(i32::from);
        let (width, height) = (side(picture.width())?, side(picture.height())?);
        let resolution = i32::try_from(dpi).ok()?;
        let choices = match detail {
            Detail::Plain => "0",
            Detail::Alternatives => "2",
        };
        let engine = self.tesseract.take()?.set_variable("lstm_choice_mode", choices).ok()?;
        let engine = engine.set_frame(picture.pixels(), width, height, 1, width).ok()?;
        let mut engine = engine.set_source_resolution(resolution).recognize().ok()?;
        let hocr = engine.get_hocr_text(0).ok();
        self.tesseract = Some(engine);
        hocr
    }
}

/// Whether this thread has an engine for these languages.
pub(crate) fn is_ready(languages: OcrLanguages) -> bool {
    WARM.with_borrow(|warm| warm.as_ref().is_some_and(|engine| engine.languages == languages))
}

/// What the engine of this thread reads, as hOCR; `None` where it has none or it failed.
pub(super) fn read(picture: &Gray, dpi: u32, detail: Detail) -> Option<String> {
    WARM.with_borrow_mut(|warm| warm.as_mut()?.read(picture, dpi, detail))
}
