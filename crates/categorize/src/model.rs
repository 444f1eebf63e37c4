//! The small model: a linear one over hashed features, its weights bytes. It speaks only where no phrase and no precise
//! name does.
//!
//! Training and scoring are one piece of arithmetic in one order, with an exponential of its own, so that a file gives
//! the same confidence on every machine.

#![expect(clippy::float_arithmetic, reason = "scores and probabilities, never money")]

use crate::direction::Direction;
use crate::features::{BUCKET_BITS, Feature};
use crate::rulebook::RulebookError;
use crate::taxonomy::{LeafIndex, Taxonomy};

/// Leaves, rounded up to whole vectors.
pub const WIDTH: usize = 112;
/// Steps of the table from what the model says to how often it was right.
pub const STEPS: usize = 20;
/// The first bytes of the file.
pub const MAGIC: [u8; 8] = *b"SXCATM01";
/// The file's name in errors.
const FILE: &str = "categories.model";
const BUCKETS: usize = 1 << BUCKET_BITS;

/// The weights and what is known about their word.
pub(crate) struct Model {
    /// What one step of a sum is worth.
    unit: f32,
    /// How often the best leaf was right, by what was said: alone, or with a hint of the lists for it or against it.
    calibration: [[f32; STEPS + 1]; 3],
    /// By direction, what is added to a leaf: nothing, or enough to keep it from ever being said.
    masks: [[f32; WIDTH]; 3],
    scales: Vec<u8>,
    weights: Vec<u8>,
}

/// What keeps a leaf from being said.
const NEVER: f32 = -1.0e6;

/// Whether the lists hint at a leaf, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Nothing is hinted.
    None,
    /// The same leaf.
    Agrees,
    /// Another leaf.
    Differs,
}

/// What the model thinks of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opinion {
    pub(crate) leaf: LeafIndex,
    /// As said, not yet measured.
    pub(crate) said: f32,
}

/// Sums of weights, one for each leaf.
pub(crate) type Sums = [i16; WIDTH];

impl Model {
    /// Reads the file; it names the taxonomy it was made for.
    pub(crate) fn parse(bytes: &[u8], taxonomy: &Taxonomy) -> Result<Self, RulebookError> {
        let refused = |entry: &str| RulebookError::Malformed { file: FILE, line: 0, entry: entry.to_owned() };
        let mut reader = Reader(bytes);
        if reader.take(MAGIC.len()) != Some(&MAGIC) {
            return Err(refused("magic"));
        }
        if reader.u64() != Some(taxonomy.fingerprint()) {
            return Err(refused("made for another taxonomy"));
        }
        if reader.u64() != Some(BUCKETS as u64) {
            return Err(refused("buckets"));
        }
        let unit = reader.f32().filter(|unit| *unit > 0.0).ok_or_else(|| refused("unit"))?;
        let mut calibration = [[0.0; STEPS + 1]; 3];
        for step in calibration.as_flattened_mut() {
            *step = reader
                .f32()
                .filter(|share| (0.0..=1.0).contains(share))
                .ok_or_else(|| refused("calibration"))?;
        }
        let scales = reader.take(BUCKETS).ok_or_else(|| refused("scales"))?.to_vec();
        let weights = reader.take(BUCKETS * WIDTH).ok_or_else(|| refused("weights"))?.to_vec();
        if !reader.0.is_empty() {
            return Err(refused("more bytes than weights"));
        }
        let masks = [Direction::In, Direction::Out, Direction::Neither].map(|way| mask(taxonomy, way));
        Ok(Self { unit, calibration, masks, scales, weights })
    }

