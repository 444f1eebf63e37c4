//! A blank's fields, as they stand in the file.

mod field;
mod heading;
mod label;
mod options;
mod script;
mod walk;

pub(crate) use field::{Field, Widget};
pub(crate) use label::find_labels;
pub(crate) use walk::{pages_of, walk};
