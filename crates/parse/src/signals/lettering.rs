//! Figures that are set unlike the others of their column.
//!
//! A column are the figures of one role and one sign in one statement: issuers print money in bold and money out in red, but
//! not one amount of many. Only text layers are judged: a recognizer's boxes are too rough.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::{holds, mode, overlaps};
use super::scene::{Figure, Role, Scene, baseline};
use smartexus_domain::{FontUse, Page, Rect, Signal, SignalName, Word};
use std::collections::BTreeMap;

/// A column of fewer figures has no norm.
const COLUMN_LEAST: usize = 6;
/// The norm is what at least so many of 100 figures share.
const NORM_PERCENT: usize = 85;
/// Sizes, as a share of the norm, and places in points that are the same.
const SAME_SIZE: f64 = 0.01;
const SAME_EDGE_PT: f64 = 0.08;
const SAME_BASELINE_PT: f64 = 0.06;
/// Widths, as a share of the size.
const SAME_WIDTH_EM: f64 = 0.012;
/// What is odd is at least so far off, and at most so far: beyond, it is another column or line.
const ODD_SIZE: f64 = 0.025;
const ODD_EDGE_PT: (f64, f64) = (0.35, 12.0);
const ODD_BASELINE_PT: (f64, f64) = (0.22, 4.0);
const ODD_WIDTH_EM: f64 = 0.045;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut columns: BTreeMap<(usize, Role, bool), Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in scene.figures.iter().filter(|figure| figure.is_typed()) {
        let is_credit = figure.role == Role::Amount && figure.row.amount.minor() > 0;
        columns.entry((figure.statement, figure.role, is_credit)).or_default().push(figure);
    }
    let mut signals = Vec::new();
    for column in columns.into_values().filter(|column| column.len() >= COLUMN_LEAST) {
        signals.extend(minority(scene, &column));
        signals.extend(odd(scene, &column));
    }
    signals
}

/// So few of a column that they are not its norm.
fn is_few(count: usize, column: usize) -> bool {
    count > 0 && count * 100 <= column * (100 - NORM_PERCENT)
}

/// Figures of which letters are set in a font that few letters of the page have.
fn minority(scene: &Scene<'_>, column: &[&Figure<'_>]) -> Vec<Signal> {
    let mut found: Vec<(&Figure<'_>, &FontUse)> = Vec::new();
    for figure in column {
        let rare = scene.page(figure.page).and_then(|page| {
            let others = page.facts.font_uses.iter().any(|font| font.boxes.is_empty());
            let sets = |font: &&FontUse| font.boxes.iter().any(|place| sets_digits(figure, *place));
            page.facts.font_uses.iter().find(sets).filter(|_| others)
        });
        found.extend(rare.map(|font| (*figure, font)));
    }
    if !is_few(found.len(), column.len()) {
        return Vec::new();
    }
    let found = found.into_iter().filter(|(figure, font)| !is_style_of_row(scene, figure, font));
    found.map(|(figure, font)| {
        let name = if font.font.is_empty() { "a font without a name" } else { &font.font };
        let evidence = format!(
            "The {} “{}” on page {} is set in {name}, which sets {} letters of the page; the others of its column are not.",
            figure.role.word(), figure.text, figure.page, font.glyphs
        );
        Signal::new(SignalName::FontMinority, evidence).at(figure.page, figure.bounds)
    }).collect()
}

/// Does a run of letters at this place hold digits of the figure? Marks of money often come from another font.
fn sets_digits(figure: &Figure<'_>, place: Rect) -> bool {
    figure.words.iter().any(|word| {
        let level = (place.mid_y() - word.bounds.mid_y()).abs() < 0.3 * word.size;
        level && digits(word).any(|digit| overlaps(place, digit) && holds(place, digit))
    })
}

/// About where the digits of a word stand, as if all letters had one width.
fn digits(word: &Word) -> impl Iterator<Item = Rect> + '_ {
    let count = f64::from(u32::try_from(word.text.chars().count().max(1)).unwrap_or(1));
    let step = word.bounds.width() / count;
    let at = move |index: u32| word.bounds.x0 + f64::from(index) * step;
    let digits = (0..).zip(word.text.chars()).filter(|(_, c)| c.is_ascii_digit());
    digits.map(move |(index, _)| Rect { x0: at(index), x1: at(index + 1), ..word.bounds })
}

