//! TIFF files whose pixels are numbers of colors, which the TIFF library does not read: it is shown the numbers as if they
//! were grays.

use super::tiff::{Reader, open, samples};
use crate::raster::{Gray, luma};
use tiff::ColorType;
use tiff::decoder::DecodingResult;
use tiff::tags::Tag;

const INTERPRETATION: u16 = 262;
const BLACK_IS_ZERO: u16 = 1;
/// Bytes of an entry of a directory, and where its value stands in it.
const ENTRY_BYTES: usize = 12;
const VALUE_AT: usize = 8;

/// The grays of the colors.
pub(super) struct Palette(Vec<u8>);

impl Palette {
    /// `None` without a table of colors: all reds, then all greens, then all blues, of 16 bits each.
    pub(super) fn of(reader: &mut Reader<'_>) -> Option<Self> {
        let map = reader.get_tag_u16_vec(Tag::ColorMap).ok()?;
        let count = map.len() / 3;
        let (reds, rest) = map.split_at_checked(count)?;
        let (greens, blues) = rest.split_at_checked(count)?;
        let high = |value: &u16| value.to_be_bytes()[0];
        let colors = reds.iter().zip(greens).zip(blues);
        let grays = colors.map(|((r, g), b)| luma(&[high(r), high(g), high(b)])).collect::<Vec<u8>>();
        (!grays.is_empty()).then_some(Self(grays))
    }

    pub(super) fn decode(&self, bytes: &[u8], number: u32) -> Option<Gray> {
        let bytes = as_gray(bytes, number)?;
        let mut reader = open(&bytes, number)?;
        let (width, height) = reader.dimensions().ok()?;
        let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        let ColorType::Gray(bits @ (1 | 2 | 4 | 8)) = reader.colortype().ok()? else { return None };
        let DecodingResult::U8(data) = reader.read_image().ok()? else { return None };
        let gray = |index: u8| self.0.get(usize::from(index)).copied().unwrap_or(255);
        Gray::new(width, height, samples(&data, width, height, bits).map(gray).collect())
    }
}

/// The same file, whose picture `number` is said to hold grays.
fn as_gray(bytes: &[u8], number: u32) -> Option<Vec<u8>> {
    let is_little = bytes.starts_with(b"II*\0");
    if !is_little && !bytes.starts_with(b"MM\0*") {
        return None;
    }
    let short = |at: usize| {
        let raw = bytes.get(at..)?.first_chunk::<2>()?;
        Some(if is_little { u16::from_le_bytes(*raw) } else { u16::from_be_bytes(*raw) })
    };
    let long = |at: usize| {
        let raw = bytes.get(at..)?.first_chunk::<4>()?;
        usize::try_from(if is_little { u32::from_le_bytes(*raw) } else { u32::from_be_bytes(*raw) }).ok()
    };
    let end = |directory: usize| {
        let entries = usize::from(short(directory)?).checked_mul(ENTRY_BYTES)?;
        directory.checked_add(2)?.checked_add(entries)
    };
    let directory = (1..number).try_fold(long(4)?, |directory, _| long(end(directory)?))?;
    let mut entries = (directory.checked_add(2)?..end(directory)?).step_by(ENTRY_BYTES);
    let place = entries.find(|entry| short(*entry) == Some(INTERPRETATION))?.checked_add(VALUE_AT)?;
    let mut gray = bytes.to_vec();
    let value = if is_little { BLACK_IS_ZERO.to_le_bytes() } else { BLACK_IS_ZERO.to_be_bytes() };
    gray.get_mut(place..)?.first_chunk_mut::<2>()?.copy_from_slice(&value);
    Some(gray)
}
