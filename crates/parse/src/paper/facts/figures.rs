//! Labels with the figures behind them, and what the figures mean.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::sheet::Sheet;
use crate::account;
use crate::lexicon::fold;
use crate::paper::line::{Line, Token, join};
use crate::paper::who;
use smartexus_domain::{Currency, Money, NumberStyle, Rect, SignMark, Source};

/// Figures of one column end within this distance of each other, in points.
const ALIGNED: f64 = 3.0;
/// A unit behind a figure ("40.00 h") has no more letters than this, and stands this close in font sizes.
const UNIT_CHARS_MAX: usize = 5;
const UNIT_GAP: f64 = 1.1;
/// Edges of one paper, and whole numbers that are looked at for edges of their own.
const EDGES_MAX: usize = 400;
const WHOLE_NUMBERS_MAX: usize = 3_000;
/// Text that stands farther from the text before it is another label, in font sizes.
const OTHER_LABEL_GAP: f64 = 3.0;

/// A printed figure.
#[derive(Debug, Clone, Copy)]
pub(in crate::paper) struct Figure<'a> {
    pub(in crate::paper) token: &'a Token,
    /// A dash that stands for nothing.
    pub(in crate::paper) is_nil: bool,
}

/// A label and the figures behind it.
#[derive(Debug, Clone)]
pub(in crate::paper) struct Group<'a> {
    /// The line it stands in.
    pub(in crate::paper) row: usize,
    pub(in crate::paper) page: u32,
    pub(in crate::paper) label: Vec<&'a Token>,
    pub(in crate::paper) folded: String,
    pub(in crate::paper) figures: Vec<Figure<'a>>,
}

impl<'a> Group<'a> {
    pub(in crate::paper) fn text(&self) -> String {
        join(self.label.iter().copied())
    }

    pub(in crate::paper) fn bounds(&self) -> Option<Rect> {
        self.label.iter().map(|token| token.bounds).reduce(Rect::union)
    }

    pub(in crate::paper) fn source(&self) -> Option<Source> {
        self.bounds().map(|bounds| Source { page: self.page, bounds })
    }

    pub(in crate::paper) fn last(&self) -> Option<Figure<'a>> {
        self.figures.last().copied()
    }
}

/// The groups of every line, top to bottom, left to right; lines without a figure have none.
pub(in crate::paper) fn groups<'a>(sheet: &Sheet<'a>) -> Vec<Group<'a>> {
    groups_at(sheet, &edges(sheet.lines))
}

/// The same, where columns of whole numbers may have no mark in any of them.
pub(in crate::paper) fn groups_of_whole<'a>(sheet: &Sheet<'a>) -> Vec<Group<'a>> {
    let mut edges = edges(sheet.lines);
    edges.extend(whole_edges(sheet.lines));
    groups_at(sheet, &edges)
}

fn groups_at<'a>(sheet: &Sheet<'a>, edges: &[Edge]) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    for (row, line) in sheet.lines.iter().enumerate() {
        groups_of(line, row, edges, &mut groups);
    }
    groups
}

fn groups_of<'a>(line: &'a Line, row: usize, edges: &[Edge], groups: &mut Vec<Group<'a>>) {
    let empty =
        || Group { row, page: line.page, label: Vec::new(), folded: String::new(), figures: Vec::new() };
    let mut open = empty();
    for (index, token) in line.tokens.iter().enumerate() {
        let next = line.tokens.get(index + 1);
        if is_percent(token, next) {
            continue;
        }
        if let Some(figure) = figure(token, line.page, edges) {
            open.figures.push(figure);
            continue;
        }
        let is_mark = token.is_bare_mark() || token.text == "%";
        if is_mark || (!open.figures.is_empty() && is_unit(token, line.tokens.get(index.wrapping_sub(1)))) {
            continue;
        }
        let is_apart = open.label.last().is_some_and(|before| {
            token.bounds.x0 - before.bounds.x1 > OTHER_LABEL_GAP * token.size
                && has_letters(before)
                && has_letters(token)
        });
        if !open.figures.is_empty() || is_apart {
            close(std::mem::replace(&mut open, empty()), groups);
        }
        open.label.push(token);
    }
    close(open, groups);
}

fn has_letters(token: &Token) -> bool {
    token.text.chars().any(char::is_alphabetic)
}

fn close<'a>(mut group: Group<'a>, groups: &mut Vec<Group<'a>>) {
    if group.figures.is_empty() {
        return;
    }
    group.folded = fold(&group.text());
    groups.push(group);
}

