//! Crops to readings.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "probabilities, and places in a picture"
)]

use super::crop::Normalized;
use super::decode::{BLANK, frames, most_probable};
use super::kind::ReadKind;
use super::net::{Calibration, GLYPHS, Net, STRIDE};
use super::posterior::{PlacedGlyph, Posterior};
use crate::raster::Gray;

/// Probabilities are told in steps of one in so many: processors differ in the last bits of a sum.
const STEPS: f64 = 10_000.0;
/// A column with less ink than this, out of 32 × 255, is paper.
const LEAST_INK: u32 = 200;

/// Reads numbers. It holds the net, so it is made once and kept.
pub(crate) struct NumberReader {
    net: Net,
    glyphs: Vec<char>,
}

/// What one crop says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NumberReading {
    /// Only a `Number` is to be believed as one.
    pub(crate) kind: ReadKind,
    /// As it stands there; every minus sign and dash is `-`, every apostrophe `'`, and what is none of the glyphs that
    /// the net knows is U+FFFD.
    pub(crate) text: String,
    /// How probable it is that the whole text is right: 0–1, calibrated on fonts that training never saw.
    pub(crate) confidence: f64,
    /// One for each character of the text.
    pub(crate) glyphs: Vec<ReadDigit>,
}

/// One glyph of a reading.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReadDigit {
    pub(crate) text: char,
    /// 0–1, if all other glyphs are right.
    pub(crate) probability: f64,
    /// Pixels of the crop.
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// What it may be, itself among them, most probable first.
    pub(crate) choices: Vec<(char, f64)>,
}

impl NumberReader {
    pub(crate) fn new() -> Self {
        Self { net: Net::new(), glyphs: GLYPHS.chars().collect() }
    }

    /// One reading for each crop, in their order; no reading depends on the other crops.
    pub(crate) fn read(&self, crops: &[Gray]) -> Vec<NumberReading> {
        crops.iter().map(|crop| self.read_one(crop)).collect()
    }

    fn read_one(&self, crop: &Gray) -> NumberReading {
        let normalized = Normalized::of(crop);
        let calibration = self.net.calibration;
        let frames = frames(&self.net.answers(&normalized), calibration.temperature);
        let classes = most_probable(&frames);
        let posterior = Posterior::new(&frames, &classes);
        let placed = posterior.glyphs();
        let text: String = classes.iter().map(|class| self.glyph(*class)).collect();
        let spans = spans(&placed, &normalized);
        let scale = crop.width() as f64 / normalized.width as f64;
        let glyphs = placed.iter().zip(&classes).zip(spans);
        let glyphs = glyphs.map(|((placed, class), span)| self.digit(placed, *class, span, scale)).collect();
        let confidence = stepped(calibrated(posterior.probability(), calibration));
        NumberReading { kind: ReadKind::of(&text), text, confidence, glyphs }
    }

    fn digit(
        &self,
        placed: &PlacedGlyph,
        class: usize,
        (left, right): (usize, usize),
        scale: f64,
    ) -> ReadDigit {
        let choices = placed.choices.iter().map(|(class, share)| (self.glyph(*class), stepped(*share)));
        let choices: Vec<(char, f64)> = choices.collect();
        let text = self.glyph(class);
        let own = choices.iter().find(|(choice, _)| *choice == text);
        let probability = own.map_or(0.0, |(_, share)| *share);
        ReadDigit { text, probability, left: left as f64 * scale, right: right as f64 * scale, choices }
    }

    fn glyph(&self, class: usize) -> char {
        let place = class.checked_sub(BLANK + 1);
        place.and_then(|place| self.glyphs.get(place)).copied().unwrap_or('\u{FFFD}')
    }
}

fn calibrated(probability: f64, calibration: Calibration) -> f64 {
    let probability = probability.clamp(1e-9, 1.0 - 1e-9);
    let odds = (probability / (1.0 - probability)).ln();
    let odds = f64::from(calibration.slope) * odds + f64::from(calibration.offset);
    1.0 / (1.0 + (-odds).exp())
}

fn stepped(share: f64) -> f64 {
    (share * STEPS).floor() / STEPS
}

/// First column and the one after the last of each glyph: cut where there is least ink between two, without the paper
/// around it.
fn spans(placed: &[PlacedGlyph], crop: &Normalized) -> Vec<(usize, usize)> {
    let columns = crop.columns();
    let middles: Vec<usize> = placed.iter().map(|glyph| column(glyph.place, crop.width)).collect();
    let cuts = middles.windows(2).map(|pair| cut(&columns, pair));
    let starts = std::iter::once(0).chain(cuts.clone());
    let ends = cuts.chain(std::iter::once(crop.width));
    starts
        .zip(ends)
        .zip(&middles)
        .map(|((start, end), middle)| trimmed(&columns, start, end, *middle))
        .collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the crop")]
fn column(place: f64, width: usize) -> usize {
    (place * STRIDE as f64).clamp(0.0, width.saturating_sub(1) as f64) as usize
}

/// The column with least ink between two glyphs, the one nearest to the middle where several have as little.
fn cut(columns: &[u32], pair: &[usize]) -> usize {
    let [from, to] = pair else { return 0 };
    let middle = from.midpoint(*to);
    let least = |at: &usize| (columns.get(*at).copied().unwrap_or(0), at.abs_diff(middle));
    (*from + 1..*to).min_by_key(least).unwrap_or(middle)
}

fn trimmed(columns: &[u32], start: usize, end: usize, middle: usize) -> (usize, usize) {
    let is_ink = |at: &usize| columns.get(*at).is_some_and(|ink| *ink >= LEAST_INK);
    let left = (start..end).find(is_ink).unwrap_or(middle.clamp(start, end));
    let right = (left..end).rev().find(is_ink).map_or(left + 1, |last| last + 1);
    (left, right.max(left + 1))
}
