//! Glyphs to words, lines and reading order.
//!
//! Direction first, then baseline, then gaps. Lines are clustered before anything is sorted along them: a
//! comparison with a tolerance is no order at all. Most glyphs are drawn in the order in which they are read,
//! so what is sorted are the few stretches that are not.

mod chunk;
mod frame;
mod line;
mod spaced;
mod word;

use self::frame::{Frame, Mark};
use self::line::Lines;
use self::word::Desk;
use crate::pdf::Glyph;
use smartexus_domain::Word;

pub(crate) use frame::round;

/// No word of any language is nearly as long; what is, is no text.
const WORD_BYTES_MAX: usize = 16 * 1024;

/// A page's words in reading order, and its text.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Layout {
    pub(crate) words: Vec<Word>,
    /// Words joined by one space, lines by `\n`.
    pub(crate) text: String,
    /// The first glyph of each word.
    pub(crate) first_glyphs: Vec<usize>,
    /// There were more words than the limit, or longer ones.
    pub(crate) is_cut: bool,
}

/// Lays out one page of `extent` (width, height) points.
pub(crate) fn lay_out(glyphs: &[Glyph], extent: (f64, f64), word_limit: u32) -> Layout {
    let limit = usize::try_from(word_limit).unwrap_or(usize::MAX);
    let mut layout = Layout {
        words: Vec::new(),
        text: String::with_capacity(glyphs.len()),
        first_glyphs: Vec::new(),
        is_cut: false,
    };
    let mut desk = Desk::default();
    for (direction, members) in by_direction(glyphs) {
        let frame = Frame::new(direction, extent);
        let marks: Vec<Mark> = match &members {
            Members::All => {
                glyphs.iter().enumerate().map(|(index, glyph)| frame.mark(glyph, index)).collect()
            }
            Members::Some(members) => {
                members.iter().filter_map(|index| Some(frame.mark(glyphs.get(*index)?, *index))).collect()
            }
        };
        let mut lines = Lines::new(&marks);
        while let Some(line) = lines.next() {
            let before = layout.words.len();
            desk.read(line, glyphs, &frame, (&mut layout.words, &mut layout.first_glyphs));
            layout.is_cut |= layout.words.len() > limit;
            layout.words.truncate(limit);
            layout.first_glyphs.truncate(limit);
            for word in layout.words.get_mut(before..).unwrap_or_default() {
                layout.is_cut |= cut(&mut word.text);
            }
            push_line(&mut layout.text, layout.words.get(before..).unwrap_or_default());
        }
    }
    layout
}

/// Cuts what is too long for a word, and says whether it was.
fn cut(word: &mut String) -> bool {
    let is_long = word.len() > WORD_BYTES_MAX;
    word.truncate(word.floor_char_boundary(WORD_BYTES_MAX));
    is_long
}

fn push_line(text: &mut String, words: &[Word]) {
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            text.push(' ');
        } else if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&word.text);
    }
}

/// The glyphs of one direction, in the order of drawing.
enum Members {
    All,
    Some(Vec<usize>),
}

/// Upright text reads first, whatever was drawn first: directions are in ascending order, 0 is upright.
fn by_direction(glyphs: &[Glyph]) -> Vec<(u16, Members)> {
    let Some(first) = glyphs.first() else { return Vec::new() };
    if glyphs.iter().all(|glyph| glyph.direction == first.direction) {
        return vec![(first.direction, Members::All)];
    }
    let mut order: Vec<(u16, usize)> =
        glyphs.iter().enumerate().map(|(index, glyph)| (glyph.direction, index)).collect();
    order.sort_unstable();
    let groups = order.chunk_by(|a, b| a.0 == b.0);
    let group = |group: &[(u16, usize)]| {
        let direction = group.first()?.0;
        Some((direction, Members::Some(group.iter().map(|(_, index)| *index).collect())))
    };
    groups.filter_map(group).collect()
}

#[cfg(test)]
mod tests;
