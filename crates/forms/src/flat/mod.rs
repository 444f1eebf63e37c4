//! Forms without fields: blanks on which the places to write are found, and copies of a known form whose answers became
//! part of the page.

mod add;
mod copy;
mod detect;
mod marks;
mod register;
mod strokes;

pub(crate) use add::with_fields;
pub use copy::{facts_of_flat_copy, likeness_percent};
pub use marks::{PagePicture, Pictures};