/// A rate, not money.
pub(in crate::paper) fn is_percent(token: &Token, next: Option<&Token>) -> bool {
    let is_next = next.is_some_and(|next| {
        next.text.starts_with('%') && next.bounds.x0 - token.bounds.x1 < UNIT_GAP * token.size
    });
    token.text.ends_with('%') || (token.amount.is_some() && is_next)
}

fn is_unit(token: &Token, before: Option<&Token>) -> bool {
    let is_near = before.is_some_and(|before| token.bounds.x0 - before.bounds.x1 < UNIT_GAP * token.size);
    is_near && token.is_text() && token.text.chars().count() <= UNIT_CHARS_MAX
}

/// Money, a whole number in a column of money or in brackets, or a dash in such a column.
pub(in crate::paper) fn figure<'a>(token: &'a Token, page: u32, edges: &[Edge]) -> Option<Figure<'a>> {
    let over =
        || edges.iter().filter(|edge| edge.page == page && (edge.x - token.bounds.x1).abs() <= ALIGNED);
    let in_column = || over().next().is_some();
    let is_dash = matches!(token.text.as_str(), "-" | "\u{2013}" | "\u{2014}" | "\u{2212}" | "nil" | "Nil");
    let is_bracketed =
        token.amount.as_ref().is_some_and(|a| a.sign() == SignMark::Minus) && token.text.ends_with(')');
    let is_whole = token.amount.as_ref().is_some_and(|a| a.is_plain_integer() && a.digit_count() <= 9);
    let is_figure = token.is_money() || is_bracketed || (is_whole && over().any(|edge| edge.is_whole));
    let is_nil = is_dash && in_column();
    (is_figure || is_nil).then_some(Figure { token, is_nil })
}

/// A right edge that several figures of a page share.
#[derive(Debug, Clone, Copy)]
pub(in crate::paper) struct Edge {
    page: u32,
    x: f64,
    /// Some of them have no decimals: a number without any mark may stand there, too.
    is_whole: bool,
}

/// The right edges of figures, by page.
pub(in crate::paper) fn edges(lines: &[Line]) -> Vec<Edge> {
    let mut found: Vec<(Edge, usize)> = Vec::new();
    for line in lines {
        for token in line.tokens.iter().filter(|token| token.is_money()) {
            let is_whole = token.amount.as_ref().is_some_and(|a| !a.has_decimals(2));
            let is_same = |edge: &Edge| edge.page == line.page && (edge.x - token.bounds.x1).abs() <= ALIGNED;
            let has_room = found.len() < EDGES_MAX;
            match found.iter_mut().find(|(edge, _)| is_same(edge)) {
                Some((edge, count)) => (edge.is_whole, *count) = (edge.is_whole || is_whole, *count + 1),
                None if has_room => {
                    found.push((Edge { page: line.page, x: token.bounds.x1, is_whole }, 1));
                }
                None => {}
            }
        }
    }
    found.into_iter().filter(|(_, count)| *count >= 2).map(|(edge, _)| edge).collect()
}

/// Right edges that at least three whole numbers share which do not begin their lines, and which are more than numbers of
/// notes.
fn whole_edges(lines: &[Line]) -> Vec<Edge> {
    const LEAST: usize = 3;
    let whole =
        |token: &Token| token.amount.as_ref().filter(|a| a.is_plain_integer()).map(|a| a.digit_count());
    let all: Vec<(u32, f64, usize)> = lines
        .iter()
        .flat_map(|line| {
            let behind =
                line.tokens.iter().skip(1).filter(|token| token.bounds.x0 > line.bounds.x0 + token.size);
            behind.filter_map(move |token| Some((line.page, token.bounds.x1, whole(token)?)))
        })
        .take(WHOLE_NUMBERS_MAX)
        .collect();
    let mut kept: Vec<Edge> = Vec::new();
    for (page, edge, _) in &all {
        if kept.iter().any(|other| other.page == *page && (other.x - edge).abs() <= ALIGNED) {
            continue;
        }
        let same = all.iter().filter(|(on, other, _)| on == page && (other - edge).abs() <= ALIGNED);
        let (count, large) =
            same.fold((0, 0), |(count, large), (_, _, digits)| (count + 1, large + usize::from(*digits > 2)));
        if count >= LEAST && large * 5 >= count {
            kept.push(Edge { page: *page, x: *edge, is_whole: true });
        }
    }
    kept
}

