//! The PDF text layer.

mod alignment;
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
mod pages;
mod reach;
mod reader;
mod revision;
mod run;
mod tagged;
mod traces;

pub(crate) use document::{each_page, extract_pdf, survey_pdf};
pub(crate) use glyph::{Glyph, GlyphText};

#[cfg(test)]
mod agreement;
