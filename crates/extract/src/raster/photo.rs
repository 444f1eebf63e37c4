//! A page photographed on a darker table: its four corners found, its perspective undone.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of pictures that fit in memory"
)]

use super::deskew::between;
use super::{Gray, shrink};

/// The page is looked for in a picture about so large.
const LOOKED_AT: usize = 400;
/// A picture whose edge is paper, for more than this, is no page on a table.
const MOST_PAPER_AT_EDGE_PERCENT: usize = 40;
/// The page is at least so much of the picture, and fills its four corners so well.
const LEAST_SHARE: f64 = 0.25;
const LEAST_FILL: f64 = 0.80;
/// Paper differs from the table by so many shades, at least.
const LEAST_CONTRAST: u8 = 40;
/// So far the corners are drawn in, as a share of the page: there is a shadow at its edge.
const INSET: f64 = 0.005;

type Point = (f64, f64);

/// A page that was found in a photo.
pub(crate) struct FoundPage {
    /// As from straight above.
    pub(crate) gray: Gray,
    /// Where it lies in the photo, about: left, top, right and bottom as shares of its sides.
    pub(crate) place: [f64; 4],
}

/// The page alone; `None` where no page lies on a darker ground.
pub(crate) fn page_of_photo(photo: &Gray) -> Option<FoundPage> {
    let by = u32::try_from(photo.width().max(photo.height()) / LOOKED_AT).ok()?.max(1);
    let small = shrink(photo, by);
    let paper = largest_patch(&small, threshold(&small)?)?;
    let corners = corners(&paper, small.width())?;
    let area = area(&corners);
    let filled = paper.len() as f64 / area;
    if area < LEAST_SHARE * small.pixels().len() as f64 || filled < LEAST_FILL {
        return None;
    }
    let scaled = corners.map(|(x, y)| ((x + 0.5) * f64::from(by) - 0.5, (y + 0.5) * f64::from(by) - 0.5));
    let corners = drawn_in(scaled);
    Some(FoundPage { place: place_of(corners, photo), gray: seen_from_above(photo, corners) })
}

/// Through the middles of the four sides.
fn place_of([a, b, c, d]: [Point; 4], photo: &Gray) -> [f64; 4] {
    let (width, height) = (photo.width() as f64, photo.height() as f64);
    let middles =
        [f64::midpoint(a.0, d.0), f64::midpoint(a.1, b.1), f64::midpoint(b.0, c.0), f64::midpoint(c.1, d.1)];
    let [left, top, right, bottom] = middles;
    [left / width, top / height, right / width, bottom / height]
}

/// The shade between table and paper; `None` where paper reaches the edges or there is no contrast.
fn threshold(picture: &Gray) -> Option<u8> {
    let mut counts = [0_u32; 256];
    for pixel in picture.pixels() {
        if let Some(count) = counts.get_mut(usize::from(*pixel)) {
            *count += 1;
        }
    }
    let (threshold, dark, light) = otsu(&counts)?;
    let last = picture.height().saturating_sub(1);
    let sides = picture.rows().flat_map(|row| [row.first(), row.last()]).flatten();
    let edge: Vec<u8> = picture.row(0).iter().chain(picture.row(last)).chain(sides).copied().collect();
    let paper = edge.iter().filter(|pixel| **pixel >= threshold).count();
    let apart = light - dark >= f64::from(LEAST_CONTRAST);
    (apart && paper * 100 <= edge.len() * MOST_PAPER_AT_EDGE_PERCENT).then_some(threshold)
}

/// The shade that parts the pixels best, and the means of both parts.
fn otsu(counts: &[u32; 256]) -> Option<(u8, f64, f64)> {
    let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let sum: f64 = counts.iter().enumerate().map(|(shade, count)| shade as f64 * f64::from(*count)).sum();
    let (mut below, mut sum_below) = (0.0, 0.0);
    let mut best: Option<(f64, u8, f64, f64)> = None;
    for (shade, count) in counts.iter().enumerate() {
        below += f64::from(*count);
        sum_below += shade as f64 * f64::from(*count);
        let above = total - below;
        if below < 1.0 || above < 1.0 {
            continue;
        }
        let (dark, light) = (sum_below / below, (sum - sum_below) / above);
        let apart = below * above * (light - dark).powi(2);
        if best.is_none_or(|(most, ..)| apart > most) {
            best = Some((apart, u8::try_from(shade + 1).unwrap_or(255), dark, light));
        }
    }
    best.map(|(_, threshold, dark, light)| (threshold, dark, light))
}

/// Indices of the largest connected patch of paper.
fn largest_patch(picture: &Gray, threshold: u8) -> Option<Vec<usize>> {
    let (width, pixels) = (picture.width(), picture.pixels());
    let mut left: Vec<bool> = pixels.iter().map(|pixel| *pixel >= threshold).collect();
    let mut largest: Vec<usize> = Vec::new();
    for start in 0..left.len() {
        let mut patch = Vec::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let Some(is_paper) = left.get_mut(at).filter(|is_paper| **is_paper) else { continue };
            *is_paper = false;
            patch.push(at);
            let x = at % width;
            open.extend((x > 0).then(|| at - 1));
            open.extend((x + 1 < width).then_some(at + 1));
            open.extend(at.checked_sub(width));
            open.push(at + width);
        }
        if patch.len() > largest.len() {
            largest = patch;
        }
    }
    (!largest.is_empty()).then_some(largest)
}

