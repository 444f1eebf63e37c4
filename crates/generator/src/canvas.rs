//! Pages to draw on, which remember every word they were given.
//!
//! Layouts think in points from the top left of the page as it is seen. The canvas turns that into PDF space,
//! into the page's rotation, and into one of several ways to write text.

use crate::font::{Face, Family};
use pdf_writer::{Content, Name, Str};

/// How the text operators are used: this is what makes text layers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strokes {
    /// One `Tj` a string, spaces as characters.
    Strings,
    /// One `Tj` a word, no spaces.
    Words,
    /// One `TJ` a string, kerned between pairs, spaces as characters.
    Kerned,
    /// One text matrix and `Tj` a glyph, no spaces.
    Glyphs,
    /// One `TJ` a string in which a jump stands for each space.
    Gaps,
}

/// A word as drawn, in the page's own coordinates after rotation, origin top left.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DrawnWord {
    pub(crate) text: String,
    pub(crate) bounds: [f32; 4],
    /// Whole degrees, counterclockwise.
    pub(crate) angle: i16,
}

/// A string as drawn: one text object of the content, in the order of drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DrawnRun {
    pub(crate) text: String,
    /// Start of its baseline in the coordinates of the content: origin bottom left.
    pub(crate) origin: (f32, f32),
    pub(crate) pen: Pen,
    pub(crate) width: f32,
}

/// A finished page.
pub(crate) struct DrawnPage {
    pub(crate) content: Vec<u8>,
    pub(crate) words: Vec<DrawnWord>,
    pub(crate) runs: Vec<DrawnRun>,
}

/// A page under the pen.
struct OpenPage {
    content: Content,
    words: Vec<DrawnWord>,
    runs: Vec<DrawnRun>,
}

/// Face, size and color of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pen {
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) gray: f32,
    /// Red, green and blue from 0 to 1 instead of gray.
    pub(crate) tint: Option<[f32; 3]>,
}

impl Pen {
    pub(crate) const fn regular(size: f32) -> Self {
        Self { face: Face::Regular, size, gray: 0.0, tint: None }
    }

    pub(crate) const fn bold(size: f32) -> Self {
        Self { face: Face::Bold, size, gray: 0.0, tint: None }
    }

    pub(crate) const fn shade(self, gray: f32) -> Self {
        Self { gray, ..self }
    }
}

/// The pages of one document in the making.
pub(crate) struct Canvas {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// Pages are stored turned and shown upright by `/Rotate 90`.
    pub(crate) turned: bool,
    pub(crate) family: Family,
    strokes: Strokes,
    /// Pages in all, known from an earlier drawing.
    total: usize,
    pages: Vec<DrawnPage>,
    open: Option<OpenPage>,
}

/// US Letter.
pub(crate) const LETTER: (f32, f32) = (612.0, 792.0);
/// ISO A4.
pub(crate) const A4: (f32, f32) = (595.0, 842.0);

