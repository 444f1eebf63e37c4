//! Small fixed hashes for the word tables.
//!
//! The tables are ours and fixed, so flooding them is no threat; a fixed hash is several times faster on short words
//! than the default one, and keeps a run independent of chance. Letters are hashed as the digits of a number, so that
//! the hash of several words in a row, without their blanks, follows from those of their borders.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from words to anything.
pub(crate) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// A map whose keys are hashes already.
pub(crate) type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<Mixed>>;

/// FNV-1a.
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Passes a hashed key on, its bits spread.
#[derive(Default)]
pub(crate) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(BASE).wrapping_add(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = spread(key);
    }
}

/// The base in which letters are digits: odd, so that it has an inverse and no letter is forgotten.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Letters up to which words in a row are hashed together.
pub(crate) const LETTERS_MAX: usize = 64;

/// The powers of [`BASE`].
const POWERS: [u64; LETTERS_MAX + 1] = {
    let mut powers = [1_u64; LETTERS_MAX + 1];
    let mut at = 1;
    while at <= LETTERS_MAX {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
        at += 1;
    }
    powers
};

/// The hash of the letters so far, and one more.
pub(crate) const fn push(hash: u64, byte: u8) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(byte as u64)
}

/// The hash of letters.
pub(crate) fn of_letters(letters: &str) -> u64 {
    letters.bytes().fold(0, push)
}

/// The hash of the last `count` letters, from that of all and that of those before; `None` beyond [`LETTERS_MAX`].
pub(crate) fn between(all: u64, before: u64, count: usize) -> Option<u64> {
    POWERS.get(count).map(|power| all.wrapping_sub(before.wrapping_mul(*power)))
}

/// The hash with room for `count` letters behind; `None` beyond [`LETTERS_MAX`].
pub(crate) fn shifted(hash: u64, count: usize) -> Option<u64> {
    POWERS.get(count).map(|power| hash.wrapping_mul(*power))
}

/// Spreads what is known about a key over all its bits.
pub(crate) const fn spread(key: u64) -> u64 {
    let key = (key ^ (key >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    key ^ (key >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_row_hash_as_their_letters() {
        let before = of_letters("sq");
        let all = of_letters("sqwalmart");
        assert_eq!(between(all, before, 7), Some(of_letters("walmart")));
        assert_eq!(between(all, before, LETTERS_MAX + 1), None);
        assert_ne!(of_letters("ab"), of_letters("ba"));
    }
}
