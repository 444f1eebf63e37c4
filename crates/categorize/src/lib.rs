#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod clean;
mod decide;
mod direction;
mod embedded;
mod fold;
mod hash;
mod lexicon;
mod merchants;
mod phrases;
mod processors;
mod rulebook;
mod rules;
mod strength;
mod tags;
mod taxonomy;
mod title;

pub use decide::{categorize, categorize_row};
pub use direction::{AccountSide, Direction, RowWords};
pub use rulebook::{Rulebook, RulebookError, RulebookText};
pub use strength::Strength;
pub use tags::RowTag;
pub use taxonomy::{Leaf, LeafDirection, Taxonomy};
