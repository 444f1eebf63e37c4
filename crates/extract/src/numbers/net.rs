//! The net: a normalized crop to how much speaks for each class at every fourth column. Convolutions as products of
//! matrices, one crop at a time, so that no crop's reading depends on what is read with it.

#![expect(clippy::float_arithmetic, reason = "a net is arithmetic")]

use super::crop::{HEIGHT, Normalized};
use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

/// Every glyph that is told apart; its place, plus one, is its class. Class 0 is "no glyph". U+FFFD stands for all
/// others. The trainer has the same list, in `training/texts.py`.
pub(super) const GLYPHS: &str =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,'-/:+()%$£€¥₹*#& \u{FFFD}";
pub(super) const CLASSES: usize = 83;
/// Columns of a normalized crop between two answers.
pub(super) const STRIDE: usize = 4;
/// Crops are padded with paper to a multiple of so many columns, as in training.
const STEP: usize = 16;

/// Numbers of two bytes: weights and biases, layer by layer; then, of four bytes, the [`Calibration`].
static MODEL: &[u8] = include_bytes!("numbers.model");
const MODEL_BYTES: usize = {
    let (mut numbers, mut at) = (0, 0);
    while at < SHAPES.len() {
        numbers += SHAPES[at].inputs() * SHAPES[at].outputs + SHAPES[at].outputs;
        at += 1;
    }
    numbers * 2 + 3 * 4
};
const _: () = assert!(MODEL.len() == MODEL_BYTES, "the model is of another shape");

/// One convolution.
#[derive(Debug, Clone, Copy)]
struct Shape {
    channels: usize,
    outputs: usize,
    /// Rows and columns of the kernel.
    kernel: (usize, usize),
    stride: (usize, usize),
    pad: (usize, usize),
}

const SHAPES: [Shape; 9] = [
    shape(1, 16, (3, 3), (2, 2), (1, 1)),
    shape(16, 32, (3, 3), (1, 1), (1, 1)),
    shape(32, 48, (3, 3), (2, 1), (1, 1)),
    shape(48, 64, (3, 3), (2, 2), (1, 1)),
    shape(64, 88, (3, 3), (1, 1), (1, 1)),
    shape(88, 128, (4, 3), (1, 1), (0, 1)),
    shape(128, 128, (1, 5), (1, 1), (0, 2)),
    shape(128, 128, (1, 5), (1, 1), (0, 2)),
    shape(128, CLASSES, (1, 1), (1, 1), (0, 0)),
];
/// From this layer on, what goes in is added to what comes out.
const FIRST_ADDED: usize = 6;
const HEAD: usize = SHAPES.len() - 1;

const fn shape(
    channels: usize,
    outputs: usize,
    kernel: (usize, usize),
    stride: (usize, usize),
    pad: (usize, usize),
) -> Shape {
    Shape { channels, outputs, kernel, stride, pad }
}

impl Shape {
    /// Numbers that one output is made of.
    const fn inputs(&self) -> usize {
        self.channels * self.kernel.0 * self.kernel.1
    }

    const fn rows(&self, height: usize) -> usize {
        (height + 2 * self.pad.0 - self.kernel.0) / self.stride.0 + 1
    }

    const fn columns(&self, width: usize) -> usize {
        (width + 2 * self.pad.1 - self.kernel.1) / self.stride.1 + 1
    }
}

/// How the net's answers become probabilities, measured on fonts that training never saw.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calibration {
    /// What the net says is divided by this.
    pub(super) temperature: f32,
    /// Log-odds of a whole text are stretched and shifted by these.
    pub(super) slope: f32,
    pub(super) offset: f32,
}

pub(super) struct Net {
    layers: Vec<Layer>,
    pub(super) calibration: Calibration,
}

struct Layer {
    shape: Shape,
    /// Outputs × inputs.
    weights: Vec<f32>,
    biases: Vec<f32>,
}

/// Channels of a picture, row by row.
struct Planes {
    height: usize,
    width: usize,
    values: Vec<f32>,
}

impl Net {
    pub(super) fn new() -> Self {
        let (mut halves, singles) = MODEL.split_at(MODEL_BYTES - 3 * 4);
        let mut take = |count: usize| {
            let (taken, rest) = halves.split_at(count * 2);
            halves = rest;
            taken.chunks_exact(2).map(half).collect::<Vec<f32>>()
        };
        let layer = |shape: &Shape| Layer {
            shape: *shape,
            weights: take(shape.inputs() * shape.outputs),
            biases: take(shape.outputs),
        };
        let layers = SHAPES.iter().map(layer).collect();
        let mut numbers = singles.chunks_exact(4).map(single);
        let mut next = || numbers.next().unwrap_or(1.0);
        Self { layers, calibration: Calibration { temperature: next(), slope: next(), offset: next() } }
    }

