//! The PDF text layer.

mod alignment;
mod annotations;
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
mod overlay;
mod owner;
mod page;
mod pages;
mod reach;
mod reader;
mod revision;
mod run;
mod scanned;
mod second_look;
mod signed;
mod tagged;
mod traces;
mod xmp;

pub(crate) use document::{each_page, extract_pdf, survey_pdf};
pub(crate) use glyph::{Glyph, GlyphText};
pub(crate) use page::rotation_of;
pub(crate) use scanned::regions;

/// For the exam: how many operators a content stream has, until its end or until something unusual.
#[cfg(feature = "exam")]
pub(crate) fn operators(content: &[u8]) -> usize {
    reader::operators(content)
}

#[cfg(test)]
mod agreement;
