//! Documents made wrong where it hurts: mutations that know what a file is made of, so that a mutant comes past the
//! first door of its reader. The same seed and number make the same mutant.

mod archive;
mod bytes;
mod chunks;
mod pdf;
mod text;

use crate::Dice;

/// Mutations of one mutant, at most.
const MUTATIONS_MAX: usize = 5;
/// A mutant is no larger than this many times its parent, and a little.
const GROWTH: usize = 4;
const GROWTH_BYTES: usize = 64 * 1024;

/// What a file is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Material {
    /// Objects, streams, names.
    Pdf,
    /// Lines, fields, tags: CSV and what banks send.
    Text,
    /// Entries, each packed: workbooks.
    Archive,
    /// Chunks with lengths and checksums.
    Png,
    /// Segments behind markers.
    Jpeg,
    /// Directories of fields.
    Tiff,
    /// Chunks with lengths.
    Riff,
}

/// An honest document that mutants are made of.
#[derive(Debug, Clone)]
pub struct Parent {
    /// To tell people which.
    pub name: String,
    /// What it is made of.
    pub material: Material,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A document made wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// Its parent's name.
    pub parent: String,
    /// Which of the parent's mutants it is.
    pub number: u64,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Makes mutants.
#[derive(Debug, Clone)]
pub struct Havoc {
    parents: Vec<Parent>,
    seed: u64,
}

impl Havoc {
    /// Of these parents, which must not be none.
    #[must_use]
    pub const fn new(parents: Vec<Parent>, seed: u64) -> Self {
        Self { parents, seed }
    }

    /// The mutant of this number; each parent has its turn. `None` without parents.
    #[must_use]
    pub fn mutant(&self, number: u64) -> Option<Mutant> {
        let count = u64::try_from(self.parents.len()).ok().filter(|count| *count > 0)?;
        let parent = self.parents.get(usize::try_from(number % count).ok()?)?;
        let mut dice = Dice::seeded(self.seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let other = dice.pick(&self.parents)?;
        let bytes = mutated(&parent.bytes, parent.material, &other.bytes, &mut dice);
        Some(Mutant { parent: parent.name.clone(), number, bytes })
    }
}

/// One to a few mutations; `other` is what foreign parts are taken from.
#[must_use]
pub fn mutated(parent: &[u8], material: Material, other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = parent.to_vec();
    for _ in 0..=dice.below(MUTATIONS_MAX) {
        // Now and then without any respect for what the file is.
        if dice.below(6) == 0 {
            bytes::mutate(&mut bytes, other, dice);
        } else {
            mutate(&mut bytes, material, dice);
        }
        bytes.truncate(parent.len().saturating_mul(GROWTH).saturating_add(GROWTH_BYTES));
    }
    bytes
}

fn mutate(bytes: &mut Vec<u8>, material: Material, dice: &mut Dice) {
    match material {
        Material::Pdf => pdf::mutate(bytes, dice),
        Material::Text => text::mutate(bytes, dice),
        Material::Archive => archive::mutate(bytes, dice),
        Material::Png => chunks::mutate_png(bytes, dice),
        Material::Jpeg => chunks::mutate_jpeg(bytes, dice),
        Material::Tiff => chunks::mutate_tiff(bytes, dice),
        Material::Riff => chunks::mutate_riff(bytes, dice),
    }
}

#[cfg(test)]
mod tests;
