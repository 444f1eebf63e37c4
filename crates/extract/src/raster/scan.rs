//! Looks at what a page is made of: is it one picture, which can be taken as it is, and how fine are its pictures?

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::Gray;
use super::gray::Turn;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, LumaData, Paint,
    RgbData, SoftMask,
};

/// A picture that covers less of the page is a logo; how fine it is says nothing about the page.
const SCAN_SHARE: f64 = 0.05;
/// A picture that covers this much of the page, alone, is the page.
const WHOLE_SHARE: f64 = 0.6;
/// So far a picture may hang over the edge of its page, in points, and still be taken whole.
const OVERHANG_PT: f64 = 2.0;
/// How far from a right angle, in pixels at the far end, a picture may lie.
const SHEAR_PT: f64 = 0.01;

/// What a page is made of.
pub(super) struct ScanDevice {
    page: Rect,
    /// Largest picture that may be decoded.
    pixel_limit: u64,
    /// A picture has more pixels than that.
    pub(super) too_large: bool,
    /// Pixels per inch of the finest picture that is not small.
    pub(super) dpi: Option<f64>,
    /// The one picture and its place on the page, while nothing else was drawn.
    whole: Option<(Gray, Rect)>,
    /// More was drawn than one picture.
    composed: bool,
    clips: Vec<Rect>,
    groups: Vec<bool>,
}

impl ScanDevice {
    pub(super) fn new(page: Rect, pixel_limit: u64) -> Self {
        Self {
            page,
            pixel_limit,
            too_large: false,
            dpi: None,
            whole: None,
            composed: false,
            clips: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// The picture that is the page, where there is nothing else on it.
    pub(super) fn into_whole(self) -> Option<(Gray, Rect)> {
        self.whole.filter(|_| !self.composed)
    }

    fn compose(&mut self) {
        self.composed = true;
        self.whole = None;
    }

    fn is_seen_whole(&self, place: Rect) -> bool {
        let near = |outer: Rect| outer.inflate(OVERHANG_PT, OVERHANG_PT).contains_rect(place);
        near(self.page) && self.clips.iter().all(|clip| near(*clip)) && self.groups.iter().all(|plain| *plain)
    }
}

impl<'a> Device<'a> for ScanDevice {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, mode: &DrawMode) {
        let is_inked = !matches!(mode, DrawMode::Invisible);
        if is_inked && !run.glyphs().is_empty() {
            self.compose();
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.compose();
    }

    fn draw_rect(&mut self, _: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        // Scanning programs paint the page white before they put the picture on it.
        let is_paper = self.whole.is_none() && matches!(mode, DrawMode::Fill(_)) && is_white(&props.paint);
        if !is_paper {
            self.compose();
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (image.width(), image.height());
        if u64::from(width).saturating_mul(u64::from(height)) > self.pixel_limit {
            self.too_large = true;
            return self.compose();
        }
        let pixels = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let place = props.transform.transform_rect_bbox(pixels);
        let share = place.intersect(self.page).area() / self.page.area();
        if share < SCAN_SHARE {
            return self.compose();
        }
        let [a, b, c, d, ..] = props.transform.as_coeffs();
        let pixel_pt = a.hypot(b).max(c.hypot(d));
        if pixel_pt > 0.0 {
            let dpi = 72.0 / pixel_pt;
            self.dpi = Some(self.dpi.map_or(dpi, |finest| finest.max(dpi)));
        }
        let alone = self.whole.is_none() && !self.composed && props.soft_mask.is_none();
        let decoded = (alone && share >= WHOLE_SHARE && self.is_seen_whole(place))
            .then(|| decode(&image))
            .flatten()
            .and_then(|picture| upright(picture, props.transform));
        match decoded {
            Some(picture) => self.whole = Some((picture, place)),
            None => self.compose(),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        use hayro_interpret::kurbo::Shape;
        self.clips.push(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.clips.push(*rect);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        let blends_plainly = matches!(blend, BlendMode::Normal | BlendMode::Multiply | BlendMode::Darken);
        self.groups.push(opacity >= 1.0 && mask.is_none() && blends_plainly);
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }
}

fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, a] = color.to_rgba().to_rgba8();
            r.min(g).min(b) >= 250 || a == 0
        }
        Paint::Pattern(_) => false,
    }
}

/// The pixels as they are in the file, turned gray. `None` for what only a renderer puts together.
fn decode(image: &Image<'_, '_>) -> Option<Gray> {
    let mut picture = None;
    match image {
        Image::Raster(raster) => raster.with_rgba(
            |data, alpha| {
                if alpha.is_none() {
                    picture = match data {
                        ImageData::Rgb(rgb) => of_rgb(&rgb),
                        ImageData::Luma(luma) => of_luma(luma),
                    };
                }
            },
            None,
        ),
        Image::Stencil(stencil) => stencil.with_stencil(
            |luma, paint| {
                if is_black(paint) {
                    picture = of_luma(luma).map(|mut picture| {
                        picture.pixels_mut().iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
                        picture
                    });
                }
            },
            None,
        ),
    }
    picture
}

fn is_black(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, a] = color.to_rgba().to_rgba8();
            r.max(g).max(b) <= 40 && a == 255
        }
        Paint::Pattern(_) => false,
    }
}

