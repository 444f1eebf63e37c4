//! What is drawn on a page, and which part of it is seen.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::cover::Cover;
use super::glyph::around;
use super::run::Placed;
use super::traces::place as told;
use super::{Glyph, GlyphText};
use hayro_interpret::kurbo::{Affine, Rect, Vec2};
use smartexus_domain::{Cover as Covering, CoverKind, PAGE_FACTS_MAX, Picture};

/// Below this opacity nothing is seen.
const INVISIBLE_OPACITY: f32 = 0.02;
/// A glyph is seen where the middle of its lower-case height is: so many em over the baseline.
const MIDDLE_OVER_BASELINE: f64 = 0.25;
/// More glyphs of a page without a meaning, and where they stand is of no use.
pub(super) const MOST_GAPS: usize = 2_000;
/// Clip edges are tight and rounded; a glyph may stand on one.
const CLIP_TOLERANCE_PT: f64 = 0.5;

/// Everything on a page that matters to reading it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Ink {
    /// Visible glyphs with a meaning, in the order they were drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// Glyphs that nobody sees: invisible, transparent, clipped away or outside the page. Blanks do not count.
    pub(super) hidden: u32,
    /// Those with a meaning, and the blanks among them.
    pub(super) hidden_glyphs: Vec<Glyph>,
    /// Visible glyphs without a meaning.
    pub(super) unmapped: u32,
    /// Where the first [`MOST_GAPS`] of them stand.
    pub(super) gaps: Vec<Rect>,
    /// Pictures drawn.
    pub(super) images: u32,
    /// Share of the page that they cover, added up.
    pub(super) image_share: f64,
    /// Vector shapes drawn.
    pub(super) paths: u32,
    /// The page has more glyphs than the limit; the rest was left out.
    pub(super) over_limit: bool,
}

/// What a glyph means, as far as its font says.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    pub(super) text: Option<GlyphText>,
    /// False where it is not the PDF's own word.
    pub(super) certain: bool,
}

/// How the glyphs of a run are painted.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunPaint {
    pub(super) visible: bool,
    /// Where it is not black or unknown.
    pub(super) color: Option<[u8; 3]>,
}

impl RunPaint {
    /// `opacity` is that of the paint and of the groups around it.
    pub(super) fn new(is_inked: bool, opacity: f32, rgb: Option<[u8; 3]>) -> Self {
        let color = rgb.filter(|rgb| *rgb != [0, 0, 0]);
        Self { visible: is_inked && opacity >= INVISIBLE_OPACITY, color }
    }
}

/// A page under the pen.
pub(super) struct Canvas {
    pub(super) ink: Ink,
    page: Rect,
    /// Bounding boxes, each already cut by the ones below it.
    clips: Vec<Rect>,
    /// Opacities of the groups, each already multiplied by the ones below it.
    opacities: Vec<f32>,
    glyphs_left: u32,
    /// `None` where blending leaves it open what covers what.
    cover: Option<Cover>,
    /// The first pictures that are seen.
    pictures: Vec<Picture>,
}

impl Canvas {
    pub(super) fn new(page: Rect, glyph_limit: u32) -> Self {
        Self {
            ink: Ink::default(),
            page,
            clips: Vec::new(),
            opacities: Vec::new(),
            glyphs_left: glyph_limit,
            cover: Some(Cover::default()),
            pictures: Vec::new(),
        }
    }

    /// Glyphs go into `room`, which is empty.
    pub(super) fn with_room(mut self, room: Vec<Glyph>) -> Self {
        self.ink.glyphs = room;
        self
    }

    pub(super) fn page(&self) -> Rect {
        self.page
    }

    pub(super) fn opacity(&self) -> f32 {
        self.opacities.last().copied().unwrap_or(1.0)
    }

    pub(super) fn push_group(&mut self, opacity: f32) {
        let opacity = self.opacity() * opacity;
        self.opacities.push(opacity);
    }

    pub(super) fn pop_group(&mut self) {
        self.opacities.pop();
    }

    pub(super) fn push_clip(&mut self, bounds: Rect) {
        let clip = self.clip().intersect(bounds);
        self.clips.push(clip);
    }

    pub(super) fn pop_clip(&mut self) {
        self.clips.pop();
    }

    pub(super) fn draw_path(&mut self) {
        self.ink.paths = self.ink.paths.saturating_add(1);
    }

