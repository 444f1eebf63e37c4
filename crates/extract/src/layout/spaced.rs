//! Letter-spaced headings: `S T A T E M E N T` set with wide gaps and no spaces is one word.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::frame::Mark;
use super::word::{Piece, Pieces, gap_in_em};
use crate::pdf::{Glyph, GlyphText};

/// So many single letters at equal distances are spaced out on purpose; fewer may be a table of flags.
const FEWEST_LETTERS: usize = 4;
/// Wider gaps, in em, are columns.
const WIDEST_GAP: f64 = 0.6;
/// Gaps are equal within this, in em.
const EQUAL_GAP: f64 = 0.1;

impl Pieces<'_> {
    /// How many pieces from the first on make one word: several where they are single letters at one distance
    /// with nothing but gaps between them.
    pub(super) fn joined(&self, pieces: &[Piece], glyphs: &[Glyph]) -> usize {
        let run = self.spaced_run(pieces, glyphs);
        if run >= FEWEST_LETTERS { run } else { 1 }
    }

    fn spaced_run(&self, pieces: &[Piece], glyphs: &[Glyph]) -> usize {
        let Some(mut last) = pieces.first().and_then(|piece| self.letter(piece, glyphs)) else { return 1 };
        let mut usual = None;
        let mut length = 1_usize;
        for piece in pieces.iter().skip(1) {
            let Some(letter) = self.letter(piece, glyphs) else { break };
            let gap = gap_in_em(last, letter);
            let is_usual = (gap - *usual.get_or_insert(gap)).abs() <= EQUAL_GAP;
            if piece.after_space || gap > WIDEST_GAP || !is_usual {
                break;
            }
            last = letter;
            length = length.saturating_add(1);
        }
        length
    }

    /// The only mark of a piece that is a single letter.
    fn letter(&self, piece: &Piece, glyphs: &[Glyph]) -> Option<&Mark> {
        let [only] = self.chunks.get(piece.range())? else { return None };
        let [mark] = self.kept.get(only.range())? else { return None };
        let is_letter = glyphs.get(mark.index).is_some_and(|glyph| match &glyph.text {
            GlyphText::Char(c) => c.is_alphabetic(),
            GlyphText::Space | GlyphText::Chars(_) => false,
        });
        is_letter.then_some(mark)
    }
}
