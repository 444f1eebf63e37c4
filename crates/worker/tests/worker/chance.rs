//! Chance out of a seed. What is thrown for a thing depends on the seed and on that thing alone, never on what was thrown
//! before: many tasks may ask in any order.

use std::hash::{DefaultHasher, Hash, Hasher as _};

#[derive(Clone, Copy)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The same for one seed, with one compiler.
    pub(crate) const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// That of this thing.
    pub(crate) fn of(self, thing: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        (self.0, thing).hash(&mut hasher);
        Self(hasher.finish())
    }

    /// A number below `end`, of a thing.
    pub(crate) const fn below(self, end: u64) -> u64 {
        self.0 % end
    }
}