fn tidy(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

impl Canvas {
    pub(crate) fn new((width, height): (f32, f32), family: Family, strokes: Strokes, total: usize) -> Self {
        Self { width, height, turned: false, family, strokes, total, pages: Vec::new(), open: None }
    }

    /// Starts the next page.
    pub(crate) fn page(&mut self) {
        self.close();
        let mut content = Content::new();
        if self.turned {
            content.transform([0.0, 1.0, -1.0, 0.0, self.height, 0.0]);
        }
        self.open = Some(OpenPage { content, words: Vec::new(), runs: Vec::new() });
    }

    /// Number of the page being drawn, and of pages in all.
    pub(crate) fn page_numbers(&self) -> (usize, usize) {
        (self.page_number(), self.total)
    }

    /// 1-based number of the page being drawn.
    pub(crate) fn page_number(&self) -> usize {
        self.pages.len() + usize::from(self.open.is_some())
    }

    fn close(&mut self) {
        if let Some(OpenPage { content, words, runs }) = self.open.take() {
            self.pages.push(DrawnPage { content: content.finish().into_vec(), words, runs });
        }
    }

    /// Ends the document.
    pub(crate) fn finish(mut self) -> Vec<DrawnPage> {
        self.close();
        self.pages
    }

    /// Width of a string in points.
    pub(crate) fn measure(&self, pen: Pen, text: &str) -> f32 {
        self.positions(pen, text).last().copied().unwrap_or(0.0)
    }

    /// Pen positions before each character and after the last, from 0.
    fn positions(&self, pen: Pen, text: &str) -> Vec<f32> {
        let mut x = 0.0;
        let mut out = vec![x];
        let mut previous = None;
        for c in text.chars() {
            if let (Strokes::Kerned, Some(before)) = (self.strokes, previous) {
                let shift = kern(before, c) * pen.size / 1000.0;
                x += shift;
                if let Some(last) = out.last_mut() {
                    *last += shift;
                }
            }
            x += self.family.advance(pen.face, c) * pen.size / 1000.0;
            out.push(x);
            previous = Some(c);
        }
        out
    }

    /// Text from `x` to the right, on the baseline `y`.
    pub(crate) fn text(&mut self, x: f32, y: f32, pen: Pen, text: &str) {
        if text.is_empty() {
            return;
        }
        let positions = self.positions(pen, text);
        self.remember(x, y, pen, text, &positions);
        let baseline = self.height - y;
        let (family, strokes) = (self.family, self.strokes);
        let Some(OpenPage { content, .. }) = &mut self.open else { return };
        content.begin_text();
        match pen.tint {
            Some([red, green, blue]) => content.set_fill_rgb(red, green, blue),
            None => content.set_fill_gray(pen.gray),
        };
        content.set_font(Name(font_name(pen.face)), pen.size);
        let at = |dx: f32| [1.0, 0.0, 0.0, 1.0, tidy(x + dx), tidy(baseline)];
        match strokes {
            Strokes::Strings => {
                content.set_text_matrix(at(0.0));
                content.show(Str(&family.encode(text)));
            }
            Strokes::Words => {
                for (start, word) in words_of(text) {
                    content.set_text_matrix(at(positions[start]));
                    content.show(Str(&family.encode(&word)));
                }
            }
            Strokes::Glyphs => {
                for (index, c) in text.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
                    content.set_text_matrix(at(positions[index]));
                    content.show(Str(&family.encode(&c.to_string())));
                }
            }
            Strokes::Kerned => {
                content.set_text_matrix(at(0.0));
                show_kerned(content, family, text);
            }
            Strokes::Gaps => {
                content.set_text_matrix(at(0.0));
                show_gaps(content, family, pen.face, text);
            }
        }
        content.end_text();
    }

    fn remember(&mut self, x: f32, y: f32, pen: Pen, text: &str, positions: &[f32]) {
        let (ascent, descent) = self.family.extent();
        let top = y - ascent * pen.size / 1000.0;
        let bottom = y - descent * pen.size / 1000.0;
        let width = positions.last().copied().unwrap_or(0.0);
        let origin = (x, self.height - y);
        let Some(OpenPage { words, runs, .. }) = &mut self.open else { return };
        runs.push(DrawnRun { text: text.to_owned(), origin, pen, width });
        for (start, word) in words_of(text) {
            let end = start + word.chars().count();
            let bounds = [x + positions[start], top, x + positions[end], bottom];
            words.push(DrawnWord { text: word, bounds, angle: 0 });
        }
    }

    /// Text that ends at `x`.
    pub(crate) fn right(&mut self, x: f32, y: f32, pen: Pen, text: &str) {
        let width = self.measure(pen, text);
        self.text(x - width, y, pen, text);
    }

    /// Text around `x`.
    pub(crate) fn center(&mut self, x: f32, y: f32, pen: Pen, text: &str) {
        let width = self.measure(pen, text);
        self.text(x - width / 2.0, y, pen, text);
    }

    /// Several lines from a first baseline; gives the baseline after the last.
    pub(crate) fn lines(&mut self, x: f32, y: f32, leading: f32, pen: Pen, lines: &[&str]) -> f32 {
        let mut baseline = y;
        for line in lines {
            self.text(x, baseline, pen, line);
            baseline += leading;
        }
        baseline
    }

    /// A straight line.
    pub(crate) fn rule(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, width: f32) {
        let height = self.height;
        let Some(OpenPage { content, .. }) = &mut self.open else { return };
        content.set_stroke_gray(0.35).set_line_width(width);
        content.move_to(tidy(x0), tidy(height - y0)).line_to(tidy(x1), tidy(height - y1)).stroke();
    }

    /// A filled box with its top left corner at `x`, `y`.
    pub(crate) fn fill(&mut self, [x, y, width, height]: [f32; 4], rgb: [f32; 3]) {
        let page_height = self.height;
        let Some(OpenPage { content, .. }) = &mut self.open else { return };
        content.set_fill_rgb(rgb[0], rgb[1], rgb[2]);
        content.rect(tidy(x), tidy(page_height - y - height), tidy(width), tidy(height)).fill_nonzero();
    }

    /// An outlined box with its top left corner at `x`, `y`.
    pub(crate) fn frame(&mut self, [x, y, width, height]: [f32; 4], line: f32) {
        let page_height = self.height;
        let Some(OpenPage { content, .. }) = &mut self.open else { return };
        content.set_stroke_gray(0.35).set_line_width(line);
        content.rect(tidy(x), tidy(page_height - y - height), tidy(width), tidy(height)).stroke();
    }

    /// One light word across the page, rising at 45 degrees from `x`, `y`.
    pub(crate) fn watermark(&mut self, x: f32, y: f32, size: f32, word: &str) {
        let pen = Pen::bold(size).shade(0.9);
        let reach = self.measure(pen, word);
        let (ascent, descent) = self.family.extent();
        let (up, down) = (ascent * size / 1000.0, descent * size / 1000.0);
        let half = std::f32::consts::FRAC_1_SQRT_2;
        let baseline = self.height - y;
        let encoded = self.family.encode(word);
        let Some(OpenPage { content, words, runs }) = &mut self.open else { return };
        runs.push(DrawnRun { text: word.to_owned(), origin: (x, baseline), pen, width: reach });
        content.begin_text().set_fill_gray(pen.gray).set_font(Name(font_name(pen.face)), size);
        content.set_text_matrix([half, half, -half, half, tidy(x), tidy(baseline)]);
        content.show(Str(&encoded)).end_text();
        let bounds = [x - up * half, y - (reach + up) * half, x + (reach - down) * half, y - down * half];
        words.push(DrawnWord { text: word.to_owned(), bounds, angle: 45 });
    }
}