/// What the digits of a paper mean.
#[derive(Debug, Clone, Copy)]
pub(in crate::paper) struct Notation {
    style: NumberStyle,
    pub(in crate::paper) currency: Currency,
    /// Units a printed one stands for: 1,000 where a heading says so.
    pub(in crate::paper) scale: i64,
    /// Nothing printed tells grouping from decimals.
    pub(in crate::paper) is_ambiguous: bool,
}

impl Notation {
    /// The style that reads most figures; figures of three digits behind one mark are grouped unless others say no.
    pub(in crate::paper) fn of(lines: &[Line], currency: Currency, scale: i64) -> Self {
        let tokens = || {
            lines
                .iter()
                .flat_map(|line| &line.tokens)
                .filter(|t| t.is_money())
                .filter_map(|t| t.amount.as_ref())
        };
        let proves = |style| tokens().filter(|token| token.proves_style() == Some(style)).count();
        let reads =
            |style| tokens().filter(|token| token.minor(style, currency.exponent()).is_some()).count();
        let (point, comma) = (proves(NumberStyle::Point), proves(NumberStyle::Comma));
        let (style, is_ambiguous) = if point != comma {
            (if point > comma { NumberStyle::Point } else { NumberStyle::Comma }, false)
        } else {
            let (point, comma) = (reads(NumberStyle::Point), reads(NumberStyle::Comma));
            let style = if point >= comma { NumberStyle::Point } else { NumberStyle::Comma };
            (style, point == comma && tokens().any(|token| token.is_ambiguous()))
        };
        Self { style, currency, scale, is_ambiguous }
    }

    /// Minor units with their sign; `None` where the figure is no money in the paper's style.
    pub(in crate::paper) fn minor(&self, figure: &Figure<'_>) -> Option<i64> {
        if figure.is_nil {
            return Some(0);
        }
        let amount = figure.token.amount.as_ref()?;
        let magnitude = amount.minor(self.style, self.currency.exponent())?.checked_mul(self.scale)?;
        match amount.sign() {
            SignMark::None | SignMark::Plus | SignMark::Credit | SignMark::Debit => Some(magnitude),
            SignMark::Minus => magnitude.checked_neg(),
            SignMark::Conflict => None,
        }
    }

    /// Minor units as the contract prints them.
    pub(in crate::paper) fn text(&self, minor: i64) -> String {
        Money::new(minor, self.currency).to_string()
    }

    /// A quantity or a rate, digits as they are with a point: `1.5`; `None` where it is no number.
    pub(in crate::paper) fn plain(&self, token: &Token) -> Option<String> {
        const DIGITS: u32 = 4;
        let amount = token.amount.as_ref()?;
        let scaled = amount.minor(self.style, DIGITS)?;
        let (whole, rest) = (scaled / 10_i64.pow(DIGITS), scaled % 10_i64.pow(DIGITS));
        let rest = format!("{rest:04}");
        let rest = rest.trim_end_matches('0');
        Some(if rest.is_empty() { whole.to_string() } else { format!("{whole}.{rest}") })
    }
}

/// The currency a paper names: by a mark that only one has, by a code or a word, by whose dollars they are.
pub(in crate::paper) fn currency(lines: &[Line]) -> Currency {
    let marks = lines.iter().flat_map(|l| &l.tokens).filter_map(|t| t.amount.as_ref()?.currency_mark());
    let (certain, shared) = account::currency_of_marks(marks);
    let bare = || {
        let symbols = lines.iter().flat_map(|l| &l.tokens).filter(|t| t.amount.is_none());
        symbols
            .filter_map(|t| match t.text.trim_matches(['(', ')', '[', ']', ',', ':']) {
                "€" | "€'000" | "€000" => Some("EUR"),
                "£" | "£'000" | "£000" => Some("GBP"),
                _ => None,
            })
            .next()
            .and_then(Currency::from_code)
    };
    // A code beside a figure, where no other one stands beside another.
    let beside = || {
        let pairs = lines.iter().flat_map(|line| line.tokens.windows(2));
        let codes = pairs.filter_map(|pair| match pair {
            [code, figure] if figure.is_money() => who::printed_code(&code.text),
            _ => None,
        });
        let mut codes: Vec<Currency> = codes.collect();
        codes.dedup();
        match codes.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    };
    let has_dollars =
        shared == Some("$") || lines.iter().flat_map(|l| &l.tokens).any(|t| t.text.starts_with('$'));
    let dollars = || has_dollars.then(|| who::dollars_by_address(lines)).flatten();
    certain
        .or_else(|| who::currency_by_words(lines))
        .or_else(bare)
        .or_else(beside)
        .or_else(dollars)
        .unwrap_or(Currency::UNKNOWN)
}
