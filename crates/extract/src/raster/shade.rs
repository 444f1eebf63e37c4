//! Uneven light: a shadow of a hand, a lamp at one side, gray paper. Evened only where there is some.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of pictures that fit in memory"
)]

use super::Gray;

/// The light is measured in so many places across the longer side.
const PLACES: usize = 40;
/// Of the pixels around a place so many percent are darker than paper: letters, at most.
const PAPER_PERCENT: usize = 85;
/// Paper that differs by less than this, in shades, is evenly lit.
const EVEN: u8 = 32;
/// Paper is never darker; what is, is a picture or a bar.
const DARKEST_PAPER: u8 = 60;

/// The picture with all of its paper white; as it is where the light is even.
pub(crate) fn evened(picture: &Gray) -> Option<Gray> {
    let light = Light::measure(picture);
    if light.brightest().saturating_sub(light.darkest()) < EVEN {
        return None;
    }
    let mut evened = picture.clone();
    let width = picture.width();
    for (y, row) in evened.pixels_mut().chunks_exact_mut(width).enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            let paper = light.at(x, y).max(f64::from(DARKEST_PAPER));
            *pixel = (f64::from(*pixel) * 255.0 / paper).min(255.0) as u8;
        }
    }
    Some(evened)
}

/// How bright the paper is, in blocks.
struct Light {
    block: usize,
    across: usize,
    down: usize,
    paper: Vec<u8>,
}

impl Light {
    fn measure(picture: &Gray) -> Self {
        let block = (picture.width().max(picture.height()) / PLACES).max(8);
        let (across, down) = (picture.width().div_ceil(block), picture.height().div_ceil(block));
        let blocks = (0..down).flat_map(|by| (0..across).map(move |bx| (bx, by)));
        let paper = blocks.map(|(bx, by)| brightness(picture, bx * block, by * block, block)).collect();
        Self { block, across, down, paper }.smoothed()
    }

    /// A block full of ink takes the light of its brighter neighbours.
    fn smoothed(self) -> Self {
        let around = |x: usize, y: usize| {
            let rows = y.saturating_sub(1)..=(y + 1).min(self.down.saturating_sub(1));
            let places = rows.flat_map(|y| {
                (x.saturating_sub(1)..=(x + 1).min(self.across.saturating_sub(1))).map(move |x| (x, y))
            });
            let mut found: Vec<u8> = places.map(|(x, y)| self.block_at(x, y)).collect();
            found.sort_unstable();
            found.get(found.len() * 3 / 4).copied().unwrap_or(255)
        };
        let places = (0..self.down).flat_map(|y| (0..self.across).map(move |x| (x, y)));
        let paper = places.map(|(x, y)| around(x, y)).collect();
        Self { paper, ..self }
    }

    fn block_at(&self, x: usize, y: usize) -> u8 {
        self.paper.get(y * self.across + x).copied().unwrap_or(255)
    }

    fn brightest(&self) -> u8 {
        self.paper.iter().copied().max().unwrap_or(255)
    }

    fn darkest(&self) -> u8 {
        self.paper.iter().copied().min().unwrap_or(255).max(DARKEST_PAPER)
    }

    /// Between the middles of blocks.
    fn at(&self, x: usize, y: usize) -> f64 {
        let place = |at: usize, count: usize| {
            let place = (at as f64 / self.block as f64 - 0.5).clamp(0.0, count.saturating_sub(1) as f64);
            let low = place as usize;
            (low, (low + 1).min(count.saturating_sub(1)), place - low as f64)
        };
        let ((left, right, share_x), (top, bottom, share_y)) = (place(x, self.across), place(y, self.down));
        let row = |y: usize| {
            let (a, b) = (f64::from(self.block_at(left, y)), f64::from(self.block_at(right, y)));
            a + (b - a) * share_x
        };
        row(top) + (row(bottom) - row(top)) * share_y
    }
}

fn brightness(picture: &Gray, left: usize, top: usize, block: usize) -> u8 {
    let mut counts = [0_usize; 256];
    for y in top..(top + block).min(picture.height()) {
        let row = picture.row(y);
        for pixel in row.get(left..(left + block).min(row.len())).unwrap_or_default() {
            if let Some(count) = counts.get_mut(usize::from(*pixel)) {
                *count += 1;
            }
        }
    }
    let wanted = counts.iter().sum::<usize>() * PAPER_PERCENT / 100;
    let mut passed = 0;
    for (value, count) in counts.iter().enumerate() {
        passed += count;
        if passed > wanted {
            return u8::try_from(value).unwrap_or(255);
        }
    }
    255
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of a quarter of the light on paper that is `left` bright at one side and `right` at the other.
    fn lit(left: usize, right: usize) -> Gray {
        let (width, height) = (800, 400);
        let pixel = |(x, y): (usize, usize)| {
            let paper = left + (right * x).saturating_sub(left * x) / width
                - (left.saturating_sub(right) * x) / width;
            let is_ink = y % 20 < 4 && x % 12 < 5;
            (if is_ink { paper / 4 } else { paper }) as u8
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Gray::new(width, height, places.map(pixel).collect()).unwrap()
    }

    #[test]
    fn paper_becomes_white_and_ink_stays_dark() {
        let evened = evened(&lit(240, 90)).unwrap();
        for x in [20, 220, 420, 620, 790] {
            let x = x - x % 12;
            assert!(evened.at(x + 8, 210) > 225, "paper at {x}: {}", evened.at(x + 8, 210));
            assert!(evened.at(x + 2, 202) < 90, "ink at {x}: {}", evened.at(x + 2, 202));
        }
    }

    #[test]
    fn even_light_is_left_alone() {
        assert!(evened(&lit(220, 200)).is_none());
        assert!(evened(&Gray::paper(300, 300)).is_none());
    }
}
