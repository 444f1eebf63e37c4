//! From kinds by page to papers: the best path over the pages of a file.

#![expect(clippy::float_arithmetic, reason = "logarithms of odds")]

use super::score::{KINDS, Scores};
use crate::lexicon::fold;
use crate::paper::line::Line;
use smartexus_domain::{DocumentKind, Page};

/// What it costs to begin another paper on a page that gives no sign of it, in natural logarithms of odds.
const BREAK: f64 = 2.2;
/// The page says that it is the first of several, or of one.
const BREAK_AT_ONE: f64 = -1.0;
/// The page says that it is a later one.
const BREAK_INSIDE: f64 = 6.0;
/// What another page size takes off.
const OTHER_SIZE: f64 = 1.2;
/// What a title in the title zone takes off.
const TITLED: f64 = 1.6;
/// What it costs to go on where a page says that it is the first, or where page and page before are whole by themselves.
const GO_ON_AT_ONE: f64 = 4.0;
const GO_ON_WHOLE: f64 = 3.0;

/// One page as the path sees it.
pub(super) struct View<'a> {
    pub(super) page: &'a Page,
    pub(super) lines: &'a [Line],
    pub(super) scores: Scores,
}

/// What the path says of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) kind: DocumentKind,
    /// A paper begins here.
    pub(super) begins: bool,
}

#[derive(Clone, Copy)]
struct Best {
    cost: f64,
    before: usize,
    begins: bool,
}

/// The cheapest way to read the pages as papers.
pub(super) fn path(views: &[View<'_>]) -> Vec<Step> {
    let mut columns: Vec<[Best; KINDS.len()]> = Vec::with_capacity(views.len());
    for (index, view) in views.iter().enumerate() {
        let costs = view.scores.shares().map(|share| -share.max(1e-9).ln());
        let turn = index
            .checked_sub(1)
            .and_then(|before| views.get(before))
            .map(|before| Turn::between(before, view));
        let column = match (columns.last(), turn) {
            (Some(before), Some(turn)) => std::array::from_fn(|kind| reach(before, kind, &turn, costs)),
            _ => costs.map(|cost| Best { cost, before: 0, begins: true }),
        };
        columns.push(column);
    }
    trace(&columns)
}

fn reach(before: &[Best; KINDS.len()], kind: usize, turn: &Turn, costs: [f64; KINDS.len()]) -> Best {
    let own = costs.get(kind).copied().unwrap_or(f64::MAX);
    let mut best = Best { cost: f64::MAX, before: 0, begins: true };
    for (from, state) in before.iter().enumerate() {
        let go_on = if from == kind { turn.go_on } else { f64::MAX };
        let (cost, begins) = if go_on <= turn.break_up { (go_on, false) } else { (turn.break_up, true) };
        if state.cost + cost + own < best.cost {
            best = Best { cost: state.cost + cost + own, before: from, begins };
        }
    }
    best
}

fn trace(columns: &[[Best; KINDS.len()]]) -> Vec<Step> {
    let Some(last) = columns.last() else { return Vec::new() };
    let mut state =
        (0..KINDS.len()).min_by(|a, b| cost(last, *a).total_cmp(&cost(last, *b))).unwrap_or(KINDS.len() - 1);
    let mut steps = Vec::with_capacity(columns.len());
    for column in columns.iter().rev() {
        let Some(best) = column.get(state) else { break };
        let kind = KINDS.get(state).copied().unwrap_or(DocumentKind::Other);
        steps.push(Step { kind, begins: best.begins });
        state = best.before;
    }
    steps.reverse();
    steps
}

fn cost(column: &[Best; KINDS.len()], state: usize) -> f64 {
    column.get(state).map_or(f64::MAX, |best| best.cost)
}

/// What it costs to begin another paper between two pages, and to go on.
struct Turn {
    break_up: f64,
    go_on: f64,
}

impl Turn {
    fn between(before: &View<'_>, view: &View<'_>) -> Self {
        let number = page_number(view.lines);
        let mut break_up = match number {
            Some((1, _)) => BREAK_AT_ONE,
            Some(_) => BREAK_INSIDE,
            None => BREAK,
        };
        let resized = (before.page.width - view.page.width).abs() > 4.0
            || (before.page.height - view.page.height).abs() > 4.0;
        if resized {
            break_up -= OTHER_SIZE;
        }
        if number.is_none() && view.scores.has_title() {
            break_up -= TITLED;
        }
        let mut go_on = if matches!(number, Some((1, _))) { GO_ON_AT_ONE } else { 0.0 };
        let is_over = page_number(before.lines).is_some_and(|(page, of)| of == Some(page));
        if is_over {
            break_up -= BREAK;
            go_on += GO_ON_WHOLE;
        }
        let both_whole = view.scores.proved.is_some() && before.scores.proved == view.scores.proved;
        if both_whole && !matches!(number, Some((2.., _))) {
            go_on += GO_ON_WHOLE;
        }
        Self { break_up, go_on }
    }
}

/// Words for a page, folded.
pub(super) const PAGE_WORDS: &[&str] =
    &["page", "seite", "pagina", "pag", "blatt", "p", "feuille", "hoja", "foglio", "folha", "blad", "sheet"];
const OF_WORDS: &[&str] = &["of", "von", "de", "di", "van", "sur", "su", "da"];
/// Lines at either end of a page where its number stands.
const EDGE_LINES: usize = 5;

/// "Page 2 of 3", "2/3" behind such a word; the number alone where nothing more is said.
pub(super) fn page_number(lines: &[Line]) -> Option<(u32, Option<u32>)> {
    let tail = lines.len().saturating_sub(EDGE_LINES);
    let edge = lines.iter().enumerate().filter(|(index, _)| *index < EDGE_LINES || *index >= tail);
    edge.filter_map(|(_, line)| numbered(&fold(&line.text()))).next()
}

fn numbered(folded: &str) -> Option<(u32, Option<u32>)> {
    let words: Vec<&str> = folded.split(' ').collect();
    let at = words.iter().position(|word| PAGE_WORDS.contains(word))?;
    let number =
        |index: usize| words.get(index).and_then(|word| word.parse::<u32>().ok()).filter(|n| *n <= 9_999);
    let first = number(at + 1)?;
    let is_of = words.get(at + 2).is_some_and(|word| OF_WORDS.contains(word));
    let of = if is_of { number(at + 3) } else { number(at + 2) };
    // "p 12" alone may be anything.
    (words.get(at) != Some(&"p") || of.is_some()).then_some((first, of.filter(|of| *of >= first)))
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn numbers_of_pages() {
        for (text, expected) in [
            ("page 2 of 3", Some((2, Some(3)))),
            ("acme ltd seite 1 von 4", Some((1, Some(4)))),
            ("pagina 1 1", Some((1, Some(1)))),
            ("page 3", Some((3, None))),
            ("p 12", None),
            ("this page is left blank", None),
            ("page 5 of 3", Some((5, None))),
        ] {
            assert_eq!(numbered(text), expected, "{text}");
        }
    }
}
