//! Which fact answers which field: mapping files and how they are applied.

mod answered;
mod apply;
mod check;
mod condition;
mod file;
mod form_file;
mod format;
mod leave;
mod mapping;
mod repeat;
mod rules;
mod sums;

pub use apply::{Plan, plan};
pub use form_file::{FilledForm, fill_form};
pub use leave::LeaveReason;
pub use mapping::{Mapping, MappingSet};
