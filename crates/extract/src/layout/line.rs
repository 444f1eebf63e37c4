//! Clusters glyphs by baseline.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::frame::Mark;
use std::ops::Range;

/// Baselines nearer than this, in em of the smaller glyph, are one line. A superscript is farther away.
const SAME_BASELINE: f64 = 0.15;
/// A line's baselines spread no farther than this, in em: chained neighbours must not bridge two lines.
const MOST_SPREAD: f64 = 0.35;

/// The lines from top to bottom; within a line, the order of drawing.
pub(super) struct Lines<'m> {
    marks: &'m [Mark],
    /// From top to bottom.
    strips: Vec<Strip>,
    /// How many of them are read.
    done: usize,
    line: Vec<Mark>,
}

/// Marks drawn one after the other on one baseline, all of one size: they belong to one line.
#[derive(Debug, Clone, Copy)]
struct Strip {
    first: usize,
    end: usize,
    baseline: f64,
    size: f64,
}

impl Strip {
    fn range(&self) -> Range<usize> {
        self.first..self.end
    }
}

impl<'m> Lines<'m> {
    /// `marks` are in the order of drawing.
    pub(super) fn new(marks: &'m [Mark]) -> Self {
        let mut strips: Vec<Strip> = Vec::new();
        for (index, mark) in marks.iter().enumerate() {
            match strips.last_mut() {
                Some(strip) if is_equal(strip.baseline, mark.baseline) && is_equal(strip.size, mark.size) => {
                    strip.end = index.saturating_add(1);
                }
                _ => strips.push(Strip {
                    first: index,
                    end: index.saturating_add(1),
                    baseline: mark.baseline,
                    size: mark.size,
                }),
            }
        }
        strips.sort_unstable_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.first.cmp(&b.first)));
        Self { marks, strips, done: 0, line: Vec::new() }
    }

    pub(super) fn next(&mut self) -> Option<&[Mark]> {
        let rest = self.strips.get_mut(self.done..).filter(|rest| !rest.is_empty())?;
        let first = *rest.first()?;
        let follows = rest.windows(2).take_while(|pair| {
            let [last, next] = pair else { return false };
            continues(&first, last, next)
        });
        let length = follows.count().saturating_add(1);
        self.done = self.done.saturating_add(length);
        let strips = rest.get_mut(..length)?;
        if let [only] = strips {
            return self.marks.get(only.range());
        }
        strips.sort_unstable_by_key(|strip| strip.first);
        self.line.clear();
        for strip in strips {
            self.line.extend_from_slice(self.marks.get(strip.range())?);
        }
        Some(&self.line)
    }
}

fn is_equal(a: f64, b: f64) -> bool {
    a.total_cmp(&b).is_eq()
}

fn continues(first: &Strip, last: &Strip, next: &Strip) -> bool {
    let em = last.size.min(next.size);
    next.baseline - last.baseline <= SAME_BASELINE * em && next.baseline - first.baseline <= MOST_SPREAD * em
}
