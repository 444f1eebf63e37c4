//! Pages for eyes: what a person is shown beside what was read.

use crate::pdf::each_page;
use crate::raster::render_page;
use crate::{ExtractError, ExtractOptions, sniff};
use smartexus_domain::MediaType;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A page as grays, row by row from the top, without padding: 0 is ink, 255 is paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedPage {
    /// 1-based.
    pub page: u32,
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Width times height of them.
    pub pixels: Vec<u8>,
}

/// Draws the pages of a PDF, or those of the range that was asked for, `dpi` pixels an inch, or as many as the limit of
/// pixels allows. A page that cannot be drawn is left out. As unsafe with hostile bytes as [`crate::extract()`].
///
/// # Errors
/// [`ExtractError::UnsupportedMedia`] for anything but a PDF; else as [`crate::survey()`].
pub fn render(
    bytes: &[u8],
    options: &ExtractOptions,
    dpi: u32,
    mut each: impl FnMut(RenderedPage),
) -> Result<(), ExtractError> {
    if sniff(bytes) != MediaType::Pdf {
        return Err(ExtractError::UnsupportedMedia);
    }
    let limit = u64::from(options.limits.pixels_per_page);
    each_page(bytes, options, |number, page, cache| {
        let drawn = catch_unwind(AssertUnwindSafe(|| render_page(page, cache, f64::from(dpi), limit)));
        let is_whole = drawn.is_ok();
        if let Ok(Ok(picture)) = drawn {
            let (width, height) = (picture.gray.width(), picture.gray.height());
            each(RenderedPage { page: number, width, height, pixels: picture.gray.into_pixels() });
        }
        is_whole
    })
}
