//! Statements as a scanner or a camera hands them over: our own pages as pixels, damaged by a seed, in every
//! compression that a scanner writes.
//!
//! Pixels are made by a rendering library whose last bit may differ from processor to processor, so `--check` does not
//! compare scans; their truth is that of the statement they show.

mod bitmap;
mod damage;
mod fax;
mod fax_codes;
mod medium;
mod paper;
mod photo;
mod picture;
mod tiff;

pub use bitmap::{Bitmap, pages};
pub use damage::Damage;
pub use medium::Medium;
pub use paper::{Codec, scanned_pdf};
use picture::color_jpeg;
pub use picture::{jpeg, png, webp};
pub use tiff::{TiffCodec, tiff};
