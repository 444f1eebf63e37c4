//! Figures that stand out, drawn and read again: does the page show what its text layer says?
//!
//! Drawing a page takes ten times as long as reading it, so this is done only where a figure of a column is set in a font
//! of its own within a row that is not: what was typed over needs a font that has its letters, and a font may say of its
//! letters what it likes. The reader of numbers reads the pixels; figures nobody doubts are read beside them, and where
//! these are misread, too, nothing is told.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "geometry of a page that fits in memory"
)]

use super::page::PageOutcome;
use crate::ExtractLimits;
use crate::numbers::{NumberReader, NumberReading, ReadKind};
use crate::raster::{Gray, Picture, render_page};
use hayro::RenderCache;
use hayro_syntax::Pdf;
use smartexus_domain::{DrawnOtherwise, FontUse, Page, Rect, Word};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pages of one reading that are drawn.
const PAGES_MAX: usize = 2;
/// Figures of a page that are read again, and figures beside them that nobody doubts.
const FIGURES_MAX: usize = 24;
const OTHERS_MAX: usize = 8;
/// With fewer of these nobody can say how well this page is read.
const OTHERS_LEAST: usize = 4;
/// And so many of a hundred have to be read as the text layer has them.
const OTHERS_RIGHT_PERCENT: usize = 75;
/// A column of fewer figures is none.
const COLUMN_LEAST: usize = 6;
/// Edges of a column differ by no more, in points.
const SAME_EDGE_PT: f64 = 2.0;
/// Words of a line have their middles so near, in em.
const SAME_LINE_EM: f64 = 0.3;
/// Pixels an inch, for a first look and for one that confirms it.
const DPI: [f64; 2] = [200.0, 300.0];
/// How sure a reading has to be to speak against the text layer.
const SURE: f64 = 0.95;
/// Digits of a figure that is worth a look.
const DIGITS_LEAST: usize = 3;
/// Darker is ink.
const INK: u8 = 128;

/// Notes on each page what it shows otherwise than its text layer says.
pub(super) fn look_again(pdf: &Pdf, outcomes: &mut [PageOutcome], limits: &ExtractLimits) {
    let mut numbers: Option<NumberReader> = None;
    let mut drawn = 0_usize;
    for outcome in outcomes.iter_mut().filter(|outcome| !outcome.is_failed && outcome.page.route.is_text()) {
        let doubted = Doubted::of(&outcome.page);
        if doubted.figures.is_empty() {
            continue;
        }
        if drawn >= PAGES_MAX {
            return;
        }
        drawn = drawn.saturating_add(1);
        let index = usize::try_from(outcome.page.page).unwrap_or(usize::MAX).checked_sub(1);
        let Some(source) = index.and_then(|index| pdf.pages().get(index)) else { continue };
        let numbers = numbers.get_or_insert_with(NumberReader::new);
        let limit = u64::from(limits.pixels_per_page);
        let draw = |dpi| render_page(source, &RenderCache::new(), dpi, limit).ok();
        // A page that cannot be drawn costs the second look at it, not the page.
        let found = catch_unwind(AssertUnwindSafe(|| doubted.compare(draw, numbers))).unwrap_or_default();
        outcome.page.facts.drawn_otherwise = found;
    }
}

/// Figures in a font of their own, and others of their columns.
struct Doubted<'p> {
    figures: Vec<&'p Word>,
    others: Vec<&'p Word>,
}

impl<'p> Doubted<'p> {
    fn of(page: &'p Page) -> Self {
        let none = Self { figures: Vec::new(), others: Vec::new() };
        let uses = &page.facts.font_uses;
        if !uses.iter().any(|font| font.boxes.is_empty()) || uses.iter().all(|font| font.boxes.is_empty()) {
            return none;
        }
        let upright = || page.words.iter().filter(|word| word.angle == 0);
        let (rare, usual): (Vec<&Word>, Vec<&Word>) = upright().partition(|word| is_rare(word, uses));
        let others: Vec<&Word> = usual.iter().copied().filter(|word| is_figure(&word.text)).collect();
        let stands_out = |word: &&Word| {
            let column = others.iter().filter(|other| same_column(other, word)).count();
            let row = usual.iter().any(|other| same_line(other, word));
            is_figure(&word.text) && column >= COLUMN_LEAST && row
        };
        let figures: Vec<&Word> = rare.into_iter().filter(stands_out).take(FIGURES_MAX).collect();
        let near = |other: &&Word| figures.iter().any(|word| same_column(other, word));
        let others = others.into_iter().filter(near).take(OTHERS_MAX).collect();
        Self { figures, others }
    }