    /// A picture of so many pixels; `transform` takes them to the page.
    pub(super) fn draw_image(&mut self, transform: Affine, (width, height): (u32, u32), has_holes: bool) {
        let pixels = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let seen = self.clip().intersect(transform.transform_rect_bbox(pixels));
        let share = seen.area() / self.page.area();
        if share > 0.0 {
            self.ink.images = self.ink.images.saturating_add(1);
            self.ink.image_share += share;
            if self.pictures.len() < PAGE_FACTS_MAX {
                self.pictures.push(Picture { bounds: told(seen), width, height, has_holes });
            }
        }
    }

    /// The pictures that are seen, in the order of drawing.
    pub(super) fn take_pictures(&mut self) -> Vec<Picture> {
        std::mem::take(&mut self.pictures)
    }

    /// Could a box, cut by the clips, cover any glyph drawn so far?
    pub(super) fn may_cover(&mut self, bounds: Rect) -> bool {
        let bounds = self.clip().intersect(bounds);
        self.cover.as_mut().is_some_and(|cover| cover.may_cover(bounds, &self.ink.glyphs))
    }

    /// Something was drawn that [`Self::may_cover`] glyphs.
    pub(super) fn cover(&mut self, kind: CoverKind, bounds: Rect) {
        let bounds = self.clip().intersect(bounds);
        if self.cover.as_mut().is_some_and(|cover| cover.add(kind, bounds).is_none()) {
            self.cover = None;
        }
    }

    /// From here on it is not known what covers what.
    pub(super) fn stop_covering(&mut self) {
        self.cover = None;
    }

    /// How many of the visible glyphs are covered.
    pub(super) fn covered(&self) -> Option<u32> {
        self.cover.as_ref().map(Cover::count)
    }

    /// What lies over them, as far as that is known.
    pub(super) fn covers(&mut self) -> Vec<Covering> {
        self.cover.take().map(Cover::into_list).unwrap_or_default()
    }

    /// Where the middle of a glyph must be to be seen; `None` where nothing is.
    pub(super) fn window(&self) -> Option<Rect> {
        let clip = self.clip();
        (clip.area() > 0.0).then(|| clip.inflate(CLIP_TOLERANCE_PT, CLIP_TOLERANCE_PT))
    }

    /// Adds a glyph that was drawn; `window` is that of the moment.
    pub(super) fn draw_glyph(
        &mut self,
        meaning: &Meaning,
        placed: &Placed,
        direction: u16,
        paint: RunPaint,
        window: Option<Rect>,
    ) {
        if self.glyphs_left == 0 {
            self.ink.over_limit = true;
            return;
        }
        self.glyphs_left = self.glyphs_left.saturating_sub(1);
        let visible = paint.visible && window.is_some_and(|window| window.contains(middle(placed)));
        let is_blank = meaning.text == Some(GlyphText::Space);
        if !visible && !is_blank {
            self.ink.hidden = self.ink.hidden.saturating_add(1);
        }
        let Some(text) = &meaning.text else {
            if visible {
                self.miss(placed);
            }
            return;
        };
        let glyphs = if visible { &mut self.ink.glyphs } else { &mut self.ink.hidden_glyphs };
        glyphs.push(Glyph {
            text: text.clone(),
            origin: (placed.origin.x, placed.origin.y),
            direction,
            advance: placed.advance,
            size: placed.size,
            color: paint.color,
            certain: meaning.certain,
        });
    }

    fn miss(&mut self, placed: &Placed) {
        self.ink.unmapped = self.ink.unmapped.saturating_add(1);
        if self.ink.gaps.len() < MOST_GAPS {
            self.ink.gaps.push(around(placed.origin, placed.along * placed.advance, placed.up * placed.size));
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }
}

fn middle(glyph: &Placed) -> hayro_interpret::kurbo::Point {
    glyph.origin + glyph.along * (glyph.advance / 2.0) + glyph.up * (glyph.size * MIDDLE_OVER_BASELINE)
}

/// Tenths of a degree, counterclockwise as seen on the page, where y points down.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..3600 by construction")]
pub(super) fn direction(along: Vec2) -> u16 {
    if along.x > 0.0 && along.y == 0.0 {
        return 0;
    }
    let degrees = (-along.y).atan2(along.x).to_degrees();
    (degrees * 10.0).round().rem_euclid(3600.0) as u16
}
