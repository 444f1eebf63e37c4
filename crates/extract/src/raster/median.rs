//! The 3×3 median: speckles vanish, edges stay where they are.

use super::Gray;

/// Neighbours on paper that differ by more than this, in shades, are noise.
const NOISE: u8 = 5;
/// Lighter than this is paper.
const PAPER: u8 = 128;
/// One lonely dot in so many pixels of ink is dust.
const INK_PER_DOT: usize = 250;

/// So far around a speck there is nothing else; a full stop has letters beside it.
const ALONE: usize = 4;
/// Pixels of a speck, at most.
const SPECK: usize = 3;

/// What lies on a picture besides its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noise {
    None,
    /// Specks on even paper.
    Dust,
    /// Paper and ink are uneven.
    Grain,
}

/// The noise of a picture. One that has none loses by the median: at few pixels an inch, the thin strokes of a slash or a
/// comma are as small as dust. So does one with specks alone.
pub(crate) fn noise(picture: &Gray) -> Noise {
    let (mut rough, mut smooth) = (0_usize, 0_usize);
    for row in picture.rows() {
        for pair in row.windows(2) {
            if let [a, b] = pair
                && *a.min(b) >= PAPER
            {
                if a.abs_diff(*b) > NOISE { rough += 1 } else { smooth += 1 }
            }
        }
    }
    if rough > smooth {
        Noise::Grain
    } else if dots(picture) * INK_PER_DOT > picture.ink() {
        Noise::Dust
    } else {
        Noise::None
    }
}

/// The picture without specks: what is dark with nothing dark beyond it near by becomes paper.
pub(crate) fn without_dust(picture: &Gray) -> Gray {
    let mut clean = picture.clone();
    let width = picture.width();
    for (y, target) in clean.pixels_mut().chunks_exact_mut(width).enumerate() {
        let dark = picture.row(y).iter().enumerate().filter(|(_, pixel)| **pixel < PAPER);
        for x in dark.map(|(x, _)| x).filter(|x| is_speck(picture, *x, y)) {
            if let Some(pixel) = target.get_mut(x) {
                *pixel = u8::MAX;
            }
        }
    }
    clean
}

fn is_speck(picture: &Gray, x: usize, y: usize) -> bool {
    let rows = y.saturating_sub(ALONE)..(y + ALONE + 1).min(picture.height());
    let columns = x.saturating_sub(ALONE)..(x + ALONE + 1).min(picture.width());
    let pixels = rows.flat_map(|y| picture.row(y).get(columns.clone()).unwrap_or_default());
    pixels.filter(|pixel| **pixel < PAPER).take(SPECK + 1).count() <= SPECK
}

/// Dark pixels with nothing dark around them.
fn dots(picture: &Gray) -> usize {
    let is_dark = |pixel: &u8| *pixel < PAPER;
    let lonely = |y: usize| {
        let (above, here, below) = (picture.row(y), picture.row(y + 1), picture.row(y + 2));
        let threes = above.windows(3).zip(here.windows(3)).zip(below.windows(3));
        let is_lonely = |((a, h), b): &((&[u8], &[u8]), &[u8])| {
            h.get(1).is_some_and(is_dark)
                && a.iter().chain(*h).chain(*b).filter(|pixel| is_dark(pixel)).count() == 1
        };
        threes.filter(is_lonely).count()
    };
    (0..picture.height().saturating_sub(2)).map(lonely).sum()
}

/// Every pixel the median of its neighbourhood; the outermost ones stay as they are.
///
/// Columns of three are sorted once and shared by the three neighbourhoods that they belong to: the median of nine is
/// the middle of the largest minimum, the middle middle and the smallest maximum.
pub(crate) fn median(picture: &Gray) -> Gray {
    let mut filtered = picture.clone();
    let width = picture.width();
    let mut sorted = vec![[0_u8; 3]; width];
    let middle_rows = filtered.pixels_mut().chunks_exact_mut(width).enumerate().skip(1);
    for (y, target) in middle_rows.take(picture.height().saturating_sub(2)) {
        let (above, here, below) = (picture.row(y.saturating_sub(1)), picture.row(y), picture.row(y + 1));
        for (column, ((a, b), c)) in sorted.iter_mut().zip(above.iter().zip(here).zip(below)) {
            let (low, high) = ((*a).min(*b), (*a).max(*b));
            *column = [low.min(*c), low.max(high.min(*c)), high.max(*c)];
        }
        for (pixel, three) in target.iter_mut().skip(1).zip(sorted.windows(3)) {
            if let [left, middle, right] = three {
                let low = left[0].max(middle[0]).max(right[0]);
                let mid = middle_of(left[1], middle[1], right[1]);
                let high = left[2].min(middle[2]).min(right[2]);
                *pixel = middle_of(low, mid, high);
            }
        }
    }
    filtered
}

fn middle_of(a: u8, b: u8, c: u8) -> u8 {
    a.min(b).max(a.max(b).min(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_sorting_nine_pixels() {
        let (width, height) = (23, 17);
        let pixels: Vec<u8> = (0..width * height).map(|i| (i * i * 7919 % 251) as u8).collect();
        let picture = Gray::new(width, height, pixels).unwrap();
        let filtered = median(&picture);
        for y in 0..height {
            for x in 0..width {
                let inner = x > 0 && y > 0 && x + 1 < width && y + 1 < height;
                let expected = if inner {
                    let around = (y - 1..=y + 1).flat_map(|y| (x - 1..=x + 1).map(move |x| (x, y)));
                    let mut nine: Vec<u8> = around.map(|(x, y)| picture.at(x, y)).collect();
                    nine.sort_unstable();
                    nine[4]
                } else {
                    picture.at(x, y)
                };
                assert_eq!(filtered.at(x, y), expected, "{x} {y}");
            }
        }
    }

    #[test]
    fn tiny_pictures_stay_as_they_are() {
        for (width, height) in [(1, 1), (2, 2), (1, 9), (9, 1)] {
            let picture = Gray::new(width, height, (0..(width * height) as u8).collect()).unwrap();
            assert!(median(&picture) == picture);
        }
    }
}
