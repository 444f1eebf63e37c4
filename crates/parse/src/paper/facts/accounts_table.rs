//! Where the figures of an account stand: its columns, its two sides, and what around them is none of it.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::figures::{Figure, Group};
use crate::lexicon::fold;

/// Figures of one column end within this distance of each other, in points.
pub(super) const ALIGNED: f64 = 8.0;
/// Columns of one account, and right edges that are told apart.
const COLUMNS_MAX: usize = 12;
const EDGES_MAX: usize = 200;

/// Years over the columns, numbers of pages: no lines of the account.
fn is_heading(group: &Group<'_>) -> bool {
    let is_year = |figure: &Figure<'_>| {
        let year = figure.token.text.parse::<u32>();
        figure.token.date.is_some() || year.is_ok_and(|year| (1990..=2099).contains(&year))
    };
    let is_page = crate::paper::kinds::begins_with_page(&group.folded);
    is_page || group.figures.iter().all(is_year)
}

/// What stands above the years over the columns are names and addresses with numbers in them.
pub(super) fn without_letterhead(mut groups: Vec<Group<'_>>) -> Vec<Group<'_>> {
    const ROWS: usize = 16;
    let heading =
        groups.iter().filter(|group| group.row < ROWS && is_heading(group)).map(|group| group.row).min();
    groups.retain(|group| !is_heading(group) && heading.is_none_or(|row| group.row > row));
    groups
}

/// The number of a note stands between label and figures.
pub(super) fn without_note(mut group: Group<'_>) -> Group<'_> {
    const GAP: f64 = 1.1;
    if let [.., before, last] = group.label.as_slice() {
        let is_small = last.amount.as_ref().is_some_and(|a| a.is_plain_integer() && a.digit_count() <= 2);
        if is_small && last.bounds.x0 - before.bounds.x1 > GAP * last.size {
            group.label.pop();
            group.folded = fold(&group.text());
        }
    }
    group
}

/// Assets left and claims right of them: where lines have two labels, what stands right is a side of its own.
pub(super) fn sides(groups: Vec<Group<'_>>) -> Vec<Vec<Group<'_>>> {
    const LEAST: usize = 2;
    let second = |pair: &[Group<'_>]| match pair {
        [a, b] if a.row == b.row && a.bounds().is_some() => b.bounds().map(|bounds| bounds.x0),
        _ => None,
    };
    let starts: Vec<f64> = groups.windows(2).filter_map(second).collect();
    let border = starts.iter().copied().fold(f64::MAX, f64::min) - ALIGNED;
    if starts.len() < LEAST {
        return vec![groups];
    }
    let is_left = |group: &Group<'_>| {
        let start = group.bounds().or_else(|| group.figures.first().map(|figure| figure.token.bounds));
        start.is_none_or(|bounds| bounds.x0 < border)
    };
    let (left, right) = groups.into_iter().partition(is_left);
    vec![left, right]
}

/// Right edges of the columns of figures, left to right: those that a fair part of the lines has.
pub(super) fn columns(groups: &[Group<'_>]) -> Vec<f64> {
    let mut edges: Vec<(f64, usize, bool)> = Vec::new();
    for figure in groups.iter().flat_map(|group| &group.figures) {
        let edge = figure.token.bounds.x1;
        let is_note =
            figure.token.amount.as_ref().is_some_and(|a| a.is_plain_integer() && a.digit_count() <= 2);
        let has_room = edges.len() < EDGES_MAX;
        match edges.iter_mut().find(|(at, _, _)| (*at - edge).abs() <= ALIGNED) {
            Some((_, count, notes)) => (*count, *notes) = (*count + 1, *notes && is_note),
            None if has_room => edges.push((edge, 1, is_note)),
            None => {}
        }
    }
    let most = edges.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
    edges.retain(|(_, count, notes)| *count * 3 >= most && !*notes);
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    edges.truncate(COLUMNS_MAX);
    edges.into_iter().map(|(edge, _, _)| edge).collect()
}
