//! Letter-spaced headings: `S T A T E M E N T` set with wide gaps and no spaces is one word.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::word::{Piece, gap_in_em};
use crate::pdf::{Glyph, GlyphText};

/// So many single letters at equal distances are spaced out on purpose; fewer may be a table of flags.
const FEWEST_LETTERS: usize = 4;
/// Wider gaps, in em, are columns.
const WIDEST_GAP: f64 = 0.6;
/// Gaps are equal within this, in em.
const EQUAL_GAP: f64 = 0.1;

/// Joins single letters that stand at equal distances with nothing but gaps between them.
pub(super) fn join_spaced(pieces: Vec<Piece>, glyphs: &[&Glyph]) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while let Some(rest) = pieces.get(at..).filter(|rest| !rest.is_empty()) {
        let run = spaced_run(rest, glyphs);
        let length = if run >= FEWEST_LETTERS { run } else { 1 };
        joined.extend(join(rest.get(..length).unwrap_or_default()));
        at = at.saturating_add(length);
    }
    joined
}

/// How many pieces from the first on are single letters at one distance.
fn spaced_run(pieces: &[Piece], glyphs: &[&Glyph]) -> usize {
    if !pieces.first().is_some_and(|piece| is_letter(piece, glyphs)) {
        return 1;
    }
    let mut usual = None;
    let steps = pieces.windows(2).take_while(|pair| {
        let [left, right] = pair else { return false };
        let Some(gap) = letter_gap(left, right, glyphs) else { return false };
        (gap - *usual.get_or_insert(gap)).abs() <= EQUAL_GAP
    });
    steps.count().saturating_add(1)
}

fn letter_gap(left: &Piece, right: &Piece, glyphs: &[&Glyph]) -> Option<f64> {
    let gap = gap_in_em(left.glyphs.last()?, right.glyphs.first()?);
    (is_letter(right, glyphs) && !right.after_space && gap <= WIDEST_GAP).then_some(gap)
}

fn is_letter(piece: &Piece, glyphs: &[&Glyph]) -> bool {
    let [only] = piece.glyphs.as_slice() else { return false };
    glyphs.get(only.index).is_some_and(|glyph| match &glyph.text {
        GlyphText::Char(c) => c.is_alphabetic(),
        GlyphText::Space | GlyphText::Chars(_) => false,
    })
}

fn join(pieces: &[Piece]) -> Option<Piece> {
    let after_space = pieces.first()?.after_space;
    let glyphs = pieces.iter().flat_map(|piece| piece.glyphs.iter().copied()).collect();
    Some(Piece { glyphs, after_space })
}
