//! Pages that are pictures: from pixels to words, and what is said about it.

use crate::mixed::{TextLayer, UNMAPPED_TEXT};
use crate::ocr::{OcrError, PageReader, Recognized};
use crate::raster::{Picture, RasterError, Turn, rasterize};
use crate::{ExtractLimits, ExtractOptions};
use hayro_syntax::page::Page as PdfPage;
use smartexus_domain::{Finding, Page, PageMethod, PageRoute, Rect, RouteReason, Word};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What was said of a page before it was read from its pixels, and is true no longer.
const SETTLED: [&str; 3] = ["page_not_text", "gibberish", UNMAPPED_TEXT];
/// What may be said of a page whose content is all among its words.
const HARMLESS: [&str; 3] = ["hidden_text", TEXT_RECOGNIZED, PAGE_BLANK];
const TEXT_RECOGNIZED: &str = "text_recognized";
const TEXT_DOUBTFUL: &str = "text_doubtful";
const TEXT_ILLEGIBLE: &str = "text_illegible";
const PAGE_TOO_LONG: &str = "page_too_long";
const PAGE_TOO_LONG_MESSAGE: &str = "This page holds more text than the limit; the rest was left out.";
const PAGE_BLANK: &str = "page_blank";
/// A page that was read with less confidence than this, on the whole, is no evidence of anything.
const DOUBTFUL: f64 = 0.70;

/// Whether the page has to be read from its pixels, too, and was not yet.
#[must_use]
pub fn needs_recognition(page: &Page) -> bool {
    page.method == PageMethod::Text && !page.route.is_text()
}

/// Reads the pages of one document from their pixels.
pub(crate) struct Recognizer {
    reader: PageReader,
    limits: ExtractLimits,
}

/// Why a page could not be read from its pixels.
enum Unread {
    Raster(RasterError),
    Ocr(OcrError),
    Panicked,
}

impl Unread {
    fn finding(&self) -> Finding {
        match self {
            Self::Raster(RasterError::TooManyPixels) => Finding::new(
                "too_many_pixels",
                "This page has more pixels than the limit; its text was not recognized.",
            ),
            Self::Ocr(OcrError::Unavailable) => Finding::new(
                "ocr_unavailable",
                "This page is a picture, and text recognition is not installed here.",
            ),
            Self::Raster(RasterError::NoSize) | Self::Ocr(OcrError::Failed) | Self::Panicked => {
                Finding::new("recognition_failed", "The text of this page could not be recognized.")
            }
        }
    }
}

impl Recognizer {
    /// `None` where nobody asked.
    pub(crate) fn new(options: &ExtractOptions) -> Option<Self> {
        let languages = options.ocr.as_ref()?.languages;
        Some(Self { reader: PageReader::new(languages), limits: options.limits })
    }

    /// Reads a page of a PDF again, if its text layer is not enough. A page that fails keeps what it had. `gaps` are where
    /// its glyphs without a meaning stand.
    pub(crate) fn read_again(
        &mut self,
        source: &PdfPage<'_>,
        page: &mut Page,
        gaps: &[Rect],
        findings: &mut Vec<Finding>,
    ) {
        match page.route {
            PageRoute::Text => {}
            PageRoute::Scan(_) => {
                let read = self.rendered(source, page, |_| {});
                self.settle(read, page, findings);
            }
            PageRoute::Mixed(reason) => {
                let gaps = if reason == RouteReason::Unmapped { gaps } else { &[] };
                let layer = TextLayer::of(page, gaps);
                let read = self.rendered(source, page, |picture| layer.erase_from(picture));
                self.settle_beside(read, layer, page, findings);
            }
        }
    }

