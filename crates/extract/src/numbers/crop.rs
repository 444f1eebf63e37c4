//! A crop as the net sees it: always as high, paper 0, ink 255. The trainer does exactly the same to its pictures, to
//! the last bit; see `training/images.py`.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weights of pixels, all within the sides of a picture"
)]

use crate::raster::Gray;

/// Rows of every normalized crop.
pub(super) const HEIGHT: usize = 32;
/// Narrowest and widest it may be. A longer text is squeezed, and then reads as what it is: none of a cell's.
const WIDTHS: (usize, usize) = (8, 512);
/// Where paper and ink are nearer than this, in shades, the crop is not stretched further: it may be empty.
const LEAST_RANGE: usize = 24;
/// Bits behind the point of a pixel's weight.
const WEIGHT_BITS: u32 = 22;

/// A crop brought to [`HEIGHT`] rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Normalized {
    pub(super) width: usize,
    /// Row by row; 0 is paper, 255 is ink.
    pub(super) pixels: Vec<u8>,
}

impl Normalized {
    pub(super) fn of(crop: &Gray) -> Self {
        let wide = (crop.width() * HEIGHT * 2 + crop.height()) / (2 * crop.height());
        let width = wide.clamp(WIDTHS.0, WIDTHS.1);
        let narrow = resized_rows(crop.pixels(), crop.width(), width);
        let upright = transposed(&narrow, width);
        let low = resized_rows(&upright, crop.height(), HEIGHT);
        Self { width, pixels: stretched(transposed(&low, HEIGHT)) }
    }

    /// How much ink each column holds.
    pub(super) fn columns(&self) -> Vec<u32> {
        let mut sums = vec![0; self.width];
        for row in self.pixels.chunks_exact(self.width) {
            sums.iter_mut().zip(row).for_each(|(sum, pixel)| *sum += u32::from(*pixel));
        }
        sums
    }
}

/// The source pixels of one target pixel, and what each weighs.
struct Share {
    first: usize,
    weights: Vec<i64>,
}

/// Weights fall off linearly with the distance, over as many pixels as one target pixel covers.
fn shares(from: usize, to: usize) -> Vec<Share> {
    let scale = from as f64 / to as f64;
    let reach = scale.max(1.0);
    let share = |at: usize| {
        let center = (at as f64 + 0.5) * scale;
        let first = (center - reach + 0.5).max(0.0) as usize;
        let end = ((center + reach + 0.5) as usize).min(from);
        let weight = |x: usize| (1.0 - ((x as f64 - center + 0.5) / reach).abs()).max(0.0);
        let weights: Vec<f64> = (first..end).map(weight).collect();
        let sum: f64 = weights.iter().sum();
        let one = f64::from(1_u32 << WEIGHT_BITS);
        let weights = weights.iter().map(|weight| (0.5 + weight / sum * one) as i64).collect();
        Share { first, weights }
    };
    (0..to).map(share).collect()
}

/// Each row of `from` pixels as a row of `to`.
fn resized_rows(pixels: &[u8], from: usize, to: usize) -> Vec<u8> {
    let shares = shares(from, to);
    let mut resized = Vec::with_capacity(pixels.len() / from * to);
    for row in pixels.chunks_exact(from) {
        resized.extend(shares.iter().map(|share| {
            let covered = row.iter().skip(share.first).zip(&share.weights);
            let sum: i64 = covered.map(|(pixel, weight)| i64::from(*pixel) * weight).sum();
            u8::try_from((sum + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS).unwrap_or(255)
        }));
    }
    resized
}

/// Rows and columns exchanged; `width` is that of the source.
fn transposed(pixels: &[u8], width: usize) -> Vec<u8> {
    (0..width).flat_map(|x| pixels.iter().skip(x).step_by(width).copied()).collect()
}

/// White on black turned over, then paper to 0 and ink to 255.
fn stretched(mut pixels: Vec<u8>) -> Vec<u8> {
    let counts = counts(&pixels);
    let (low, middle, high) = (quantile(&counts, 1), quantile(&counts, 50), quantile(&counts, 98));
    if high - middle > middle - low {
        pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
    }
    let counts = self::counts(&pixels);
    let (low, paper) = (quantile(&counts, 1), quantile(&counts, 70));
    let reach = paper.saturating_sub(low).max(LEAST_RANGE);
    let stretch = |pixel: u8| {
        let depth = paper.saturating_sub(usize::from(pixel)).min(reach);
        u8::try_from(depth * 255 / reach).unwrap_or(255)
    };
    pixels.into_iter().map(stretch).collect()
}

fn counts(pixels: &[u8]) -> [usize; 256] {
    let mut counts = [0; 256];
    for pixel in pixels {
        if let Some(count) = counts.get_mut(usize::from(*pixel)) {
            *count += 1;
        }
    }
    counts
}

/// The darkest shade with more than `percent` of the pixels at or below it.
fn quantile(counts: &[usize; 256], percent: usize) -> usize {
    let wanted = counts.iter().sum::<usize>() * percent / 100;
    let mut below = 0;
    let reaches = |count: &usize| {
        below += count;
        below > wanted
    };
    counts.iter().position(reaches).unwrap_or(255)
}
