//! Answers into a form: values with appearances, an appended section of the file, flattening.

mod assign;
mod changes;
mod fill;
mod flatten;
mod problem;
mod value;

pub(crate) use changes::Changes;

pub use fill::{FillOptions, Filled};
pub use problem::FillProblem;
pub use value::FieldValue;
