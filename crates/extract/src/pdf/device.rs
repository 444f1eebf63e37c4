//! Listens to the engine and keeps what a person would see as text: the way for pages that the reader leaves.

#![expect(clippy::float_arithmetic, reason = "opacities")]

use super::GlyphText;
use super::canvas::{Canvas, Meaning, RunPaint, direction};
use super::embedded::EmbeddedFonts;
use super::run::{Placed, place};
use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{BezPath, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

/// The device of one page.
pub(super) struct TextDevice {
    pub(super) canvas: Canvas,
    fonts: EmbeddedFonts,
    /// Scratch of `draw_glyph_run`.
    placed: Vec<Option<Placed>>,
}

impl TextDevice {
    pub(super) fn new(page: Rect, glyph_limit: u32) -> Self {
        Self { canvas: Canvas::new(page, glyph_limit), fonts: EmbeddedFonts::default(), placed: Vec::new() }
    }

    /// The PDF's own word first.
    fn meaning(&mut self, glyph: &FontGlyph<'_>) -> Meaning {
        if let Some(text) = glyph.as_unicode().and_then(GlyphText::from_font) {
            return Meaning { text: Some(text), certain: true };
        }
        match glyph {
            FontGlyph::Outline(outline) => self.fonts.meaning_of_outline(Some(outline)),
            FontGlyph::Type3(_) => self.fonts.meaning_of_outline(None),
        }
    }
}

fn paint_of(paint: &Paint<'_>, mode: &DrawMode, group_opacity: f32) -> RunPaint {
    let (opacity, rgb) = match paint {
        Paint::Color(color) => {
            let [r, g, b, a] = color.to_rgba().to_rgba8();
            (f32::from(a) / 255.0, Some([r, g, b]))
        }
        Paint::Pattern(_) => (1.0, None),
    };
    let is_inked = match mode {
        DrawMode::Fill(_) | DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => true,
        DrawMode::Invisible => false,
    };
    RunPaint::new(is_inked, opacity * group_opacity, rgb)
}

impl<'a> Device<'a> for TextDevice {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let paint = paint_of(&props.paint, mode, self.canvas.opacity());
        let window = self.canvas.window();
        let mut placed = std::mem::take(&mut self.placed);
        let vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        place(run.glyphs(), props.transform, vertical, &mut placed);
        for (glyph, placed) in run.glyphs().iter().zip(&placed) {
            if let Some(placed) = placed {
                let meaning = self.meaning(glyph);
                self.canvas.draw_glyph(&meaning, placed, direction(placed.along), paint, window);
            }
        }
        self.placed = placed;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.canvas.draw_path();
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // The engine does not say whether a picture has a mask.
        self.canvas.draw_image(props.transform, (image.width(), image.height()), true);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.canvas.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.canvas.push_clip(*rect);
    }

    fn pop_clip(&mut self) {
        self.canvas.pop_clip();
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.canvas.push_group(opacity);
    }

    fn pop_transparency_group(&mut self) {
        self.canvas.pop_group();
    }
}
