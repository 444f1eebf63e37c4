//! The second reader of numbers: one crop of a page, a word or a cell, to what stands in it, how sure that is, and what
//! else each glyph may be. A small net of our own, trained by `training/`, runs in this crate: on one thread, without
//! files, so that it works where system calls are denied.

mod crop;
mod decode;
mod kind;
#[cfg(test)]
mod measure;
mod net;
mod posterior;
mod reader;
#[cfg(test)]
mod tests;

pub(crate) use kind::ReadKind;
pub(crate) use reader::{NumberReader, NumberReading, ReadDigit};
