//! Words in a box: one line, several lines, or one character a cell.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::face::{ASCENT, DESCENT};
use super::fonts::{Fonts, Letters};
use super::line::Line;
use super::look::Look;
use super::paint::Paint;
use super::shape::{characters_as_seen, runs_leftward};
use super::wrap::wrap;
use crate::pdf::PdfFile;
use crate::write::FillProblem;
use lopdf::{Dictionary, Object, ObjectId, Stream};
use std::cell::RefCell;
use std::collections::HashMap;

/// Automatic sizes of type, in points: the largest and the smallest that a person reads without a glass.
const SIZE_AUTO: f32 = 12.0;
const SIZE_MIN: f32 = 6.0;
const SIZE_STEP: f32 = 0.5;
/// From line to line, in sizes of the type.
const LEADING: f32 = 1.15;
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
    let letters = fonts.choose(file, look, text).ok_or(FillProblem::NoGlyph)?;
    let setter = Setter { fonts, letters, look, alignment };
    let set = match layout {
        _ if text.is_empty() => Set::default(),
        TextLayout::Line => setter.line(text)?,
        TextLayout::Lines => setter.lines(text)?,
        TextLayout::Cells(cells) => setter.cells(text, cells)?,
    };
    let mut paint = Paint::default();
    let mut names = Dictionary::new();
    look.dress(&mut paint);
    paint.line("/Tx BMC");
    if !text.is_empty() {
        paint.line("q");
        look.clip(&mut paint);
        paint.line("BT");
        paint.line(&look.color);
        let mut at = [0.0, 0.0];
        for (to, line) in &set.lines {
            paint.operator(&[to[0] - at[0], to[1] - at[1]], "Td");
            fonts.draw(&mut paint, line, set.size, &mut names, add);
            at = *to;
        }
        paint.line("ET");
        paint.line("Q");
    }
    paint.line("EMC");
    let mut resources = Dictionary::new();
    if !names.is_empty() {
        resources.set("Font", Object::Dictionary(names));
    }
    Ok(Stream::new(look.form_dictionary(resources), paint.finish()))
}

/// Lines of one size, each with the beginning of its base line.
#[derive(Default)]
struct Set {
    size: f32,
    lines: Vec<([f32; 2], Line)>,
}

struct Setter<'a> {
    fonts: &'a Fonts,
    letters: Letters,
    look: &'a Look,
    alignment: i64,
}

