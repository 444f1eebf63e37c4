//! One line of words as the glyphs that show it, from left to right.

use super::face::Face;

/// A line, ready to be drawn. All lengths are in sizes of the type.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    pub(super) width: f32,
    /// How far the glyphs reach above the base line, and below it.
    pub(super) ascent: f32,
    pub(super) descent: f32,
    /// What it says; empty for codes that say it themselves.
    pub(super) text: String,
    /// Its glyphs say it one by one.
    pub(super) is_told: bool,
}

/// A stretch in one font.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Run {
    /// One byte a character.
    Plain {
        face: Face,
        codes: Vec<u8>,
    },
    Shaped {
        program: usize,
        glyphs: Vec<Glyph>,
    },
}

/// A glyph of an embedded font.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// Its number in the whole font.
    pub(super) id: u16,
    /// The characters that it stands for; those of a cluster stand at its first glyph.
    pub(super) text: String,
    /// From here to the next glyph, and what the font itself says of that.
    pub(super) advance: f32,
    pub(super) natural: f32,
    /// Where it is drawn, from here.
    pub(super) offset: [f32; 2],
}