    fn rendered(
        &mut self,
        source: &PdfPage<'_>,
        page: &Page,
        prepare: impl FnOnce(&mut Picture),
    ) -> Result<Recognized, Unread> {
        let (extent, limit) = ((page.width, page.height), u64::from(self.limits.pixels_per_page));
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            let mut picture = rasterize(source, limit).map_err(Unread::Raster)?;
            prepare(&mut picture);
            self.reader.read(&picture, extent).map_err(Unread::Ocr)
        }));
        attempt.unwrap_or(Err(Unread::Panicked))
    }

    /// Puts what was recognized beside the words of the text layer.
    fn settle_beside(
        &self,
        read: Result<Recognized, Unread>,
        layer: TextLayer,
        page: &mut Page,
        findings: &mut Vec<Finding>,
    ) {
        let number = page.page;
        let recognized = match read {
            // Text over a picture is most often a letter on printed paper: as good as read where nobody can look.
            Err(unread @ Unread::Ocr(OcrError::Unavailable)) => {
                return findings.push(unread.finding().on_page(number));
            }
            Err(unread) => {
                findings.push(unread.finding().on_page(number));
                page.complete = false;
                return;
            }
            Ok(recognized) => recognized,
        };
        let mut said = |code, message: &str| findings.push(Finding::new(code, message).on_page(number));
        let joined = layer.join(recognized, (page.width, page.height));
        if joined.is_doubtful {
            said(
                TEXT_DOUBTFUL,
                "Much of what stands in the picture on this page is too hard to read; it was left out.",
            );
        }
        let limit = usize::try_from(self.limits.words_per_page).unwrap_or(usize::MAX);
        let words = joined.words();
        if words.len() > limit {
            said(PAGE_TOO_LONG, PAGE_TOO_LONG_MESSAGE);
        }
        if joined.recognized > 0 {
            said(
                TEXT_RECOGNIZED,
                "Where its text layer says nothing, the text of this page was recognized from its picture.",
            );
            page.method = PageMethod::Mixed;
            (page.words, page.text) = (words, joined.text());
            page.words.truncate(limit);
            page.unmapped_glyphs = joined.gaps_left;
            if joined.is_mapped {
                findings.retain(|finding| finding.code != UNMAPPED_TEXT);
            }
        }
        page.complete = findings.iter().all(|finding| HARMLESS.contains(&finding.code.as_ref()));
    }

    /// Reads a page of a picture file.
    pub(crate) fn read_picture(&mut self, picture: &Picture, page: &mut Page, findings: &mut Vec<Finding>) {
        let extent = (page.width, page.height);
        let attempt =
            catch_unwind(AssertUnwindSafe(|| self.reader.read(picture, extent).map_err(Unread::Ocr)));
        self.settle(attempt.unwrap_or(Err(Unread::Panicked)), page, findings);
    }

    fn settle(&self, read: Result<Recognized, Unread>, page: &mut Page, findings: &mut Vec<Finding>) {
        let number = page.page;
        match read {
            Ok(recognized) => self.replace(recognized, page, findings),
            Err(unread) => findings.push(unread.finding().on_page(number)),
        }
        page.complete = findings.iter().all(|finding| HARMLESS.contains(&finding.code.as_ref()));
    }

    fn replace(&self, recognized: Recognized, page: &mut Page, findings: &mut Vec<Finding>) {
        let mut said = |code, message: &str| findings.push(Finding::new(code, message).on_page(page.page));
        if recognized.words.is_empty() && !recognized.is_blank {
            return said(
                "no_text_recognized",
                "There is something on this page, but no text was recognized.",
            );
        }
        let limit = usize::try_from(self.limits.words_per_page).unwrap_or(usize::MAX);
        if recognized.words.len() > limit {
            said(PAGE_TOO_LONG, PAGE_TOO_LONG_MESSAGE);
        }
        if recognized.is_blank {
            said(PAGE_BLANK, "This page is blank.");
        } else {
            said(TEXT_RECOGNIZED, turned_message(recognized.turn));
            if recognized.confidence < DOUBTFUL {
                said(TEXT_DOUBTFUL, "This page is hard to read: much of its text may be wrong.");
            }
            let is_illegible = |word: &&Word| word.text.contains(char::REPLACEMENT_CHARACTER);
            let illegible = recognized.words.iter().filter(is_illegible).count();
            if illegible > 0 {
                said(
                    TEXT_ILLEGIBLE,
                    &format!(
                        "In {illegible} places on this page there is something like text that cannot be read; \
                         a \u{FFFD} stands for it."
                    ),
                );
            }
        }
        findings.retain(|finding| !SETTLED.contains(&finding.code.as_ref()));
        if page.route == PageRoute::Scan(RouteReason::TextUnderPicture) {
            page.hidden_words.append(&mut page.words);
        }
        page.method = PageMethod::Ocr;
        (page.width, page.height) = recognized.extent;
        page.rotation = page.rotation.saturating_add(recognized.turn.degrees()) % 360;
        page.text = recognized.text;
        page.words = recognized.words;
        page.words.truncate(limit);
        page.unmapped_glyphs = 0;
        if recognized.turn != Turn::None {
            // Their boxes are those of the page as it lay; the finding still counts them.
            page.hidden_words.clear();
        }
    }
}

