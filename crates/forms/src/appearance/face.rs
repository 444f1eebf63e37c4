//! A font with one byte a character that shows one answer.

use super::line::{Line, Run};
use super::standard::{Standard, win_ansi};
use lopdf::ObjectId;

/// What a person's eye takes for the height of a line, in sizes of the type.
pub(super) const ASCENT: f32 = 0.8;
pub(super) const DESCENT: f32 = 0.22;

/// A font that can show a text, chosen for that text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Face {
    Standard(Standard),
    /// The form's own font under `WinAnsiEncoding`, with its widths from code 0 on.
    Own {
        id: ObjectId,
        widths: Box<[u16; 256]>,
    },
}

impl Face {
    /// It has every character.
    pub(super) fn can_show(&self, text: &str) -> bool {
        text.chars().filter(|c| *c != '\n').all(|c| match self {
            Self::Standard(_) => win_ansi(c).is_some(),
            Self::Own { widths, .. } => {
                win_ansi(c).is_some_and(|code| widths.get(usize::from(code)).is_some_and(|w| *w > 0))
            }
        })
    }

    #[expect(clippy::float_arithmetic, reason = "geometry")]
    pub(super) fn line(&self, text: &str) -> Line {
        let codes: Vec<u8> = text.chars().filter_map(win_ansi).collect();
        let width: f32 = codes.iter().map(|code| f32::from(self.width(*code))).sum();
        Line {
            runs: vec![Run::Plain { face: self.clone(), codes }],
            width: width / 1000.0,
            ascent: ASCENT,
            descent: DESCENT,
            text: String::new(),
            is_told: true,
        }
    }

    /// Thousandths of an em.
    fn width(&self, code: u8) -> u16 {
        match self {
            Self::Standard(standard) => standard.width(code),
            Self::Own { widths, .. } => widths.get(usize::from(code)).copied().unwrap_or(0),
        }
    }
}