/// Are the other figures of the row set in that font, too? Then the row is emphasized.
fn is_style_of_row(scene: &Scene<'_>, figure: &Figure<'_>, font: &FontUse) -> bool {
    let others = scene.figures.iter().filter(|other| {
        other.statement == figure.statement && other.row.seq == figure.row.seq && other.role != figure.role
    });
    let mut others = others.peekable();
    let set = |other: &Figure<'_>| font.boxes.iter().any(|place| sets_digits(other, *place));
    others.peek().is_some() && others.all(set)
}

/// Figures that are off their column's norm in size, place or width.
fn odd(scene: &Scene<'_>, column: &[&Figure<'_>]) -> Vec<Signal> {
    let mut reasons: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut add = |odd: Vec<(usize, String)>| {
        if is_few(odd.len(), column.len()) {
            odd.into_iter().for_each(|(index, why)| reasons.entry(index).or_default().push(why));
        }
    };
    add(sizes(column));
    add(edges(column));
    add(baselines(scene, column));
    add(widths(column));
    reasons
        .into_iter()
        .filter_map(|(index, why)| Some((column.get(index)?, why)))
        .map(|(figure, why)| {
            let evidence = format!(
                "The {} “{}” on page {} is unlike the others of its column: {}.",
                figure.role.word(),
                figure.text,
                figure.page,
                why.join(", ")
            );
            Signal::new(SignalName::GlyphGeometry, evidence).at(figure.page, figure.bounds)
        })
        .collect()
}

/// The norm of some values, where they have one.
fn norm(values: &[f64], tolerance: f64) -> Option<f64> {
    let (value, count) = mode(values, tolerance)?;
    (values.len() >= COLUMN_LEAST && count * 100 >= values.len() * NORM_PERCENT).then_some(value)
}

fn sizes(column: &[&Figure<'_>]) -> Vec<(usize, String)> {
    let sizes: Vec<f64> = column.iter().map(|figure| figure.size()).collect();
    let Some(norm) = norm(&sizes, SAME_SIZE * sizes.first().copied().unwrap_or_default()) else {
        return Vec::new();
    };
    let is_odd = |size: f64| (size - norm).abs() > ODD_SIZE * norm;
    let odd = sizes.iter().enumerate().filter(|(_, size)| is_odd(**size));
    odd.map(|(index, size)| (index, format!("{size:.1} points high where {norm:.1} is usual"))).collect()
}

/// Columns are aligned at one edge. Signs and marks may hang over it, so only figures with the same ones are compared.
fn edges(column: &[&Figure<'_>]) -> Vec<(usize, String)> {
    let mut alike: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, figure) in column.iter().enumerate().filter(|(_, figure)| figure.role != Role::Date) {
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
            odd.extend(off.map(|(index, value)| {
                (*index, format!("its {name} edge is {:.1} points off", (value - norm).abs()))
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
fn baselines(scene: &Scene<'_>, column: &[&Figure<'_>]) -> Vec<(usize, String)> {
    let offset = |figure: &Figure<'_>| {
        let others =
            scene.figures.iter().filter(|o| o.statement == figure.statement && o.row.seq == figure.row.seq);
        let near = |own: f64| (own - figure.baseline()).abs() < ODD_BASELINE_PT.1 * 2.0;
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
    let (least, most) = ODD_BASELINE_PT;
    let off = offsets.iter().filter(|(_, value)| (least..most).contains(&(value - norm).abs()));
    off.map(|(index, value)| (*index, format!("its baseline is {:.1} points off", (value - norm).abs())))
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
fn widths(column: &[&Figure<'_>]) -> Vec<(usize, String)> {
    let mut alike: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
    for (index, figure) in column.iter().enumerate().filter(|(_, figure)| figure.words.len() == 1) {
        if figure.role != Role::Date || figure.text.bytes().all(|b| !b.is_ascii_alphabetic()) {
            let shape = figure.text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            let width = figure.bounds.width() / figure.size().max(1.0);
            alike.entry(shape).or_default().push((index, width));
        }
    }
    let mut odd = Vec::new();
    for group in alike.into_values() {
        let values: Vec<f64> = group.iter().map(|(_, width)| *width).collect();
        let Some(norm) = norm(&values, SAME_WIDTH_EM) else { continue };
        let off = group.iter().filter(|(_, width)| (width - norm).abs() > ODD_WIDTH_EM);
        odd.extend(
            off.map(|(index, width)| (*index, format!("it is {:.0} % as wide", 100.0 * width / norm))),
        );
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
    fn few_are_less_than_the_norm_leaves() {
        assert!(is_few(1, 7) && !is_few(1, 6) && !is_few(0, 9) && is_few(3, 20) && !is_few(4, 20));
    }
}
