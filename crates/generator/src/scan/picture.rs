//! Scans as picture files.

use super::Bitmap;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// Gray.
#[must_use]
pub fn png(picture: &Bitmap) -> Vec<u8> {
    let mut out = Vec::new();
    encode(picture, PngEncoder::new(&mut out));
    out
}

/// Gray, without loss.
#[must_use]
pub fn webp(picture: &Bitmap) -> Vec<u8> {
    let mut out = Vec::new();
    encode(picture, WebPEncoder::new_lossless(&mut out));
    out
}

/// Gray, of a quality from 1 to 100.
#[must_use]
pub fn jpeg(picture: &Bitmap, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    encode(picture, JpegEncoder::new_with_quality(&mut out, quality));
    out
}

/// Gray as a color picture.
pub(super) fn color_jpeg(picture: &Bitmap, quality: u8) -> Vec<u8> {
    let colors = picture.pixels.iter().flat_map(|gray| [*gray; 3]).collect();
    let mut out = Vec::new();
    write(picture, colors, ExtendedColorType::Rgb8, JpegEncoder::new_with_quality(&mut out, quality));
    out
}

fn encode(picture: &Bitmap, encoder: impl ImageEncoder) {
    write(picture, picture.pixels.clone(), ExtendedColorType::L8, encoder);
}

#[expect(
    clippy::expect_used,
    reason = "memory takes what is written, and pages are smaller than the formats' limits"
)]
fn write(picture: &Bitmap, pixels: Vec<u8>, color: ExtendedColorType, encoder: impl ImageEncoder) {
    let side = |side: usize| u32::try_from(side).unwrap_or(0);
    encoder.write_image(&pixels, side(picture.width), side(picture.height), color).expect("a picture");
}
