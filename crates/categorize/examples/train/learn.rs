//! Multinomial logistic regression over hashed features: stochastic gradients, one adaptive rate a bucket, fixed order.

#![expect(clippy::float_arithmetic, reason = "weights and probabilities, never money")]

use crate::chance::Chance;
use smartexus_categorize::training::{BUCKETS, WIDTH, exp, inverse_root};

/// A row as the learner sees it.
pub(crate) struct Example {
    pub(crate) buckets: Vec<u16>,
    pub(crate) hints: std::ops::Range<usize>,
    pub(crate) leaf: usize,
    /// Leaves that the row's direction allows.
    pub(crate) way: usize,
}

const EPOCHS: usize = 6;
const RATE: f32 = 0.5;
/// In this many rows of a hundred the lists say nothing, so that the words are learned, too.
const HINTS_DROPPED: u64 = 40;

/// Learns weights; `masks` are by way.
pub(crate) fn learn(examples: &[Example], masks: &[[bool; WIDTH]; 2], seed: u64) -> Vec<[f32; WIDTH]> {
    let mut weights = vec![[0.0_f32; WIDTH]; BUCKETS];
    let mut squares = vec![0.0_f32; BUCKETS];
    let mut chance = Chance::new(seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            let other = usize::try_from(chance.below(at as u64 + 1)).unwrap_or(0);
            order.swap(at, other);
        }
        let mut lost = 0.0;
        for index in &order {
            let example = &examples[*index];
            let dropped = chance.percent(HINTS_DROPPED);
            let buckets: Vec<u16> = (example.buckets.iter().enumerate())
                .filter(|(at, _)| !(dropped && example.hints.contains(at)))
                .map(|(_, bucket)| *bucket)
                .collect();
            lost += step(&buckets, example, &masks[example.way], &mut weights, &mut squares);
        }
        eprintln!("epoch {epoch}: loss {:.4}", lost / order.len() as f32);
    }
    weights
}

fn step(
    buckets: &[u16],
    example: &Example,
    mask: &[bool; WIDTH],
    weights: &mut [[f32; WIDTH]],
    squares: &mut [f32],
) -> f32 {
    let factor = inverse_root(buckets.len());
    let mut scores = [0.0_f32; WIDTH];
    for bucket in buckets {
        for (score, weight) in scores.iter_mut().zip(&weights[usize::from(*bucket)]) {
            *score += weight;
        }
    }
    let mut top = f32::NEG_INFINITY;
    for (score, may) in scores.iter_mut().zip(mask) {
        *score = if *may { *score * factor } else { -1.0e6 };
        top = top.max(*score);
    }
    let mut total = 0.0;
    for score in &mut scores {
        *score = exp(*score - top);
        total += *score;
    }
    let mut square = 0.0;
    for (at, score) in scores.iter_mut().enumerate() {
        let wanted = if at == example.leaf { 1.0 } else { 0.0 };
        *score = (*score / total - wanted) * factor;
        square += *score * *score;
    }
    for bucket in buckets {
        let bucket = usize::from(*bucket);
        squares[bucket] += square;
        let rate = RATE / (squares[bucket] + 1e-6).sqrt();
        for (weight, slope) in weights[bucket].iter_mut().zip(&scores) {
            *weight -= rate * slope;
        }
    }
    // The loss is only looked at.
    -(1.0 + scores[example.leaf] / factor).max(1e-6).ln()
}
