//! Picture files: each picture a page.

mod decode;
mod document;
mod fax;
mod palette;
mod tiff;

pub(crate) use document::{extract_image, survey_image};
