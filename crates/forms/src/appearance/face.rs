//! The font that shows one answer.

use super::fallback::Fallback;
use super::standard::{Standard, win_ansi};
use lopdf::ObjectId;

/// A font that can show a text, chosen for that text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Face {
    Standard(Standard),
    /// The form's own font under `WinAnsiEncoding`, with its widths from code 0 on.
    Own {
        id: ObjectId,
        widths: Box<[u16; 256]>,
    },
    /// Our embedded font.
    Fallback,
}

impl Face {
    /// It has every character.
    pub(super) fn can_show(&self, text: &str, fallback: &Fallback) -> bool {
        let visible = text.chars().filter(|c| *c != '\n');
        match self {
            Self::Standard(_) => visible.into_iter().all(|c| win_ansi(c).is_some()),
            Self::Own { widths, .. } => visible.into_iter().all(|c| {
                win_ansi(c).is_some_and(|code| widths.get(usize::from(code)).is_some_and(|w| *w > 0))
            }),
            Self::Fallback => visible.into_iter().all(|c| fallback.has(c)),
        }
    }

    /// Thousandths of an em.
    pub(super) fn width(&self, c: char, fallback: &Fallback) -> u16 {
        match self {
            Self::Standard(standard) => win_ansi(c).map_or(0, |code| standard.width(code)),
            Self::Own { widths, .. } => {
                win_ansi(c).and_then(|code| widths.get(usize::from(code))).copied().unwrap_or(0)
            }
            Self::Fallback => fallback.width(c),
        }
    }

    /// The codes of a text.
    pub(super) fn codes(&self, text: &str, fallback: &mut Fallback) -> Vec<u8> {
        match self {
            Self::Standard(_) | Self::Own { .. } => text.chars().filter_map(win_ansi).collect(),
            Self::Fallback => text.chars().flat_map(|c| fallback.code(c).to_be_bytes()).collect(),
        }
    }
}
