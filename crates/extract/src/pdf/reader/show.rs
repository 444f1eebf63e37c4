//! Strings to glyphs on the page.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::color::{Engine, Paint};
use super::lexer::{Item, Lexer};
use super::page::Reader;
use super::state::{Mode, TextState};
use crate::pdf::canvas::{RunPaint, direction};
use crate::pdf::run::{Placed, settle};
use hayro_interpret::kurbo::{Affine, Point};

/// Fonts measure in thousandths of an em.
const UNITS_PER_EM: f32 = 1000.0;

/// The glyphs of one show operator, before they are placed.
#[derive(Default)]
pub(super) struct Run {
    /// Each sign with the place of the text matrix.
    signs: Vec<(u32, Point)>,
    /// None of them needs a second look.
    is_plain: bool,
    placed: Vec<Option<Placed>>,
    /// What the glyphs of the last plain run had in common, and under which geometry.
    mold: Option<([f64; 10], Mold)>,
}

/// What the glyphs of a plain run have in common.
#[derive(Debug, Clone, Copy)]
struct Mold {
    placed: Placed,
    direction: u16,
}

impl Run {
    fn clear(&mut self) {
        self.signs.clear();
        self.is_plain = true;
    }
}

impl TextState {
    /// Horizontal scaling as a factor.
    fn factor(&self) -> f32 {
        self.scaling / 100.0
    }

    /// From the font's unit to the text's.
    fn unit(&self) -> Affine {
        let (size, factor) = (f64::from(self.size), f64::from(self.factor()));
        Affine::new([size * factor, 0.0, 0.0, size, 0.0, f64::from(self.rise)])
    }

    fn advance(&mut self, distance: f32, is_vertical: bool) {
        let distance = f64::from(distance);
        self.matrix *= Affine::translate(if is_vertical { (0.0, distance) } else { (distance, 0.0) });
    }
}

impl Reader<'_, '_> {
    /// `Tj`.
    pub(super) fn show(&mut self, bytes: &[u8]) {
        self.choose_font();
        self.run.clear();
        self.append(bytes);
        self.draw_run();
    }

    /// `TJ`.
    pub(super) fn show_items(&mut self, lexer: &Lexer<'_>) {
        self.choose_font();
        self.run.clear();
        for item in lexer.items() {
            match item {
                Item::Number(number) => self.adjust(*number),
                Item::Text(text) => self.append(lexer.bytes_of(text)),
            }
        }
        self.draw_run();
    }

