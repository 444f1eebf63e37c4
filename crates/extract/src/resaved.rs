//! JPEG pictures that were opened, changed in one place and saved again: everywhere else the values still lie on the steps
//! of the save before, and in that place they do not.
//!
//! Pixels are brought back to the whole steps that the file stores. Values that were once multiples of coarser steps heap up
//! around these multiples, so the mean of their cosines over those steps is near one; where nothing was saved before, it is
//! near zero. A picture that was made smaller or saved again as a whole looks the same all over, and nothing is told.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "sums over the pixels of a picture that fits in memory"
)]

mod header;
mod windows;

use crate::raster::{Gray, luma};
use header::luma_steps;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use windows::{Window, odd_regions};

/// Side of a block.
const SIDE: usize = 8;
/// Frequencies that are looked at, across and down: the lowest ones, which text fills.
const FREQUENCIES: [(usize, usize); 9] =
    [(0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (0, 3), (3, 0)];
/// Qualities of a save before that are tried, by the tables that most programs scale.
const QUALITIES: std::ops::RangeInclusive<u32> = 15..=94;
/// The steps of the save before have to be so much coarser to leave a trace.
const COARSER: f64 = 1.4;
/// A block with less contrast holds nothing.
const CONTRAST: u8 = 24;
/// Darker and lighter than these, values were cut, and cut values lie on no steps.
const CUT: (u8, u8) = (3, 252);
/// So few cut or colored pixels of a block do no harm.
const CUT_PIXELS: usize = 2;
/// A pixel whose colors differ by more is colored.
const COLORED: u8 = 48;
/// Fewer values say nothing about a picture.
const VALUES_LEAST: f64 = 2_000.0;
/// The mean from which the picture was saved before.
const SAVED_BEFORE: f64 = 0.8;
/// What a decoder may reserve for each pixel, and for its tables.
const BYTES_PER_PIXEL: u64 = 8;
const TABLE_BYTES: u64 = 16 * 1024 * 1024;

/// What was found on a picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resaved {
    /// About the quality of the save before, 1–100.
    pub(crate) quality: u32,
    /// Sides of the picture in pixels.
    pub(crate) extent: (usize, usize),
    /// Regions without its trace: left, top, right, bottom in pixels.
    pub(crate) regions: Vec<[usize; 4]>,
}

/// A block with enough contrast to say something.
struct Block {
    column: usize,
    row: usize,
    /// Whole steps of each of [`FREQUENCIES`].
    steps: [i32; FREQUENCIES.len()],
}

/// Looks at a JPEG file. `None` where it is none, was not saved before as far as it shows, or is the same all over.
pub(crate) fn look(jpeg: &[u8], pixel_limit: u64) -> Option<Resaved> {
    let table = luma_steps(jpeg)?;
    let (gray, colored) = decode(jpeg, pixel_limit)?;
    let own =
        FREQUENCIES.map(|(across, down)| f64::from(table.get(down * SIDE + across).copied().unwrap_or(1)));
    let blocks = blocks(&gray, &colored, &own);
    let (quality, before) = saved_before(&blocks, &own)?;
    let counted: Vec<Window> = blocks.iter().map(|block| weigh(block, &own, &before)).collect();
    let grid = (gray.width() / SIDE, gray.height() / SIDE);
    let regions = odd_regions(&counted, grid);
    let in_pixels =
        |[left, top, right, bottom]: [usize; 4]| [left * SIDE, top * SIDE, right * SIDE, bottom * SIDE];
    let regions: Vec<[usize; 4]> = regions.into_iter().map(in_pixels).collect();
    (!regions.is_empty()).then_some(Resaved { quality, extent: (gray.width(), gray.height()), regions })
}

/// Its grays, and which of its pixels are colored.
fn decode(jpeg: &[u8], pixel_limit: u64) -> Option<(Gray, Vec<bool>)> {
    let mut reader = ImageReader::with_format(Cursor::new(jpeg), ImageFormat::Jpeg);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(pixel_limit.saturating_mul(BYTES_PER_PIXEL).saturating_add(TABLE_BYTES));
    reader.limits(limits);
    let decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width).saturating_mul(u64::from(height)) > pixel_limit {
        return None;
    }
    let sides = (width as usize, height as usize);
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(gray) = picture.as_luma8() {
        return Some((Gray::new(sides.0, sides.1, gray.as_raw().clone())?, Vec::new()));
    }
    let pixels = picture.into_rgb8().into_raw();
    let spread = |rgb: &[u8]| {
        let (least, most) = (rgb.iter().min().copied(), rgb.iter().max().copied());
        most.unwrap_or(0).saturating_sub(least.unwrap_or(0)) > COLORED
    };
    let colored = pixels.chunks_exact(3).map(spread).collect();
    Some((Gray::new(sides.0, sides.1, pixels.chunks_exact(3).map(luma).collect())?, colored))
}

