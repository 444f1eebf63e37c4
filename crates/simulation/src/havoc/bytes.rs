//! Mutations that know nothing: bits, bytes and spans.

use crate::Dice;
use std::ops::Range;

/// Bytes at which readers change their mind.
const BYTES: [u8; 12] = [0, 1, 9, 10, 13, 0x1A, 0x20, 0x7F, 0x80, 0xC0, 0xFE, 0xFF];
/// The longest span that is moved.
const SPAN_MAX: usize = 512;
/// How often a span is repeated.
const REPEATS_MAX: usize = 40;

/// One mutation.
pub(super) fn mutate(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let here = span(bytes.len(), dice);
    match dice.below(9) {
        0 => flip(bytes, dice),
        1 => set(bytes, dice),
        2 => drop(bytes.drain(here)),
        3 => {
            let copy = bytes.get(here).unwrap_or_default().to_vec();
            insert(bytes, &copy, dice);
        }
        4 => {
            let foreign = other.get(span(other.len(), dice)).unwrap_or_default().to_vec();
            insert(bytes, &foreign, dice);
        }
        5 => {
            let repeated = bytes.get(here).unwrap_or_default().repeat(dice.below(REPEATS_MAX));
            insert(bytes, &repeated, dice);
        }
        6 => bytes.get_mut(here).unwrap_or_default().fill(0),
        7 => bytes.truncate(dice.below(bytes.len())),
        _ => {
            let tail = other.get(dice.below(other.len())..).unwrap_or_default();
            bytes.truncate(dice.below(bytes.len()));
            bytes.extend_from_slice(tail);
        }
    }
}

/// A place in so many bytes, most often a short one.
pub(super) fn span(length: usize, dice: &mut Dice) -> Range<usize> {
    let start = dice.below(length);
    let longest = if dice.below(4) == 0 { SPAN_MAX } else { 16 };
    start..start.saturating_add(dice.below(longest)).min(length)
}

fn flip(bytes: &mut [u8], dice: &mut Dice) {
    let at = dice.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << dice.below(8);
    }
}

fn set(bytes: &mut [u8], dice: &mut Dice) {
    let at = dice.below(bytes.len());
    if let (Some(byte), Some(new)) = (bytes.get_mut(at), dice.pick(&BYTES)) {
        *byte = *new;
    }
}

fn insert(bytes: &mut Vec<u8>, new: &[u8], dice: &mut Dice) {
    let at = dice.below(bytes.len().saturating_add(1));
    bytes.splice(at..at, new.iter().copied());
}
