//! Figures that are off their column's norm in size, place or width.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::mode;
use super::lettering::{COLUMN_LEAST, NORM_PERCENT, is_few};
use super::scene::{Figure, Role, Scene, baseline};
use smartexus_domain::{Page, Rect, Signal, SignalName, Word};
use std::collections::BTreeMap;

/// Sizes, as a share of the norm, and places in points that are the same.
const SAME_SIZE: f64 = 0.01;
const SAME_EDGE_PT: f64 = 0.08;
const SAME_BASELINE_PT: f64 = 0.06;
/// Widths, as a share of the size.
const SAME_WIDTH_EM: f64 = 0.012;
/// What is odd is at least so far off, and at most so far: beyond, it is another column or line.
const ODD_SIZE: f64 = 0.025;
const ODD_EDGE_PT: (f64, f64) = (0.35, 12.0);
const ODD_BASELINE_PT: f64 = 0.22;
/// Half a line off is the middle of a row of two lines; in em.
const ODD_BASELINE_EM_MAX: f64 = 0.35;
const ODD_WIDTH_EM: f64 = 0.045;
/// So many figures that differ from the norm by the same are a style.
const STYLE_LEAST: usize = 3;
/// Edges of figures in the columns of one table, in points.
const SAME_TABLE_PT: f64 = 1.0;
const SAME_STYLE: f64 = 0.05;

/// Figures that are off their column's norm in size, place or width.
pub(super) fn odd(
    scene: &Scene<'_>,
    column: &[&Figure<'_>],
    own: impl Fn(&Figure<'_>) -> bool,
) -> Vec<Signal> {
    let mut reasons: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let tables = Tables::of(scene, column);
    let is_own = |odd: &Odd| column.get(odd.index).is_some_and(|figure| own(figure));
    let side = column.iter().filter(|figure| own(figure)).count();
    for odd in [sizes(column), edges(column), baselines(scene, column), widths(column)] {
        let told = if is_few(odd.len(), column.len()) { without_styles(odd) } else { Vec::new() };
        let told: Vec<Odd> = told.into_iter().filter(|odd| tables.hold(scene, column, odd.index)).collect();
        if told.iter().filter(|odd| is_own(odd)).count() * 2 <= side {
            told.into_iter()
                .filter(is_own)
                .for_each(|odd| reasons.entry(odd.index).or_default().push(odd.why));
        }
    }
    let told = |(index, why): (usize, Vec<String>)| {
        let figure = column.get(index)?;
        let evidence = format!(
            "The {} “{}” on page {} is unlike the others of its column: {}.",
            figure.role.word(),
            figure.text,
            figure.page,
            why.join(", ")
        );
        Some(Signal::new(SignalName::GlyphGeometry, evidence).at(figure.page, figure.bounds))
    };
    reasons.into_iter().filter_map(told).collect()
}

/// Where the columns of a statement are: a row whose other figures stand elsewhere, or are as large as the odd one, belongs to
/// another table.
struct Tables {
    /// Usual left and right edge by role.
    edges: BTreeMap<Role, [f64; 2]>,
    /// Most rows have one figure only, for want of dates and balances.
    is_bare: bool,
}

impl Tables {
    fn of(scene: &Scene<'_>, column: &[&Figure<'_>]) -> Self {
        let statement = column.first().map(|figure| figure.statement);
        let mut sides: BTreeMap<Role, [Vec<f64>; 2]> = BTreeMap::new();
        for figure in scene.figures.iter().filter(|figure| Some(figure.statement) == statement) {
            let [left, right] = sides.entry(figure.role).or_default();
            left.push(figure.bounds.x0);
            right.push(figure.bounds.x1);
        }
        let usual = |values: &[f64]| mode(values, SAME_EDGE_PT).map_or(f64::NAN, |(value, _)| value);
        let edges = sides.into_iter().map(|(role, [left, right])| (role, [usual(&left), usual(&right)]));
        let alone = column.iter().filter(|figure| scene.row_of(figure).len() < 2).count();
        Self { edges: edges.collect(), is_bare: alone * 2 > column.len() }
    }

    fn hold(&self, scene: &Scene<'_>, column: &[&Figure<'_>], index: usize) -> bool {
        let Some(odd) = column.get(index) else { return false };
        let mut others = scene.row_of(odd).iter().filter(|other| other.role != odd.role).peekable();
        let stands = |other: &Figure<'_>| {
            let usual = self.edges.get(&other.role);
            let sides = [other.bounds.x0, other.bounds.x1];
            usual.is_some_and(|usual| {
                usual.iter().zip(sides).any(|(usual, own)| (usual - own).abs() <= SAME_TABLE_PT)
            })
        };
        let has_other_size = |other: &Figure<'_>| (other.size() - odd.size()).abs() > SAME_SIZE * odd.size();
        let size_differs =
            column.iter().any(|figure| (figure.size() - odd.size()).abs() > ODD_SIZE * odd.size());
        if others.peek().is_none() {
            return self.is_bare;
        }
        others.any(|other| stands(other) && (!size_differs || has_other_size(other)))
    }
}

