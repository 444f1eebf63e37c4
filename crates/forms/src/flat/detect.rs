//! Places of a form without fields where a person would write: boxes, lines under blanks, squares to tick. They are found
//! in what the page draws and never certain: each becomes a field of a draft that a person looks over.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::strokes::{Drawn, drawn_on};
use crate::pdf::{PageView, PdfFile};
use smartexus_domain::{FieldKind, Page, Pages, Rect, Word};

/// A place to write.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// 1-based.
    pub(super) page: u32,
    /// As displayed.
    pub(super) bounds: Rect,
    pub(super) kind: FieldKind,
}

/// Places of one page; a page with more is a table of figures, not a form.
const PLACES_MAX: usize = 600;
/// A square to tick, side in points.
const SQUARE: std::ops::RangeInclusive<f64> = 5.0..=16.0;
/// A box to write into.
const BOX_WIDTH_MIN: f64 = 18.0;
const BOX_HEIGHT: std::ops::RangeInclusive<f64> = 9.0..=120.0;
/// Higher boxes take several lines.
const LINE_HEIGHT_MAX: f64 = 30.0;
/// A line to write on.
const RULE_WIDTH_MIN: f64 = 36.0;
/// Room above a line that must be empty, and that the answer gets.
const RULE_RISE: f64 = 13.0;
/// Words in the upper part of a box are its label; the answer needs this much below them.
const BELOW_LABEL_MIN: f64 = 9.0;
/// Underscores that make a line.
const UNDERSCORES_MIN: usize = 5;

/// Every place to write, page by page, from top to bottom.
pub(super) fn places(file: &PdfFile, views: &[PageView], pages: &Pages) -> Vec<Place> {
    let mut found = Vec::new();
    for (view, page) in views.iter().zip(&pages.pages) {
        found.extend(on_page(&drawn_on(file, view), page));
    }
    found
}

fn on_page(drawn: &Drawn, page: &Page) -> Vec<Place> {
    let words: Vec<&Word> = page.words.iter().filter(|word| word.angle == 0).collect();
    let mut places: Vec<Place> = Vec::new();
    let keep = |places: &mut Vec<Place>, bounds: Rect, kind| {
        let is_new = places.iter().all(|known| !overlap(known.bounds, bounds));
        if is_new && is_on(page, bounds) {
            places.push(Place { page: page.page, bounds, kind });
        }
    };
    let mut boxes = drawn.boxes.clone();
    // The smallest first: a frame around boxes is none.
    boxes.sort_by(|a, b| (a.width() * a.height()).total_cmp(&(b.width() * b.height())));
    for bounds in boxes {
        let inside: Vec<&Word> = words.iter().copied().filter(|word| holds(bounds, word)).collect();
        let is_square = SQUARE.contains(&bounds.width())
            && SQUARE.contains(&bounds.height())
            && (bounds.width() - bounds.height()).abs() < 2.0;
        if is_square && inside.is_empty() {
            keep(&mut places, bounds, FieldKind::Checkbox);
        } else if bounds.width() >= BOX_WIDTH_MIN
            && BOX_HEIGHT.contains(&bounds.height())
            && let Some(free) = below_label(bounds, &inside)
        {
            let is_high = free.height() > LINE_HEIGHT_MAX;
            keep(&mut places, free, if is_high { FieldKind::Multiline } else { FieldKind::Text });
        }
    }
    for rule in &drawn.rules {
        let room = Rect { x0: rule.x0, y0: rule.y0 - RULE_RISE, x1: rule.x1, y1: rule.y0 };
        if rule.width() >= RULE_WIDTH_MIN
            && rule.width() < 0.9 * page.width
            && !words.iter().any(|word| holds(room, word))
        {
            keep(&mut places, room, FieldKind::Text);
        }
    }
    for word in &words {
        if word.text.chars().count() >= UNDERSCORES_MIN && word.text.chars().all(|c| c == '_') {
            let Rect { x0, x1, y1, .. } = word.bounds;
            keep(&mut places, Rect { x0, y0: y1 - RULE_RISE, x1, y1 }, FieldKind::Text);
        }
    }
    places.truncate(PLACES_MAX);
    places.sort_by(|a, b| {
        let is_one_line = (a.bounds.mid_y() - b.bounds.mid_y()).abs() < 4.0;
        if is_one_line { a.bounds.x0.total_cmp(&b.bounds.x0) } else { a.bounds.y0.total_cmp(&b.bounds.y0) }
    });
    places
}

fn holds(bounds: Rect, word: &Word) -> bool {
    (bounds.x0..=bounds.x1).contains(&word.bounds.mid_x())
        && (bounds.y0..=bounds.y1).contains(&word.bounds.mid_y())
}

fn is_on(page: &Page, bounds: Rect) -> bool {
    bounds.x0 >= 0.0 && bounds.y0 >= 0.0 && bounds.x1 <= page.width && bounds.y1 <= page.height
}

/// What is free of a box under its own label; `None` where words fill it.
fn below_label(bounds: Rect, inside: &[&Word]) -> Option<Rect> {
    let lowest = inside.iter().map(|word| word.bounds.y1).fold(bounds.y0, f64::max);
    let free = Rect { y0: lowest, ..bounds };
    let is_label = inside.is_empty() || lowest - bounds.y0 < 0.6 * bounds.height();
    (is_label && free.height() >= BELOW_LABEL_MIN).then_some(free)
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 - 1.0 && b.x0 < a.x1 - 1.0 && a.y0 < b.y1 - 1.0 && b.y0 < a.y1 - 1.0
}
