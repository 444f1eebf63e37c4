//! Glyphs to words, lines and reading order.
//!
//! Direction first, then baseline, then gaps. Lines are clustered before anything is sorted along them: a
//! comparison with a tolerance is no order at all.

mod chunk;
mod frame;
mod line;
mod spaced;
mod word;

use self::frame::Frame;
use self::line::lines;
use self::word::words;
use crate::pdf::Glyph;
use smartexus_domain::Word;
use std::collections::BTreeMap;

pub(crate) use frame::round;

/// A page's words in reading order, and its text.
#[derive(Debug, PartialEq)]
pub(crate) struct Layout {
    pub(crate) words: Vec<Word>,
    /// Words joined by one space, lines by `\n`.
    pub(crate) text: String,
    /// There were more words than the limit.
    pub(crate) is_cut: bool,
}

/// Lays out one page of `extent` (width, height) points.
pub(crate) fn lay_out(glyphs: &[Glyph], extent: (f64, f64), word_limit: u32) -> Layout {
    let limit = usize::try_from(word_limit).unwrap_or(usize::MAX);
    let mut layout = Layout { words: Vec::new(), text: String::new(), is_cut: false };
    // Upright text reads first, whatever was drawn first: directions are in ascending order, 0 is upright.
    for (direction, members) in by_direction(glyphs) {
        let frame = Frame::new(direction, extent);
        let marks: Vec<_> = members.iter().enumerate().map(|(i, glyph)| frame.mark(glyph, i)).collect();
        for line in lines(&marks) {
            let mut line_words = words(&line, &members, &frame);
            let room = limit.saturating_sub(layout.words.len());
            layout.is_cut |= line_words.len() > room;
            line_words.truncate(room);
            if line_words.is_empty() {
                continue;
            }
            if !layout.text.is_empty() {
                layout.text.push('\n');
            }
            let texts: Vec<&str> = line_words.iter().map(|word| word.text.as_str()).collect();
            layout.text.push_str(&texts.join(" "));
            layout.words.append(&mut line_words);
        }
    }
    layout
}

fn by_direction(glyphs: &[Glyph]) -> BTreeMap<u16, Vec<&Glyph>> {
    let mut groups: BTreeMap<u16, Vec<&Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        groups.entry(glyph.direction).or_default().push(glyph);
    }
    groups
}

#[cfg(test)]
mod tests;
