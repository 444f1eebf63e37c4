//! What is known of a client, in one vocabulary for all forms.

mod book;
mod fact;
mod gather;
mod names;
mod value;
mod vocabulary;

pub use book::{FactBook, FactsError, Lead};
pub use fact::{ClientFact, FactStatus};
pub use value::{FactType, FactValue, ValueError};
pub use vocabulary::Vocabulary;

pub(crate) use names::name_part;
pub(crate) use vocabulary::{Entry, pattern_of, with_index};
