//! A drawn design taken apart: its strings, and the text objects that draw them.

use crate::canvas::{DrawnPage, DrawnRun, Pen, font_name};
use crate::design::{self, Drawn};
use crate::font::Family;
use crate::pdf::Frame;
use crate::random::Random;
use pdf_writer::{Content, Name, Str};
use smartexus_domain::{AmountToken, DateToken};
use std::collections::BTreeMap;

/// A column of fewer strings is none.
const COLUMN_LEAST: usize = 9;

/// A document whose strings can be changed one by one.
pub(super) struct Sheet {
    pub(super) drawn: Drawn,
}

/// A string of the document: page and place among its text objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) page: usize,
    run: usize,
}

impl Sheet {
    /// The design of a seed; `None` where its rows are not drawn cell by cell.
    pub(super) fn of(seed: u64) -> Option<Self> {
        Self::changed(seed, |_| {})
    }

    pub(super) fn changed(seed: u64, change: impl FnOnce(&mut [crate::book::Book])) -> Option<Self> {
        let drawn = design::drawn(seed, change);
        (!drawn.is_line_printed && drawn.frame.family != Family::Dots).then_some(Self { drawn })
    }

    pub(super) fn frame(&self) -> Frame {
        self.drawn.frame
    }

    pub(super) fn pages(&self) -> &[DrawnPage] {
        &self.drawn.pages
    }

    pub(super) fn run(&self, at: At) -> &DrawnRun {
        &self.drawn.pages[at.page].runs[at.run]
    }

    /// An amount of a column, not the first or last of it.
    pub(super) fn amount(&self, random: &mut Random) -> Option<At> {
        let is_money = |text: &str| {
            AmountToken::read(text).is_some_and(|token| token.has_decimals(2))
                && text.chars().any(|c| c.is_ascii_digit())
        };
        self.one_of(random, is_money, |run| run.origin.0 + run.width)
    }

    /// A date of a column.
    pub(super) fn date(&self, random: &mut Random) -> Option<At> {
        self.one_of(random, |text| DateToken::read(text).is_some(), |run| run.origin.0)
    }

    /// One of the strings that say something and stand under each other, by the edge at which they are aligned. Of several
    /// columns the longest, so that it is one of rows.
    fn one_of(
        &self,
        random: &mut Random,
        says: impl Fn(&str) -> bool,
        edge: impl Fn(&DrawnRun) -> f32,
    ) -> Option<At> {
        let mut columns: BTreeMap<i64, Vec<At>> = BTreeMap::new();
        for (page, drawn) in self.pages().iter().enumerate() {
            for (run, string) in drawn.runs.iter().enumerate() {
                // Bold figures are sums and ends.
                if says(&string.text) && string.pen.face == crate::font::Face::Regular {
                    columns.entry(rounded(edge(string))).or_default().push(At { page, run });
                }
            }
        }
        let column =
            columns.into_values().max_by_key(Vec::len).filter(|column| column.len() >= COLUMN_LEAST)?;
        let inner = column.get(2..column.len() - 2)?;
        Some(*random.pick(inner))
    }

    /// Draws something else in place of a string.
    pub(super) fn replace(&mut self, at: At, bytes: &[u8]) -> Option<()> {
        let content = &mut self.drawn.pages.get_mut(at.page)?.content;
        let (start, end) = text_object(content, at.run)?;
        content.splice(start..end, bytes.iter().copied());
        Some(())
    }

    /// Draws something over everything else of a page.
    pub(super) fn add(&mut self, page: usize, bytes: &[u8]) {
        if let Some(page) = self.drawn.pages.get_mut(page) {
            page.content.push(b'\n');
            page.content.extend_from_slice(bytes);
        }
    }

    /// Another string at the place of one, aligned as amounts are: at its right edge.
    pub(super) fn typed(&self, at: At, text: &str) -> Vec<u8> {
        let run = self.run(at);
        let width = self.width(run.pen, text);
        let x = run.origin.0 + run.width - width;
        self.text_at(run.pen, (x, run.origin.1), text, "")
    }

    /// A string in the document's font; `state` are more operators of the text object.
    pub(super) fn text_at(&self, pen: Pen, (x, y): (f32, f32), text: &str, state: &str) -> Vec<u8> {
        let mut content = Content::new();
        content.begin_text().set_fill_gray(pen.gray).set_font(Name(font_name(pen.face)), pen.size);
        content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]);
        content.show(Str(&self.frame().family.encode(text)));
        content.end_text();
        let bytes = content.finish().into_vec();
        let head = format!("BT\n{state}\n");
        [head.as_bytes(), bytes.strip_prefix(b"BT\n").unwrap_or(&bytes)].concat()
    }

    pub(super) fn width(&self, pen: Pen, text: &str) -> f32 {
        text.chars().map(|c| self.frame().family.advance(pen.face, c) * pen.size / 1000.0).sum()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place on paper")]
fn rounded(x: f32) -> i64 {
    x.round() as i64
}

/// Where the text object of a place starts and ends.
fn text_object(content: &[u8], run: usize) -> Option<(usize, usize)> {
    let starts = content
        .windows(3)
        .enumerate()
        .filter(|(at, window)| *window == b"BT\n" && (*at == 0 || content[at - 1] == b'\n'));
    let (start, _) = starts.map(|(at, window)| (at, window.len())).nth(run)?;
    let length =
        content.get(start..)?.windows(4).position(|window| window == b"\nET\n" || window == b"\nET ");
    let end = length.map_or(content.len(), |length| start + length + 3);
    Some((start, end))
}

/// The figure with another digit: never the same, never a leading zero.
pub(super) fn other_figure(text: &str, random: &mut Random) -> String {
    let places: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *random.pick(&places);
    let old = text.as_bytes()[at];
    let new = *random.pick(b"23456789");
    let new = if new == old { b'1' } else { new };
    let mut changed = text.as_bytes().to_vec();
    changed[at] = new;
    String::from_utf8(changed).unwrap_or_else(|_| text.to_owned())
}
