//! What paints the glyphs. Plain gray and RGB are known here; whatever else a color may be, the engine is
//! asked: it is given the very operators that set the color, and a rectangle to fill.

#![expect(clippy::float_arithmetic, reason = "colors and opacities")]

use super::lexer::{Lexer, Operand, Operation};
use crate::pdf::canvas::RunPaint;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint as EnginePaint, SoftMask, interpret,
};
use hayro_syntax::content::TypedIter;
use hayro_syntax::page::Resources;
use hayro_syntax::xref::XRef;
use std::collections::HashMap;

/// From this opacity on, nothing shines through.
pub(super) const OPAQUE: f32 = 0.99;

/// What fills or strokes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    space: Space,
    color: Color,
    pub(super) alpha: f32,
}

impl Default for Paint {
    fn default() -> Self {
        Self { space: Space::Gray, color: Color::Gray(0.0), alpha: 1.0 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// Set by the recorded operators.
    Recorded(usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Color {
    Gray(f32),
    Rgb([f32; 3]),
    /// Set by the recorded operators.
    Recorded(usize),
}

/// Operators that set a color, and what they mean once somebody asks.
struct Record {
    content: Vec<u8>,
    resources: usize,
    meaning: Option<Seen>,
}

/// What an engine's paint looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seen {
    /// A color, opaque or not there at all.
    Color([u8; 3], bool),
    Pattern,
}

/// The colors of a page.
#[derive(Default)]
pub(super) struct Colors {
    records: Vec<Record>,
    /// By resources, then by operators.
    known: Vec<HashMap<Vec<u8>, usize>>,
    scratch: Vec<u8>,
}

impl Colors {
    /// `g`, `rg`, `k` and their like for strokes.
    pub(super) fn device(&mut self, paint: &mut Paint, operation: Operation<'_>, lexer: &Lexer<'_>) {
        match operation.operator {
            b"g" | b"G" => {
                let Some([gray]) = lexer.numbers() else { return };
                (paint.space, paint.color) = (Space::Gray, Color::Gray(single(gray)));
            }
            b"rg" | b"RG" => {
                let Some(rgb) = lexer.numbers::<3>() else { return };
                (paint.space, paint.color) = (Space::Rgb, Color::Rgb(rgb.map(single)));
            }
            _ => {
                if lexer.numbers::<4>().is_none() {
                    return;
                }
                // A color for filling, whichever it was.
                let source = operation.source.strip_suffix(b"K").unwrap_or(operation.source);
                let source = source.strip_suffix(b"k").unwrap_or(source);
                let record = self.record(0, &[source, b" k"]);
                (paint.space, paint.color) = (Space::Cmyk, Color::Recorded(record));
            }
        }
    }

    /// `cs` and `CS`.
    pub(super) fn space(&mut self, paint: &mut Paint, resources: usize, name: &[u8]) {
        let record = self.record(resources, &[b"/", name, b" cs"]);
        (paint.space, paint.color) = (Space::Recorded(record), Color::Recorded(record));
    }

    /// `sc`, `scn` and their like for strokes.
    pub(super) fn components(
        &mut self,
        paint: &mut Paint,
        resources: usize,
        operation: Operation<'_>,
        lexer: &Lexer<'_>,
    ) {
        let operands = lexer.operands();
        let numbers = operands.iter().filter(|operand| matches!(operand, Operand::Number(_))).count();
        let names = operands.iter().filter(|operand| matches!(operand, Operand::Name(_))).count();
        let takes_names = matches!(operation.operator, b"scn" | b"SCN");
        if numbers.saturating_add(names) < operands.len() || (names > 0 && !takes_names) {
            return;
        }
        match (paint.space, numbers, names) {
            (Space::Gray, 1, 0) => {
                let [gray] = lexer.numbers().unwrap_or_default();
                paint.color = Color::Gray(single(gray));
            }
            (Space::Rgb, 3, 0) => {
                let rgb = lexer.numbers::<3>().unwrap_or_default();
                paint.color = Color::Rgb(rgb.map(single));
            }
            (space, ..) => {
                let length = operation.source.len().saturating_sub(operation.operator.len());
                let operands = operation.source.get(..length).unwrap_or_default();
                let (before, of_space) = self.setting(space);
                // A pattern is named here and now; a space may have been named around a form.
                let resources = if names == 0 { of_space.unwrap_or(resources) } else { resources };
                let operator: &[u8] = if takes_names { b" scn" } else { b" sc" };
                let record = self.record(resources, &[&before, b" ", operands, operator]);
                paint.color = Color::Recorded(record);
            }
        }
    }

    /// The operators that set this space, and among which resources.
    fn setting(&self, space: Space) -> (Vec<u8>, Option<usize>) {
        match space {
            Space::Gray => (b"0 g".to_vec(), None),
            Space::Rgb => (b"0 0 0 rg".to_vec(), None),
            Space::Cmyk => (b"0 0 0 1 k".to_vec(), None),
            Space::Recorded(record) => {
                let record = self.records.get(record);
                (record.map(|record| record.content.clone()).unwrap_or_default(), record.map(|r| r.resources))
            }
        }
    }

    fn record(&mut self, resources: usize, parts: &[&[u8]]) -> usize {
        self.scratch.clear();
        parts.iter().for_each(|part| self.scratch.extend_from_slice(part));
        if self.known.len() <= resources {
            self.known.resize_with(resources.saturating_add(1), HashMap::new);
        }
        let known = self.known.get(resources).and_then(|known| known.get(&self.scratch));
        if let Some(index) = known {
            return *index;
        }
        let index = self.records.len();
        self.records.push(Record { content: self.scratch.clone(), resources, meaning: None });
        if let Some(known) = self.known.get_mut(resources) {
            known.insert(self.scratch.clone(), index);
        }
        index
    }

    /// How glyphs are seen that this paints.
    pub(super) fn run_paint<'p>(
        &mut self,
        paint: &Paint,
        group_opacity: f32,
        engine: &Engine<'_, 'p>,
        resources: &[Resources<'p>],
    ) -> RunPaint {
        let opacity = f32::from(to_byte(paint.alpha)) / 255.0 * group_opacity;
        match paint.color {
            Color::Gray(gray) => RunPaint::new(true, opacity, Some([to_byte(gray); 3])),
            Color::Rgb(rgb) => RunPaint::new(true, opacity, Some(rgb.map(to_byte))),
            Color::Recorded(index) => match self.meaning(index, engine, resources) {
                Some(Seen::Color(rgb, is_there)) => RunPaint::new(is_there, opacity, Some(rgb)),
                Some(Seen::Pattern) => RunPaint::new(true, group_opacity, None),
                None => RunPaint::new(false, 0.0, None),
            },
        }
    }

    /// Does this paint hide what is under it?
    pub(super) fn is_opaque<'p>(
        &mut self,
        paint: &Paint,
        group_opacity: f32,
        engine: &Engine<'_, 'p>,
        resources: &[Resources<'p>],
    ) -> bool {
        let is_solid = match paint.color {
            Color::Gray(_) | Color::Rgb(_) => true,
            Color::Recorded(index) => {
                matches!(self.meaning(index, engine, resources), Some(Seen::Color(_, true)))
            }
        };
        is_solid && paint.alpha >= OPAQUE && group_opacity >= OPAQUE
    }

    fn meaning<'p>(
        &mut self,
        index: usize,
        engine: &Engine<'_, 'p>,
        resources: &[Resources<'p>],
    ) -> Option<Seen> {
        let record = self.records.get_mut(index)?;
        if record.meaning.is_none() {
            record.meaning = engine.ask(&record.content, resources.get(record.resources)?);
        }
        record.meaning
    }
}

/// Whom to ask.
pub(super) struct Engine<'r, 'p> {
    pub(super) xref: &'p XRef,
    pub(super) cache: &'r InterpreterCache<'p>,
}

impl<'p> Engine<'_, 'p> {
    fn ask(&self, setting: &[u8], resources: &Resources<'p>) -> Option<Seen> {
        let content = [setting, b" 0 0 9 9 re f"].concat();
        let page = Rect::new(0.0, 0.0, 9.0, 9.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, page, self.cache, self.xref, settings);
        let mut probe = Probe(None);
        interpret(TypedIter::new(&content), resources, &mut context, &mut probe);
        probe.0
    }
}

/// Looks at the paint of whatever is drawn.
struct Probe(Option<Seen>);

impl Probe {
    fn look(&mut self, paint: &EnginePaint<'_>) {
        self.0 = Some(match paint {
            EnginePaint::Color(color) => {
                let [r, g, b, a] = color.to_rgba().to_rgba8();
                Seen::Color([r, g, b], a > 0)
            }
            EnginePaint::Pattern(_) => Seen::Pattern,
        });
    }
}

impl<'a> Device<'a> for Probe {
    fn draw_path(&mut self, _: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.look(&props.paint);
    }

    fn draw_rect(&mut self, _: &Rect, props: DrawProps<'a>, _: &DrawMode) {
        self.look(&props.paint);
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn pop_clip(&mut self) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}
}

#[expect(clippy::cast_possible_truncation, reason = "colors are single precision")]
fn single(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, as the engine does")]
fn to_byte(value: f32) -> u8 {
    (value * 255.0 + 0.5) as u8
}
