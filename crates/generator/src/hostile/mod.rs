//! Files that do harm or are not what they say: one folder a class, named by the harm.

mod archive;
mod bank_files;
mod cuts;
mod disguises;
mod draft;
mod markup;
mod packed;
mod pdf_actions;
mod pdf_bombs;
mod pdf_figures;
mod pdf_fonts;
mod pdf_locked;
mod pdf_loops;
mod pdf_nesting;
mod pdf_pictures;
mod pictures;
mod plain;
mod png;
mod shelf;
mod tables;
mod texts;
mod tiff;
mod workbooks;

use crate::case::Files;
pub(crate) use archive::{Entry, zip};
use shelf::Shelf;

/// A file above this size is made where it is needed, and not kept.
const KEPT_BYTES_MAX: usize = 8 * 1024;

/// Every hostile file that is small enough to be kept.
pub(crate) fn kept() -> Files {
    let mut files = all();
    files.retain(|name, bytes| bytes.len() <= KEPT_BYTES_MAX || name.matches('/').count() == 1);
    files
}

/// Every hostile file, also those of some megabytes.
pub(crate) fn all() -> Files {
    let mut files = Files::new();
    plain::make(&mut files);
    let mut shelf = Shelf::new(files);
    for classes in [
        pdf_nesting::make,
        pdf_bombs::make,
        pdf_loops::make,
        pdf_figures::make,
        pdf_fonts::make,
        pdf_pictures::make,
        pdf_locked::make,
        pdf_actions::make,
        pictures::make,
        tiff::make,
        workbooks::make,
        markup::make,
        texts::make,
        tables::make,
        bank_files::make,
        disguises::make,
        cuts::make,
    ] {
        classes(&mut shelf);
    }
    shelf.into_files()
}
