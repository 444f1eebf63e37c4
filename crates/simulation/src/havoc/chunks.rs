//! Mutations of pictures: lengths, fields and tables, with the checksums that let a mutant in.

use super::archive::crc32;
use super::bytes;
use crate::Dice;
use std::ops::Range;

const PNG_SIGNATURE: usize = 8;
const RIFF_HEADER: usize = 12;
const TIFF_FIELD: usize = 12;
/// Numbers at which readers change their mind.
const NUMBERS: [u32; 14] =
    [0, 1, 2, 7, 8, 16, 255, 256, 65_535, 65_536, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF];

/// A chunk's data, most often with a right checksum, or its length, or the chunk as a whole.
pub(super) fn mutate_png(file: &mut Vec<u8>, dice: &mut Dice) {
    let Some(chunk) = pick(&png_chunks(file), dice) else { return bytes::mutate(file, &[], dice) };
    let data = chunk.start.saturating_add(8)..chunk.end.saturating_sub(4);
    match dice.below(5) {
        0 => put(file, chunk.start, &number(dice).to_be_bytes()),
        1 => drop(file.drain(chunk)),
        2 => {
            let copy = file.get(chunk.clone()).unwrap_or_default().to_vec();
            file.splice(chunk.start..chunk.start, copy);
        }
        // A number in its data: sizes, depths and offsets are such.
        3 => {
            let at = data.start.saturating_add(dice.below(data.len()));
            put(file, at, &number(dice).to_be_bytes());
            renew(file, chunk);
        }
        _ => {
            change(file, &data, dice);
            renew(file, chunk);
        }
    }
}

fn renew(file: &mut [u8], chunk: Range<usize>) {
    let end = chunk.end.saturating_sub(4);
    let crc = crc32(file.get(chunk.start.saturating_add(4)..end).unwrap_or_default());
    put(file, end, &crc.to_be_bytes());
}

fn png_chunks(file: &[u8]) -> Vec<Range<usize>> {
    let length = |at| long(file, at, u32::from_be_bytes).and_then(|length: usize| length.checked_add(12));
    follow(PNG_SIGNATURE, file.len(), length)
}

pub(super) fn mutate_riff(file: &mut Vec<u8>, dice: &mut Dice) {
    let length = |at: usize| {
        let length = long(file, at.checked_add(4)?, u32::from_le_bytes)?;
        length.checked_next_multiple_of(2)?.checked_add(8)
    };
    let chunks = follow(RIFF_HEADER, file.len(), length);
    let Some(chunk) = pick(&chunks, dice) else { return bytes::mutate(file, &[], dice) };
    let data = chunk.start.saturating_add(8)..chunk.end;
    match dice.below(4) {
        0 => put(file, chunk.start.saturating_add(4), &number(dice).to_le_bytes()),
        1 => drop(file.drain(chunk)),
        _ => change(file, &data, dice),
    }
}

/// Segments up to the scan; behind it, the scan itself.
pub(super) fn mutate_jpeg(file: &mut Vec<u8>, dice: &mut Dice) {
    let length = |at: usize| {
        let (0xFF, marker) = (*file.get(at)?, *file.get(at.checked_add(1)?)?) else { return None };
        if marker == 0xD8 {
            return Some(2);
        }
        let size = file.get(at.checked_add(2)?..at.checked_add(4)?)?;
        size.iter().fold(0_usize, |value, byte| value << 8 | usize::from(*byte)).checked_add(2)
    };
    let mut segments = follow(0, file.len(), length);
    let end = segments.last().map_or(0, |last| last.end);
    segments.push(end..file.len());
    let Some(segment) = pick(&segments, dice) else { return };
    let data = segment.start.saturating_add(4).min(segment.end)..segment.end;
    match dice.below(5) {
        0 => put(file, segment.start.saturating_add(2), &number(dice).to_be_bytes()[2..]),
        1 => drop(file.drain(segment)),
        2 => {
            let copy = file.get(segment.clone()).unwrap_or_default().to_vec();
            file.splice(segment.start..segment.start, copy);
        }
        _ => change(file, &data, dice),
    }
}

/// A field of the first directory: its tag, type, count or value. Little-endian files, as ours are.
pub(super) fn mutate_tiff(file: &mut [u8], dice: &mut Dice) {
    let start = long(file, 4, u32::from_le_bytes).unwrap_or(0);
    let count = file.get(start..start.saturating_add(2)).map_or(0, |two| usize::from(two[0]));
    if count == 0 || dice.below(4) == 0 {
        let all = 0..file.len();
        return change(file, &all, dice);
    }
    let field = start.saturating_add(2).saturating_add(dice.below(count).saturating_mul(TIFF_FIELD));
    match dice.below(5) {
        0 => put(file, field, &number(dice).to_le_bytes()[..2]),
        1 => put(file, field.saturating_add(2), &[u8::try_from(dice.below(20)).unwrap_or(0)]),
        2 => put(file, field.saturating_add(4), &number(dice).to_le_bytes()),
        3 => put(file, field.saturating_add(8), &number(dice).to_le_bytes()),
        _ => {
            // Where the next directory stands: a circle, or nowhere.
            let next = start.saturating_add(2).saturating_add(count.saturating_mul(TIFF_FIELD));
            let to = if dice.below(2) == 0 { u32::try_from(start).unwrap_or(0) } else { number(dice) };
            put(file, next, &to.to_le_bytes());
        }
    }
}

/// Ranges one behind the other, as long as their lengths make sense.
fn follow(start: usize, end: usize, length: impl Fn(usize) -> Option<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut at) = (Vec::new(), start);
    while at < end {
        let Some(next) =
            length(at).and_then(|length| at.checked_add(length)).filter(|next| *next <= end && *next > at)
        else {
            break;
        };
        parts.push(at..next);
        at = next;
    }
    parts
}

fn long(file: &[u8], at: usize, read: fn([u8; 4]) -> u32) -> Option<usize> {
    let four = file.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(read(four)).ok()
}

fn pick(parts: &[Range<usize>], dice: &mut Dice) -> Option<Range<usize>> {
    dice.pick(parts).cloned()
}

fn number(dice: &mut Dice) -> u32 {
    dice.pick(&NUMBERS).copied().unwrap_or(0)
}

fn put(file: &mut [u8], at: usize, new: &[u8]) {
    for (offset, byte) in new.iter().enumerate() {
        if let Some(slot) = file.get_mut(at.saturating_add(offset)) {
            *slot = *byte;
        }
    }
}

/// A few bytes of a part are others; the part keeps its length.
fn change(file: &mut [u8], part: &Range<usize>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = part.start.saturating_add(dice.below(part.len()));
        put(file, at, &[u8::try_from(dice.below(256)).unwrap_or(0)]);
    }
}
