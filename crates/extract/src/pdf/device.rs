//! Listens to the interpreter and keeps what a person would see as text.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::embedded::EmbeddedFonts;
use super::run::{Placed, place};
use super::{Glyph, GlyphText};
use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{BezPath, Rect, Shape, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

/// Below this opacity nothing is seen.
const INVISIBLE_OPACITY: f32 = 0.02;
/// A glyph is seen where the middle of its lower-case height is: so many em over the baseline.
const MIDDLE_OVER_BASELINE: f64 = 0.25;
/// Clip edges are tight and rounded; a glyph may stand on one.
const CLIP_TOLERANCE_PT: f64 = 0.5;

/// Everything on a page that matters to reading it.
#[derive(Debug, Default)]
pub(super) struct Ink {
    /// Visible glyphs with a meaning, in the order they were drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// Glyphs that nobody sees: invisible, transparent, clipped away or outside the page. Blanks do not count.
    pub(super) hidden: u32,
    /// Visible glyphs without a meaning.
    pub(super) unmapped: u32,
    /// Pictures drawn.
    pub(super) images: u32,
    /// Share of the page that they cover, added up.
    pub(super) image_share: f64,
    /// Vector shapes drawn.
    pub(super) paths: u32,
    /// The page has more glyphs than the limit; the rest was left out.
    pub(super) over_limit: bool,
}

impl Ink {
    /// Glyphs that say something.
    pub(super) fn readable(&self) -> usize {
        self.glyphs.iter().filter(|glyph| glyph.text != GlyphText::Space).count()
    }
}

/// The device of one page.
pub(super) struct TextDevice {
    pub(super) ink: Ink,
    page: Rect,
    /// Bounding boxes, each already cut by the ones below it.
    clips: Vec<Rect>,
    /// Opacities of the groups, each already multiplied by the ones below it.
    opacities: Vec<f32>,
    fonts: EmbeddedFonts,
    glyphs_left: u32,
    /// Scratch of `draw_glyph_run`.
    placed: Vec<Option<Placed>>,
}

impl TextDevice {
    pub(super) fn new(page: Rect, glyph_limit: u32) -> Self {
        Self {
            ink: Ink::default(),
            page,
            clips: Vec::new(),
            opacities: Vec::new(),
            fonts: EmbeddedFonts::default(),
            glyphs_left: glyph_limit,
            placed: Vec::new(),
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    fn opacity(&self) -> f32 {
        self.opacities.last().copied().unwrap_or(1.0)
    }

    fn push_clip(&mut self, bounds: Rect) {
        let clip = self.clip().intersect(bounds);
        self.clips.push(clip);
    }

    fn is_within_clip(&self, glyph: &Placed) -> bool {
        let clip = self.clip();
        let middle = glyph.origin
            + glyph.along * (glyph.advance / 2.0)
            + glyph.up * (glyph.size * MIDDLE_OVER_BASELINE);
        clip.area() > 0.0 && clip.inflate(CLIP_TOLERANCE_PT, CLIP_TOLERANCE_PT).contains(middle)
    }

    fn add(&mut self, glyph: &FontGlyph<'_>, placed: &Placed, paint: &RunPaint) {
        if self.glyphs_left == 0 {
            self.ink.over_limit = true;
            return;
        }
        self.glyphs_left = self.glyphs_left.saturating_sub(1);
        let visible = paint.visible && self.is_within_clip(placed);
        match self.meaning(glyph) {
            Some((GlyphText::Space, _)) if !visible => {}
            _ if !visible => self.ink.hidden = self.ink.hidden.saturating_add(1),
            None => self.ink.unmapped = self.ink.unmapped.saturating_add(1),
            Some((text, certain)) => self.ink.glyphs.push(Glyph {
                text,
                origin: (placed.origin.x, placed.origin.y),
                direction: direction(placed.along),
                advance: placed.advance,
                size: placed.size,
                color: paint.color,
                certain,
            }),
        }
    }

    /// The PDF's own word first, then the embedded font's; a glyph without ink is a space.
    fn meaning(&mut self, glyph: &FontGlyph<'_>) -> Option<(GlyphText, bool)> {
        if let Some(text) = glyph.as_unicode().and_then(GlyphText::from_font) {
            return Some((text, true));
        }
        let FontGlyph::Outline(outline) = glyph else { return None };
        if outline.outline().elements().is_empty() {
            return Some((GlyphText::Space, true));
        }
        let found = self.fonts.meaning(outline).and_then(GlyphText::from_char)?;
        Some((found, false))
    }
}

/// What holds for all glyphs of a run.
struct RunPaint {
    visible: bool,
    color: Option<[u8; 3]>,
}

impl RunPaint {
    fn new(paint: &Paint<'_>, mode: &DrawMode, group_opacity: f32) -> Self {
        let (opacity, color) = match paint {
            Paint::Color(color) => {
                let [r, g, b, a] = color.to_rgba().to_rgba8();
                (f32::from(a) / 255.0, Some([r, g, b]).filter(|rgb| *rgb != [0, 0, 0]))
            }
            Paint::Pattern(_) => (1.0, None),
        };
        let is_inked = match mode {
            DrawMode::Fill(_) | DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => true,
            DrawMode::Invisible => false,
        };
        Self { visible: is_inked && opacity * group_opacity >= INVISIBLE_OPACITY, color }
    }
}

impl<'a> Device<'a> for TextDevice {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let paint = RunPaint::new(&props.paint, mode, self.opacity());
        let mut placed = std::mem::take(&mut self.placed);
        let vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        place(run.glyphs(), props.transform, vertical, &mut placed);
        for (glyph, placed) in run.glyphs().iter().zip(&placed) {
            if let Some(placed) = placed {
                self.add(glyph, placed, &paint);
            }
        }
        self.placed = placed;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.ink.paths = self.ink.paths.saturating_add(1);
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let seen = self.clip().intersect(props.transform.transform_rect_bbox(pixels));
        let share = seen.area() / self.page.area();
        if share > 0.0 {
            self.ink.images = self.ink.images.saturating_add(1);
            self.ink.image_share += share;
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.push_clip(*rect);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        let opacity = self.opacity() * opacity;
        self.opacities.push(opacity);
    }

    fn pop_transparency_group(&mut self) {
        self.opacities.pop();
    }
}

/// Tenths of a degree, counterclockwise as seen on the page, where y points down.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..3600 by construction")]
fn direction(along: Vec2) -> u16 {
    let degrees = (-along.y).atan2(along.x).to_degrees();
    (degrees * 10.0).round().rem_euclid(3600.0) as u16
}
