//! How a page lies in its picture: which way its lines run, and by how little they lean.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of pictures that fit in memory"
)]

use super::{Gray, shrink};

/// Lines are looked at in a picture about so wide: enough to tell them apart, little enough to be quick.
const LOOKED_AT_WIDTH: usize = 800;
/// A page that leans more than this was not fed through a scanner.
const MOST_DEGREES: f64 = 6.0;
const COARSE_STEP: f64 = 0.5;
const FINE_STEP: f64 = 0.1;
/// Darker than this in the small picture is ink.
const DARK: u8 = 160;
/// Fewer dark spots say nothing about lines.
const FEWEST_SPOTS: usize = 200;
/// Lines across must be so many times sharper than lines along, or the page is taken to be upright.
const SIDEWAYS_BY: f64 = 1.5;

/// How far lines of text lean, in degrees, clockwise positive; 0 where that cannot be told.
pub(crate) fn skew_degrees(picture: &Gray) -> f64 {
    let small = small(picture);
    let spots = spots(&small);
    if spots.len() < FEWEST_SPOTS {
        return 0.0;
    }
    let (coarse, _) = sharpest(&spots, small.height(), (-MOST_DEGREES, MOST_DEGREES), COARSE_STEP);
    let around = (coarse - COARSE_STEP, coarse + COARSE_STEP);
    sharpest(&spots, small.height(), around, FINE_STEP).0
}

/// The angle at which the lines of a picture are sharpest, and how sharp they are there.
fn sharpest(spots: &[(f64, f64)], height: usize, (from, to): (f64, f64), step: f64) -> (f64, f64) {
    let steps = ((to - from) / step).round() as u32;
    let angles = (0..=steps).map(|i| from + f64::from(i) * step);
    let scored = angles.map(|angle| (angle, sharpness(spots, height, angle.to_radians().tan())));
    // Of equals the first, so that the answer is the same everywhere.
    scored.fold((0.0, f64::MIN), |best, next| if next.1 > best.1 { next } else { best })
}

/// Whether lines of text run up or down instead of across.
pub(crate) fn is_sideways(picture: &Gray) -> bool {
    let small = small(picture);
    let spots = spots(&small);
    if spots.len() < FEWEST_SPOTS {
        return false;
    }
    let turned: Vec<(f64, f64)> = spots.iter().map(|(x, y)| (*y, *x)).collect();
    // A page may lean as well: then neither its rows nor its columns are sharp as they are.
    let all = (-MOST_DEGREES, MOST_DEGREES);
    let along = sharpest(&turned, small.width(), all, COARSE_STEP).1;
    along > SIDEWAYS_BY * sharpest(&spots, small.height(), all, COARSE_STEP).1
}

/// The picture turned by a few degrees, clockwise positive, around its middle; what comes in at the edges is paper.
pub(crate) fn rotate(picture: &Gray, degrees: f64) -> Gray {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (picture.width(), picture.height());
    let (mid_x, mid_y) = (width as f64 / 2.0, height as f64 / 2.0);
    let mut turned = Gray::paper(width, height);
    for (y, row) in turned.pixels_mut().chunks_exact_mut(width).enumerate() {
        let dy = y as f64 + 0.5 - mid_y;
        for (x, pixel) in row.iter_mut().enumerate() {
            let dx = x as f64 + 0.5 - mid_x;
            let from = (dx * cos + dy * sin + mid_x - 0.5, dy * cos - dx * sin + mid_y - 0.5);
            *pixel = between(picture, from);
        }
    }
    turned
}

/// The value at a place between pixels.
pub(super) fn between(picture: &Gray, (x, y): (f64, f64)) -> u8 {
    if x < 0.0 || y < 0.0 {
        return 255;
    }
    let (left, top) = (x as usize, y as usize);
    let (right_share, low_share) = (x - left as f64, y - top as f64);
    let row = |y: usize| {
        let (a, b) = (f64::from(picture.at(left, y)), f64::from(picture.at(left + 1, y)));
        a + (b - a) * right_share
    };
    let (above, below) = (row(top), row(top + 1));
    (above + (below - above) * low_share).round() as u8
}

fn small(picture: &Gray) -> Gray {
    shrink(picture, u32::try_from(picture.width() / LOOKED_AT_WIDTH).unwrap_or(1).max(1))
}

fn spots(picture: &Gray) -> Vec<(f64, f64)> {
    let dark = |(y, row): (usize, &[u8])| {
        let xs: Vec<usize> = row.iter().enumerate().filter(|(_, p)| **p < DARK).map(|(x, _)| x).collect();
        xs.into_iter().map(move |x| (x as f64, y as f64))
    };
    picture.rows().enumerate().flat_map(dark).collect()
}

/// How much the counts of ink differ from one row to the next, along rows that lean by `slope`.
fn sharpness(spots: &[(f64, f64)], height: usize, slope: f64) -> f64 {
    let mut counts = vec![0_u32; height.saturating_add(2)];
    for (x, y) in spots {
        let row = y - x * slope;
        // Rows that lean out of the picture at its sides count for the edge.
        let index = row.round().clamp(0.0, height as f64) as usize;
        if let Some(count) = counts.get_mut(index) {
            *count = count.saturating_add(1);
        }
    }
    let steps = counts.windows(2).map(|pair| match pair {
        [a, b] => (f64::from(*a) - f64::from(*b)).powi(2),
        _ => 0.0,
    });
    // The edges, where leaning rows pile up, say nothing.
    steps.skip(1).take(height.saturating_sub(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten lines of short strokes, as text looks from afar.
    fn lines() -> Gray {
        let mut picture = Gray::paper(600, 400);
        let width = picture.width();
        for (y, row) in picture.pixels_mut().chunks_exact_mut(width).enumerate() {
            if y % 40 < 12 && y > 20 && y < 380 {
                row.iter_mut().enumerate().filter(|(x, _)| x % 9 < 6 && *x > 40 && *x < 560).for_each(
                    |(_, pixel)| {
                        *pixel = 0;
                    },
                );
            }
        }
        picture
    }

    #[test]
    fn finds_the_angle_by_which_a_page_was_turned() {
        for degrees in [-4.0, -1.5, -0.4, 0.0, 0.6, 2.0, 5.0] {
            let found = skew_degrees(&rotate(&lines(), degrees));
            assert!((found - degrees).abs() < 0.25, "{degrees}: {found}");
        }
        assert_eq!(skew_degrees(&Gray::paper(600, 400)), 0.0);
    }

    #[test]
    fn tells_lines_across_from_lines_along() {
        assert!(!is_sideways(&lines()));
        assert!(is_sideways(&lines().transposed()));
        assert!(!is_sideways(&Gray::paper(300, 300)));
    }

    #[test]
    fn turning_there_and_back_changes_little() {
        let back = rotate(&rotate(&lines(), 3.0), -3.0);
        let same =
            back.pixels().iter().zip(lines().pixels()).filter(|(a, b)| (**a < 128) == (**b < 128)).count();
        assert!(same * 100 > 95 * back.pixels().len());
    }
}
