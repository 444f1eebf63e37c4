//! What scanners and cameras do to a page, by a seed.

use super::Bitmap;
use crate::random::Random;

/// How much of each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Damage {
    /// Degrees by which the page leans, clockwise positive.
    pub lean: f32,
    /// Strength of the noise, in shades of gray.
    pub noise: i64,
    /// White and black dots in 100,000 pixels.
    pub dots: i64,
    /// Times a 3 × 3 blur is applied.
    pub blur: u32,
    /// Shades that are left of 255 between ink and paper.
    pub contrast: u8,
    /// How much darker the page is at its right edge, in shades.
    pub shade: u8,
}

impl Damage {
    /// Nothing at all.
    pub const NONE: Self = Self { lean: 0.0, noise: 0, dots: 0, blur: 0, contrast: 255, shade: 0 };
    /// An office scanner on a good day.
    pub const LIGHT: Self = Self { lean: 0.4, noise: 6, dots: 5, blur: 1, contrast: 225, shade: 0 };
    /// A worn one, in a hurry.
    pub const HEAVY: Self = Self { lean: -1.3, noise: 26, dots: 150, blur: 1, contrast: 170, shade: 40 };
    /// Beyond what anybody would send.
    pub const RUINED: Self = Self { lean: 0.8, noise: 70, dots: 2000, blur: 3, contrast: 110, shade: 60 };

    /// The damaged picture; the same seed gives the same damage.
    #[must_use]
    pub fn apply(&self, picture: &Bitmap, seed: u64) -> Bitmap {
        self.apply_with(picture, Random::new(seed))
    }

    /// The picture with damage from this stream of chance.
    pub(super) fn apply_with(&self, picture: &Bitmap, mut random: Random) -> Bitmap {
        let mut damaged = if self.lean == 0.0 { picture.clone() } else { leaning(picture, self.lean) };
        (0..self.blur).for_each(|_| damaged = blurred(&damaged));
        let width = damaged.width;
        for (index, pixel) in damaged.pixels.iter_mut().enumerate() {
            let light =
                i64::from(*pixel) * i64::from(self.contrast) / 255 + i64::from(255 - self.contrast) / 2;
            let shade = i64::from(self.shade) * i64::try_from(index % width * 100 / width).unwrap_or(0) / 100;
            // The sum of four dice is nearly a bell.
            let noise = (0..4).map(|_| random.between(-self.noise, self.noise)).sum::<i64>() / 2;
            let noise = if self.noise == 0 { 0 } else { noise };
            let value = match random.between(1, 100_000) {
                dot if dot <= self.dots => {
                    if dot % 2 == 0 {
                        0
                    } else {
                        255
                    }
                }
                _ => light - shade + noise,
            };
            *pixel = u8::try_from(value.clamp(0, 255)).unwrap_or(255);
        }
        damaged
    }
}

pub(super) fn at(picture: &Bitmap, x: i64, y: i64) -> u8 {
    match (usize::try_from(x), usize::try_from(y)) {
        (Ok(x), Ok(y)) if x < picture.width && y < picture.height => picture.pixels[y * picture.width + x],
        _ => 255,
    }
}

fn each(picture: &Bitmap, value: impl Fn(i64, i64) -> u8) -> Bitmap {
    let side = |side: usize| i64::try_from(side).unwrap_or(0);
    let (width, height) = (side(picture.width), side(picture.height));
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Bitmap { pixels: places.map(|(x, y)| value(x, y)).collect(), ..picture.clone() }
}

fn blurred(picture: &Bitmap) -> Bitmap {
    each(picture, |x, y| {
        let around = (y - 1..=y + 1).flat_map(|y| (x - 1..=x + 1).map(move |x| (x, y)));
        u8::try_from(around.map(|(x, y)| u32::from(at(picture, x, y))).sum::<u32>() / 9).unwrap_or(255)
    })
}

fn leaning(picture: &Bitmap, degrees: f32) -> Bitmap {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (mid_x, mid_y) = (picture.width as f32 / 2.0, picture.height as f32 / 2.0);
    each(picture, |x, y| {
        let (dx, dy) = (x as f32 + 0.5 - mid_x, y as f32 + 0.5 - mid_y);
        let (from_x, from_y) = (dx * cos + dy * sin + mid_x - 0.5, dy * cos - dx * sin + mid_y - 0.5);
        let (left, top) = (from_x.floor(), from_y.floor());
        let (share_x, share_y) = (from_x - left, from_y - top);
        let row = |y: f32| {
            let (a, b) = (at(picture, left as i64, y as i64), at(picture, left as i64 + 1, y as i64));
            mixed(f32::from(a), f32::from(b), share_x)
        };
        mixed(row(top), row(top + 1.0), share_y).round() as u8
    })
}

/// A value between two.
pub(super) fn mixed(from: f32, to: f32, share: f32) -> f32 {
    from * (1.0 - share) + to * share
}