    /// Adds up what the features say.
    pub(crate) fn sums(&self, features: &[Feature]) -> Sums {
        let mut sums = [0_i16; WIDTH];
        for feature in features {
            let Some((weights, scale)) = self.row(feature.bucket) else { continue };
            let scale = i16::from(scale);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = sum.saturating_add(i16::from(weight.cast_signed()) * scale);
            }
        }
        sums
    }

    /// The best leaf that fits the direction, and what is said for it.
    pub(crate) fn opinion(
        &self,
        sums: &Sums,
        features: usize,
        learned: Option<&[f32; WIDTH]>,
        direction: Direction,
        taxonomy: &Taxonomy,
    ) -> Option<Opinion> {
        let mut scores = self.scores(sums, features, direction);
        if let Some(learned) = learned {
            for (score, delta) in scores.iter_mut().zip(learned) {
                *score += delta;
            }
        }
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let at = scores.iter().position(|score| *score >= top)?;
        Some(Opinion { leaf: taxonomy.nth(at)?, said: 1.0 / total(&mut scores, top) })
    }

    /// What is said for each leaf as a probability.
    pub(crate) fn probabilities(&self, sums: &Sums, features: usize, direction: Direction) -> [f32; WIDTH] {
        let mut scores = self.scores(sums, features, direction);
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let all = total(&mut scores, top);
        scores.map(|score| score / all)
    }

    fn scores(&self, sums: &Sums, features: usize, direction: Direction) -> [f32; WIDTH] {
        let factor = self.unit * inverse_root(features);
        let [money_in, money_out, neither] = &self.masks;
        let mask = match direction {
            Direction::In => money_in,
            Direction::Out => money_out,
            Direction::Neither => neither,
        };
        let mut scores = [0.0; WIDTH];
        for ((score, sum), mask) in scores.iter_mut().zip(sums).zip(mask) {
            *score = f32::from(*sum) * factor + mask;
        }
        scores
    }

    /// How often such an opinion was right.
    pub(crate) fn calibrated(&self, said: f32, hint: Hint) -> f64 {
        let [alone, agrees, differs] = &self.calibration;
        let table = match hint {
            Hint::None => alone,
            Hint::Agrees => agrees,
            Hint::Differs => differs,
        };
        let place = said.clamp(0.0, 1.0) * STEPS as f32;
        let step = table.iter().enumerate().take(STEPS).rev().find(|(step, _)| *step as f32 <= place);
        let Some((step, low)) = step else { return 0.0 };
        let high = table.get(step + 1).copied().unwrap_or(*low);
        let share = low + (high - low) * (place - step as f32);
        // Three digits are what a reader can use, and the same on every machine.
        f64::from((share * 1000.0).round()) / 1000.0
    }

    /// How much one feature says for a leaf.
    pub(crate) fn weight(&self, feature: Feature, leaf: LeafIndex) -> i32 {
        let Some((weights, scale)) = self.row(feature.bucket) else { return 0 };
        weights.get(leaf.as_usize()).map_or(0, |weight| i32::from(weight.cast_signed()) * i32::from(scale))
    }

    fn row(&self, bucket: u16) -> Option<(&[u8; WIDTH], u8)> {
        let bucket = usize::from(bucket);
        let weights = self.weights.get(bucket * WIDTH..)?.first_chunk()?;
        Some((weights, *self.scales.get(bucket)?))
    }
}

fn mask(taxonomy: &Taxonomy, direction: Direction) -> [f32; WIDTH] {
    let mut mask = [NEVER; WIDTH];
    for (at, (room, leaf)) in mask.iter_mut().zip(taxonomy.leaves()).enumerate() {
        if leaf.direction.fits(direction) && at != taxonomy.unknown().as_usize() {
            *room = 0.0;
        }
    }
    mask
}

/// Turns scores into what they are worth, and adds that up in a fixed order.
fn total(scores: &mut [f32; WIDTH], top: f32) -> f32 {
    const LANES: usize = 8;
    for score in scores.iter_mut() {
        *score = exp(*score - top);
    }
    let mut lanes = [0.0; LANES];
    for chunk in scores.chunks_exact(LANES) {
        for (lane, score) in lanes.iter_mut().zip(chunk) {
            *lane += score;
        }
    }
    lanes.iter().sum()
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
    }

    fn f32(&mut self) -> Option<f32> {
        let value = self.take(4)?.first_chunk().map(|bytes| f32::from_le_bytes(*bytes))?;
        value.is_finite().then_some(value)
    }
}

/// One over the root of a count: the root is exact by the standard, on every machine.
pub fn inverse_root(count: usize) -> f32 {
    1.0 / (count.max(1) as f32).sqrt()
}

/// The exponential of a number up to zero, by halving and a polynomial: the same bits everywhere.
pub fn exp(x: f32) -> f32 {
    // exp(x) = exp(x / 256) ^ 256. Below -40 nothing is left that a sum would feel.
    let small = x.max(-40.0) * (1.0 / 256.0);
    let y = 1.0 + small * (1.0 + small * (0.5 + small * (1.0 / 6.0)));
    let y4 = (y * y) * (y * y);
    let y16 = (y4 * y4) * (y4 * y4);
    let y64 = (y16 * y16) * (y16 * y16);
    (y64 * y64) * (y64 * y64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_close() {
        for tenth in 0..200 {
            let x = -(tenth as f32) / 10.0;
            let off = (exp(x) - x.exp()).abs();
            assert!(off <= 2e-5, "{x}: {off}");
        }
        assert!(exp(NEVER) < 1e-16);
    }
}