    /// For each answer in turn, how much speaks for every class: not yet probabilities.
    pub(super) fn answers(&self, crop: &Normalized) -> Vec<[f32; CLASSES]> {
        let mut planes = input(crop);
        let mut unfolded = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            let mut out = layer.apply(&planes, &mut unfolded);
            if number != HEAD {
                out.values.iter_mut().for_each(|value| *value = value.max(0.0));
            }
            if (FIRST_ADDED..HEAD).contains(&number) {
                out.values.iter_mut().zip(&planes.values).for_each(|(value, before)| *value += before);
            }
            planes = out;
        }
        let mut answers = vec![[0.0; CLASSES]; planes.width];
        for (class, row) in planes.values.chunks_exact(planes.width).enumerate() {
            for (answer, value) in answers.iter_mut().zip(row) {
                if let Some(slot) = answer.get_mut(class) {
                    *slot = *value;
                }
            }
        }
        answers
    }
}

fn input(crop: &Normalized) -> Planes {
    let width = crop.width.div_ceil(STEP) * STEP;
    let mut values = vec![0.0; HEIGHT * width];
    for (target, row) in values.chunks_exact_mut(width).zip(crop.pixels.chunks_exact(crop.width)) {
        target.iter_mut().zip(row).for_each(|(value, pixel)| *value = f32::from(*pixel) / 255.0);
    }
    Planes { height: HEIGHT, width, values }
}

impl Layer {
    fn apply(&self, input: &Planes, unfolded: &mut Vec<f32>) -> Planes {
        let (height, width) = (self.shape.rows(input.height), self.shape.columns(input.width));
        let places = height * width;
        self.shape.unfold(input, (height, width), unfolded);
        let mut values: Vec<f32> =
            self.biases.iter().flat_map(|bias| std::iter::repeat_n(*bias, places)).collect();
        let (inputs, outputs) = (self.shape.inputs(), self.shape.outputs);
        if let (Ok(weights), Ok(inputs), Ok(mut sums)) = (
            ArrayView2::from_shape((outputs, inputs), &self.weights),
            ArrayView2::from_shape((inputs, places), unfolded.as_slice()),
            ArrayViewMut2::from_shape((outputs, places), values.as_mut_slice()),
        ) {
            general_mat_mul(1.0, &weights, &inputs, 1.0, &mut sums);
        }
        Planes { height, width, values }
    }
}

impl Shape {
    /// One row for each number that an output is made of, one column for each output; beyond the picture is 0.
    fn unfold(&self, input: &Planes, (height, width): (usize, usize), unfolded: &mut Vec<f32>) {
        unfolded.clear();
        unfolded.resize(self.inputs() * height * width, 0.0);
        let mut targets = unfolded.chunks_exact_mut(width);
        for plane in input.values.chunks_exact(input.height * input.width) {
            for (down, across) in (0..self.kernel.0).flat_map(|y| (0..self.kernel.1).map(move |x| (y, x))) {
                for (y, target) in targets.by_ref().take(height).enumerate() {
                    let row = (y * self.stride.0 + down).checked_sub(self.pad.0);
                    let row = row.and_then(|row| plane.chunks_exact(input.width).nth(row));
                    if let Some(row) = row {
                        self.unfold_row(row, across, target);
                    }
                }
            }
        }
    }

    fn unfold_row(&self, row: &[f32], across: usize, target: &mut [f32]) {
        // The first column whose source is not left of the picture.
        let skipped = self.pad.1.saturating_sub(across).div_ceil(self.stride.1);
        let first = skipped * self.stride.1 + across - self.pad.1;
        let (target, row) = (target.iter_mut().skip(skipped), row.iter().skip(first));
        if self.stride.1 == 1 {
            target.zip(row).for_each(|(value, source)| *value = *source);
        } else {
            target.zip(row.step_by(self.stride.1)).for_each(|(value, source)| *value = *source);
        }
    }
}

/// IEEE 754 half precision, little endian. The model holds no infinities.
fn half(bytes: &[u8]) -> f32 {
    let bits = bytes.iter().rev().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
    let (sign, exponent, fraction) = (bits >> 15, bits >> 10 & 0x1F, bits & 0x3FF);
    let size = if exponent == 0 {
        // Below the smallest normal number: so many parts of 2^-24.
        f32::from(u16::try_from(fraction).unwrap_or(0)) * f32::from_bits((127 - 24) << 23)
    } else {
        f32::from_bits((exponent + 127 - 15) << 23 | fraction << 13)
    };
    if sign == 1 { -size } else { size }
}

fn single(bytes: &[u8]) -> f32 {
    f32::from_bits(bytes.iter().rev().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)))
}
