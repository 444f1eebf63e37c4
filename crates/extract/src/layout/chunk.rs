//! Glyphs that were drawn one after the other and touch: the parts that words are made of.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::frame::Mark;
use super::word::{SPLIT_GAP, gap_in_em};
use crate::pdf::{Glyph, GlyphText};
use std::ops::Range;

/// The same letter again within so many em is the same letter, made bold by drawing it twice.
const OVERPRINT: f64 = 0.12;
/// How many glyphs back the twin of a letter is looked for while a chunk grows.
const TWINS_BACK: usize = 3;
/// How many neighbours are compared with a glyph: on a page with its letters piled on one spot, comparing all
/// would take for ever.
const NEIGHBOURS: usize = 16;
/// A glyph may start so many em before the start of the one drawn before it: accents do.
const STEP_BACK: f64 = 0.1;

/// A piece of a line: glyphs that belong together, or one space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    /// Its marks among the kept ones, in reading order.
    first: usize,
    end: usize,
    /// Where it starts along the line.
    pub(super) start: f64,
    pub(super) is_space: bool,
    /// Every glyph stands on an equal one that was drawn before.
    is_overprint: bool,
}

impl Chunk {
    pub(super) fn range(&self) -> Range<usize> {
        self.first..self.end
    }
}

/// The chunks of a line.
#[derive(Default)]
pub(super) struct Chunks {
    /// The marks of the line, without those that repeat others.
    pub(super) kept: Vec<Mark>,
    pub(super) all: Vec<Chunk>,
    /// For each mark of the line: does it repeat one that was drawn before it? Empty where none does.
    repeats: Vec<bool>,
    order: Vec<usize>,
    stretches: Vec<(f64, f64)>,
}

impl Chunks {
    /// The chunks from the start of the line to its end, overprints left out.
    pub(super) fn read(&mut self, line: &[Mark], glyphs: &[Glyph]) {
        self.find_overprints(line, glyphs);
        self.kept.clear();
        self.all.clear();
        for (at, mark) in line.iter().enumerate() {
            let is_overprint = self.repeats.get(at).copied().unwrap_or(false);
            self.add(mark, is_overprint, glyphs);
        }
        self.all.retain(|chunk| chunk.is_space || !chunk.is_overprint);
        // A stable sort: of two that start together, the one drawn first comes first.
        if !self.all.is_sorted_by(|a, b| a.start.total_cmp(&b.start).is_le()) {
            self.all.sort_by(|a, b| a.start.total_cmp(&b.start));
        }
    }

    fn add(&mut self, mark: &Mark, is_overprint: bool, glyphs: &[Glyph]) {
        let is_space = text(glyphs, mark) == Some(&GlyphText::Space);
        let open = self.all.last_mut().filter(|chunk| !chunk.is_space && !is_space);
        match open {
            Some(chunk) if is_overprint && has_twin(&self.kept, chunk, mark, glyphs) => {}
            Some(chunk) if self.kept.last().is_some_and(|last| touches(last, mark)) => {
                chunk.is_overprint &= is_overprint;
                chunk.end = chunk.end.saturating_add(1);
                self.kept.push(*mark);
            }
            _ => {
                let first = self.kept.len();
                let end = first.saturating_add(1);
                self.all.push(Chunk { first, end, start: mark.start, is_space, is_overprint });
                self.kept.push(*mark);
            }
        }
    }

    fn find_overprints(&mut self, line: &[Mark], glyphs: &[Glyph]) {
        self.repeats.clear();
        if self.is_spread_out(line) {
            return;
        }
        self.repeats.resize(line.len(), false);
        self.order.clear();
        self.order.extend(0..line.len());
        let start = |at: &usize| line.get(*at).map_or(0.0, |mark| mark.start);
        self.order.sort_by(|a, b| start(a).total_cmp(&start(b)).then(a.cmp(b)));
        for (place, at) in self.order.iter().enumerate() {
            let Some(mark) = line.get(*at) else { continue };
            let before = self.order.get(..place).unwrap_or_default().iter().rev().take(NEIGHBOURS);
            for other_at in before {
                let Some(other) = line.get(*other_at) else { break };
                if mark.start - other.start > OVERPRINT * mark.size.max(other.size) {
                    break;
                }
                if are_twins(other, mark, glyphs)
                    && let Some(repeat) = self.repeats.get_mut((*at).max(*other_at))
                {
                    *repeat = true;
                }
            }
        }
    }

    /// Do all glyphs of a line start too far from each other for any to repeat another? Looked at by
    /// stretches that were drawn in reading order.
    fn is_spread_out(&mut self, line: &[Mark]) -> bool {
        let Some(first) = line.first() else { return true };
        self.stretches.clear();
        let (mut from, mut last, mut largest) = (first.start, first, first.size);
        for mark in line.iter().skip(1) {
            largest = largest.max(mark.size);
            if mark.start < last.start {
                self.stretches.push((from, last.start));
                from = mark.start;
            } else if mark.start - last.start <= OVERPRINT * mark.size.max(last.size) {
                return false;
            }
            last = mark;
        }
        self.stretches.push((from, last.start));
        self.stretches.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        self.stretches.windows(2).all(|pair| {
            let [(_, end), (start, _)] = pair else { return false };
            start - end > OVERPRINT * largest
        })
    }
}

fn touches(last: &Mark, mark: &Mark) -> bool {
    let is_forward = mark.start >= last.start - STEP_BACK * last.size;
    is_forward && gap_in_em(last, mark) < SPLIT_GAP
}

fn has_twin(kept: &[Mark], chunk: &Chunk, mark: &Mark, glyphs: &[Glyph]) -> bool {
    let others = kept.get(chunk.range()).unwrap_or_default();
    others.iter().rev().take(TWINS_BACK).any(|other| are_twins(other, mark, glyphs))
}

fn are_twins(a: &Mark, b: &Mark, glyphs: &[Glyph]) -> bool {
    let near = OVERPRINT * a.size.min(b.size);
    // Half a narrow letter is the distance of a doubled "l", not of a bold one.
    let half = (a.end - a.start).abs() / 2.0;
    (a.start - b.start).abs() <= near.min(half) && text(glyphs, a) == text(glyphs, b)
}

fn text<'g>(glyphs: &'g [Glyph], mark: &Mark) -> Option<&'g GlyphText> {
    glyphs.get(mark.index).map(|glyph| &glyph.text)
}
