//! Mutations of what is written in lines, fields and tags.

use super::bytes::span;
use crate::Dice;
use std::ops::Range;

/// Numbers, dates and words that break one reader or another.
const VALUES: [&str; 30] = [
    "",
    "0",
    "-0",
    "-1",
    "1",
    "00",
    "127",
    "255",
    "256",
    "32768",
    "65535",
    "65536",
    "2147483647",
    "-2147483648",
    "4294967295",
    "9223372036854775807",
    "92233720368547758.08",
    "18446744073709551616",
    "99999999999999999999999999999999999999",
    "0.0000000001",
    "1e308",
    "1,234.56",
    "1.234,56",
    "1'234.56",
    "(5.00)",
    "NaN",
    "2026-02-30",
    "29.02.2027",
    "99/99/9999",
    "=1+1",
];
/// What fields and tags are made with.
const MARKS: [&str; 24] = [
    ",", ";", "\t", "|", "\"", "'", "\n", "\r", "\r\n", "<", ">", "</", "/>", "&", ":", "^", "{", "}", "[",
    "]", "\0", "\u{FEFF}", "\u{202E}", "\u{A0}",
];
/// How often a line is repeated.
const REPEATS_MAX: usize = 200;

/// One mutation.
pub(super) fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    match dice.below(8) {
        0 => replace(bytes, number, &VALUES, dice),
        1 => replace(bytes, word, &VALUES, dice),
        2 => replace(bytes, mark, &MARKS, dice),
        3 => {
            let at = dice.below(bytes.len().saturating_add(1));
            let new = dice.pick(&MARKS).copied().unwrap_or_default();
            bytes.splice(at..at, new.bytes());
        }
        4 => {
            let here = line(bytes, dice);
            drop(bytes.drain(here));
        }
        5 => {
            let copy = bytes.get(line(bytes, dice)).unwrap_or_default().to_vec();
            let at = line(bytes, dice).start;
            bytes.splice(at..at, copy.repeat(dice.below(REPEATS_MAX)));
        }
        6 => swap(bytes, dice),
        _ => {
            // A span that takes the place of another one, as when fields move.
            let copy = bytes.get(span(bytes.len(), dice)).unwrap_or_default().to_vec();
            let here = span(bytes.len(), dice);
            bytes.splice(here, copy);
        }
    }
}

/// A whole line with its end.
fn line(bytes: &[u8], dice: &mut Dice) -> Range<usize> {
    let at = dice.below(bytes.len());
    let (before, after) = bytes.split_at(at.min(bytes.len()));
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at.saturating_add(1));
    let end = after
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |more| at.saturating_add(more).saturating_add(1));
    start..end.min(bytes.len())
}

fn swap(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let (one, two) = (line(bytes, dice), line(bytes, dice));
    if one.end <= two.start {
        let copy = bytes.get(two.clone()).unwrap_or_default().to_vec();
        let first: Vec<u8> = bytes.splice(two, bytes.get(one.clone()).unwrap_or_default().to_vec()).collect();
        std::hint::black_box(first);
        bytes.splice(one, copy);
    }
}

const fn number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-')
}

const fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

const fn mark(byte: u8) -> bool {
    byte.is_ascii_punctuation() || matches!(byte, b'\n' | b'\t')
}

/// Another value in the place of a run of bytes of one kind.
pub(super) fn replace(bytes: &mut Vec<u8>, kind: fn(u8) -> bool, values: &[&str], dice: &mut Dice) {
    let from = dice.below(bytes.len());
    let rest = bytes.get(from..).unwrap_or_default();
    let Some(start) = rest.iter().position(|byte| kind(*byte)) else { return };
    let run = rest.get(start..).unwrap_or_default();
    let length = run.iter().position(|byte| !kind(*byte)).unwrap_or(run.len());
    let here = from.saturating_add(start)..from.saturating_add(start).saturating_add(length);
    let new = dice.pick(values).copied().unwrap_or_default();
    bytes.splice(here, new.bytes());
}