impl Setter<'_> {
    fn set(&self, text: &str, leftward: bool) -> Line {
        self.fonts.line(&self.letters, text, leftward)
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

    /// Glyphs with marks above and below that reach further than a Latin line must still be seen whole.
    fn is_low_enough(&self, reach: &Reach, size: f32) -> bool {
        !reach.is_beyond_latin() || reach.height() * size <= self.look.clipped_height()
    }

    /// The base line in the middle of the box, as far up or down as the glyphs need.
    fn base_line(&self, reach: &Reach, size: f32) -> f32 {
        let middle = (self.look.height - CAP_HEIGHT * size) / 2.0;
        if !reach.is_beyond_latin() {
            return middle;
        }
        let edge = (self.look.height - self.look.clipped_height()) / 2.0;
        middle.min(self.look.height - edge - reach.ascent * size).max(edge + reach.descent * size)
    }

    fn line(&self, text: &str) -> Result<Set, FillProblem> {
        if text.contains('\n') {
            return Err(FillProblem::LineBreak);
        }
        let line = self.set(text, runs_leftward(text));
        let reach = Reach::of([&line]);
        let tall_enough = self.look.height / (ASCENT + DESCENT).max(reach.height());
        let inner = self.inner_width();
        let size = self
            .sizes(tall_enough)
            .find(|size| line.width * size <= inner && self.is_low_enough(&reach, *size))
            .ok_or(FillProblem::DoesNotFit)?;
        let at = [self.start(line.width * size), self.base_line(&reach, size)];
        Ok(Set { size, lines: vec![(at, line)] })
    }

    fn lines(&self, text: &str) -> Result<Set, FillProblem> {
        let (inner, room) = (self.inner_width(), self.look.height - 1.5 * self.look.padding());
        let paragraphs: Vec<(&str, bool)> =
            text.split('\n').map(|part| (part, runs_leftward(part))).collect();
        let known: RefCell<HashMap<String, f32>> = RefCell::default();
        let fitting = self.sizes(SIZE_AUTO).find_map(|size| {
            let lines: Vec<Line> = paragraphs
                .iter()
                .flat_map(|(part, leftward)| {
                    let measure = |words: &str| {
                        let mut known = known.borrow_mut();
                        let width = known.get(words).copied();
                        width.unwrap_or_else(|| {
                            let width = self.set(words, *leftward).width;
                            known.insert(words.to_owned(), width);
                            width
                        }) * size
                    };
                    wrap(part, inner, &measure).into_iter().map(|line| self.set(&line, *leftward))
                })
                .collect();
            let reach = Reach::of(&lines);
            let leading = LEADING.max(reach.height());
            let height = size * reach.height() + leading * size * count(lines.len().saturating_sub(1));
            let widest = lines.iter().map(|line| line.width * size).fold(0.0, f32::max);
            (height <= room && widest <= inner + 0.01).then_some((size, lines, reach, leading))
        });
        let (size, lines, reach, leading) = fitting.ok_or(FillProblem::DoesNotFit)?;
        let top = self.look.height - self.look.padding() - reach.ascent * size;
        let placed = lines.into_iter().enumerate().map(|(index, line)| {
            ([self.start(line.width * size), top - leading * size * count(index)], line)
        });
        Ok(Set { size, lines: placed.collect() })
    }

    /// What a reader takes for one character goes into one cell.
    fn cells(&self, text: &str, cells: u32) -> Result<Set, FillProblem> {
        if text.contains('\n') {
            return Err(FillProblem::LineBreak);
        }
        let characters = characters_as_seen(text, runs_leftward(text));
        let lines: Vec<Line> = characters.into_iter().map(|c| self.set(c, runs_leftward(c))).collect();
        let cell_count = usize::try_from(cells).unwrap_or(usize::MAX);
        let blank = cell_count.checked_sub(lines.len()).ok_or(FillProblem::TooLong)?;
        let cell = self.look.width / count(cell_count);
        let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let reach = Reach::of(&lines);
        let tall_enough = self.look.height / (ASCENT + DESCENT).max(reach.height());
        let size = self
            .sizes(tall_enough)
            .find(|size| widest * size <= cell && self.is_low_enough(&reach, *size))
            .ok_or(FillProblem::DoesNotFit)?;
        let skipped = match self.alignment {
            1 => blank / 2,
            2 => blank,
            _ => 0,
        };
        let y = self.base_line(&reach, size);
        let placed = lines.into_iter().enumerate().map(|(index, line)| {
            let left = cell * count(index.saturating_add(skipped));
            ([left + (cell - line.width * size) / 2.0, y], line)
        });
        Ok(Set { size, lines: placed.collect() })
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

/// How far lines reach above and below their base line, at least as far as Latin ones.
struct Reach {
    ascent: f32,
    descent: f32,
}

impl Reach {
    fn of<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Self {
        let start = Self { ascent: ASCENT, descent: DESCENT };
        lines.into_iter().fold(start, |reach, line| Self {
            ascent: reach.ascent.max(line.ascent),
            descent: reach.descent.max(line.descent),
        })
    }

    fn height(&self) -> f32 {
        self.ascent + self.descent
    }

    fn is_beyond_latin(&self) -> bool {
        self.ascent > ASCENT || self.descent > DESCENT
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of lines or cells on one page")]
fn count(n: usize) -> f32 {
    n as f32
}
