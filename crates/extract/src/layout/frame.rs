//! The coordinates of one direction of writing: along it, and down from line to line.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use crate::pdf::Glyph;
use smartexus_domain::Rect;

/// How far letters reach over and under their baseline, in em. Fonts disagree about theirs; one value for all
/// gives words of one line the same height.
const ASCENT: f64 = 0.75;
const DESCENT: f64 = 0.25;

/// A direction of writing on a page.
pub(super) struct Frame {
    /// Unit vector of writing.
    along: (f64, f64),
    /// Unit vector to the next line.
    down: (f64, f64),
    extent: (f64, f64),
    is_upright: bool,
    /// Whole degrees, counterclockwise.
    pub(super) angle: i16,
}

/// A glyph in a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Start and end along the direction of writing.
    pub(super) start: f64,
    pub(super) end: f64,
    /// Baseline, growing from line to line.
    pub(super) baseline: f64,
    pub(super) size: f64,
    /// Place in the order of drawing.
    pub(super) index: usize,
}

impl Frame {
    /// `direction` in tenths of a degree, counterclockwise.
    pub(super) fn new(direction: u16, extent: (f64, f64)) -> Self {
        // The right angles exactly, so that boxes of ordinary text carry no rounding noise.
        let (sin, cos) = match direction {
            0 => (0.0, 1.0),
            900 => (1.0, 0.0),
            1800 => (0.0, -1.0),
            2700 => (-1.0, 0.0),
            _ => (f64::from(direction) / 10.0).to_radians().sin_cos(),
        };
        let whole_degrees = (direction.saturating_add(5) / 10) % 360;
        Self {
            along: (cos, -sin),
            down: (sin, cos),
            extent,
            is_upright: direction == 0,
            angle: i16::try_from(whole_degrees).unwrap_or_default(),
        }
    }

    pub(super) fn mark(&self, glyph: &Glyph, index: usize) -> Mark {
        let start = dot(glyph.origin, self.along);
        let baseline = dot(glyph.origin, self.down);
        Mark { start, end: start + glyph.advance, baseline, size: glyph.size, index }
    }

    /// The upright box around a word, cut at the page's edges and rounded as it will be printed.
    pub(super) fn bounds(&self, start: f64, end: f64, baseline: f64, size: f64) -> Rect {
        let (top, bottom) = (baseline - ASCENT * size, baseline + DESCENT * size);
        let (width, height) = self.extent;
        if self.is_upright {
            let (across, down) = (|x: f64| round(x.clamp(0.0, width)), |y: f64| round(y.clamp(0.0, height)));
            return Rect { x0: across(start), y0: down(top), x1: across(end), y1: down(bottom) };
        }
        let corners =
            [(start, top), (end, top), (start, bottom), (end, bottom)].map(|(u, v)| self.to_page(u, v));
        let fold = |pick: fn(&(f64, f64)) -> f64, choose: fn(f64, f64) -> f64, limit: f64| {
            let edge = corners.iter().map(pick).reduce(choose).unwrap_or_default();
            round(edge.clamp(0.0, limit))
        };
        Rect {
            x0: fold(|c| c.0, f64::min, width),
            y0: fold(|c| c.1, f64::min, height),
            x1: fold(|c| c.0, f64::max, width),
            y1: fold(|c| c.1, f64::max, height),
        }
    }

    fn to_page(&self, u: f64, v: f64) -> (f64, f64) {
        (u * self.along.0 + v * self.down.0, u * self.along.1 + v * self.down.1)
    }
}

fn dot(a: (f64, f64), b: (f64, f64)) -> f64 {
    a.0 * b.0 + a.1 * b.1
}

/// To a hundredth of a point, as boxes are printed: a page read back equals the page written.
pub(crate) fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
