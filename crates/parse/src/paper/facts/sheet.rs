//! A paper as rows of cells, and what stands beside a label.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use crate::lexicon::fold;
use crate::paper::line::{Line, Token, join};
use smartexus_domain::{DateToken, Rect, Source};
use std::collections::HashMap;

/// Words of one cell stand this close, in font sizes.
const CELL_GAP: f64 = 1.1;
/// A value stands at most this many font sizes below its label.
const BELOW_PITCH: f64 = 2.6;
/// Lines below a label in which its value is looked for.
const BELOW_LINES: usize = 3;
/// Begins where its label begins, in points.
const ALIGNED: f64 = 6.0;
/// Tokens of a cell that may be its label.
const LABEL_TOKENS_MAX: usize = 10;
/// Longest value that is a fact and not a paragraph, in bytes.
const VALUE_BYTES_MAX: usize = 200;

/// Words that stand close together.
#[derive(Debug, Clone)]
pub(in crate::paper) struct Cell<'a> {
    pub(in crate::paper) tokens: &'a [Token],
    pub(in crate::paper) folded: String,
    /// Its first folded words, and the token of each.
    words: Vec<(String, usize)>,
    pub(in crate::paper) bounds: Rect,
    pub(in crate::paper) page: u32,
}

impl Cell<'_> {
    pub(in crate::paper) fn text(&self) -> String {
        join(self.tokens)
    }

    /// How many tokens make the phrase that the cell begins with; `None` if it begins otherwise. Numbers and bullets in
    /// front of it do not matter.
    pub(in crate::paper) fn begins(&self, phrase: &str) -> Option<usize> {
        // Labels come by the hundred, and most differ at first sight.
        let (first, _) = self.words.first()?;
        if !phrase.starts_with(first.as_str()) {
            return None;
        }
        let mut words = self.words.iter();
        let mut end = 0;
        for wanted in phrase.split(' ') {
            let (word, token) = words.next()?;
            if word != wanted {
                return None;
            }
            end = *token;
        }
        // A phrase ends where a token ends.
        words.next().is_none_or(|(_, next)| *next != end).then_some(end + 1)
    }
}

/// The folded words of tokens with the place of each token, from the first one with a letter on.
fn folded_words(tokens: &[Token]) -> Vec<(String, usize)> {
    let skipped = tokens.iter().take_while(|t| !t.text.chars().any(char::is_alphabetic)).count();
    let mut words = Vec::new();
    for (index, token) in tokens.iter().enumerate().skip(skipped).take(LABEL_TOKENS_MAX) {
        // "N.º" and "N°" are the same word.
        let folded = fold(&token.text.replace(['º', 'ª'], " "));
        words.extend(folded.split_whitespace().map(|word| (word.to_owned(), index)));
    }
    words
}