/// Top left, top right, bottom right, bottom left: the points farthest out that way.
fn corners(patch: &[usize], width: usize) -> Option<[Point; 4]> {
    let point = |at: &usize| ((at % width) as f64, (at / width) as f64);
    let farthest = |score: fn(Point) -> f64| {
        let scored = patch.iter().map(|at| (score(point(at)), point(at)));
        scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, point)| point)
    };
    Some([
        farthest(|(x, y)| -x - y)?,
        farthest(|(x, y)| x - y)?,
        farthest(|(x, y)| x + y)?,
        farthest(|(x, y)| y - x)?,
    ])
}

fn area(corners: &[Point; 4]) -> f64 {
    let [a, b, c, d] = *corners;
    let cross = |p: Point, q: Point| p.0 * q.1 - q.0 * p.1;
    (cross(a, b) + cross(b, c) + cross(c, d) + cross(d, a)).abs() / 2.0
}

fn drawn_in(corners: [Point; 4]) -> [Point; 4] {
    let middle = corners.iter().fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x / 4.0, sum.1 + y / 4.0));
    corners.map(|(x, y)| (x + (middle.0 - x) * INSET * 2.0, y + (middle.1 - y) * INSET * 2.0))
}

/// The four-sided part of a photo as a rectangle: each of its points is looked up where perspective put it.
fn seen_from_above(photo: &Gray, [a, b, c, d]: [Point; 4]) -> Gray {
    let length = |p: Point, q: Point| (p.0 - q.0).hypot(p.1 - q.1);
    let width = length(a, b).max(length(d, c)).max(1.0) as usize;
    let height = length(a, d).max(length(b, c)).max(1.0) as usize;
    let (d1, d2) = ((b.0 - c.0, b.1 - c.1), (d.0 - c.0, d.1 - c.1));
    let d3 = (a.0 - b.0 + c.0 - d.0, a.1 - b.1 + c.1 - d.1);
    let scale = d1.0 * d2.1 - d2.0 * d1.1;
    let scale = if scale.abs() < f64::EPSILON { 1.0 } else { scale };
    let g = (d3.0 * d2.1 - d2.0 * d3.1) / scale;
    let h = (d1.0 * d3.1 - d3.0 * d1.1) / scale;
    let along = (b.0 - a.0 + g * b.0, b.1 - a.1 + g * b.1);
    let down = (d.0 - a.0 + h * d.0, d.1 - a.1 + h * d.1);
    let mut page = Gray::paper(width, height);
    for (y, row) in page.pixels_mut().chunks_exact_mut(width).enumerate() {
        let v = (y as f64 + 0.5) / height as f64;
        for (x, pixel) in row.iter_mut().enumerate() {
            let u = (x as f64 + 0.5) / width as f64;
            let depth = g * u + h * v + 1.0;
            let from = ((along.0 * u + down.0 * v + a.0) / depth, (along.1 * u + down.1 * v + a.1) / depth);
            *pixel = between(photo, from);
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with a black square in its upper left quarter, seen from an angle on a dark table.
    fn photo() -> Gray {
        let (width, height) = (900, 1200);
        let corners = [(150.0, 100.0), (760.0, 140.0), (820.0, 1100.0), (80.0, 1050.0)];
        let inside = |x: f64, y: f64| {
            (0..4).all(|i| {
                let ((x0, y0), (x1, y1)) = (corners[i], corners[(i + 1) % 4]);
                (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) >= 0.0
            })
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x as f64, y as f64)));
        let pixel = |(x, y): (f64, f64)| match (
            inside(x, y),
            (250.0..350.0).contains(&x),
            (250.0..350.0).contains(&y),
        ) {
            (true, true, true) => 10,
            (true, ..) => 220,
            (false, ..) => 60,
        };
        Gray::new(width, height, places.map(pixel).collect()).unwrap()
    }

    #[test]
    fn the_page_is_found_and_straightened() {
        let FoundPage { gray: page, place } = page_of_photo(&photo()).unwrap();
        assert!(place.iter().zip([0.13, 0.1, 0.88, 0.9]).all(|(a, b)| (a - b).abs() < 0.02), "{place:?}");
        assert!((660..=760).contains(&page.width()) && (900..=1000).contains(&page.height()));
        // All four corners are paper, and the square is where it was on the page.
        for (x, y) in
            [(3, 3), (page.width() - 4, 3), (3, page.height() - 4), (page.width() - 4, page.height() - 4)]
        {
            assert!(page.at(x, y) > 180, "{x} {y}: {}", page.at(x, y));
        }
        let dark: Vec<usize> = (0..page.height()).filter(|y| page.at(page.width() / 4, *y) < 100).collect();
        assert!(dark.len() > 80 && dark[0] > 100 && dark[0] < 220, "{dark:?}");
    }

    #[test]
    fn a_scan_is_no_photo() {
        assert!(page_of_photo(&Gray::paper(600, 800)).is_none());
        let dark = Gray::new(600, 800, vec![30; 480_000]).unwrap();
        assert!(page_of_photo(&dark).is_none());
    }
}
