//! Words in a box: one line, several lines, or one character a cell.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::face::Face;
use super::fonts::Fonts;
use super::look::Look;
use super::paint::Paint;
use super::wrap::wrap;
use crate::pdf::PdfFile;
use crate::write::FillProblem;
use lopdf::{Dictionary, Object, ObjectId, Stream};

/// Automatic sizes of type, in points: the largest and the smallest that a person reads without a glass.
const SIZE_AUTO: f32 = 12.0;
const SIZE_MIN: f32 = 6.0;
const SIZE_STEP: f32 = 0.5;
/// From line to line, in sizes of the type.
const LEADING: f32 = 1.15;
const ASCENT: f32 = 0.8;
const DESCENT: f32 = 0.22;
const CAP_HEIGHT: f32 = 0.72;

/// How the words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextLayout {
    Line,
    Lines,
    /// One character a cell.
    Cells(u32),
}

/// The appearance of a text, or why it cannot be shown whole.
pub(crate) fn draw_text(
    file: &PdfFile,
    fonts: &mut Fonts,
    look: &Look,
    text: &str,
    layout: TextLayout,
    alignment: i64,
    add: &mut dyn FnMut(Object) -> ObjectId,
) -> Result<Stream, FillProblem> {
    let face = fonts.choose(file, look, text).ok_or(FillProblem::NoGlyph)?;
    let mut setter = Setter { fonts, face, look, alignment };
    let mut paint = Paint::default();
    look.dress(&mut paint);
    paint.line("/Tx BMC");
    if !text.is_empty() {
        paint.line("q");
        look.clip(&mut paint);
        paint.line("BT");
        paint.line(&look.color);
        match layout {
            TextLayout::Line => setter.line(&mut paint, text)?,
            TextLayout::Lines => setter.lines(&mut paint, text)?,
            TextLayout::Cells(cells) => setter.cells(&mut paint, text, cells)?,
        }
        paint.line("ET");
        paint.line("Q");
    }
    paint.line("EMC");
    let Setter { fonts, face, .. } = setter;
    let mut resources = Dictionary::new();
    if !text.is_empty() {
        let mut names = Dictionary::new();
        names.set(FONT, Object::Reference(fonts.object_of(&face, add)));
        resources.set("Font", Object::Dictionary(names));
    }
    Ok(Stream::new(look.form_dictionary(resources), paint.finish()))
}

/// The name of the font among an appearance's own resources.
const FONT: &str = "SxF";

struct Setter<'a> {
    fonts: &'a mut Fonts,
    face: Face,
    look: &'a Look,
    alignment: i64,
}

impl Setter<'_> {
    fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| f32::from(self.face.width(c, &self.fonts.fallback))).sum::<f32>() / 1000.0
    }

    fn inner_width(&self) -> f32 {
        self.look.width - 2.0 * self.look.padding()
    }

    /// Sizes to try, the wished one first.
    fn sizes(&self, largest: f32) -> impl Iterator<Item = f32> + use<> {
        let wished = self.look.font_size;
        let first = wished.unwrap_or_else(|| largest.clamp(SIZE_MIN, SIZE_AUTO));
        let floor = SIZE_MIN.min(first);
        let next = move |size: &f32| {
            let smaller = (size - SIZE_STEP).max(floor);
            (smaller < *size).then_some(smaller)
        };
        std::iter::successors(Some(first), next)
    }

    fn line(&mut self, paint: &mut Paint, text: &str) -> Result<(), FillProblem> {
        if text.contains('\n') {
            return Err(FillProblem::LineBreak);
        }
        let (inner, width) = (self.inner_width(), self.width(text));
        let tall_enough = self.look.height / (ASCENT + DESCENT);
        let size =
            self.sizes(tall_enough).find(|size| width * size <= inner).ok_or(FillProblem::DoesNotFit)?;
        paint.font(FONT, size);
        let y = (self.look.height - CAP_HEIGHT * size) / 2.0;
        paint.operator(&[self.start(width * size), y], "Td");
        paint.show(&self.face.codes(text, &mut self.fonts.fallback));
        Ok(())
    }

    fn lines(&mut self, paint: &mut Paint, text: &str) -> Result<(), FillProblem> {
        let (inner, room) = (self.inner_width(), self.look.height - 1.5 * self.look.padding());
        let fitting = self.sizes(SIZE_AUTO).find_map(|size| {
            let measure = |c| f32::from(self.face.width(c, &self.fonts.fallback)) / 1000.0 * size;
            let lines = wrap(text, inner, &measure);
            let height = size * (ASCENT + DESCENT) + LEADING * size * count(lines.len().saturating_sub(1));
            let widest = lines.iter().map(|line| self.width(line) * size).fold(0.0, f32::max);
            (height <= room && widest <= inner + 0.01).then_some((size, lines))
        });
        let (size, lines) = fitting.ok_or(FillProblem::DoesNotFit)?;
        paint.font(FONT, size);
        let mut at = [0.0, 0.0];
        let top = self.look.height - self.look.padding() - ASCENT * size;
        for (index, line) in lines.iter().enumerate() {
            let to = [self.start(self.width(line) * size), top - LEADING * size * count(index)];
            paint.operator(&[to[0] - at[0], to[1] - at[1]], "Td");
            paint.show(&self.face.codes(line, &mut self.fonts.fallback));
            at = to;
        }
        Ok(())
    }

    fn cells(&mut self, paint: &mut Paint, text: &str, cells: u32) -> Result<(), FillProblem> {
        if text.contains('\n') {
            return Err(FillProblem::LineBreak);
        }
        let chars: Vec<char> = text.chars().collect();
        let cell_count = usize::try_from(cells).unwrap_or(usize::MAX);
        let blank = cell_count.checked_sub(chars.len()).ok_or(FillProblem::TooLong)?;
        let cell = self.look.width / count(cell_count);
        let widest = chars.iter().map(|c| self.width(&c.to_string())).fold(0.0, f32::max);
        let tall_enough = self.look.height / (ASCENT + DESCENT);
        let size =
            self.sizes(tall_enough).find(|size| widest * size <= cell).ok_or(FillProblem::DoesNotFit)?;
        paint.font(FONT, size);
        let skipped = match self.alignment {
            1 => blank / 2,
            2 => blank,
            _ => 0,
        };
        let y = (self.look.height - CAP_HEIGHT * size) / 2.0;
        let mut at = [0.0, 0.0];
        for (index, c) in chars.iter().enumerate() {
            let glyph = c.to_string();
            let left = cell * count(index.saturating_add(skipped));
            let to = [left + (cell - self.width(&glyph) * size) / 2.0, y];
            paint.operator(&[to[0] - at[0], to[1] - at[1]], "Td");
            paint.show(&self.face.codes(&glyph, &mut self.fonts.fallback));
            at = to;
        }
        Ok(())
    }

    fn start(&self, width: f32) -> f32 {
        let padding = self.look.padding();
        match self.alignment {
            1 => (self.look.width - width) / 2.0,
            2 => self.look.width - padding - width,
            _ => padding,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of lines or cells on one page")]
fn count(n: usize) -> f32 {
    n as f32
}
