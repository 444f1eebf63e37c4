//! The PDF text layer.

mod damage;
mod device;
mod document;
mod embedded;
mod facts;
mod glyph;
mod owner;
mod page;
mod run;

pub(crate) use document::extract_pdf;
pub(crate) use glyph::{Glyph, GlyphText};
