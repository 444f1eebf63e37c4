#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod decode;
mod decode_error;
mod fault;
mod node;
mod render;
mod source;
mod spanned;
mod suggest;
mod yaml;

pub use fault::{Fault, ManifestErrors, Span};
pub use source::{SIZE_BYTES_MAX, Source, read};
pub use spanned::Spanned;
pub use suggest::closest;