fn turned_message(turn: Turn) -> &'static str {
    match turn {
        Turn::None => "The text of this page was recognized from its picture.",
        Turn::Right | Turn::Half | Turn::Left => {
            "The text of this page was recognized from its picture, which was turned upright."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OcrOptions;
    use smartexus_domain::{PageFacts, Rect, Word};

    fn recognizer(words_per_page: u32) -> Recognizer {
        let limits = ExtractLimits { words_per_page, ..Default::default() };
        let options = ExtractOptions { limits, ocr: Some(OcrOptions::default()), ..Default::default() };
        Recognizer::new(&options).unwrap()
    }

    fn scanned() -> (Page, Vec<Finding>) {
        let page = Page {
            page: 3,
            width: 600.0,
            height: 800.0,
            rotation: 270,
            method: PageMethod::Text,
            route: PageRoute::Text,
            words: Vec::new(),
            hidden_words: Vec::new(),
            text: String::new(),
            unmapped_glyphs: 7,
            covered_glyphs: None,
            facts: PageFacts::default(),
            fonts: Vec::new(),
            complete: false,
        };
        let findings = ["hidden_text", "page_not_text"].map(|code| Finding::new(code, "").on_page(3));
        (page, findings.to_vec())
    }

    fn recognized(words: usize, confidence: f64) -> Recognized {
        let word = Word {
            text: "word".to_owned(),
            bounds: Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 },
            confidence,
            size: 1.0,
            angle: 0,
            color: None,
            recognized: false,
            alternatives: Vec::new(),
        };
        Recognized {
            words: vec![word; words],
            text: "word".to_owned(),
            extent: (800.0, 600.0),
            turn: Turn::Right,
            confidence,
            is_blank: false,
        }
    }

    fn check(read: Result<Recognized, Unread>, method: PageMethod, complete: bool, codes: &[&str]) -> Page {
        let (mut page, mut findings) = scanned();
        recognizer(2).settle(read, &mut page, &mut findings);
        let found: Vec<&str> = findings.iter().map(|finding| finding.code.as_ref()).collect();
        assert_eq!((page.method, page.complete, found.as_slice()), (method, complete, codes));
        assert!(findings.iter().all(|finding| finding.page == Some(3)));
        page
    }

    #[test]
    fn a_recognized_page_says_so_and_is_complete() {
        let page = check(Ok(recognized(2, 0.9)), PageMethod::Ocr, true, &["hidden_text", "text_recognized"]);
        assert_eq!((page.width, page.height, page.rotation), (800.0, 600.0, 0));
        assert_eq!((page.words.len(), page.unmapped_glyphs), (2, 0));
    }

    #[test]
    fn a_doubtful_page_is_never_complete() {
        let codes = ["hidden_text", "text_recognized", "text_doubtful"];
        check(Ok(recognized(2, 0.69)), PageMethod::Ocr, false, &codes);
        check(Ok(recognized(2, 0.70)), PageMethod::Ocr, true, &codes[..2]);
    }

    #[test]
    fn words_above_the_limit_are_left_out_and_it_is_said() {
        let codes = ["hidden_text", "page_too_long", "text_recognized"];
        let page = check(Ok(recognized(3, 0.9)), PageMethod::Ocr, false, &codes);
        assert_eq!(page.words.len(), 2);
    }

    #[test]
    fn a_blank_page_hides_nothing_and_a_picture_without_words_may() {
        let blank = Recognized { words: Vec::new(), is_blank: true, ..recognized(0, 0.0) };
        check(Ok(blank), PageMethod::Ocr, true, &["hidden_text", "page_blank"]);
        let codes = ["hidden_text", "page_not_text", "no_text_recognized"];
        check(Ok(recognized(0, 0.0)), PageMethod::Text, false, &codes);
    }

    #[test]
    fn a_page_that_fails_keeps_what_it_had() {
        let failed = |unread, code| {
            check(Err(unread), PageMethod::Text, false, &["hidden_text", "page_not_text", code]);
        };
        failed(Unread::Raster(RasterError::TooManyPixels), "too_many_pixels");
        failed(Unread::Ocr(OcrError::Unavailable), "ocr_unavailable");
        failed(Unread::Ocr(OcrError::Failed), "recognition_failed");
        failed(Unread::Panicked, "recognition_failed");
    }
}