/// A figure off the norm.
struct Odd {
    index: usize,
    value: f64,
    why: String,
}

/// Figures that are off in the same way are set in a style of their own, such as those of a second table.
fn without_styles(odd: Vec<Odd>) -> Vec<Odd> {
    let values: Vec<f64> = odd.iter().map(|odd| odd.value).collect();
    let alike = |value: f64| values.iter().filter(|other| (**other - value).abs() <= SAME_STYLE).count();
    odd.into_iter().filter(|odd| alike(odd.value) < STYLE_LEAST).collect()
}

/// The norm of some values, where they have one.
fn norm(values: &[f64], tolerance: f64) -> Option<f64> {
    let (value, count) = mode(values, tolerance)?;
    (values.len() >= COLUMN_LEAST && count * 100 >= values.len() * NORM_PERCENT).then_some(value)
}

fn sizes(column: &[&Figure<'_>]) -> Vec<Odd> {
    let sizes: Vec<f64> = column.iter().map(|figure| figure.size()).collect();
    let Some(norm) = norm(&sizes, SAME_SIZE * sizes.first().copied().unwrap_or_default()) else {
        return Vec::new();
    };
    let is_odd = |size: f64| (size - norm).abs() > ODD_SIZE * norm;
    let odd = sizes.iter().enumerate().filter(|(_, size)| is_odd(**size));
    odd.map(|(index, size)| Odd {
        index,
        value: *size,
        why: format!("{size:.1} points high where {norm:.1} is usual"),
    })
    .collect()
}

/// Columns are aligned at one edge. Signs and marks may hang over it, so only figures with the same ones are compared.
fn edges(column: &[&Figure<'_>]) -> Vec<Odd> {
    let mut alike: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, figure) in column.iter().enumerate().filter(|(_, figure)| !figure.role.is_date()) {
        alike.entry(marks(&figure.text)).or_default().push(index);
    }
    let mut odd = Vec::new();
    for group in alike.into_values() {
        let of = |edge: fn(Rect) -> f64| -> Vec<(usize, f64)> {
            group.iter().filter_map(|index| Some((*index, edge(column.get(*index)?.bounds)))).collect()
        };
        for (name, edges) in [("right", of(|b| b.x1)), ("left", of(|b| b.x0))] {
            let values: Vec<f64> = edges.iter().map(|(_, value)| *value).collect();
            let Some(norm) = norm(&values, SAME_EDGE_PT) else { continue };
            let (least, most) = ODD_EDGE_PT;
            let off = edges.iter().filter(|(_, value)| (least..most).contains(&(value - norm).abs()));
            odd.extend(off.map(|(index, value)| Odd {
                index: *index,
                value: value - norm,
                why: format!("its {name} edge is {:.1} points off", (value - norm).abs()),
            }));
            break;
        }
    }
    odd
}

/// What stands before the first digit and behind the last.
fn marks(text: &str) -> (String, String) {
    let is_digit = |c: char| c.is_ascii_digit();
    let first = text.find(is_digit).unwrap_or(text.len());
    let end = text.rfind(is_digit).map_or(text.len(), |last| last + 1);
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().trim().to_owned();
    (part(0..first), part(end..text.len()))
}

/// A row is printed on one baseline, or its columns on baselines that are always as far from each other.
fn baselines(scene: &Scene<'_>, column: &[&Figure<'_>]) -> Vec<Odd> {
    let offset = |figure: &Figure<'_>| {
        let others = scene.row_of(figure).iter();
        let near = |own: f64| (own - figure.baseline()).abs() < figure.size();
        let mut lines: Vec<f64> = others.filter(|o| o.role != figure.role).map(Figure::baseline).collect();
        lines.retain(|line| near(*line));
        if lines.is_empty() {
            lines = neighbours(scene.page(figure.page)?, figure);
        }
        lines.sort_unstable_by(f64::total_cmp);
        lines.get(lines.len() / 2).map(|line| figure.baseline() - line)
    };
    let offsets: Vec<(usize, f64)> =
        column.iter().enumerate().filter_map(|(index, figure)| Some((index, offset(figure)?))).collect();
    let values: Vec<f64> = offsets.iter().map(|(_, value)| *value).collect();
    let Some(norm) = norm(&values, SAME_BASELINE_PT) else { return Vec::new() };
    let off = offsets.iter().filter(|(index, value)| {
        let most = column.get(*index).map_or(0.0, |figure| ODD_BASELINE_EM_MAX * figure.size());
        (ODD_BASELINE_PT..most).contains(&(value - norm).abs())
    });
    off.map(|(index, value)| Odd {
        index: *index,
        value: value - norm,
        why: format!("its baseline is {:.1} points off", (value - norm).abs()),
    })
    .collect()
}

