//! The PDF text layer.

mod canvas;
mod cover;
mod damage;
mod device;
mod document;
mod embedded;
mod facts;
mod fields;
mod glyph;
mod judgement;
mod owner;
mod page;
mod reach;
mod reader;
mod run;

pub(crate) use document::{extract_pdf, survey_pdf};
pub(crate) use glyph::{Glyph, GlyphText};

#[cfg(test)]
mod agreement;
