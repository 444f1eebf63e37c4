//! A page that leans a little, made level by moving whole pixels: nothing is interpolated, so noise stays noise and thin
//! strokes stay as dark as they are.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of pictures that fit in memory"
)]

use super::Gray;
use super::deskew::{rotate, skew_degrees};

/// A page that leans less is level.
const LEAST_LEAN_DEGREES: f64 = 0.1;
/// Up to here whole pixels are moved; beyond, letters would be torn, and pixels are turned.
const MOST_SHEAR_DEGREES: f64 = 1.5;

/// An upright page with its lines of text level.
pub(crate) fn leveled(upright: Gray) -> Gray {
    let lean = skew_degrees(&upright);
    match lean.abs() {
        ..LEAST_LEAN_DEGREES => upright,
        LEAST_LEAN_DEGREES..=MOST_SHEAR_DEGREES => sheared(&upright, -lean),
        _ => rotate(&upright, -lean),
    }
}

/// The picture turned by a small angle, clockwise positive, around its middle, by two shears; what comes in at the
/// edges is paper.
fn sheared(picture: &Gray, degrees: f64) -> Gray {
    let slope = degrees.to_radians().tan();
    let (width, height) = (picture.width(), picture.height());
    let (mid_x, mid_y) = (width as f64 / 2.0, height as f64 / 2.0);
    let rise = |x: usize| -((x as f64 - mid_x) * slope).round() as i64;
    let shift = |y: usize| ((y as f64 - mid_y) * slope).round() as i64;
    let stretches = stretches(width, rise);
    let mut level = Gray::paper(width, height);
    for (y, row) in level.pixels_mut().chunks_exact_mut(width).enumerate() {
        let across = shift(y);
        for (start, end) in &stretches {
            let Some(from_y) = moved(y, rise(*start)) else { continue };
            let source = picture.row(from_y);
            // The part of the stretch whose pixels come from within the picture.
            let first = (*start as i64 + across).max(0) as usize;
            let last = (*end as i64 + across).clamp(0, width as i64) as usize;
            let to = (first as i64 - across).max(0) as usize;
            let pixels = source.get(first..last).unwrap_or_default();
            row.iter_mut().skip(to).zip(pixels).for_each(|(target, pixel)| *target = *pixel);
        }
    }
    level
}

fn moved(at: usize, by: i64) -> Option<usize> {
    usize::try_from(i64::try_from(at).ok()? + by).ok()
}

/// Columns that rise by the same number of pixels.
fn stretches(width: usize, rise: impl Fn(usize) -> i64) -> Vec<(usize, usize)> {
    let columns: Vec<usize> = (0..width).collect();
    let alike = columns.chunk_by(|a, b| rise(*a) == rise(*b));
    alike.filter_map(|stretch| Some((*stretch.first()?, stretch.last()? + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::deskew::rotate;

    fn spotted() -> Gray {
        let mut picture = Gray::paper(300, 200);
        let width = picture.width();
        for (y, row) in picture.pixels_mut().chunks_exact_mut(width).enumerate() {
            if y % 25 < 8 {
                row.iter_mut().skip(30).take(240).step_by(3).for_each(|pixel| *pixel = 0);
            }
        }
        picture
    }

    #[test]
    fn agrees_with_turning_but_invents_no_shade() {
        for degrees in [-1.5, -0.4, 0.0, 0.7, 1.5] {
            let (level, turned) = (sheared(&spotted(), degrees), rotate(&spotted(), degrees));
            assert!(level.pixels().iter().all(|pixel| [0, 255].contains(pixel)));
            let dark =
                |picture: &Gray, y: usize| picture.row(y).iter().map(|p| u32::from(255 - p)).sum::<u32>();
            // Row by row there is as much ink, up to what a row more or less makes.
            let (mut apart, mut all) = (0, 0);
            for y in 0..200 {
                apart += dark(&level, y).abs_diff(dark(&turned, y));
                all += dark(&level, y);
            }
            assert!(apart * 8 < all, "{degrees}: {apart} of {all}");
        }
        assert!(sheared(&spotted(), 0.0) == spotted());
    }
}
