//! The fonts of the fixtures: metrics, and which bytes stand for which character.

use crate::font_dots;
use crate::font_subset::GLYPHS;
use crate::font_widths::{HELVETICA, HELVETICA_BOLD, TIMES, TIMES_BOLD};

/// A family with a regular and a bold face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Standard font, not embedded.
    Helvetica,
    /// Standard font, not embedded.
    Times,
    /// Standard font, not embedded; one width.
    Courier,
    /// Embedded TrueType subset behind two-byte codes of our own, told apart by `ToUnicode` only.
    Dejavu,
    /// Type 3 dots, told apart by glyph names only. Capitals, digits and a few signs.
    Dots,
}

/// One face of the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
}

impl Family {
    /// Advance of a character in thousandths of an em.
    pub(crate) fn advance(self, face: Face, c: char) -> f32 {
        let table = match (self, face) {
            (Self::Courier | Self::Dots, _) => return 600.0,
            (Self::Dejavu, _) => return f32::from(GLYPHS[subset_place(c)].2),
            (Self::Helvetica, Face::Regular) => &HELVETICA,
            (Self::Helvetica, Face::Bold) => &HELVETICA_BOLD,
            (Self::Times, Face::Regular) => &TIMES,
            (Self::Times, Face::Bold) => &TIMES_BOLD,
        };
        f32::from(table[usize::from(win_ansi(c).max(32)) - 32])
    }

    /// Height above and depth below the baseline in thousandths of an em, depth negative.
    pub(crate) fn extent(self) -> (f32, f32) {
        match self {
            Self::Helvetica => (718.0, -207.0),
            Self::Times => (683.0, -217.0),
            Self::Courier => (629.0, -157.0),
            Self::Dejavu => (760.0, -240.0),
            Self::Dots => (700.0, 0.0),
        }
    }

    /// The bytes of a character in a content stream.
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Helvetica | Self::Times | Self::Courier => text.chars().map(win_ansi).collect(),
            Self::Dejavu => text.chars().flat_map(subset_code).collect(),
            Self::Dots => text.chars().map(font_dots::place).collect(),
        }
    }

    /// The name under which the file knows a standard face.
    pub(crate) fn standard_name(self, face: Face) -> Option<&'static [u8]> {
        Some(match (self, face) {
            (Self::Helvetica, Face::Regular) => b"Helvetica",
            (Self::Helvetica, Face::Bold) => b"Helvetica-Bold",
            (Self::Times, Face::Regular) => b"Times-Roman",
            (Self::Times, Face::Bold) => b"Times-Bold",
            (Self::Courier, Face::Regular) => b"Courier",
            (Self::Courier, Face::Bold) => b"Courier-Bold",
            (Self::Dejavu | Self::Dots, _) => return None,
        })
    }
}

/// Place of a character in the subset; `?` for what it does not have.
fn subset_place(c: char) -> usize {
    let find = |wanted: char| GLYPHS.iter().position(|(known, _, _)| *known == wanted);
    find(c).or_else(|| find('?')).unwrap_or(0)
}

/// The two bytes of a character: its place in the subset, counted from 1.
fn subset_code(c: char) -> [u8; 2] {
    u16::try_from(subset_place(c) + 1).unwrap_or(1).to_be_bytes()
}

/// The code of a character in WinAnsi; `?` for what it does not have.
pub(crate) fn win_ansi(c: char) -> u8 {
    match c {
        '€' => 0x80,
        '…' => 0x85,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        ' '..='~' | '\u{a0}'..='ÿ' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        _ => b'?',
    }
}