/// The names of a table by themselves: `a|b` under one meaning.
pub(in crate::paper) fn index<T: Copy>(table: &[(T, &'static str)]) -> HashMap<&'static str, T> {
    let names = table.iter().flat_map(|(what, names)| names.split('|').map(move |name| (name.trim(), *what)));
    let mut index = HashMap::new();
    for (name, what) in names {
        index.entry(name).or_insert(what);
    }
    index
}

/// What a value has to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::paper) enum Want {
    /// A number with or without letters.
    Code,
    Date,
    /// Something with letters.
    Text,
}

/// A value that stands beside its label.
#[derive(Debug, Clone)]
pub(in crate::paper) struct Value {
    pub(in crate::paper) text: String,
    pub(in crate::paper) date: Option<DateToken>,
    pub(in crate::paper) source: Source,
    pub(in crate::paper) confidence: f64,
    /// The row it stands in.
    pub(in crate::paper) row: usize,
}

/// The rows of a paper, top to bottom.
pub(in crate::paper) struct Sheet<'a> {
    pub(in crate::paper) lines: &'a [Line],
    pub(in crate::paper) rows: Vec<Vec<Cell<'a>>>,
}

impl<'a> Sheet<'a> {
    pub(in crate::paper) fn new(lines: &'a [Line]) -> Self {
        Self { lines, rows: lines.iter().map(cells).collect() }
    }

    /// The value of the first label that has one; of labels in one cell the longest counts.
    pub(in crate::paper) fn field(&self, labels: &str, want: Want) -> Option<Value> {
        self.fields(labels, want).into_iter().next()
    }

    /// The values of every cell that begins with one of the labels (`|` between them, folded).
    pub(in crate::paper) fn fields(&self, labels: &str, want: Want) -> Vec<Value> {
        let labels: Vec<&str> = labels.split('|').map(str::trim).collect();
        let mut found = Vec::new();
        for (row, cells) in self.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let longest = labels
                    .iter()
                    .filter_map(|label| cell.begins(label).map(|taken| (label.len(), taken)))
                    .max();
                if let Some((_, taken)) = longest {
                    found.extend(self.beside(row, column, taken, want));
                }
            }
        }
        found
    }

    /// The texts that stand behind a label, below it, and right of it, in this order.
    pub(in crate::paper) fn around(&self, labels: &str) -> Vec<Value> {
        let labels: Vec<&str> = labels.split('|').map(str::trim).collect();
        let mut found = Vec::new();
        for (row, cells) in self.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let longest = labels.iter().filter_map(|label| cell.begins(label)).max();
                let Some(taken) = longest else { continue };
                if taken < cell.tokens.len() {
                    found.extend(self.beside(row, column, taken, Want::Text));
                    continue;
                }
                found.extend(self.below(row, cell, Want::Text));
                let right = cells.get(column + 1);
                found.extend(right.and_then(|next| value(next.tokens, next.page, row, Want::Text)));
            }
        }
        found
    }

    /// Everything that may be the value of a label: what stands behind it in its cell, else right of it, and below.
    pub(in crate::paper) fn candidates(
        &self,
        row: usize,
        column: usize,
        taken: usize,
        want: Want,
    ) -> Vec<Value> {
        let Some(cell) = self.rows.get(row).and_then(|cells| cells.get(column)) else { return Vec::new() };
        let first = self.beside(row, column, taken, want);
        let below = if taken < cell.tokens.len() { None } else { self.below(row, cell, want) };
        first.into_iter().chain(below).collect()
    }

    /// What stands behind the label in its cell, else in the next cell, else below.
    pub(in crate::paper) fn beside(
        &self,
        row: usize,
        column: usize,
        taken: usize,
        want: Want,
    ) -> Option<Value> {
        let cells = self.rows.get(row)?;
        let cell = cells.get(column)?;
        let rest = cell.tokens.get(taken..).unwrap_or_default();
        let is_bare =
            |token: &&Token| fold(&token.text).is_empty() && !token.text.chars().any(char::is_alphanumeric);
        let rest = rest.get(rest.iter().take_while(is_bare).count()..).unwrap_or_default();
        if !rest.is_empty() {
            return value(rest, cell.page, row, want);
        }
        let right = cells.get(column + 1).filter(|next| !ends_in_colon(next));
        right
            .and_then(|next| value(next.tokens, next.page, row, want))
            .or_else(|| self.below(row, cell, want))
    }

    fn below(&self, row: usize, label: &Cell<'_>, want: Want) -> Option<Value> {
        let size = label.tokens.first().map_or(10.0, |token| token.size);
        for next in row + 1..=row + BELOW_LINES {
            let cells = self.rows.get(next)?;
            let near = |cell: &&Cell<'_>| {
                cell.page == label.page
                    && cell.bounds.mid_y() - label.bounds.mid_y() <= BELOW_PITCH * size.max(8.0)
            };
            let under = |cell: &&Cell<'_>| {
                (cell.bounds.x0 - label.bounds.x0).abs() <= ALIGNED
                    || (cell.bounds.x1 - label.bounds.x1).abs() <= ALIGNED
                    || (cell.bounds.mid_x() - label.bounds.mid_x()).abs() <= ALIGNED
            };
            if let Some(cell) = cells.iter().filter(near).find(under) {
                return if ends_in_colon(cell) { None } else { value(cell.tokens, cell.page, next, want) };
            }
        }
        None
    }
}

fn ends_in_colon(cell: &Cell<'_>) -> bool {
    cell.tokens.last().is_some_and(|token| token.text.ends_with(':'))
}

fn value(tokens: &[Token], page: u32, row: usize, want: Want) -> Option<Value> {
    let taken: &[Token] = match want {
        Want::Date => {
            let at = tokens.iter().position(|token| token.date.is_some())?;
            tokens.get(at..=at)?
        }
        Want::Code => {
            let has_digit = |token: &Token| token.text.bytes().any(|b| b.is_ascii_digit());
            let first = tokens.iter().position(has_digit).filter(|first| *first <= 1)?;
            let end = tokens.iter().skip(first).take_while(|t| has_digit(t)).count() + first;
            tokens.get(first..end)?
        }
        Want::Text => {
            let has_letters =
                tokens.iter().any(|t| t.text.chars().filter(|c| c.is_alphabetic()).count() >= 2);
            if has_letters { tokens } else { return None }
        }
    };
    let text = join(taken);
    let text =
        text.trim_matches(|c: char| matches!(c, ':' | '#' | ',' | ';' | '|') || c.is_whitespace()).to_owned();
    let bounds = taken.iter().map(|token| token.bounds).reduce(Rect::union)?;
    let confidence = taken.iter().map(|token| token.confidence).fold(1.0, f64::min);
    let date = taken.first().and_then(|token| token.date);
    let is_value = !text.is_empty() && text.len() <= VALUE_BYTES_MAX && !text.contains("___");
    is_value.then_some(Value { text, date, source: Source { page, bounds }, confidence, row })
}

/// The cells of a line.
pub(in crate::paper) fn cells(line: &Line) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    let mut start = 0;
    for end in 1..=line.tokens.len() {
        let is_apart = match (line.tokens.get(end - 1), line.tokens.get(end)) {
            (Some(a), Some(b)) => b.bounds.x0 - a.bounds.x1 > CELL_GAP * a.size.max(b.size),
            _ => true,
        };
        if is_apart {
            let tokens = line.tokens.get(start..end).unwrap_or_default();
            if let Some(bounds) = tokens.iter().map(|token| token.bounds).reduce(Rect::union) {
                let (folded, words) = (fold(&join(tokens)), folded_words(tokens));
                cells.push(Cell { tokens, folded, words, bounds, page: line.page });
            }
            start = end;
        }
    }
    cells
}
