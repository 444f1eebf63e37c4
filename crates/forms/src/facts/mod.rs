//! What is known of a client, in one vocabulary for all forms.

mod addresses;
mod book;
mod fact;
mod figures;
mod gather;
mod names;
mod value;
mod vocabulary;

pub use book::{FactBook, FactsError, Lead};
pub use fact::{ClientFact, FactStatus};
pub use value::{FactType, FactValue, ValueError};
pub use vocabulary::Vocabulary;

pub(crate) use addresses::{address_part, city_state_zip};
pub(crate) use names::{NAME_PARTS, name_part};
pub(crate) use vocabulary::{Entry, pattern_of, subject_of, with_index};
