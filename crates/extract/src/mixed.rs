//! A page with a text layer and a picture: what is recognized comes where the text layer says nothing.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use crate::ocr::Recognized;
use crate::raster::{Gray, Picture, Turn};
use smartexus_domain::{Page, Rect, Word};

/// Said of a page with too many glyphs without a meaning.
pub(crate) const UNMAPPED_TEXT: &str = "unmapped_text";
/// More of a page's glyphs without a meaning than this, and its text is not to be relied on.
pub(crate) const UNMAPPED_PERCENT: u64 = 5;
/// A glyph without a meaning this near to a word, in em, belongs to it.
const NEAR: f64 = 0.15;
/// Accents and rounded edges reach so far out of the box of a word, in em.
const OVERHANG: f64 = 0.12;
/// A line of a picture that is read with less is its grain as likely as text.
const CONVINCING: f64 = 0.70;
/// A shorter line, in letters and digits, has to be read as surely as this.
const SHORT_LETTERS: usize = 2;
const SHORT_CONVINCING: f64 = 0.90;
/// So many letters in lines that do not convince are text which cannot be read, and not grain.
const DOUBTFUL_LETTERS: usize = 40;
/// Words whose baselines are farther apart than this, in em, stand on two lines.
const ONE_BASELINE: f64 = 0.3;
/// How far the baseline of a word is over the bottom of its box, in em.
const DESCENT: f64 = 0.25;

/// The text layer of a page, with what of it is to be relied on.
pub(crate) struct TextLayer {
    /// As they are read.
    lines: Vec<Vec<Known>>,
    /// Where glyphs without a meaning stand.
    gaps: Vec<Rect>,
    unmapped: u32,
    glyphs: u64,
}

struct Known {
    word: Word,
    /// A glyph of it has no meaning, so that letters of it are missing.
    is_broken: bool,
}

/// Both together.
pub(crate) struct Joined {
    lines: Vec<Vec<Word>>,
    /// How many of the words were recognized.
    pub(crate) recognized: usize,
    /// Glyphs without a meaning for which nothing was recognized.
    pub(crate) gaps_left: u32,
    /// They are few enough.
    pub(crate) is_mapped: bool,
    /// There is text that could not be read.
    pub(crate) is_doubtful: bool,
}

impl Joined {
    pub(crate) fn words(&self) -> Vec<Word> {
        self.lines.iter().flatten().cloned().collect()
    }

