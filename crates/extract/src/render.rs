//! Pages for eyes: what a person is shown beside what was read.

use crate::extract::is_picture;
use crate::image::draw_image;
use crate::pdf::{each_page, rotation_of};
use crate::raster::{Gray, Turn, evened, leveled, page_of_photo, render_page};
use crate::{ExtractError, ExtractOptions, sniff};
use smartexus_domain::{MediaType, Page, PageMethod};
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
    /// Degrees clockwise by which the file itself has it turned, as in [`Page::rotation`].
    pub rotation: u16,
}

impl RenderedPage {
    fn new(page: u32, gray: Gray, rotation: u16) -> Self {
        let (width, height) = (gray.width(), gray.height());
        Self { page, width, height, pixels: gray.into_pixels(), rotation }
    }

    /// The picture in which the words of `read` stand where their boxes say: paper in a photo was straightened, shadows were
    /// evened out, and a page that was recognized was turned upright and made level before.
    #[must_use]
    pub fn as_read(self, read: &Page) -> Self {
        if read.method != PageMethod::Ocr {
            return self;
        }
        let turn = Turn::of_degrees((read.rotation + 360 - self.rotation % 360) % 360);
        match Gray::new(self.width, self.height, self.pixels) {
            Some(gray) => {
                let paper = page_of_photo(&gray).map_or(gray, |found| found.gray);
                let even = evened(&paper).unwrap_or(paper);
                Self::new(self.page, leveled(even.turned(turn)), read.rotation)
            }
            None => {
                Self { page: self.page, width: 0, height: 0, pixels: Vec::new(), rotation: self.rotation }
            }
        }
    }
}

/// Draws the pages of a PDF or of a picture file, or those of the range that was asked for, `dpi` pixels an inch, or as many
/// as the limit of pixels allows; pictures have what they have, and paper in a photo is straightened as it is for reading.
/// A page that cannot be drawn is left out. As unsafe with hostile bytes as [`crate::extract()`].
///
/// # Errors
/// [`ExtractError::UnsupportedMedia`] for any other file; else as [`crate::survey()`].
pub fn render(
    bytes: &[u8],
    options: &ExtractOptions,
    dpi: u32,
    mut each: impl FnMut(RenderedPage),
) -> Result<(), ExtractError> {
    let media_type = sniff(bytes);
    if is_picture(media_type) {
        return draw_image(bytes, media_type, options, |number, gray, rotation| {
            each(RenderedPage::new(number, gray, rotation));
        });
    }
    if media_type != MediaType::Pdf {
        return Err(ExtractError::UnsupportedMedia);
    }
    let limit = u64::from(options.limits.pixels_per_page);
    each_page(bytes, options, |number, page, cache| {
        let drawn = catch_unwind(AssertUnwindSafe(|| render_page(page, cache, f64::from(dpi), limit)));
        let is_whole = drawn.is_ok();
        if let Ok(Ok(picture)) = drawn {
            each(RenderedPage::new(number, picture.gray, rotation_of(page)));
        }
        is_whole
    })
}
