//! The PDF text layer.

mod damage;
mod device;
mod document;
mod embedded;
mod facts;
mod glyph;
mod owner;
mod page;
mod reach;
mod run;

pub(crate) use document::{extract_pdf, survey_pdf};
pub(crate) use glyph::{Glyph, GlyphText};
