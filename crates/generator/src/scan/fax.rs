//! Fax compression, ITU-T T.4 and T.6: what scanners write for black and white pages.

use super::Bitmap;
use super::fax_codes::{BLACK, BLACK_LONG, WHITE, WHITE_LONG};

/// Longest run with a code of its own.
const LONGEST_RUN: usize = 2560;
const END_OF_LINE: (u8, u16) = (12, 1);
const PASS: (u8, u16) = (4, 1);
const HORIZONTAL: (u8, u16) = (3, 1);
/// The run starts so many pixels left or right of the one above: from -3 to 3.
const VERTICAL: [(u8, u16); 7] = [(7, 2), (6, 2), (3, 2), (1, 1), (3, 3), (6, 3), (7, 3)];

/// Group 4: each row by its differences from the one above.
pub(super) fn group4(picture: &Bitmap) -> Vec<u8> {
    let mut bits = Bits::default();
    let mut above = vec![false; picture.width];
    for row in picture.black_rows() {
        two_dimensional(&mut bits, &row, &above);
        above = row;
    }
    bits.put(END_OF_LINE);
    bits.put(END_OF_LINE);
    bits.bytes()
}

/// Group 3, one-dimensional: each row for itself.
pub(super) fn group3(picture: &Bitmap) -> Vec<u8> {
    let mut bits = Bits::default();
    for row in picture.black_rows() {
        let (mut at, mut black) = (0, false);
        while at < row.len() {
            let end = next(&row, at, !black);
            bits.run(end - at, black);
            (at, black) = (end, !black);
        }
    }
    (0..6).for_each(|_| bits.put(END_OF_LINE));
    bits.bytes()
}

/// The first pixel from `from` on that is of this color; the end of the row where there is none.
fn next(row: &[bool], from: usize, black: bool) -> usize {
    (from..row.len()).find(|at| row[*at] == black).unwrap_or(row.len())
}

/// Where a run of the other color than `black` begins in the row above, right of `from`.
fn change(above: &[bool], from: Option<usize>, black: bool) -> usize {
    let start = from.map_or(0, |from| from + 1);
    let before = |at: usize| at.checked_sub(1).is_some_and(|left| above[left]);
    (start..above.len()).find(|at| above[*at] != black && before(*at) == black).unwrap_or(above.len())
}

fn two_dimensional(bits: &mut Bits, row: &[bool], above: &[bool]) {
    let (mut from, mut black) = (None, false);
    while from.is_none_or(|from| from < row.len()) {
        let start = from.unwrap_or(0);
        let here = next(row, start, !black);
        let there = change(above, from, black);
        let there_ends = next(above, there, black);
        let offset = here.abs_diff(there);
        if there_ends < here {
            bits.put(PASS);
            from = Some(there_ends);
        } else if offset <= 3 {
            bits.put(if here >= there { VERTICAL[3 + offset] } else { VERTICAL[3 - offset] });
            (from, black) = (Some(here), !black);
        } else {
            let end = next(row, here, black);
            bits.put(HORIZONTAL);
            bits.run(here - start, black);
            bits.run(end - here, !black);
            from = Some(end);
        }
    }
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u8,
}

impl Bits {
    fn put(&mut self, (count, code): (u8, u16)) {
        for bit in (0..count).rev() {
            if self.used == 0 {
                self.bytes.push(0);
            }
            let last = self.bytes.len() - 1;
            self.bytes[last] |= u8::from(code >> bit & 1 == 1) << (7 - self.used);
            self.used = (self.used + 1) % 8;
        }
    }

    fn run(&mut self, mut length: usize, black: bool) {
        let (short, long) = if black { (&BLACK, &BLACK_LONG) } else { (&WHITE, &WHITE_LONG) };
        while length > LONGEST_RUN {
            self.put(long[LONGEST_RUN / 64 - 1]);
            length -= LONGEST_RUN;
        }
        if length >= 64 {
            self.put(long[length / 64 - 1]);
        }
        self.put(short[length % 64]);
    }

    fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}