fn blocks(gray: &Gray, colored: &[bool], own: &[f64; FREQUENCIES.len()]) -> Vec<Block> {
    let waves = waves();
    let mut blocks = Vec::new();
    for row in 0..gray.height() / SIDE {
        for column in 0..gray.width() / SIDE {
            let Some(pixels) = pixels(gray, colored, column * SIDE, row * SIDE) else { continue };
            let mut steps = [0; FREQUENCIES.len()];
            for (step, ((across, down), own)) in steps.iter_mut().zip(FREQUENCIES.iter().zip(own)) {
                *step = (coefficient(&pixels, &waves, *across, *down) / own).round() as i32;
            }
            blocks.push(Block { column, row, steps });
        }
    }
    blocks
}

/// The pixels of a block, around zero; `None` where they say nothing.
fn pixels(gray: &Gray, colored: &[bool], left: usize, top: usize) -> Option<[[f64; SIDE]; SIDE]> {
    let (mut block, mut least, mut most, mut cut) = ([[0.0; SIDE]; SIDE], 255, 0, 0_usize);
    for (y, line) in (top..).zip(block.iter_mut()) {
        let pixels = gray.row(y).get(left..left + SIDE)?;
        let marks = colored.get(y * gray.width() + left..y * gray.width() + left + SIDE).unwrap_or_default();
        for (value, pixel) in line.iter_mut().zip(pixels) {
            *value = f64::from(*pixel) - 128.0;
            (least, most) = (least.min(*pixel), most.max(*pixel));
            cut += usize::from(*pixel <= CUT.0 || *pixel >= CUT.1);
        }
        cut += marks.iter().filter(|is_colored| **is_colored).count();
    }
    (cut <= CUT_PIXELS && most - least >= CONTRAST).then_some(block)
}

/// The cosines of each of the lowest frequencies.
fn waves() -> [[f64; SIDE]; 4] {
    let mut waves = [[0.0; SIDE]; 4];
    for (frequency, wave) in waves.iter_mut().enumerate() {
        let scale = if frequency == 0 { (1.0 / SIDE as f64).sqrt() } else { (2.0 / SIDE as f64).sqrt() };
        for (at, value) in wave.iter_mut().enumerate() {
            let angle = (2 * at + 1) as f64 * frequency as f64 * std::f64::consts::PI / (2 * SIDE) as f64;
            *value = scale * angle.cos();
        }
    }
    waves
}

fn coefficient(block: &[[f64; SIDE]; SIDE], waves: &[[f64; SIDE]; 4], across: usize, down: usize) -> f64 {
    let (Some(horizontal), Some(vertical)) = (waves.get(across), waves.get(down)) else { return 0.0 };
    let line =
        |line: &[f64; SIDE]| line.iter().zip(horizontal).map(|(value, wave)| value * wave).sum::<f64>();
    block.iter().zip(vertical).map(|(values, wave)| wave * line(values)).sum()
}

/// The quality whose steps fit best, with these steps; `None` where none fits.
fn saved_before(blocks: &[Block], own: &[f64; FREQUENCIES.len()]) -> Option<(u32, [f64; FREQUENCIES.len()])> {
    let fits = QUALITIES.filter_map(|quality| {
        let before = header::usual_steps(quality);
        let all = blocks.iter().map(|block| weigh(block, own, &before));
        let all = all.fold(Window::default(), |sum, one| sum.with(&one));
        let mean = all.mean()?;
        // Steps that divide the true ones fit, too, at the few frequencies where they are coarser than the file's own.
        let weight = mean * all.expected.sqrt();
        (all.values >= VALUES_LEAST && mean >= SAVED_BEFORE).then_some((quality, before, weight))
    });
    let best = fits.max_by(|one, other| one.2.total_cmp(&other.2))?;
    Some((best.0, best.1))
}

/// How well the values of a block lie on the steps of a save before.
fn weigh(block: &Block, own: &[f64; FREQUENCIES.len()], before: &[f64; FREQUENCIES.len()]) -> Window {
    let mut weighed = Window { column: block.column, row: block.row, ..Window::default() };
    for (steps, (own, before)) in block.steps.iter().zip(own.iter().zip(before)) {
        let value = f64::from(*steps).abs() * own;
        // What is nearer to zero than to the first step says nothing: it is zero either way.
        if *before < COARSER * own || value < before / 2.0 {
            continue;
        }
        // Rounding to the own steps spreads values around the old ones; this much of the mean is left.
        let spread = std::f64::consts::PI * own / before;
        let left = spread.sin() / spread;
        weighed.fit += left * (std::f64::consts::TAU * value / before).cos();
        weighed.expected += left * left;
        weighed.values += 1.0;
    }
    weighed
}

#[cfg(test)]
mod tests;
