//! How probable a text is under what the net said, where its glyphs stand, and what else each may be: sums over all
//! the ways to say it (the forward and backward sums of connectionist temporal classification).

#![expect(clippy::float_arithmetic, reason = "probabilities")]

use super::decode::{BLANK, Frame, likely, probability};
use std::collections::BTreeSet;

/// A choice less probable than this is not reported.
const LEAST_CHOICE: f64 = 1e-3;
/// No more choices of one glyph than this.
const MOST_CHOICES: usize = 5;

/// A text's glyphs with blanks between: states 0, 2, 4 … are blanks, states 1, 3, 5 … its glyphs.
pub(super) struct Posterior<'f> {
    frames: &'f [Frame],
    text: &'f [usize],
    /// Of each place and state: the probability of having come so far.
    forward: Vec<Vec<f64>>,
    /// Of each place and state: the probability of what is still to be said, this place included.
    backward: Vec<Vec<f64>>,
    /// Of each place: what the forward sums were divided by, so that they do not run out of digits. The backward ones
    /// are divided by the same, so that a product of both over neighbouring places is in one scale for all places.
    scales: Vec<f64>,
}

/// A glyph of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedGlyph {
    /// Where it stands, in places.
    pub(super) place: f64,
    /// Itself and what else it may be, most probable first: probabilities, if all other glyphs are right.
    pub(super) choices: Vec<(usize, f64)>,
}

impl<'f> Posterior<'f> {
    pub(super) fn new(frames: &'f [Frame], text: &'f [usize]) -> Self {
        let (forward, scales) = forward(frames, text);
        let backward = backward(frames, text, &scales);
        Self { frames, text, forward, backward, scales }
    }

    /// Of the whole text, 0 to 1.
    pub(super) fn probability(&self) -> f64 {
        let ended: f64 = self.forward.last().map_or(0.0, |last| last.iter().rev().take(2).sum());
        let ln = self.scales.iter().map(|scale| scale.ln()).sum::<f64>() + ended.ln();
        ln.exp().clamp(0.0, 1.0)
    }

    pub(super) fn glyphs(&self) -> Vec<PlacedGlyph> {
        (0..self.text.len())
            .map(|at| PlacedGlyph { place: self.place(at), choices: self.choices(at) })
            .collect()
    }

    /// The mean place of a glyph, each place weighed by how probably it is said there.
    fn place(&self, at: usize) -> f64 {
        let (mut sum, mut weights, mut place) = (0.0, 0.0, 0.5);
        for weight in self.weights(at) {
            sum += weight * place;
            weights += weight;
            place += 1.0;
        }
        if weights > 0.0 { sum / weights } else { 0.0 }
    }

    /// How probably each place says this glyph, in a scale of their own.
    fn weights(&self, at: usize) -> impl Iterator<Item = f64> {
        let class = class_of(self.text, at);
        let rows = self.frames.iter().zip(&self.scales).zip(self.forward.iter().zip(&self.backward));
        rows.map(move |((frame, scale), (forward, backward))| {
            // Both sums count this place, and its scale.
            let once = probability(frame, class);
            let both = state(forward, 2 * at + 1) * state(backward, 2 * at + 1) * scale;
            if once > 0.0 { both / once } else { 0.0 }
        })
    }

    fn choices(&self, at: usize) -> Vec<(usize, f64)> {
        let own = class_of(self.text, at);
        let weights: Vec<f64> = self.weights(at).collect();
        let most = weights.iter().copied().fold(0.0, f64::max);
        let here = self.frames.iter().zip(&weights).filter(|(_, weight)| **weight * 1e3 > most);
        let mut classes: BTreeSet<usize> =
            here.flat_map(|(frame, _)| likely(frame).map(|(class, _)| class)).collect();
        classes.insert(own);
        let mut choices: Vec<(usize, f64)> =
            classes.into_iter().map(|class| (class, self.with(at, class))).collect();
        let sum: f64 = choices.iter().map(|(_, weight)| weight).sum();
        choices.iter_mut().for_each(|(_, weight)| *weight = if sum > 0.0 { *weight / sum } else { 0.0 });
        choices.retain(|(class, probability)| *class == own || *probability >= LEAST_CHOICE);
        choices.sort_by(|(a, p), (b, q)| q.total_cmp(p).then(a.cmp(b)));
        choices.truncate(MOST_CHOICES);
        choices
    }

