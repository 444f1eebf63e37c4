//! Where things stand on a page: user space to what a person sees (points, origin top left, y down, rotated).

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::PdfFile;
use lopdf::{Dictionary, Object, ObjectId};
use smartexus_domain::Rect;

/// Ancestors of a page that are asked for what it does not say.
const ANCESTORS_MAX: usize = 64;
const LETTER: [f32; 4] = [0.0, 0.0, 612.0, 792.0];

/// A page's visible area and its rotation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PageView {
    pub(crate) id: ObjectId,
    crop: [f32; 4],
    /// Degrees clockwise: 0, 90, 180, 270.
    pub(crate) rotation: u16,
}

impl PageView {
    pub(crate) fn of(file: &PdfFile, id: ObjectId) -> Self {
        let box_of = |key| inherited(file, id, key).and_then(|o| rect(file, o)).filter(|r| r[2] > r[0]);
        let media = box_of(b"MediaBox").unwrap_or(LETTER);
        let crop = box_of(b"CropBox").map(|crop| cut(crop, media)).unwrap_or(media);
        let turned = inherited(file, id, b"Rotate").and_then(|o| file.resolve(o)?.as_i64().ok()).unwrap_or(0);
        let rotation = match turned.rem_euclid(360) {
            90 => 90,
            180 => 180,
            270 => 270,
            _ => 0,
        };
        Self { id, crop, rotation }
    }

    /// A widget that does not turn with its page hangs upright from the upper left corner of its rectangle.
    pub(crate) fn displayed_upright(&self, [x0, y0, x1, y1]: [f32; 4]) -> Rect {
        let (width, height) = (x1 - x0, y1 - y0);
        self.displayed(match self.rotation {
            90 => [x0, y1, x0 + height, y1 + width],
            180 => [x0 - width, y1, x0, y1 + height],
            270 => [x0 - height, y1 - width, x0, y1],
            _ => [x0, y0, x1, y1],
        })
    }

    /// A box of an upright page, back in user space.
    pub(crate) fn undisplayed(&self, bounds: Rect) -> [f32; 4] {
        let [left, _, _, top] = self.crop;
        // A page is some thousand points wide: single precision holds a hundredth of one.
        #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
        let [x0, y0, x1, y1] = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|value| value as f32);
        [left + x0, top - y1, left + x1, top - y0]
    }

    /// A box of user space as it is displayed.
    pub(crate) fn displayed(&self, [x0, y0, x1, y1]: [f32; 4]) -> Rect {
        let [left, bottom, right, top] = self.crop;
        let [x0, y0, x1, y1] = match self.rotation {
            90 => [y0 - bottom, x0 - left, y1 - bottom, x1 - left],
            180 => [right - x1, y0 - bottom, right - x0, y1 - bottom],
            270 => [top - y1, right - x1, top - y0, right - x0],
            _ => [x0 - left, top - y1, x1 - left, top - y0],
        };
        Rect { x0: f64::from(x0), y0: f64::from(y0), x1: f64::from(x1), y1: f64::from(y1) }
    }
}

fn cut(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    let both = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    if both[0] < both[2] && both[1] < both[3] { both } else { b }
}

/// What a page says under `key`, or the nearest of its ancestors.
fn inherited<'a>(file: &'a PdfFile, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut at = file.dictionary_at(page)?;
    for _ in 0..ANCESTORS_MAX {
        if let Some(found) = file.get(at, key) {
            return Some(found);
        }
        at = file.get_dictionary(at, b"Parent")?;
    }
    None
}

/// `/Rect` of an annotation, lower left corner first.
pub(crate) fn rect_of(file: &PdfFile, annotation: &Dictionary) -> Option<[f32; 4]> {
    rect(file, annotation.get(b"Rect").ok()?)
}

/// Coordinates beyond this are no page's.
const COORDINATE_MAX: f32 = 1_000_000.0;

fn rect(file: &PdfFile, object: &Object) -> Option<[f32; 4]> {
    let numbers = file.numbers(file.resolve(object)?.as_array().ok()?);
    let [a, b, c, d]: [f32; 4] = numbers.try_into().ok()?;
    let sane = [a, b, c, d].iter().all(|v| v.abs() < COORDINATE_MAX);
    sane.then(|| [a.min(c), b.min(d), a.max(c), b.max(d)])
}

#[cfg(test)]
mod tests {
    use super::PageView;

    /// A page of 100 by 200 points that starts at (10, 20); a box of 30 by 10 near its lower left corner.
    const BOX: [f32; 4] = [15.0, 40.0, 45.0, 50.0];

    fn view(rotation: u16) -> PageView {
        PageView { id: (1, 0), crop: [10.0, 20.0, 110.0, 220.0], rotation }
    }

    #[test]
    fn boxes_are_where_a_person_sees_them() {
        for (rotation, seen) in [
            (0, [5.0, 170.0, 35.0, 180.0]),
            (90, [20.0, 5.0, 30.0, 35.0]),
            (180, [65.0, 20.0, 95.0, 30.0]),
            (270, [170.0, 65.0, 180.0, 95.0]),
        ] {
            assert_eq!(<[f64; 4]>::from(view(rotation).displayed(BOX)), seen, "{rotation}");
        }
    }

    #[test]
    fn a_box_comes_back_from_an_upright_page() {
        assert_eq!(view(0).undisplayed(view(0).displayed(BOX)), BOX);
    }

    #[test]
    fn a_widget_that_stays_upright_keeps_its_shape_and_its_corner() {
        for rotation in [0, 90, 180, 270] {
            let seen = view(rotation).displayed_upright(BOX);
            assert!((seen.width() - 30.0).abs() < 0.01 && (seen.height() - 10.0).abs() < 0.01, "{rotation}");
        }
    }
}
