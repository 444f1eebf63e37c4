//! The graphics state, as far as it matters to text.

use super::Unusual;
use super::color::Paint;
use super::font::Chosen;
use hayro_interpret::kurbo::Affine;

/// Deeper than any page saves.
const MOST_STATES: usize = 2000;

/// What `q` saves and `Q` restores.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) ctm: Affine,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    pub(super) text: TextState,
}

/// The text state, and where the next glyph stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextState {
    pub(super) char_space: f32,
    pub(super) word_space: f32,
    /// In percent.
    pub(super) scaling: f32,
    pub(super) leading: f32,
    pub(super) font: Option<Chosen>,
    pub(super) size: f32,
    pub(super) rise: f32,
    pub(super) mode: Mode,
    pub(super) matrix: Affine,
    pub(super) line_matrix: Affine,
}

/// How glyphs are painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Fill,
    Stroke,
    FillAndStroke,
    Invisible,
}

impl Mode {
    #[expect(clippy::cast_possible_truncation, reason = "a mode is a small whole number")]
    pub(super) fn from_number(number: f64) -> Result<Self, Unusual> {
        match number as i64 {
            1 => Ok(Self::Stroke),
            2 => Ok(Self::FillAndStroke),
            3 => Ok(Self::Invisible),
            4..=7 => Err(Unusual::TextClip),
            _ => Ok(Self::Fill),
        }
    }
}

impl Default for TextState {
    fn default() -> Self {
        Self {
            char_space: 0.0,
            word_space: 0.0,
            scaling: 100.0,
            leading: 0.0,
            font: None,
            size: 1.0,
            rise: 0.0,
            mode: Mode::Fill,
            matrix: Affine::IDENTITY,
            line_matrix: Affine::IDENTITY,
        }
    }
}

impl TextState {
    /// To the start of another line.
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix *= Affine::translate((x, y));
        self.matrix = self.line_matrix;
    }
}

/// The current state and the saved ones.
pub(super) struct States {
    pub(super) now: State,
    /// Each with how many clips there were when it was saved.
    saved: Vec<(State, usize)>,
}

impl States {
    pub(super) fn new(ctm: Affine) -> Self {
        let paint = Paint::default();
        let now = State { ctm, fill: paint, stroke: paint, text: TextState::default() };
        Self { now, saved: Vec::new() }
    }

    pub(super) fn depth(&self) -> usize {
        self.saved.len()
    }

    pub(super) fn save(&mut self, clips: usize) -> Result<(), Unusual> {
        if self.saved.len() >= MOST_STATES {
            return Err(Unusual::States);
        }
        self.saved.push((self.now, clips));
        Ok(())
    }

    /// How many clips there were when the state now restored was saved; `None` where none was.
    pub(super) fn restore(&mut self) -> Option<usize> {
        let (state, clips) = self.saved.pop()?;
        self.now = state;
        Some(clips)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_saved_up_to_the_limit() {
        let mut states = States::new(Affine::IDENTITY);
        for clips in 0..MOST_STATES {
            assert_eq!(states.save(clips), Ok(()));
        }
        assert_eq!(states.save(0), Err(Unusual::States));
        assert_eq!(states.restore(), Some(MOST_STATES - 1));
    }
}