    /// How probable the text is with another glyph in this place, in a scale of its own.
    fn with(&self, at: usize, class: usize) -> f64 {
        let before = at.checked_sub(1).map(|before| class_of(self.text, before));
        let after = self.text.get(at + 1).copied();
        let (mut open, mut closed) = (0.0, 0.0);
        for (place, frame) in self.frames.iter().enumerate() {
            let entered = match place.checked_sub(1) {
                None => f64::from(at == 0),
                Some(earlier) => self.entered(earlier, at, before != Some(class)),
            };
            open = (open + entered) * probability(frame, class) / self.scales.get(place).unwrap_or(&1.0);
            closed += open * self.left(place + 1, at, after != Some(class));
        }
        closed
    }

    /// Everything before glyph `at` was said by `place`.
    fn entered(&self, place: usize, at: usize, is_other: bool) -> f64 {
        let Some(forward) = self.forward.get(place) else { return 0.0 };
        let glyph = if is_other && at > 0 { state(forward, 2 * at - 1) } else { 0.0 };
        state(forward, 2 * at) + glyph
    }

    /// Everything after glyph `at` is said from `place` on.
    fn left(&self, place: usize, at: usize, is_other: bool) -> f64 {
        let Some(backward) = self.backward.get(place) else { return f64::from(at + 1 == self.text.len()) };
        let glyph = if is_other { state(backward, 2 * at + 3) } else { 0.0 };
        state(backward, 2 * at + 2) + glyph
    }
}

/// The class that a state says.
fn said(text: &[usize], at: usize) -> usize {
    if at.is_multiple_of(2) { BLANK } else { class_of(text, at / 2) }
}

/// A blank between two glyphs may be left out, unless they are the same.
fn may_skip(text: &[usize], at: usize) -> bool {
    at % 2 == 1 && at >= 3 && class_of(text, at / 2) != class_of(text, at / 2 - 1)
}

fn forward(frames: &[Frame], text: &[usize]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let states = 2 * text.len() + 1;
    let (mut rows, mut scales): (Vec<Vec<f64>>, Vec<f64>) = (Vec::new(), Vec::new());
    for frame in frames {
        let reached = |at: usize| match rows.last() {
            None => f64::from(at < 2),
            Some(before) => {
                let stayed = state(before, at);
                let stepped = at.checked_sub(1).map_or(0.0, |at| state(before, at));
                let skipped = if may_skip(text, at) { state(before, at - 2) } else { 0.0 };
                stayed + stepped + skipped
            }
        };
        let mut row: Vec<f64> =
            (0..states).map(|at| reached(at) * probability(frame, said(text, at))).collect();
        let scale = row.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        row.iter_mut().for_each(|value| *value /= scale);
        rows.push(row);
        scales.push(scale);
    }
    (rows, scales)
}

fn backward(frames: &[Frame], text: &[usize], scales: &[f64]) -> Vec<Vec<f64>> {
    let states = 2 * text.len() + 1;
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for (frame, scale) in frames.iter().zip(scales).rev() {
        let leads_on = |at: usize| match rows.last() {
            None => f64::from(at + 2 >= states),
            Some(after) => {
                let skips = may_skip(text, at + 2) && at + 2 < states;
                state(after, at) + state(after, at + 1) + if skips { state(after, at + 2) } else { 0.0 }
            }
        };
        let row = (0..states).map(|at| leads_on(at) * probability(frame, said(text, at)) / scale);
        let row = row.collect();
        rows.push(row);
    }
    rows.reverse();
    rows
}

fn class_of(text: &[usize], at: usize) -> usize {
    text.get(at).copied().unwrap_or(BLANK)
}

fn state(states: &[f64], at: usize) -> f64 {
    states.get(at).copied().unwrap_or(0.0)
}
