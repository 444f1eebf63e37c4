//! Which fact answers which field: mapping files and how they are applied.

mod answered;
mod apply;
mod calculate;
mod check;
mod condition;
mod file;
mod form_file;
mod format;
mod known;
mod leave;
mod mapping;
mod pieces;
mod printed;
mod read_back;
mod repeat;
mod rules;
mod sums;

pub use apply::{Plan, plan};
pub use form_file::{FilledForm, fill_form};
pub use leave::LeaveReason;
pub use mapping::{Mapping, MappingSet};
pub(crate) use read_back::facts_of_fields;
pub use read_back::{FormReading, LeftOut, facts_of_form};