/// Baselines of the other words on the figure's line.
fn neighbours(page: &Page, figure: &Figure<'_>) -> Vec<f64> {
    let is_own = |word: &Word| figure.words.iter().any(|own| std::ptr::eq(*own, word));
    let level = |word: &&Word| (word.bounds.mid_y() - figure.bounds.mid_y()).abs() < 0.5 * word.size;
    let words = page.words.iter().filter(level).filter(|word| word.angle == 0 && !is_own(word));
    words.map(baseline).collect()
}

/// In most fonts all digits have one width: figures of the same shape are equally wide. Where they are not, there is no norm.
fn widths(column: &[&Figure<'_>]) -> Vec<Odd> {
    let mut alike: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
    for (index, figure) in column.iter().enumerate().filter(|(_, figure)| figure.words.len() == 1) {
        if !figure.role.is_date() || figure.text.bytes().all(|b| !b.is_ascii_alphabetic()) {
            let shape: String =
                figure.text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            // The only digits that fonts kern.
            let shape =
                format!("{shape} {}", figure.text.as_bytes().windows(2).filter(|pair| pair == b"11").count());
            let width = figure.bounds.width() / figure.size().max(1.0);
            alike.entry(shape).or_default().push((index, width));
        }
    }
    let mut odd = Vec::new();
    for group in alike.into_values() {
        let values: Vec<f64> = group.iter().map(|(_, width)| *width).collect();
        let Some(norm) = norm(&values, SAME_WIDTH_EM) else { continue };
        let off = group.iter().filter(|(_, width)| (width - norm).abs() > ODD_WIDTH_EM);
        odd.extend(off.map(|(index, width)| Odd {
            index: *index,
            value: width - norm,
            why: format!("it is {:.0} % as wide", 100.0 * width / norm),
        }));
    }
    odd
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn what_stands_around_the_digits() {
        let check = |text: &str, expected: (&str, &str)| {
            assert_eq!(marks(text), (expected.0.to_owned(), expected.1.to_owned()), "{text}");
        };
        check("-$1,234.56", ("-$", ""));
        check("1.234,56 H", ("", "H"));
        check("x", ("x", ""));
    }

    #[test]
    fn what_is_off_in_the_same_way_is_a_style() {
        let odd = |index, value| Odd { index, value, why: String::new() };
        let left = without_styles(vec![odd(0, 8.5), odd(1, 8.5), odd(2, 8.51), odd(3, 9.4)]);
        assert_eq!(left.iter().map(|odd| odd.index).collect::<Vec<_>>(), [3]);
        assert_eq!(without_styles(vec![odd(0, 8.5), odd(1, 8.5)]).len(), 2);
    }
}
