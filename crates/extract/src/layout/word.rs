//! Chunks to words: split at spaces and at visible gaps.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::chunk::{Chunk, Chunks};
use super::frame::{Frame, Mark, round};
use crate::pdf::Glyph;
use smartexus_domain::Word;
use std::ops::Range;

/// A gap of this many em parts two words. The narrowest spaces that are set are about a fifth of an em, kerning
/// opens a tenth at most; between the two, parting is the lesser evil: a number glued to a word is lost.
pub(super) const SPLIT_GAP: f64 = 0.12;
/// Pieces that overlap by more than this many em stand on each other; they are not one word.
const MOST_OVERLAP: f64 = 0.3;
/// Room for most words at once.
const USUAL_BYTES: usize = 12;
/// Confidence in a word whose letters the embedded font told and not the PDF.
const FONT_ONLY_CONFIDENCE: f64 = 0.9;

/// The gap between two glyphs in em of the smaller one, negative where they overlap.
pub(super) fn gap_in_em(left: &Mark, right: &Mark) -> f64 {
    (right.start - left.end) / left.size.min(right.size)
}

/// Chunks that make a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    first: usize,
    end: usize,
    /// A space stands before it; without one, only a gap does.
    pub(super) after_space: bool,
}

impl Piece {
    pub(super) fn range(&self) -> Range<usize> {
        self.first..self.end
    }
}

/// Where lines are taken apart, one after the other.
#[derive(Default)]
pub(super) struct Desk {
    chunks: Chunks,
    /// The chunks that are no spaces.
    solid: Vec<Chunk>,
    pieces: Vec<Piece>,
}

/// What the pieces of a line are made of.
pub(super) struct Pieces<'d> {
    pub(super) kept: &'d [Mark],
    pub(super) chunks: &'d [Chunk],
}

impl Desk {
    /// Adds the words of a line from its start to its end, and the first glyph of each.
    pub(super) fn read(
        &mut self,
        line: &[Mark],
        glyphs: &[Glyph],
        frame: &Frame,
        (words, first_glyphs): (&mut Vec<Word>, &mut Vec<usize>),
    ) {
        self.chunks.read(line, glyphs);
        self.find_pieces();
        let pieces = Pieces { kept: &self.chunks.kept, chunks: &self.solid };
        let mut rest = self.pieces.as_slice();
        while let Some(first) = rest.first() {
            let (joined, after) = rest.split_at_checked(pieces.joined(rest, glyphs)).unwrap_or_default();
            let end = joined.last().map_or(first.end, |last| last.end);
            if let Some((word, glyph)) = pieces.word(first.first..end, glyphs, frame) {
                words.push(word);
                first_glyphs.push(glyph);
            }
            rest = after;
        }
    }

    fn find_pieces(&mut self) {
        self.solid.clear();
        self.pieces.clear();
        let mut after_space = false;
        for chunk in &self.chunks.all {
            if chunk.is_space {
                after_space = true;
                continue;
            }
            let end = self.solid.len().saturating_add(1);
            match self.pieces.last_mut() {
                Some(piece) if !after_space && joins(&self.chunks.kept, self.solid.last(), chunk) => {
                    piece.end = end;
                }
                _ => self.pieces.push(Piece { first: self.solid.len(), end, after_space }),
            }
            self.solid.push(*chunk);
            after_space = false;
        }
    }
}

fn joins(kept: &[Mark], before: Option<&Chunk>, chunk: &Chunk) -> bool {
    let last = before.and_then(|before| kept.get(before.range())?.last());
    let first = kept.get(chunk.range()).and_then(<[Mark]>::first);
    let (Some(last), Some(first)) = (last, first) else { return false };
    let gap = gap_in_em(last, first);
    gap < SPLIT_GAP && gap > -MOST_OVERLAP
}

impl Pieces<'_> {
    fn marks(&self, chunks: Range<usize>) -> impl DoubleEndedIterator<Item = &Mark> {
        let chunks = self.chunks.get(chunks).unwrap_or_default();
        chunks.iter().flat_map(|chunk| self.kept.get(chunk.range()).unwrap_or_default())
    }

    fn word(&self, chunks: Range<usize>, glyphs: &[Glyph], frame: &Frame) -> Option<(Word, usize)> {
        let first = self.marks(chunks.clone()).next()?;
        let (mut start, mut end, mut size) = (first.start, first.end, first.size);
        let mut confidence = 1.0_f64;
        let mut text = String::with_capacity(USUAL_BYTES);
        for mark in self.marks(chunks.clone()) {
            let glyph = glyphs.get(mark.index)?;
            start = start.min(mark.start);
            end = end.max(mark.end);
            size = size.max(mark.size);
            if !glyph.certain {
                confidence = FONT_ONLY_CONFIDENCE;
            }
            glyph.text.push_to(&mut text);
        }
        if is_reversed(&text) {
            text.clear();
            let marks = self.marks(chunks).rev();
            marks.filter_map(|mark| glyphs.get(mark.index)).for_each(|glyph| glyph.text.push_to(&mut text));
        }
        let word = Word {
            text,
            bounds: frame.bounds(start, end, first.baseline, size),
            confidence,
            size: round(size),
            angle: frame.angle,
            color: glyphs.get(first.index)?.color,
            recognized: false,
            alternatives: Vec::new(),
        };
        Some((word, first.index))
    }
}

/// Glyphs stand in visual order, which is the reverse of the logical one for a word of Hebrew or Arabic
/// letters.
fn is_reversed(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_right_to_left) && !text.chars().any(is_left_to_right)
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Letters of other scripts and digits: they keep their order, so a mixed word is left as it stands.
fn is_left_to_right(c: char) -> bool {
    c.is_numeric() || (c.is_alphabetic() && !is_right_to_left(c))
}