    fn compare(&self, draw: impl Fn(f64) -> Option<Picture>, numbers: &NumberReader) -> Vec<DrawnOtherwise> {
        let [first, second] = DPI;
        let Some(picture) = draw(first) else { return Vec::new() };
        let is_right = |word: &&&Word| {
            read(&picture, word, numbers).is_some_and(|reading| digits(&reading.text) == digits(&word.text))
        };
        let right = self.others.iter().filter(is_right).count();
        if self.others.len() < OTHERS_LEAST || right * 100 < self.others.len() * OTHERS_RIGHT_PERCENT {
            return Vec::new();
        }
        let differing = |picture: &Picture| -> Vec<(&'p Word, String)> {
            let surely = |word: &&'p Word| {
                let reading = read(picture, word, numbers).filter(|reading| reading.confidence >= SURE)?;
                let (seen, said) = (digits(&reading.text), digits(&word.text));
                (seen.len() == said.len() && seen != said).then_some((*word, reading.text))
            };
            self.figures.iter().filter_map(surely).collect()
        };
        let found = differing(&picture);
        if found.is_empty() {
            return Vec::new();
        }
        let Some(finer) = draw(second) else { return Vec::new() };
        let again = differing(&finer);
        let is_sure = |(word, seen): &(&'p Word, String)| {
            again.iter().any(|(other, same)| std::ptr::eq(*other, *word) && digits(same) == digits(seen))
        };
        let told = |(word, drawn): (&'p Word, String)| DrawnOtherwise {
            bounds: word.bounds,
            text: word.text.clone(),
            drawn,
        };
        found.into_iter().filter(is_sure).map(told).collect()
    }
}

/// Is any of its letters set in a font that sets few letters of the page?
fn is_rare(word: &Word, uses: &[FontUse]) -> bool {
    let sets = |place: &Rect| {
        let is_level = (place.mid_y() - word.bounds.mid_y()).abs() < SAME_LINE_EM * word.size;
        is_level && place.x0 < word.bounds.x1 - 0.1 && word.bounds.x0 < place.x1 - 0.1
    };
    uses.iter().any(|font| font.boxes.iter().any(sets))
}

/// An amount or a date in digits.
fn is_figure(text: &str) -> bool {
    let is_mark = |c: char| ".,'/-+()$£€".contains(c);
    digits(text).len() >= DIGITS_LEAST
        && text.chars().all(|c| c.is_ascii_digit() || is_mark(c))
        && text.contains(['.', ',', '/', '-'])
}

fn same_column(one: &Word, other: &Word) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= SAME_EDGE_PT;
    near(one.bounds.x1, other.bounds.x1) || near(one.bounds.x0, other.bounds.x0)
}

fn same_line(one: &Word, other: &Word) -> bool {
    (one.bounds.mid_y() - other.bounds.mid_y()).abs() < SAME_LINE_EM * one.size.max(other.size)
        && one.text.chars().any(char::is_alphanumeric)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What the pixels of a word say, where they are a number at all.
fn read(picture: &Picture, word: &Word, numbers: &NumberReader) -> Option<NumberReading> {
    let crop = crop(picture, word)?;
    numbers.read(std::slice::from_ref(&crop)).pop().filter(|reading| reading.kind == ReadKind::Number)
}

/// The ink of a word with a little paper around it, as the reader of numbers was taught.
fn crop(picture: &Picture, word: &Word) -> Option<Gray> {
    let [left, top, right, bottom] = picture.place;
    let (width, height) = (picture.gray.width(), picture.gray.height());
    let side = |pixels: usize| f64::from(u32::try_from(pixels).unwrap_or(u32::MAX));
    let (across, down) = (side(width) / (right - left), side(height) / (bottom - top));
    let pixel = |at: f64, most: usize| (at.max(0.0) as usize).min(most);
    let (x0, x1) = (
        pixel((word.bounds.x0 - left) * across, width),
        pixel((word.bounds.x1 - left) * across + 1.0, width),
    );
    let (y0, y1) =
        (pixel((word.bounds.y0 - top) * down, height), pixel((word.bounds.y1 - top) * down + 1.0, height));
    let is_ink = |y: &usize| picture.gray.row(*y).get(x0..x1).unwrap_or_default().iter().any(|p| *p < INK);
    let (first, last) = ((y0..y1).find(is_ink)?, (y0..y1).rev().find(is_ink)?);
    let margin = (last - first) / 8 + 1;
    let (first, end) = (first.saturating_sub(margin), (last + 1 + margin).min(height));
    let (x0, x1) = (x0.saturating_sub(margin), (x1 + margin).min(width));
    let rows = (first..end).flat_map(|y| picture.gray.row(y).get(x0..x1).unwrap_or_default());
    Gray::new(x1 - x0, end - first, rows.copied().collect())
}
