//! Glyphs that were drawn one after the other and touch: the parts that words are made of.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::frame::Mark;
use super::word::{SPLIT_GAP, gap_in_em};
use crate::pdf::{Glyph, GlyphText};

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
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    /// In reading order.
    pub(super) glyphs: Vec<Mark>,
    pub(super) is_space: bool,
    /// Every glyph stands on an equal one that was drawn before.
    is_overprint: bool,
}

impl Chunk {
    pub(super) fn start(&self) -> f64 {
        self.glyphs.first().map_or(0.0, |mark| mark.start)
    }
}

/// The chunks of a line in the order of drawing, overprints left out.
pub(super) fn chunks(line: &[Mark], glyphs: &[&Glyph]) -> Vec<Chunk> {
    let overprinted = overprints(line, glyphs);
    let mut chunks: Vec<Chunk> = Vec::new();
    for (mark, is_overprint) in line.iter().zip(overprinted) {
        let is_space = text(glyphs, mark) == Some(&GlyphText::Space);
        let open = chunks.last_mut().filter(|chunk| !chunk.is_space && !is_space);
        match open {
            Some(chunk) if is_overprint && has_twin(chunk, mark, glyphs) => {}
            Some(chunk) if touches(chunk, mark) => {
                chunk.is_overprint &= is_overprint;
                chunk.glyphs.push(*mark);
            }
            _ => chunks.push(Chunk { glyphs: vec![*mark], is_space, is_overprint }),
        }
    }
    chunks.retain(|chunk| chunk.is_space || !chunk.is_overprint);
    chunks
}

fn touches(chunk: &Chunk, mark: &Mark) -> bool {
    let Some(last) = chunk.glyphs.last() else { return false };
    let is_forward = mark.start >= last.start - STEP_BACK * last.size;
    is_forward && gap_in_em(last, mark) < SPLIT_GAP
}

fn has_twin(chunk: &Chunk, mark: &Mark, glyphs: &[&Glyph]) -> bool {
    chunk.glyphs.iter().rev().take(TWINS_BACK).any(|other| are_twins(other, mark, glyphs))
}

/// For each glyph of the line: does it repeat one that was drawn before it?
fn overprints(line: &[Mark], glyphs: &[&Glyph]) -> Vec<bool> {
    let mut by_start: Vec<usize> = (0..line.len()).collect();
    let start = |at: &usize| line.get(*at).map_or(0.0, |mark| mark.start);
    by_start.sort_by(|a, b| start(a).total_cmp(&start(b)).then(a.cmp(b)));
    let mut repeats = vec![false; line.len()];
    for (place, at) in by_start.iter().enumerate() {
        let Some(mark) = line.get(*at) else { continue };
        let before = by_start.get(..place).unwrap_or_default().iter().rev().take(NEIGHBOURS);
        for other_at in before {
            let Some(other) = line.get(*other_at) else { break };
            if mark.start - other.start > OVERPRINT * mark.size.max(other.size) {
                break;
            }
            if are_twins(other, mark, glyphs)
                && let Some(repeat) = repeats.get_mut((*at).max(*other_at))
            {
                *repeat = true;
            }
        }
    }
    repeats
}

fn are_twins(a: &Mark, b: &Mark, glyphs: &[&Glyph]) -> bool {
    let near = OVERPRINT * a.size.min(b.size);
    // Half a narrow letter is the distance of a doubled "l", not of a bold one.
    let half = (a.end - a.start).abs() / 2.0;
    (a.start - b.start).abs() <= near.min(half) && text(glyphs, a) == text(glyphs, b)
}

fn text<'g>(glyphs: &[&'g Glyph], mark: &Mark) -> Option<&'g GlyphText> {
    glyphs.get(mark.index).map(|glyph| &glyph.text)
}
