//! Chunks to words: split at spaces and at visible gaps.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::chunk::{Chunk, chunks};
use super::frame::{Frame, Mark, round};
use super::spaced::join_spaced;
use crate::pdf::Glyph;
use smartexus_domain::Word;

/// A gap of this many em parts two words. The narrowest spaces that are set are about a fifth of an em, kerning
/// opens a tenth at most; between the two, parting is the lesser evil: a number glued to a word is lost.
pub(super) const SPLIT_GAP: f64 = 0.12;
/// Pieces that overlap by more than this many em stand on each other; they are not one word.
const MOST_OVERLAP: f64 = 0.3;
/// Confidence in a word whose letters the embedded font told and not the PDF.
const FONT_ONLY_CONFIDENCE: f64 = 0.9;

/// The glyphs of a word in reading order.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) glyphs: Vec<Mark>,
    /// A space stands before it; without one, only a gap does.
    pub(super) after_space: bool,
}

/// The words of a line from its start to its end.
pub(super) fn words(line: &[Mark], glyphs: &[&Glyph], frame: &Frame) -> Vec<Word> {
    let pieces = join_spaced(pieces(chunks(line, glyphs)), glyphs);
    pieces.iter().filter_map(|piece| word(piece, glyphs, frame)).collect()
}

/// The gap between two glyphs in em of the smaller one, negative where they overlap.
pub(super) fn gap_in_em(left: &Mark, right: &Mark) -> f64 {
    (right.start - left.end) / left.size.min(right.size)
}

fn pieces(mut chunks: Vec<Chunk>) -> Vec<Piece> {
    // A stable sort: of two that start together, the one drawn first comes first.
    chunks.sort_by(|a, b| a.start().total_cmp(&b.start()));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut after_space = false;
    for chunk in chunks {
        if chunk.is_space {
            after_space = true;
            continue;
        }
        match pieces.last_mut() {
            Some(piece) if !after_space && joins(piece, &chunk) => piece.glyphs.extend(chunk.glyphs),
            _ => pieces.push(Piece { glyphs: chunk.glyphs, after_space }),
        }
        after_space = false;
    }
    pieces
}

fn joins(piece: &Piece, chunk: &Chunk) -> bool {
    let (Some(last), Some(first)) = (piece.glyphs.last(), chunk.glyphs.first()) else { return false };
    let gap = gap_in_em(last, first);
    gap < SPLIT_GAP && gap > -MOST_OVERLAP
}

fn word(piece: &Piece, glyphs: &[&Glyph], frame: &Frame) -> Option<Word> {
    let first = piece.glyphs.first()?;
    let (mut start, mut end, mut size) = (first.start, first.end, first.size);
    let mut confidence = 1.0_f64;
    for mark in &piece.glyphs {
        let glyph = glyphs.get(mark.index)?;
        start = start.min(mark.start);
        end = end.max(mark.end);
        size = size.max(mark.size);
        if !glyph.certain {
            confidence = FONT_ONLY_CONFIDENCE;
        }
    }
    Some(Word {
        text: text(piece, glyphs),
        bounds: frame.bounds(start, end, first.baseline, size),
        confidence,
        size: round(size),
        angle: frame.angle,
        color: glyphs.get(first.index)?.color,
        alternatives: Vec::new(),
    })
}

/// The characters in logical order: glyphs stand in visual order, which is the reverse for a word of Hebrew or
/// Arabic letters.
fn text(piece: &Piece, glyphs: &[&Glyph]) -> String {
    let visual = || piece.glyphs.iter().filter_map(|mark| glyphs.get(mark.index)).map(|glyph| &glyph.text);
    let mut text = String::new();
    visual().for_each(|glyph| glyph.push_to(&mut text));
    if text.chars().any(is_right_to_left) && !text.chars().any(is_left_to_right) {
        text.clear();
        visual().rev().for_each(|glyph| glyph.push_to(&mut text));
    }
    text
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Letters of other scripts and digits: they keep their order, so a mixed word is left as it stands.
fn is_left_to_right(c: char) -> bool {
    c.is_numeric() || (c.is_alphabetic() && !is_right_to_left(c))
}
