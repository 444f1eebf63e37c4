//! A picture of a page to its words: cleaned, turned upright, recognized.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::OcrLanguages;
use super::engine::{self, Detail};
use super::figure::confirm;
use super::hocr::{ReadLine, read_hocr};
use super::lay::{Placement, lay};
use super::pieces::read_pieces;
use crate::numbers::NumberReader;
use crate::raster::{
    Gray, Noise, Picture, Turn, evened, is_sideways, leveled, median, noise, without_dust, without_rules,
};
use sha2::{Digest, Sha256};
use smartexus_domain::Word;
use std::collections::HashMap;
use std::sync::Arc;

/// A page read with less than this may stand on its head.
const UPRIGHT_CONFIDENCE: f64 = 0.65;
/// With fewer words than this one cannot say.
const JUDGED_WORDS: usize = 8;
/// A picture with less ink than one pixel in so many is blank.
const BLANK_PIXELS_PER_INK: usize = 20_000;
/// Letters of a page without a known resolution are taken to be so many pixels per inch.
const DPI_RANGE: (f64, f64) = (70.0, 600.0);

/// Why a page was not recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OcrError {
    /// Nothing was made ready on this thread for these languages.
    Unavailable,
    /// The recognizer failed on this page.
    Failed,
}

/// A page as it was recognized.
#[derive(Debug)]
pub(crate) struct Recognized {
    pub(crate) words: Vec<Word>,
    /// Words joined by one space, lines by `\n`.
    pub(crate) text: String,
    /// Width and height of the page, after the turn.
    pub(crate) extent: (f64, f64),
    /// How the page was turned to make it upright.
    pub(crate) turn: Turn,
    /// Mean of the words, each counted by its letters; 0 without words.
    pub(crate) confidence: f64,
    /// There is nothing on the picture.
    pub(crate) is_blank: bool,
}

/// Reads the pages of one document. The same picture is recognized once.
pub(crate) struct PageReader {
    languages: OcrLanguages,
    numbers: NumberReader,
    seen: HashMap<[u8; 32], Arc<ReadPage>>,
}

/// A picture as it was read.
struct ReadPage {
    lines: Vec<ReadLine>,
    turn: Turn,
}

impl PageReader {
    pub(crate) fn new(languages: OcrLanguages) -> Self {
        Self { languages, numbers: NumberReader::new(), seen: HashMap::new() }
    }

    /// Reads a picture of a page of `extent` points.
    pub(crate) fn read(&mut self, picture: &Picture, extent: (f64, f64)) -> Result<Recognized, OcrError> {
        if !engine::is_ready(self.languages) {
            return Err(OcrError::Unavailable);
        }
        let is_blank = picture.gray.ink().saturating_mul(BLANK_PIXELS_PER_INK) < picture.gray.pixels().len();
        let page = if is_blank {
            Arc::new(ReadPage { lines: Vec::new(), turn: Turn::None })
        } else {
            self.lines(&picture.gray, whole_dpi(picture.dpi()))?
        };
        let (placement, extent) = placement(picture, page.turn, extent);
        let lines = lay(&page.lines, placement);
        let text: Vec<String> = lines.iter().map(|line| joined(line)).collect();
        let words: Vec<Word> = lines.into_iter().flatten().collect();
        let confidence = confidence(words.iter().map(|word| (word.text.as_str(), word.confidence)));
        Ok(Recognized { words, text: text.join("\n"), extent, turn: page.turn, confidence, is_blank })
    }

    fn lines(&mut self, gray: &Gray, dpi: u32) -> Result<Arc<ReadPage>, OcrError> {
        let key = key(gray, dpi);
        if let Some(seen) = self.seen.get(&key) {
            return Ok(Arc::clone(seen));
        }
        let read = Arc::new(self.recognize(gray, dpi)?);
        self.seen.insert(key, Arc::clone(&read));
        Ok(read)
    }

    fn recognize(&self, gray: &Gray, dpi: u32) -> Result<ReadPage, OcrError> {
        let quiet = match noise(gray) {
            Noise::None => gray.clone(),
            Noise::Dust => without_dust(gray),
            Noise::Grain => median(gray),
        };
        let quiet = evened(&quiet).unwrap_or(quiet);
        // It may stand on its head, and a watermark across it may look like lines that run up.
        let turns = if is_sideways(&quiet) {
            [Turn::Right, Turn::Left, Turn::None, Turn::Half]
        } else {
            [Turn::None, Turn::Half, Turn::Right, Turn::Left]
        };
        let mut best: Option<ReadPage> = None;
        for turn in turns {
            let page = self.read_turned(&quiet, turn, dpi)?;
            if is_convincing(&page.lines) {
                return Ok(page);
            }
            if best.as_ref().is_none_or(|best| weight(&page.lines) > weight(&best.lines)) {
                best = Some(page);
            }
        }
        best.ok_or(OcrError::Failed)
    }

