//! What was drawn over the text of a page.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::traces::place;
use super::{Glyph, GlyphText};
use hayro_interpret::kurbo::{Point, Rect};
use smartexus_domain::{Cover as Covering, CoverKind, PAGE_FACTS_MAX};

/// A thinner box is a line and covers no letter.
const THINNEST_PT: f64 = 2.0;
/// More boxes over text than any page has.
const MOST_COVERS: u32 = 2_000;
/// A glyph is where the middle of its lower-case height is: so many em over the baseline.
const MIDDLE_OVER_BASELINE: f64 = 0.25;

/// Which of the visible glyphs are covered.
#[derive(Default)]
pub(super) struct Cover {
    /// Middles of the glyphs looked at so far; `None` for blanks.
    middles: Vec<Option<Point>>,
    extent: Option<Rect>,
    covered: Vec<bool>,
    boxes: u32,
    list: Vec<Covering>,
}

impl Cover {
    /// Could this box cover any of the glyphs, which were all drawn before it?
    pub(super) fn may_cover(&mut self, bounds: Rect, glyphs: &[Glyph]) -> bool {
        if bounds.width() < THINNEST_PT || bounds.height() < THINNEST_PT {
            return false;
        }
        for glyph in glyphs.get(self.middles.len()..).unwrap_or_default() {
            let middle = (glyph.text != GlyphText::Space).then(|| middle(glyph));
            if let Some(middle) = middle {
                let around = self.extent.unwrap_or(Rect::from_points(middle, middle));
                self.extent = Some(around.union_pt(middle));
            }
            self.middles.push(middle);
        }
        self.extent.is_some_and(|extent| extent.overlaps(bounds))
    }

    /// Something was drawn here; `None` where there was too much of that.
    pub(super) fn add(&mut self, kind: CoverKind, bounds: Rect) -> Option<()> {
        let is_opaque = kind != CoverKind::MaskedPicture;
        if self.boxes >= MOST_COVERS {
            return (!is_opaque).then_some(());
        }
        self.boxes = self.boxes.saturating_add(1);
        self.covered.resize(self.middles.len(), false);
        let mut glyphs = 0_u32;
        for (middle, covered) in self.middles.iter().zip(&mut self.covered) {
            let is_under = middle.is_some_and(|middle| bounds.contains(middle));
            *covered |= is_under && is_opaque;
            glyphs = glyphs.saturating_add(u32::from(is_under));
        }
        if glyphs > 0 && self.list.len() < PAGE_FACTS_MAX {
            self.list.push(Covering { kind, bounds: place(bounds), glyphs });
        }
        Some(())
    }

    /// What was added and lies over glyphs.
    pub(super) fn into_list(self) -> Vec<Covering> {
        self.list
    }

    pub(super) fn count(&self) -> u32 {
        let count = self.covered.iter().filter(|covered| **covered).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

fn middle(glyph: &Glyph) -> Point {
    let (sin, cos) = (f64::from(glyph.direction) / 10.0).to_radians().sin_cos();
    let (along, over) = (glyph.advance / 2.0, glyph.size * MIDDLE_OVER_BASELINE);
    let (x, y) = glyph.origin;
    // The page has y down, and up is to the left of the direction of writing.
    Point::new(x + cos * along - sin * over, y - sin * along - cos * over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_looked_at_up_to_the_limit() {
        let glyph = Glyph {
            text: GlyphText::Char('a'),
            origin: (10.0, 10.0),
            direction: 900,
            advance: 4.0,
            size: 8.0,
            color: None,
            certain: true,
        };
        let mut cover = Cover::default();
        // Written upwards, its middle is two points up and two to the left.
        assert!(cover.may_cover(Rect::new(7.0, 7.0, 9.0, 9.0), std::slice::from_ref(&glyph)));
        assert!(!cover.may_cover(Rect::new(9.0, 9.0, 20.0, 20.0), &[glyph]));
        for _ in 0..MOST_COVERS {
            assert_eq!(cover.add(CoverKind::Shape, Rect::new(7.0, 7.0, 9.0, 9.0)), Some(()));
        }
        assert_eq!((cover.count(), cover.add(CoverKind::Shape, Rect::new(7.0, 7.0, 9.0, 9.0))), (1, None));
    }
}
