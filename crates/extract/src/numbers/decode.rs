//! The most probable text under what the net said: a search over prefixes, each counted over all the ways to say it.

#![expect(clippy::float_arithmetic, reason = "probabilities")]

use super::net::CLASSES;
use std::collections::BTreeMap;

/// Prefixes that are followed at once.
const BEAM: usize = 8;
/// A class less probable than this, in one place, is not followed.
const LEAST_PROBABLE: f64 = 1e-3;

/// One probability a class, for one place of the crop.
pub(super) type Frame = [f64; CLASSES];
/// "No glyph".
pub(super) const BLANK: usize = 0;

/// Probabilities out of what the net said, softened by the calibration's temperature.
pub(super) fn frames(answers: &[[f32; CLASSES]], temperature: f32) -> Vec<Frame> {
    let frame = |answer: &[f32; CLASSES]| {
        let most = answer.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let weights = answer.map(|value| f64::from((value - most) / temperature).exp());
        let sum: f64 = weights.iter().sum();
        weights.map(|weight| weight / sum)
    };
    answers.iter().map(frame).collect()
}

/// How probable a prefix is, by whether its last place was blank.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    blank: f64,
    glyph: f64,
}

impl Said {
    fn sum(self) -> f64 {
        self.blank + self.glyph
    }
}

type Prefixes = BTreeMap<Vec<usize>, Said>;

/// The classes of the most probable text.
pub(super) fn most_probable(frames: &[Frame]) -> Vec<usize> {
    let mut beam = vec![(Vec::new(), Said { blank: 1.0, glyph: 0.0 })];
    for frame in frames {
        beam = kept(longer(&beam, frame));
    }
    beam.into_iter().next().map(|(prefix, _)| prefix).unwrap_or_default()
}

fn longer(beam: &[(Vec<usize>, Said)], frame: &Frame) -> Prefixes {
    let mut next = Prefixes::new();
    let likely: Vec<(usize, f64)> = likely(frame).collect();
    for (prefix, said) in beam {
        let last = prefix.last().copied();
        let same = next.entry(prefix.clone()).or_default();
        same.blank += said.sum() * probability(frame, BLANK);
        same.glyph += last.map_or(0.0, |last| said.glyph * probability(frame, last));
        for (class, probability) in &likely {
            // The same glyph twice needs a blank between, or it is one glyph over two places.
            let from = if last == Some(*class) { said.blank } else { said.sum() };
            let mut more = prefix.clone();
            more.push(*class);
            next.entry(more).or_default().glyph += from * probability;
        }
    }
    next
}

/// The most probable ones, most probable first, in a scale that does not run out of digits.
fn kept(prefixes: Prefixes) -> Vec<(Vec<usize>, Said)> {
    let mut kept: Vec<(Vec<usize>, Said)> = prefixes.into_iter().collect();
    kept.sort_by(|(_, a), (_, b)| b.sum().total_cmp(&a.sum()));
    kept.truncate(BEAM);
    let most = kept.first().map_or(1.0, |(_, said)| said.sum());
    if most > 0.0 {
        for (_, said) in &mut kept {
            *said = Said { blank: said.blank / most, glyph: said.glyph / most };
        }
    }
    kept
}

/// The glyphs that a place may be, "no glyph" apart.
pub(super) fn likely(frame: &Frame) -> impl Iterator<Item = (usize, f64)> {
    let glyphs = frame.iter().copied().enumerate().skip(BLANK + 1);
    glyphs.filter(|(_, probability)| *probability >= LEAST_PROBABLE)
}

pub(super) fn probability(frame: &Frame, class: usize) -> f64 {
    frame.get(class).copied().unwrap_or(0.0)
}
