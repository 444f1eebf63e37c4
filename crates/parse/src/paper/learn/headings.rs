//! The words above the columns, whatever language they are in.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::printed::Printed;
use crate::hint::{HintColumn, HintHeading, HintRole};
use crate::lexicon::fold;
use crate::paper::line::{Line, TextCell};

/// How many lines above the first row the headings may stand.
const REACH: usize = 4;
/// A heading stands over its column or this close to it, in points.
const NEAR: f64 = 30.0;

/// The headings of the nearest line above the first row that heads at least two columns, one of them money.
pub(super) fn above(lines: &[Line], printed: &Printed<'_>, columns: &[HintColumn]) -> Vec<HintHeading> {
    let is_first =
        |line: &Line| printed.rows.iter().flat_map(|row| &row.lines).any(|of| std::ptr::eq(*of, line));
    let Some(first) = lines.iter().position(is_first) else { return Vec::new() };
    let page = lines.get(first).map_or(0, |line| line.page);
    let above = lines.iter().take(first).rev().take(REACH).filter(|line| line.page == page);
    above.map(|line| named(line, columns)).find(|found| heads_a_table(found)).unwrap_or_default()
}

fn heads_a_table(headings: &[HintHeading]) -> bool {
    headings.len() > 1 && headings.iter().any(|heading| heading.role.role().is_money())
}

fn named(line: &Line, columns: &[HintColumn]) -> Vec<HintHeading> {
    if line.has_money() {
        return Vec::new();
    }
    let heading = |cell: TextCell| {
        let role = over(&cell, columns)?;
        (!fold(&cell.text).is_empty()).then_some(HintHeading { words: cell.text, role })
    };
    line.text_cells().into_iter().filter_map(heading).collect()
}

/// The column a heading stands over: the one it shares most of its width with, else the nearest.
fn over(cell: &TextCell, columns: &[HintColumn]) -> Option<HintRole> {
    let shared = |column: &HintColumn| {
        let (left, right) = (f64::from(column.left), f64::from(column.right));
        cell.bounds.x1.min(right) - cell.bounds.x0.max(left)
    };
    let best = columns.iter().max_by(|a, b| shared(a).total_cmp(&shared(b)))?;
    (shared(best) > -NEAR).then_some(best.role)
}
