//! Statements that somebody changed, each in one way that a file or its figures can show, and statements that nobody
//! changed, as the programs of several banks, portals and scanners leave them.
//!
//! `sheet` is a drawn design taken apart, `file` puts objects into a file in a manner, `plant` changes one thing, `pixels`
//! one that only a picture shows, `untouched` none; `cases` are of several documents.

mod cases;
mod file;
mod picture;
mod pixels;
mod plant;
mod sheet;
mod signing;
mod untouched;

pub use cases::{CASE_SIGNALS, CaseSpecimen, case_planted, case_untouched};
pub use plant::SIGNALS;
pub use untouched::MANNERS;

use crate::random::Random;

/// A file, and what was done to it.
#[derive(Debug, Clone)]
pub struct Specimen {
    /// PDF or JPEG.
    pub document: Vec<u8>,
    /// One line for people.
    pub what: String,
}

/// A statement with one trace, named by the signal that tells of it. `None` where the design of the seed has no room for
/// it. The same seed gives the same bytes.
#[must_use]
pub fn planted(signal: &str, seed: u64) -> Option<Specimen> {
    plant::plant(signal, seed, &mut Random::new(seed ^ 0x5EED))
}

/// The first so many specimens of a signal from a seed on.
pub fn specimens(signal: &str, seed: u64, count: usize) -> impl Iterator<Item = (u64, Specimen)> {
    (seed..seed.saturating_add(10_000))
        .filter_map(move |seed| Some((seed, planted(signal, seed)?)))
        .take(count)
}

/// A statement that nobody changed.
#[must_use]
pub fn untouched(seed: u64) -> Specimen {
    untouched::make(seed)
}
