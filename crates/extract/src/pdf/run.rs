//! Geometry of the glyphs of one show operator.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use hayro_interpret::font::{Glyph, PositionedGlyph};
use hayro_interpret::kurbo::{Affine, Point, Vec2};

/// Fonts measure in thousandths of their size here, whatever their own unit.
const UNITS_PER_EM: f64 = 1000.0;
/// How far the two axes of a glyph may differ and still count as equal.
const SAME_SCALE: f64 = 0.005;
/// Where a glyph of a vertical font starts: over its middle, near its top (the default of the format).
const VERTICAL_START: Point = Point::new(500.0, 880.0);
/// Width of a glyph whose font states none, in em.
const UNKNOWN_ADVANCE: f64 = 0.5;
/// A Type 3 font may measure in anything: its size is believed when the mean width of its glyphs, in em, is
/// within this range.
const PLAUSIBLE_TYPE3_ADVANCE: std::ops::RangeInclusive<f64> = 0.2..=1.5;

/// A glyph placed on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) origin: Point,
    /// Unit vector of writing.
    pub(super) along: Vec2,
    /// Unit vector from the baseline upwards.
    pub(super) up: Vec2,
    pub(super) size: f64,
    pub(super) advance: f64,
    /// Length of an em along the direction of writing.
    em: f64,
    /// Width by the font, in thousandths of an em.
    width: f64,
    type3: bool,
}

/// Where each glyph of a run stands; `None` for a glyph without finite coordinates or without extent.
pub(super) fn place(
    glyphs: &[PositionedGlyph<'_>],
    transform: Affine,
    vertical: bool,
    placed: &mut Vec<Option<Placed>>,
) {
    placed.clear();
    placed.extend(glyphs.iter().map(|glyph| {
        let (width, type3) = match &**glyph {
            Glyph::Outline(outline) => (outline.advance_width(), false),
            Glyph::Type3(type3) => (type3.advance_width(), true),
        };
        Placed::new(transform * glyph.transform(), width.unwrap_or(0.0), type3, vertical)
    }));
    settle(placed);
}

/// Corrects what only a whole run can tell: true sizes and missing widths.
pub(super) fn settle(placed: &mut [Option<Placed>]) {
    settle_type3_size(placed);
    settle_advances(placed);
}

impl Placed {
    /// A glyph under the matrix from its font's thousandths to the page; `None` for one without finite
    /// coordinates or without extent.
    pub(super) fn new(matrix: Affine, width: f32, type3: bool, vertical: bool) -> Option<Self> {
        let [a, b, c, d, ..] = matrix.as_coeffs();
        let (x_axis, y_axis) = (Vec2::new(a, b) * UNITS_PER_EM, Vec2::new(c, d) * UNITS_PER_EM);
        let em = x_axis.length();
        // The height across the baseline: a slanted matrix makes the axis longer, not the font.
        let height = x_axis.cross(y_axis).abs() / em;
        let width = f64::from(width);
        let placed = if vertical {
            let along = y_axis.normalize() * -1.0;
            let origin = matrix * VERTICAL_START;
            Self { origin, along, up: x_axis / em, size: em, advance: height, em: height, width: 0.0, type3 }
        } else {
            let along = x_axis / em;
            // Page coordinates have y down, so up is to the left of the direction of writing, in any direction.
            let up = Vec2::new(along.y, -along.x);
            let origin = matrix * Point::ORIGIN;
            Self { origin, along, up, size: height, advance: width / UNITS_PER_EM * em, em, width, type3 }
        };
        let finite = placed.origin.is_finite() && placed.along.is_finite() && placed.advance.is_finite();
        (finite && placed.size.is_finite() && placed.size > 0.0).then_some(placed)
    }

    /// Is the glyph as wide as it is high, so that a run of such glyphs has nothing to settle?
    pub(super) fn is_even(&self) -> bool {
        !self.type3 && (self.em / self.size - 1.0).abs() < SAME_SCALE
    }

    /// The same glyph elsewhere and of another width.
    pub(super) fn moved(&self, origin: Point, width: f32) -> Self {
        let width = f64::from(width);
        Self { origin, advance: width / UNITS_PER_EM * self.em, width, ..*self }
    }
}

/// Type 3 fonts often have a size of 1 and glyphs in pixels; then the widths tell the true size.
fn settle_type3_size(placed: &mut [Option<Placed>]) {
    let type3 = || placed.iter().flatten().filter(|glyph| glyph.type3 && glyph.advance > 0.0);
    let count = type3().count();
    if count == 0 {
        return;
    }
    let mean = type3().map(|glyph| glyph.advance / glyph.size).sum::<f64>() / count as f64;
    if PLAUSIBLE_TYPE3_ADVANCE.contains(&mean) {
        return;
    }
    let correction = mean / UNKNOWN_ADVANCE;
    for glyph in placed.iter_mut().flatten() {
        glyph.size *= correction;
        glyph.em *= correction;
    }
}

/// The engine stretches the glyphs of a substitute font to the widths that the PDF states, and folds the
/// stretch into the matrix; then the em is that of the other axis. Horizontal scaling looks the same, so the
/// distances to the next glyphs decide. A font without widths takes them from there, too.
fn settle_advances(placed: &mut [Option<Placed>]) {
    if is_stretched(placed) {
        for glyph in placed.iter_mut().flatten().filter(|glyph| glyph.width > 0.0) {
            glyph.advance = glyph.width / UNITS_PER_EM * glyph.size;
        }
    }
    for index in 0..placed.len() {
        let Some(Some(glyph)) = placed.get(index).copied() else { continue };
        if glyph.advance > 0.0 {
            continue;
        }
        let guess = glyph.size * UNKNOWN_ADVANCE;
        let next = placed.get(index + 1).copied().flatten().map(|next| distance(&glyph, &next));
        if let Some(Some(glyph)) = placed.get_mut(index) {
            glyph.advance = next.filter(|step| *step >= 0.0).map_or(guess, |step| step.min(guess));
        }
    }
}

fn is_stretched(placed: &[Option<Placed>]) -> bool {
    let (mut as_scaled, mut as_stretched) = (0.0, 0.0);
    for pair in placed.windows(2) {
        let [Some(glyph), Some(next)] = pair else { continue };
        if glyph.type3 || (glyph.em / glyph.size - 1.0).abs() < SAME_SCALE || glyph.width <= 0.0 {
            continue;
        }
        let step = distance(glyph, next);
        as_scaled += (glyph.advance - step).abs();
        as_stretched += (glyph.width / UNITS_PER_EM * glyph.size - step).abs();
    }
    as_stretched < as_scaled
}

fn distance(from: &Placed, to: &Placed) -> f64 {
    (to.origin - from.origin).dot(from.along)
}
