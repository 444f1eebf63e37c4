//! TIFF files: several pictures each, in strips or tiles, in many compressions.

use super::fax::Fax;
use super::palette::Palette;
use crate::raster::{Gray, luma};
use hayro_ccitt::EncodingMode;
use std::io::Cursor;
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;

const COMPRESSION_HUFFMAN: u32 = 2;
const COMPRESSION_GROUP3: u32 = 3;
const COMPRESSION_GROUP4: u32 = 4;
/// Bit of the options of group 3: rows refer to the row above.
const TWO_DIMENSIONAL: u32 = 1;
/// Photometric interpretation 1 of a fax: what fax calls white is black.
const BLACK_IS_ZERO: u32 = 1;
/// Photometric interpretation of pictures whose pixels are numbers of colors.
const INDEXES: u32 = 3;
/// Bits of a byte stand in the reverse order.
const FILL_REVERSED: u32 = 2;

pub(super) type Reader<'b> = Decoder<Cursor<&'b [u8]>>;

/// How many pictures there are, counted up to `most`.
pub(super) fn pages(bytes: &[u8], most: u32) -> u32 {
    let Some(mut reader) = open(bytes, 1) else { return 0 };
    let mut count = 1;
    while count < most && reader.more_images() && reader.next_image().is_ok() {
        count += 1;
    }
    count
}

/// Width, height, and the number by which cameras and scanners say how they were held.
pub(super) fn sides(bytes: &[u8], number: u32) -> Option<(u32, u32, u8)> {
    let mut reader = open(bytes, number)?;
    let (width, height) = reader.dimensions().ok()?;
    let orientation = reader.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten().unwrap_or(1);
    Some((width, height, orientation))
}

pub(super) fn decode(bytes: &[u8], number: u32) -> Option<Gray> {
    let mut reader = open(bytes, number)?;
    match reader.get_tag_u32(Tag::Compression).unwrap_or(1) {
        COMPRESSION_HUFFMAN => fax(bytes, &mut reader, EncodingMode::Group3_1D, true),
        COMPRESSION_GROUP3 => {
            let options = reader.find_tag_unsigned::<u32>(Tag::Unknown(292)).ok().flatten().unwrap_or(0);
            let two = options & TWO_DIMENSIONAL != 0;
            fax(
                bytes,
                &mut reader,
                if two { EncodingMode::Group3_2D } else { EncodingMode::Group3_1D },
                false,
            )
        }
        COMPRESSION_GROUP4 => fax(bytes, &mut reader, EncodingMode::Group4, false),
        _ if is_indexed(&mut reader) => Palette::of(&mut reader)?.decode(bytes, number),
        _ => other(&mut reader),
    }
}

fn is_indexed(reader: &mut Reader<'_>) -> bool {
    reader.get_tag_u32(Tag::PhotometricInterpretation).unwrap_or(0) == INDEXES
}

pub(super) fn open(bytes: &[u8], number: u32) -> Option<Reader<'_>> {
    let mut reader = Decoder::new(Cursor::new(bytes)).ok()?;
    for _ in 1..number {
        if !reader.more_images() {
            return None;
        }
        reader.next_image().ok()?;
    }
    Some(reader)
}

fn fax(bytes: &[u8], reader: &mut Reader<'_>, encoding: EncodingMode, byte_aligned: bool) -> Option<Gray> {
    let (columns, height) = reader.dimensions().ok()?;
    let offsets = reader.get_tag_u64_vec(Tag::StripOffsets).ok()?;
    let lengths = reader.get_tag_u64_vec(Tag::StripByteCounts).ok()?;
    let each = reader.find_tag_unsigned::<u32>(Tag::RowsPerStrip).ok().flatten().unwrap_or(height).max(1);
    let reversed =
        reader.find_tag_unsigned::<u32>(Tag::FillOrder).ok().flatten().unwrap_or(1) == FILL_REVERSED;
    let black_is_zero = reader.get_tag_u32(Tag::PhotometricInterpretation).unwrap_or(0) == BLACK_IS_ZERO;
    let mut pixels = Vec::new();
    let mut left = height;
    for (offset, length) in offsets.iter().zip(&lengths) {
        let rows = each.min(left);
        let start = usize::try_from(*offset).ok()?;
        let data = bytes.get(start..start.checked_add(usize::try_from(*length).ok()?)?)?;
        let strip = Fax { columns, rows, encoding, byte_aligned };
        let decoded = if reversed {
            strip.pixels(&data.iter().map(|byte| byte.reverse_bits()).collect::<Vec<u8>>())?
        } else {
            strip.pixels(data)?
        };
        pixels.extend(decoded);
        left = left.saturating_sub(rows);
    }
    if black_is_zero {
        pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
    }
    Gray::new(usize::try_from(columns).ok()?, usize::try_from(height).ok()?, pixels)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library will know more kinds of color than are read here"
)]
fn other(reader: &mut Reader<'_>) -> Option<Gray> {
    let (width, height) = reader.dimensions().ok()?;
    let color = reader.colortype().ok()?;
    let bytes = eight_bits(reader.read_image().ok()?)?;
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let pixels = match color {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let brightest = u8::MAX >> (8 - bits);
            samples(&bytes, width, height, bits).map(|sample| sample * (255 / brightest)).collect()
        }
        ColorType::Gray(8 | 16) => bytes,
        ColorType::GrayA(8 | 16) => {
            bytes.chunks_exact(2).map(|p| p.first().copied().unwrap_or(255)).collect()
        }
        ColorType::RGB(8 | 16) => bytes.chunks_exact(3).map(luma).collect(),
        ColorType::RGBA(8 | 16) => {
            bytes.chunks_exact(4).map(|p| luma(p.get(..3).unwrap_or_default())).collect()
        }
        // Compressed as JPEG; brightness comes first.
        ColorType::YCbCr(8) => bytes.chunks_exact(3).filter_map(|p| p.first().copied()).collect(),
        ColorType::CMYK(8 | 16) => bytes.chunks_exact(4).map(of_inks).collect(),
        _ => return None,
    };
    Gray::new(width, height, pixels)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "samples of measuring instruments, not of scanners")]
fn eight_bits(samples: DecodingResult) -> Option<Vec<u8>> {
    match samples {
        DecodingResult::U8(samples) => Some(samples),
        DecodingResult::U16(samples) => Some(samples.into_iter().map(high_byte).collect()),
        _ => None,
    }
}

fn high_byte(sample: u16) -> u8 {
    sample.to_be_bytes()[0]
}

/// Several pixels a byte, rows padded to whole bytes. `bits` of a pixel are 1, 2, 4 or 8.
pub(super) fn samples(bytes: &[u8], width: usize, height: usize, bits: u8) -> impl Iterator<Item = u8> {
    let each = usize::from(8 / bits.clamp(1, 8));
    let mask = u8::MAX >> (8 - bits.clamp(1, 8));
    let shifts = move || (0..each).rev().map(move |place| place * usize::from(bits));
    let rows = bytes.chunks_exact(width.div_ceil(each).max(1)).take(height);
    rows.flat_map(move |row| {
        row.iter().flat_map(move |byte| shifts().map(move |shift| byte >> shift & mask)).take(width)
    })
}

fn of_inks(inks: &[u8]) -> u8 {
    let [c, m, y, k] = inks else { return 255 };
    let light = |ink: &u8| u8::try_from(u32::from(255 - *ink) * u32::from(255 - *k) / 255).unwrap_or(255);
    luma(&[light(c), light(m), light(y)])
}
