//! Figures that are set unlike the others of their column.
//!
//! A column are the figures of one role and one sign in one statement: issuers print money in bold and money out in red, but
//! not one amount of many. Only text layers are judged: a recognizer's boxes are too rough.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::{holds, overlaps};
use super::measures;
use super::scene::{Figure, Role, Scene};
use smartexus_domain::{FontUse, Rect, Signal, SignalName, Word};
use std::collections::BTreeMap;

/// A column of fewer figures has no norm.
pub(super) const COLUMN_LEAST: usize = 6;
/// No person could look at the letters of a longer one.
const COLUMN_MOST: usize = 20_000;
/// A side with fewer says nothing of itself.
const SIDE_LEAST: usize = 3;
/// The norm is what at least so many of 100 figures share.
pub(super) const NORM_PERCENT: usize = 80;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut columns: BTreeMap<(usize, Role), Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in scene.figures.iter().filter(|figure| figure.is_typed()) {
        columns.entry((figure.statement, figure.role)).or_default().push(figure);
    }
    let mut signals = Vec::new();
    for both in columns.into_values() {
        let (credits, debits): (Vec<&Figure<'_>>, Vec<&Figure<'_>>) =
            both.iter().copied().partition(|f| is_credit(f));
        for side in [credits, debits] {
            // Few of a side are compared with the other, but are still told only where the rest of their side is as usual.
            let column = if side.len() >= COLUMN_LEAST { &side } else { &both };
            if side.len() >= SIDE_LEAST && (COLUMN_LEAST..=COLUMN_MOST).contains(&column.len()) {
                let own = |figure: &Figure<'_>| side.iter().any(|f| std::ptr::eq(*f, figure));
                signals.extend(minority(scene, column, own));
                signals.extend(measures::odd(scene, column, own));
            }
        }
    }
    signals
}

fn is_credit(figure: &Figure<'_>) -> bool {
    figure.role == Role::Amount && figure.row.amount.minor() > 0
}

/// So few of a column that they are not its norm.
pub(super) fn is_few(count: usize, column: usize) -> bool {
    count > 0 && count * 100 <= column * (100 - NORM_PERCENT)
}

/// Figures of which letters are set in a font that few letters of the page have.
fn minority(scene: &Scene<'_>, column: &[&Figure<'_>], own: impl Fn(&Figure<'_>) -> bool) -> Vec<Signal> {
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
    let others = column.iter().filter(|figure| own(figure)).count();
    if found.iter().filter(|(figure, _)| own(figure)).count() * 2 > others {
        return Vec::new();
    }
    let found =
        found.into_iter().filter(|(figure, font)| own(figure) && !is_style_of_row(scene, figure, font));
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
    let others = scene.row_of(figure).iter().filter(|other| other.role != figure.role);
    let mut others = others.peekable();
    let set = |other: &Figure<'_>| font.boxes.iter().any(|place| sets_digits(other, *place));
    others.peek().is_some() && others.all(set)
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn few_are_less_than_the_norm_leaves() {
        assert!(is_few(1, 5) && !is_few(1, 4) && !is_few(0, 9) && is_few(4, 20) && !is_few(5, 20));
    }
}