fn of_luma(luma: LumaData) -> Option<Gray> {
    if luma.scale_factors != (1.0, 1.0) {
        return None;
    }
    Gray::new(luma.width as usize, luma.height as usize, luma.data)
}

fn of_rgb(rgb: &RgbData) -> Option<Gray> {
    if rgb.scale_factors != (1.0, 1.0) {
        return None;
    }
    let pixels = rgb.data.chunks_exact(3).map(luma).collect();
    Gray::new(rgb.width as usize, rgb.height as usize, pixels)
}

/// Weights of ITU-R BT.601 in 256ths.
pub(crate) fn luma(rgb: &[u8]) -> u8 {
    let [r, g, b] = rgb else { return 255 };
    let weighted = 77 * u32::from(*r) + 150 * u32::from(*g) + 29 * u32::from(*b);
    u8::try_from(weighted >> 8).unwrap_or(255)
}

/// The picture as it lies on the page, where it lies at right angles.
fn upright(picture: Gray, transform: Affine) -> Option<Gray> {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let (width, height) = (f64_of(picture.width()), f64_of(picture.height()));
    let is_straight = (b * width).abs() < SHEAR_PT && (c * height).abs() < SHEAR_PT;
    let is_crossed = (a * width).abs() < SHEAR_PT && (d * height).abs() < SHEAR_PT;
    if is_straight {
        Some(match (a > 0.0, d > 0.0) {
            (true, true) => picture,
            (false, false) => picture.turned(Turn::Half),
            (false, true) => picture.mirrored(),
            (true, false) => picture.flipped(),
        })
    } else if is_crossed {
        // Columns become rows; then what points to the wrong side is turned over.
        let crossed = picture.transposed();
        Some(match (c > 0.0, b > 0.0) {
            (true, true) => crossed,
            (false, false) => crossed.turned(Turn::Half),
            (false, true) => crossed.mirrored(),
            (true, false) => crossed.flipped(),
        })
    } else {
        None
    }
}

#[expect(clippy::cast_precision_loss, reason = "sides of pictures are small numbers")]
fn f64_of(side: usize) -> f64 {
    side as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_taken_as_it_lies() {
        let picture = || Gray::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let check = |matrix: [f64; 4], expected: Option<[u8; 6]>| {
            let [a, b, c, d] = matrix;
            let found = upright(picture(), Affine::new([a, b, c, d, 0.0, 0.0]));
            assert_eq!(found.map(|g| g.pixels().to_vec()), expected.map(|e| e.to_vec()), "{matrix:?}");
        };
        check([2.0, 0.0, 0.0, 2.0], Some([1, 2, 3, 4, 5, 6]));
        check([-2.0, 0.0, 0.0, -2.0], Some([6, 5, 4, 3, 2, 1]));
        check([2.0, 0.0, 0.0, -2.0], Some([4, 5, 6, 1, 2, 3]));
        // x of the picture runs down the page, y of it runs to the left: a quarter turn to the right.
        check([0.0, 2.0, -2.0, 0.0], Some([4, 1, 5, 2, 6, 3]));
        check([0.0, -2.0, 2.0, 0.0], Some([3, 6, 2, 5, 1, 4]));
        check([2.0, 0.1, 0.0, 2.0], None);
    }
}
