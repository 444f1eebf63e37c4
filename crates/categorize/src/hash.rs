//! A small fixed hash (FNV-1a, 64 bits) for the word tables.
//!
//! The tables are ours and fixed, so flooding them is no threat; a fixed hash is several times faster on short words
//! than the default one, and keeps a run independent of chance.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from words to anything.
pub(crate) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

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
