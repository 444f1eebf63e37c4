//! Clusters glyphs by baseline.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::frame::Mark;

/// Baselines nearer than this, in em of the smaller glyph, are one line. A superscript is farther away.
const SAME_BASELINE: f64 = 0.15;
/// A line's baselines spread no farther than this, in em: chained neighbours must not bridge two lines.
const MOST_SPREAD: f64 = 0.35;

/// The lines from top to bottom; within a line, the order of drawing.
pub(super) fn lines(marks: &[Mark]) -> Vec<Vec<Mark>> {
    let mut by_baseline = marks.to_vec();
    by_baseline.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.index.cmp(&b.index)));
    let mut lines: Vec<Vec<Mark>> = Vec::new();
    for mark in by_baseline {
        match lines.last_mut() {
            Some(line) if continues(line, &mark) => line.push(mark),
            _ => lines.push(vec![mark]),
        }
    }
    for line in &mut lines {
        line.sort_by_key(|mark| mark.index);
    }
    lines
}

fn continues(line: &[Mark], mark: &Mark) -> bool {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return false };
    let em = last.size.min(mark.size);
    mark.baseline - last.baseline <= SAME_BASELINE * em && mark.baseline - first.baseline <= MOST_SPREAD * em
}