/// Resource name of a face.
pub(crate) fn font_name(face: Face) -> &'static [u8] {
    match face {
        Face::Regular => b"F1",
        Face::Bold => b"F2",
    }
}

/// The words of a string with the index of their first character.
fn words_of(text: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (index, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            inside = false;
        } else if let (true, Some((_, word))) = (inside, out.last_mut()) {
            word.push(c);
        } else {
            out.push((index, c.to_string()));
            inside = true;
        }
    }
    out
}

/// Invented pair kerning in thousandths of an em: enough that strings are split at odd places.
fn kern(before: char, after: char) -> f32 {
    match (before, after) {
        ('A', 'V' | 'T' | 'Y' | 'W') | ('T' | 'V' | 'Y' | 'W', 'A') => -74.0,
        ('T' | 'P' | 'F', 'a' | 'o' | 'e' | ',' | '.') => -55.0,
        ('1', '1') => -60.0,
        ('r' | 'y' | 'v', '.' | ',') => -50.0,
        ('R', 'T' | 'V' | 'O') | ('L', 'T') => -30.0,
        ('E', 'R') | ('0', '0') => 8.0,
        _ => 0.0,
    }
}

fn show_kerned(content: &mut Content, family: Family, text: &str) {
    let mut array = content.show_positioned();
    let mut items = array.items();
    let mut piece = String::new();
    let mut previous = None;
    for c in text.chars() {
        let shift = previous.map_or(0.0, |before| kern(before, c));
        if shift != 0.0 {
            items.show(Str(&family.encode(&piece)));
            items.adjust(-shift);
            piece.clear();
        }
        piece.push(c);
        previous = Some(c);
    }
    items.show(Str(&family.encode(&piece)));
}

fn show_gaps(content: &mut Content, family: Family, face: Face, text: &str) {
    let mut array = content.show_positioned();
    let mut items = array.items();
    let mut piece = String::new();
    for c in text.chars() {
        if c.is_whitespace() {
            if !piece.is_empty() {
                items.show(Str(&family.encode(&piece)));
                piece.clear();
            }
            items.adjust(-family.advance(face, c));
        } else {
            piece.push(c);
        }
    }
    if !piece.is_empty() {
        items.show(Str(&family.encode(&piece)));
    }
}