    /// Viewers take Helvetica where no font was set.
    fn choose_font(&mut self) {
        if self.states.now.text.font.is_none() {
            self.states.now.text.font = self.fonts.substitute();
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the engine measures so")]
    fn adjust(&mut self, thousandths: f64) {
        let is_vertical = self.is_vertical();
        let text = &mut self.states.now.text;
        let factor = if is_vertical { 1.0 } else { text.factor() };
        let distance = -(thousandths as f32) / UNITS_PER_EM * text.size * factor;
        text.advance(distance, is_vertical);
    }

    fn is_vertical(&self) -> bool {
        let font = self.states.now.text.font;
        font.and_then(|font| self.fonts.table(font)).is_some_and(|table| table.is_vertical)
    }

    fn append(&mut self, bytes: &[u8]) {
        let text = &mut self.states.now.text;
        let Some(font) = text.font else { return };
        let is_drawn = self.layers.is_seen() && (!font.is_substitute || bytes.is_ascii());
        let Some(mut stepper) = self.fonts.stepper(font) else { return };
        let is_vertical = stepper.table.is_vertical;
        let factor = if is_vertical { 1.0 } else { text.factor() };
        let [a, b, c, d, mut x, mut y] = text.matrix.as_coeffs();
        // Both lie in the direction of writing.
        let (to_x, to_y) = if is_vertical { (c, d) } else { (a, b) };
        let mut rest = bytes;
        while !rest.is_empty() {
            let (index, length) = stepper.step(rest);
            rest = rest.get(length..).unwrap_or_default();
            let Some(sign) = stepper.table.sign(index) else { continue };
            if is_drawn {
                self.run.signs.push((index, Point::new(x, y)));
                self.run.is_plain &= sign.is_plain;
            }
            let word_space = if sign.is_word_space { text.word_space } else { 0.0 };
            let advance = sign.advance / UNITS_PER_EM * text.size + text.char_space + word_space;
            let distance = f64::from(advance * factor);
            x += to_x * distance;
            y += to_y * distance;
        }
        text.matrix = Affine::new([a, b, c, d, x, y]);
    }

    fn draw_run(&mut self) {
        if self.run.signs.is_empty() {
            return;
        }
        let state = self.states.now;
        if let Some(font) = state.text.font {
            self.traces.font(font, self.canvas.ink.glyphs.len());
        }
        match state.text.mode {
            Mode::Fill => self.draw_with(&state.fill, true),
            Mode::Stroke => self.draw_with(&state.stroke, true),
            Mode::FillAndStroke => {
                self.draw_with(&state.fill, true);
                self.draw_with(&state.stroke, true);
            }
            Mode::Invisible => self.draw_with(&state.fill, false),
        }
    }

    fn draw_with(&mut self, paint: &Paint, is_inked: bool) {
        let engine = Engine { xref: self.xref, cache: self.cache };
        let opacity = self.canvas.opacity();
        let mut paint = self.colors.run_paint(paint, opacity, &engine, &self.resources);
        paint.visible &= is_inked;
        match self.mold() {
            Some(mold) if self.run.is_plain && mold.placed.is_even() => self.draw_plain(&mold, paint),
            _ => self.draw_settled(paint),
        }
    }

    /// `None` where the glyphs have no finite size.
    fn mold(&mut self) -> Option<Mold> {
        let (ctm, text) = (self.states.now.ctm, &self.states.now.text);
        let ([a, b, c, d, ..], [e, f, g, h, ..]) = (ctm.as_coeffs(), text.matrix.as_coeffs());
        let geometry = [a, b, c, d, e, f, g, h, f64::from(text.size), f64::from(text.scaling)];
        if let Some((known, mold)) = &self.run.mold
            && *known == geometry
        {
            return Some(*mold);
        }
        let matrix =
            Affine::new([e, f, g, h, 0.0, 0.0]) * text.unit() * Affine::scale(1.0 / f64::from(UNITS_PER_EM));
        let placed = Placed::new(Affine::new([a, b, c, d, 0.0, 0.0]) * matrix, UNITS_PER_EM, false, false)?;
        let mold = Mold { placed, direction: direction(placed.along) };
        self.run.mold = Some((geometry, mold));
        Some(mold)
    }

    /// All glyphs stand in one line, are as wide as they are high, and differ in width only.
    fn draw_plain(&mut self, mold: &Mold, paint: RunPaint) {
        let window = self.canvas.window();
        let text = &self.states.now.text;
        let (ctm, [.., to_x, to_y, _, _], rise) =
            (self.states.now.ctm, text.matrix.as_coeffs(), f64::from(text.rise));
        let Some(table) = text.font.and_then(|font| self.fonts.table(font)) else { return };
        for (sign, place) in &self.run.signs {
            let Some(sign) = table.sign(*sign) else { continue };
            let origin = ctm * Point::new(to_x * rise + place.x, to_y * rise + place.y);
            let placed = mold.placed.moved(origin, sign.width);
            if origin.is_finite() && placed.advance.is_finite() {
                self.canvas.draw_glyph(&sign.meaning, &placed, mold.direction, paint, window);
            }
        }
    }

    fn draw_settled(&mut self, paint: RunPaint) {
        let window = self.canvas.window();
        let mut placed = std::mem::take(&mut self.run.placed);
        let signs = std::mem::take(&mut self.run.signs);
        placed.clear();
        placed.extend(signs.iter().map(|(sign, place)| self.place(*sign, *place)));
        settle(&mut placed);
        let font = self.states.now.text.font;
        if let Some(table) = font.and_then(|font| self.fonts.table(font)) {
            for ((sign, _), placed) in signs.iter().zip(&placed) {
                if let (Some(sign), Some(placed)) = (table.sign(*sign), placed) {
                    let direction = direction(placed.along);
                    self.canvas.draw_glyph(&sign.meaning, placed, direction, paint, window);
                }
            }
        }
        (self.run.placed, self.run.signs) = (placed, signs);
    }

    /// One glyph on the page, for itself.
    fn place(&self, sign: u32, place: Point) -> Option<Placed> {
        let (ctm, text) = (self.states.now.ctm, &self.states.now.text);
        let [a, b, c, d, ..] = text.matrix.as_coeffs();
        let table = self.fonts.table(text.font?)?;
        let sign = table.sign(sign)?;
        let matrix = Affine::new([a, b, c, d, place.x, place.y])
            * text.unit()
            * Affine::scale(1.0 / f64::from(UNITS_PER_EM))
            * Affine::translate(sign.displacement)
            * Affine::scale_non_uniform(sign.stretch, 1.0);
        Placed::new(ctm * matrix, sign.width, sign.is_type3, table.is_vertical)
    }
}
