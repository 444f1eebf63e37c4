//! The objects of a PDF: read with limits, never trusted.

mod file;
mod geometry;
mod text;

pub(crate) use file::{PdfFile, name_text};
pub(crate) use geometry::{PageView, rect_of};
pub(crate) use text::write_text;
