//! The pages of a paper in the making, with what is true about them.

use super::Drawn;
use super::style::{Numbers, Pairs, Style, TitlePlace, decimal};
use super::words::word;
use crate::canvas::{Canvas, Pen};
use crate::pdf::Frame;
use jiff::civil::Date;

const FOOT: f32 = 60.0;

pub(crate) struct Brush<'a> {
    pub(crate) canvas: Canvas,
    pub(crate) style: &'a Style,
    pub(crate) y: f32,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) kind: &'static str,
    pub(crate) layout: &'static str,
    pub(crate) is_proved: bool,
}

impl<'a> Brush<'a> {
    pub(crate) fn new(style: &'a Style, frame: &Frame, total: usize) -> Self {
        let mut canvas = Canvas::new((frame.width, frame.height), frame.family, style.strokes, total);
        canvas.page();
        Self { canvas, style, y: 46.0, facts: Vec::new(), kind: "other", layout: "", is_proved: false }
    }

    pub(crate) fn finish(mut self) -> Drawn {
        self.footer();
        Drawn {
            kind: self.kind,
            layout: self.layout,
            pages: self.canvas.finish(),
            facts: self.facts,
            is_proved: self.is_proved,
        }
    }

    pub(crate) fn fact(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.facts.push((key.into(), value.into()));
    }

    pub(crate) fn amount(&mut self, key: impl Into<String>, minor: i64) {
        self.fact(key, decimal(minor));
    }

    pub(crate) fn left(&self) -> f32 {
        self.style.margin
    }

    pub(crate) fn right(&self) -> f32 {
        self.canvas.width - self.style.margin
    }

    pub(crate) fn pen(&self) -> Pen {
        Pen::regular(self.style.size)
    }

    pub(crate) fn bold(&self) -> Pen {
        Pen::bold(self.style.size)
    }

    pub(crate) fn leading(&self) -> f32 {
        self.style.size * self.style.pitch
    }

    pub(crate) fn step(&mut self, lines: f32) {
        self.y += self.leading() * lines;
    }

    /// Starts another page if that much does not fit; says whether it did.
    pub(crate) fn need(&mut self, height: f32) -> bool {
        let is_full = self.y + height > self.canvas.height - FOOT;
        if is_full {
            self.footer();
            self.canvas.page();
            self.y = 50.0;
        }
        is_full
    }

    fn footer(&mut self) {
        let (number, total) = self.canvas.page_numbers();
        let page = word(self.style, "page");
        let text = match self.style.numbers {
            Numbers::None => return,
            Numbers::Page => format!("{page} {number}"),
            Numbers::PageOf => format!("{page} {number} {} {total}", word(self.style, "of")),
        };
        let (right, y) = (self.right(), self.canvas.height - 34.0);
        self.canvas.right(right, y, Pen::regular(7.5), &text);
    }

    /// A pen that is made smaller until the text fits.
    pub(crate) fn fitted(&self, pen: Pen, text: &str, width: f32) -> Pen {
        let natural = self.canvas.measure(pen, text);
        if natural <= width {
            pen
        } else {
            Pen { size: (pen.size * width / natural * 10.0).floor() / 10.0, ..pen }
        }
    }

    /// The name of who issues it, and the title of the paper.
    pub(crate) fn head(&mut self, name: &str, address: &[&str], title: &str) {
        let (left, right, style) = (self.left(), self.right(), self.style);
        let title = style.case(title);
        let pen = self.fitted(Pen::bold(style.title_size), &title, (right - left) * 0.48);
        let name_pen = self.fitted(Pen::bold(style.size + 4.0), name, (right - left) * 0.46);
        let middle = f32::midpoint(left, right);
        let mut y = self.y + 8.0;
        match style.title_place {
            TitlePlace::Right => self.canvas.right(right, y, pen, &title),
            TitlePlace::Left => {
                self.canvas.text(left, y, pen, &title);
                self.canvas.right(right, y, name_pen, name);
                for (index, text) in (1_u8..).zip(address) {
                    self.canvas.right(right, y + 12.0 * f32::from(index), Pen::regular(style.size), text);
                }
                self.y = y + 14.0 * 3.0;
                return;
            }
            TitlePlace::Centre | TitlePlace::BelowName => {}
        }
        self.canvas.text(left, y, name_pen, name);
        for text in address {
            y += style.size * 1.3;
            self.canvas.text(left, y, Pen::regular(style.size), text);
        }
        self.y = y + 26.0;
        match style.title_place {
            TitlePlace::Centre => self.canvas.center(middle, self.y, pen, &title),
            TitlePlace::BelowName => self.canvas.text(left, self.y, pen, &title),
            TitlePlace::Left | TitlePlace::Right => self.y -= 20.0,
        }
        self.y += 22.0;
    }

    /// A label and its value in a block from `x` to `until`; steps down.
    pub(crate) fn pair(&mut self, x: f32, until: f32, label: &str, value: &str) {
        let style = self.style;
        let colon = if style.has_colons { ":" } else { "" };
        let label = format!("{label}{colon}");
        let pen = self.fitted(self.pen(), &format!("{label}      {value}"), until - x);
        self.y += self.leading();
        match style.pairs {
            Pairs::Inline => {
                let joined =
                    if style.has_colons { format!("{label} {value}") } else { format!("{label}: {value}") };
                self.canvas.text(x, self.y, pen, &joined);
            }
            Pairs::Column => {
                let column =
                    (x + (until - x) * 0.45).max(x + self.canvas.measure(pen, &label) + 2.5 * pen.size);
                self.canvas.text(x, self.y, pen, &label);
                self.canvas.text(column, self.y, pen, value);
            }
            Pairs::Right => {
                self.canvas.text(x, self.y, pen, &label);
                self.canvas.right(until, self.y, pen, value);
            }
            Pairs::Above => {
                self.canvas.text(x, self.y, Pen::bold((pen.size - 1.5).max(5.5)), &label);
                self.y += pen.size * 1.25;
                self.canvas.text(x, self.y, pen, value);
                self.y += 2.0;
            }
        }
    }

    /// Pairs in one block.
    pub(crate) fn block(&mut self, x: f32, until: f32, pairs: &[(String, String)]) {
        for (label, value) in pairs {
            self.pair(x, until, label, value);
        }
    }

    pub(crate) fn day_fact(&mut self, key: &str, date: Date) {
        self.fact(key, date.to_string());
    }

    pub(crate) fn rule(&mut self, y: f32) {
        let (left, right) = (self.left(), self.right());
        self.canvas.rule(left, y, right, y, 0.5);
    }

    /// Running text over the width, broken at blanks.
    pub(crate) fn prose(&mut self, text: &str) {
        let width = self.right() - self.left();
        let pen = self.pen();
        let mut line = String::new();
        for piece in text.split(' ') {
            let longer = if line.is_empty() { piece.to_owned() } else { format!("{line} {piece}") };
            if self.canvas.measure(pen, &longer) > width {
                self.line(pen, &line);
                piece.clone_into(&mut line);
            } else {
                line = longer;
            }
        }
        self.line(pen, &line);
    }

    pub(crate) fn line(&mut self, pen: Pen, text: &str) {
        self.need(self.leading());
        self.y += self.leading();
        let left = self.left();
        self.canvas.text(left, self.y, pen, text);
    }
}
