//! A PDF page as pixels, fine enough to read and small enough to hold.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::photo::{FoundPage, page_of_photo};
use super::scan::{ScanDevice, luma};
use super::{Gray, shrink};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::page::Page;

/// Finer pictures are made coarser down to this many pixels per inch: more only costs time.
pub(crate) const FINEST_DPI: f64 = 300.0;
/// Letters that are drawn and not scanned, and pages of several coarse pictures, are rendered at this.
const DRAWN_DPI: f64 = 300.0;
const COARSE_DPI: f64 = 150.0;
/// Nothing can be read below this.
const LEAST_DPI: f64 = 70.0;

/// A page, or the part of it that has been scanned, as pixels.
pub(crate) struct Picture {
    pub(crate) gray: Gray,
    /// Where it lies on the page, in points: left, top, right, bottom.
    pub(crate) place: [f64; 4],
}

impl Picture {
    /// Pixels per inch.
    pub(crate) fn dpi(&self) -> f64 {
        let [left, _, right, _] = self.place;
        let inches = (right - left).max(f64::MIN_POSITIVE) / 72.0;
        pixels(self.gray.width()) / inches
    }
}

#[expect(clippy::cast_precision_loss, reason = "sides of pictures are small numbers")]
fn pixels(side: usize) -> f64 {
    side as f64
}

/// Why there are no pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RasterError {
    /// More pixels than the limit, or so large a page that within it nothing could be read.
    TooManyPixels,
    /// The page has no size.
    NoSize,
}

/// The scan itself where the page is one, else a rendering at the resolution of its finest picture.
pub(crate) fn rasterize(page: &Page<'_>, pixel_limit: u64) -> Result<Picture, RasterError> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    if !(bounds.area().is_finite() && bounds.area() > 0.0) {
        return Err(RasterError::NoSize);
    }
    let scan = look(page, bounds, pixel_limit);
    if scan.too_large {
        return Err(RasterError::TooManyPixels);
    }
    let dpi = scan.dpi.map_or(DRAWN_DPI, |dpi| dpi.clamp(COARSE_DPI, FINEST_DPI));
    match scan.into_whole() {
        Some((gray, place)) => Ok(coarser(straightened(gray, place))),
        None => drawn(page, &RenderCache::new(), bounds, dpi, pixel_limit),
    }
}

/// The picture of a page; of a photo of a page only what shows the page.
fn straightened(gray: Gray, place: Rect) -> Picture {
    match page_of_photo(&gray) {
        None => Picture { gray, place: [place.x0, place.y0, place.x1, place.y1] },
        Some(FoundPage { gray, place: [left, top, right, bottom] }) => {
            let (across, down) = (|x| place.x0 + x * place.width(), |y| place.y0 + y * place.height());
            Picture { gray, place: [across(left), down(top), across(right), down(bottom)] }
        }
    }
}

/// A page as it is seen.
pub(crate) fn render_page<'p>(
    page: &'p Page<'p>,
    cache: &RenderCache<'p>,
    dpi: f64,
    pixel_limit: u64,
) -> Result<Picture, RasterError> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    if bounds.area().is_finite() && bounds.area() > 0.0 {
        drawn(page, cache, bounds, dpi, pixel_limit)
    } else {
        Err(RasterError::NoSize)
    }
}

fn look<'a>(page: &Page<'a>, bounds: Rect, pixel_limit: u64) -> ScanDevice {
    let cache = InterpreterCache::new();
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, &cache, page.xref(), InterpreterSettings::default());
    let mut device = ScanDevice::new(bounds, pixel_limit);
    interpret_page(page, &mut context, &mut device);
    device
}

/// No finer than is of use.
pub(crate) fn coarser(picture: Picture) -> Picture {
    let by = (picture.dpi() / FINEST_DPI).floor().clamp(1.0, 64.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 64")]
    let by = by as u32;
    Picture { gray: shrink(&picture.gray, by), place: picture.place }
}

fn drawn<'p>(
    page: &'p Page<'p>,
    cache: &RenderCache<'p>,
    bounds: Rect,
    dpi: f64,
    pixel_limit: u64,
) -> Result<Picture, RasterError> {
    let inches = (bounds.width() / 72.0, bounds.height() / 72.0);
    #[expect(clippy::cast_precision_loss, reason = "limits are far below")]
    let fitting_dpi = (pixel_limit as f64 / (inches.0 * inches.1)).sqrt();
    let side_dpi = f64::from(u16::MAX - 1) / inches.0.max(inches.1);
    let dpi = dpi.min(fitting_dpi).min(side_dpi);
    if dpi < LEAST_DPI {
        return Err(RasterError::TooManyPixels);
    }
    #[expect(clippy::cast_possible_truncation, reason = "a scale")]
    let scale = (dpi / 72.0) as f32;
    let output = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let (interpreter, settings) = (InterpreterSettings::default(), RenderSettings::default());
    let pixmap = render(page, cache, &interpreter, &settings, &output);
    let (width, height) = (usize::from(pixmap.width()), usize::from(pixmap.height()));
    let gray = pixmap.data_as_u8_slice().chunks_exact(4).map(|rgba| luma(rgba.get(..3).unwrap_or_default()));
    let gray = Gray::new(width, height, gray.collect()).ok_or(RasterError::NoSize)?;
    let place = [0.0, 0.0, pixels(width) * 72.0 / dpi, pixels(height) * 72.0 / dpi];
    Ok(Picture { gray, place })
}