    fn read_turned(&self, quiet: &Gray, turn: Turn, dpi: u32) -> Result<ReadPage, OcrError> {
        let upright = quiet.turned(turn);
        let level = without_rules(&leveled(upright), dpi);
        let lines = match read_pieces(&level, dpi, &self.numbers) {
            Some(lines) => lines,
            None => self.read_whole(&level, dpi)?,
        };
        Ok(ReadPage { lines, turn })
    }

    /// What has too many pieces for letters, or none that can be told apart, the recognizer parts by itself.
    fn read_whole(&self, level: &Gray, dpi: u32) -> Result<Vec<ReadLine>, OcrError> {
        let answer = engine::read(level, dpi, Detail::Alternatives).ok_or(OcrError::Failed)?;
        let mut lines = read_hocr(&answer);
        lines.iter_mut().for_each(|line| confirm(line, None, level, &self.numbers));
        Ok(lines)
    }
}

fn key(gray: &Gray, dpi: u32) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update((gray.width() as u64).to_le_bytes());
    hash.update(dpi.to_le_bytes());
    hash.update(gray.pixels());
    hash.finalize().into()
}

fn is_convincing(lines: &[ReadLine]) -> bool {
    let words: usize = lines.iter().map(|line| line.words.len()).sum();
    words >= JUDGED_WORDS && of_lines(lines) >= UPRIGHT_CONFIDENCE
}

/// How much was read, and how surely.
fn weight(lines: &[ReadLine]) -> f64 {
    let letters = lines.iter().flat_map(|line| &line.words).flat_map(|word| &word.glyphs);
    letters.map(|glyph| (glyph.confidence - 0.5).max(0.0)).sum()
}

fn of_lines(lines: &[ReadLine]) -> f64 {
    let words = lines.iter().flat_map(|line| &line.words);
    let texts: Vec<(String, f64)> = words.map(|word| (word.text(), word.confidence)).collect();
    confidence(texts.iter().map(|(text, confidence)| (text.as_str(), *confidence)))
}

#[expect(clippy::cast_precision_loss, reason = "letters of a page")]
fn confidence<'t>(words: impl Iterator<Item = (&'t str, f64)>) -> f64 {
    let (mut letters, mut sum) = (0.0, 0.0);
    for (text, confidence) in words {
        let length = text.chars().count() as f64;
        letters += length;
        sum += length * confidence;
    }
    if letters > 0.0 { sum / letters } else { 0.0 }
}

fn joined(line: &[Word]) -> String {
    let texts: Vec<&str> = line.iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a small range")]
fn whole_dpi(dpi: f64) -> u32 {
    dpi.clamp(DPI_RANGE.0, DPI_RANGE.1).round() as u32
}

/// Where the pixels of the upright picture lie on the upright page, and how large that page is.
#[expect(clippy::cast_precision_loss, reason = "sides of pictures are small numbers")]
fn placement(picture: &Picture, turn: Turn, (width, height): (f64, f64)) -> (Placement, (f64, f64)) {
    let [left, top, right, bottom] = picture.place;
    let [left, top, right, bottom] = match turn {
        Turn::None => [left, top, right, bottom],
        Turn::Right => [height - bottom, left, height - top, right],
        Turn::Half => [width - right, height - bottom, width - left, height - top],
        Turn::Left => [top, width - right, bottom, width - left],
    };
    let (mut pixels_x, mut pixels_y) = (picture.gray.width() as f64, picture.gray.height() as f64);
    let mut extent = (width, height);
    if turn.swaps_sides() {
        std::mem::swap(&mut pixels_x, &mut pixels_y);
        extent = (height, width);
    }
    let placement = Placement {
        left,
        top,
        across: (right - left) / pixels_x,
        down: (bottom - top) / pixels_y,
        extent,
        middle: (pixels_x / 2.0, pixels_y / 2.0),
    };
    (placement, extent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_a_page_turns_the_place_of_its_picture() {
        let picture = Picture { gray: Gray::paper(100, 50), place: [10.0, 20.0, 110.0, 70.0] };
        let check = |turn, expected: (f64, f64, (f64, f64))| {
            let (placement, extent) = placement(&picture, turn, (200.0, 100.0));
            assert_eq!((placement.left, placement.top, extent), expected, "{turn:?}");
            assert_eq!((placement.across, placement.down), (1.0, 1.0));
        };
        check(Turn::None, (10.0, 20.0, (200.0, 100.0)));
        check(Turn::Half, (90.0, 30.0, (200.0, 100.0)));
        check(Turn::Right, (30.0, 10.0, (100.0, 200.0)));
        check(Turn::Left, (20.0, 90.0, (100.0, 200.0)));
    }

    #[test]
    fn nothing_is_read_before_an_engine_is_ready() {
        let picture = Picture { gray: Gray::paper(100, 50), place: [0.0, 0.0, 100.0, 50.0] };
        let languages: OcrLanguages = "xx".parse().unwrap();
        let error = PageReader::new(languages).read(&picture, (100.0, 50.0)).unwrap_err();
        assert_eq!(error, OcrError::Unavailable);
    }
}