    /// Words joined by one space, lines by `\n`.
    pub(crate) fn text(&self) -> String {
        let line =
            |line: &Vec<Word>| line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        self.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl TextLayer {
    /// Of a page as its text layer was read; `gaps` are where its glyphs without a meaning stand.
    pub(crate) fn of(page: &Page, gaps: &[Rect]) -> Self {
        let known = |word: &Word| {
            let is_broken = gaps.iter().any(|gap| overlap(grown(word.bounds, NEAR * word.size), *gap));
            Known { word: word.clone(), is_broken }
        };
        let mut words = page.words.iter();
        // Words have no blanks, so the text tells how many of them stand on a line.
        let lines =
            page.text.lines().map(|line| words.by_ref().take(line.split(' ').count()).map(known).collect());
        let lines = lines.collect();
        let letters = page.words.iter().map(|word| word.text.chars().count() as u64).sum();
        Self { lines, gaps: gaps.to_vec(), unmapped: page.unmapped_glyphs, glyphs: letters }
    }

    /// Paints over the words that need not be recognized, in the color around them.
    pub(crate) fn erase_from(&self, picture: &mut Picture) {
        let [left, top, right, bottom] = picture.place;
        let gray = &mut picture.gray;
        let across = pixels(gray.width()) / (right - left);
        let down = pixels(gray.height()) / (bottom - top);
        for word in self.sound().filter(|word| word.angle % 90 == 0) {
            let place = grown(word.bounds, OVERHANG * word.size);
            let columns =
                whole((place.x0 - left) * across)..whole((place.x1 - left) * across).saturating_add(1);
            let rows = whole((place.y0 - top) * down)..whole((place.y1 - top) * down).saturating_add(1);
            erase(gray, columns, rows);
        }
    }

    /// The words of the text layer, and those that were recognized beside them on a page of `extent` points.
    pub(crate) fn join(self, recognized: Recognized, extent: (f64, f64)) -> Joined {
        let turn = recognized.turn;
        let words = recognized.words.into_iter().map(|word| turned_back(word, turn, extent));
        let new: Vec<Word> = words.filter(|word| !self.sound().any(|own| share_place(own, word))).collect();
        let lines = new.chunk_by(|a, b| a.bounds.y0 == b.bounds.y0 && a.bounds.y1 == b.bounds.y1);
        let (sure, grain): (Vec<&[Word]>, Vec<&[Word]>) = lines.partition(|line| is_convincing(line));
        let doubtful: usize = grain.iter().map(|line| letters(line)).sum();
        let found: usize = sure.iter().map(|line| letters(line)).sum();
        let is_filled =
            |gap: &&Rect| sure.iter().copied().flatten().any(|word| is_within(**gap, word.bounds));
        let filled = u32::try_from(self.gaps.iter().filter(is_filled).count()).unwrap_or(u32::MAX);
        let gaps_left = self.unmapped.saturating_sub(filled);
        let mut joined = Joined {
            recognized: sure.iter().map(|line| line.len()).sum(),
            gaps_left,
            is_mapped: u64::from(gaps_left) * 100
                <= (u64::from(self.unmapped) + self.glyphs) * UNMAPPED_PERCENT,
            is_doubtful: doubtful >= DOUBTFUL_LETTERS && doubtful > found,
            lines: self.lines_without(&sure),
        };
        sure.into_iter().for_each(|line| joined.put(line.to_vec()));
        joined
    }

    fn sound(&self) -> impl Iterator<Item = &Word> {
        self.lines.iter().flatten().filter(|known| !known.is_broken).map(|known| &known.word)
    }

    /// Without the broken words that were recognized.
    fn lines_without(self, sure: &[&[Word]]) -> Vec<Vec<Word>> {
        let is_read = |known: &Known| {
            known.is_broken && sure.iter().copied().flatten().any(|word| share_place(&known.word, word))
        };
        let left = |line: Vec<Known>| {
            line.into_iter().filter(|known| !is_read(known)).map(|known| known.word).collect::<Vec<_>>()
        };
        self.lines.into_iter().map(left).filter(|line| !line.is_empty()).collect()
    }
}

impl Joined {
    /// Into the line on whose baseline it stands, or as a line of its own over the first one below it.
    fn put(&mut self, line: Vec<Word>) {
        let Some(first) = line.first().cloned() else { return };
        let upright =
            |other: &Vec<Word>| other.first().filter(|word| word.angle == 0 && first.angle == 0).cloned();
        let is_same = |other: &Vec<Word>| {
            upright(other).is_some_and(|word| {
                (baseline(&word) - baseline(&first)).abs() <= ONE_BASELINE * word.size.min(first.size)
            })
        };
        if let Some(same) = self.lines.iter_mut().find(|other| is_same(other)) {
            same.extend(line);
            same.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
            return;
        }
        let is_below =
            |other: &Vec<Word>| upright(other).is_some_and(|word| baseline(&word) > baseline(&first));
        let place = self.lines.iter().position(is_below).unwrap_or(self.lines.len());
        self.lines.insert(place, line);
    }
}

fn baseline(word: &Word) -> f64 {
    word.bounds.y1 - DESCENT * word.size
}

fn letters(line: &[Word]) -> usize {
    line.iter().flat_map(|word| word.text.chars()).filter(|c| c.is_alphanumeric()).count()
}

/// Whether a line is text: the mean of its words, each counted by its length.
fn is_convincing(line: &[Word]) -> bool {
    let length = |word: &Word| pixels(word.text.chars().count());
    let all: f64 = line.iter().map(length).sum();
    let sum: f64 = line.iter().map(|word| length(word) * word.confidence).sum();
    match letters(line) {
        0 => false,
        1..=SHORT_LETTERS => sum >= all * SHORT_CONVINCING,
        _ => sum >= all * CONVINCING,
    }
}

/// Do two words stand on each other?
fn share_place(a: &Word, b: &Word) -> bool {
    let holds = |outer: Rect, inner: Rect| is_within(inner, outer);
    holds(a.bounds, b.bounds) || holds(b.bounds, a.bounds)
}

/// Whether the middle of a box lies in another one.
fn is_within(inner: Rect, outer: Rect) -> bool {
    let (x, y) = (inner.mid_x(), inner.mid_y());
    outer.x0 <= x && x <= outer.x1 && outer.y0 <= y && y <= outer.y1
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

fn grown(bounds: Rect, by: f64) -> Rect {
    Rect { x0: bounds.x0 - by, y0: bounds.y0 - by, x1: bounds.x1 + by, y1: bounds.y1 + by }
}

/// A word of a picture that was turned to be read, where it stands on the page, which was not.
fn turned_back(word: Word, turn: Turn, (width, height): (f64, f64)) -> Word {
    let Rect { x0, y0, x1, y1 } = word.bounds;
    let bounds = match turn {
        Turn::None => word.bounds,
        Turn::Right => Rect { x0: y0, y0: height - x1, x1: y1, y1: height - x0 },
        Turn::Half => Rect { x0: width - x1, y0: height - y1, x1: width - x0, y1: height - y0 },
        Turn::Left => Rect { x0: width - y1, y0: x0, x1: width - y0, y1: x1 },
    };
    // What has to be turned clockwise to be upright is written counterclockwise.
    let angle = i16::try_from(turn.degrees()).unwrap_or_default();
    Word { bounds, angle, ..word }
}

/// Fills a box with the middle one of the grays on its edge.
fn erase(gray: &mut Gray, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) {
    let columns = columns.start..columns.end.min(gray.width());
    let rows = rows.start..rows.end.min(gray.height());
    let (Some(last), false) = (rows.end.checked_sub(1), columns.is_empty() || rows.is_empty()) else {
        return;
    };
    let edge = |y: usize| gray.row(y).get(columns.clone()).unwrap_or_default().iter().copied();
    let mut around: Vec<u8> = edge(rows.start).chain(edge(last)).collect();
    around.sort_unstable();
    let paper = around.get(around.len() / 2).copied().unwrap_or(255);
    let width = gray.width();
    for row in gray.pixels_mut().chunks_exact_mut(width).take(rows.end).skip(rows.start) {
        row.get_mut(columns.clone()).unwrap_or_default().fill(paper);
    }
}

#[expect(clippy::cast_precision_loss, reason = "sides of pictures and lengths of words are small numbers")]
fn pixels(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a side can be")]
fn whole(pixel: f64) -> usize {
    pixel.floor().clamp(0.0, 1_000_000.0) as usize
}

#[cfg(test)]
mod tests;
