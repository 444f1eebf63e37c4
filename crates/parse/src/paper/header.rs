//! Column headings: the line (or two, or three stacked ones) whose words name what stands below.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::labels;
use super::line::{Line, TextCell, Token};
use super::vocabulary::Vocabulary;
use crate::lexicon::{self, Label, Role, fold};
use smartexus_domain::{PageMethod, Rect};

/// Headings may be stacked this high.
const STACKED_LINES_MAX: usize = 3;
/// Stacked headings stand this close, in line heights.
const STACK_PITCH: f64 = 1.9;
/// Longest heading in words.
const HEADING_WORDS_MAX: usize = 6;
/// Two words for one column stand no farther apart than this, in font sizes.
const RUN_GAP: f64 = 3.0;
/// Words of one heading stand this close, in font sizes.
const HEADING_GAP: f64 = 0.9;

/// No blank within a heading is this wide, in font sizes, not even where all letters have one width.
const WIDE_BLANK: f64 = 0.7;

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) role: Role,
    /// Extent of the heading's words.
    pub(super) x0: f64,
    pub(super) x1: f64,
}

impl Column {
    pub(super) fn mid(&self) -> f64 {
        f64::midpoint(self.x0, self.x1)
    }
}

/// A table heading.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Left to right.
    pub(super) columns: Vec<Column>,
    /// How many lines it takes.
    pub(super) lines: usize,
}

impl Header {
    /// The same table further on: same roles in the same places.
    pub(super) fn same_table(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self
                .columns
                .iter()
                .zip(&other.columns)
                .all(|(a, b)| a.role == b.role && (a.mid() - b.mid()).abs() < 6.0)
    }
}

/// The heading that starts at line `at`, if one does. The reading that explains most words wins.
pub(super) fn find(lines: &[Line], at: usize, known: &Vocabulary) -> Option<Header> {
    let first = lines.get(at)?;
    // "Withdrawals" above the headings names the rows, not a column.
    if looks_like_data(first) || labels::section(first).is_some() || names_both_ends(first) {
        return None;
    }
    let mut best: Option<(i64, Header)> = None;
    for count in 1..=STACKED_LINES_MAX {
        let Some(stack) = lines.get(at..at + count) else { break };
        if !is_stack(stack) || stack.iter().any(looks_like_data) {
            break;
        }
        let below = lines.get(at + count..).unwrap_or_default();
        if let Some((score, columns)) = read_stack(stack, heads_rows(first, below), known)
            && best.as_ref().is_none_or(|(before, _)| score > *before)
        {
            best = Some((score, Header { columns, lines: count }));
        }
    }
    best.map(|(_, header)| header)
}

/// Whether the first lines below are rows: a day and money on one line.
fn heads_rows(heading: &Line, below: &[Line]) -> bool {
    let is_row = |line: &Line| line.has_money() && line.tokens.iter().any(|t| t.date.is_some());
    below.iter().take(2).any(|line| line.page == heading.page && is_row(line))
}

fn looks_like_data(line: &Line) -> bool {
    line.tokens
        .iter()
        .any(|t| t.is_money() || (t.date.is_some() && t.text.bytes().any(|b| b.is_ascii_digit())))
}

fn is_stack(stack: &[Line]) -> bool {
    stack.windows(2).all(|pair| match pair {
        [a, b] => a.page == b.page && b.bounds.mid_y() - a.bounds.mid_y() < STACK_PITCH * a.size.max(b.size),
        _ => true,
    })
}

/// One cell of a heading: words that belong together, over all stacked lines.
struct Cell {
    words: Vec<(usize, Token)>,
    bounds: Rect,
}

impl Cell {
    fn text(&self) -> String {
        self.words.iter().map(|(_, token)| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Score and columns of a stack of lines; `None` if it is no heading.
fn read_stack(stack: &[Line], heads_rows: bool, known: &Vocabulary) -> Option<(i64, Vec<Column>)> {
    // One word a line, all of them below each other, heads one column at most.
    let is_column = stack.iter().all(|line| line.tokens.len() < 2)
        && stack
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.bounds.x0 < b.bounds.x1 && b.bounds.x0 < a.bounds.x1));
    if is_column {
        return None;
    }
    let (mut columns, mut texts) = (Vec::new(), Vec::new());
    let (mut named, mut unnamed) = (0_i64, 0_i64);
    let mut strange = Vec::new();
    let is_recognized = stack.iter().any(|line| line.method != PageMethod::Text);
    let cells: Vec<Cell> = if let [line] = stack {
        split_by_phrase(line, known)
    } else {
        stacked_cells(stack, known).into_iter().flat_map(|cell| split_strange(cell, known)).collect()
    };
    for cell in split_days(cells, known) {
        let words = i64::try_from(cell.words.len()).unwrap_or(i64::MAX / 4);
        let folded = fold(&cell.text());
        let is_signs = cell
            .words
            .iter()
            .all(|(_, word)| word.text.chars().all(|c| matches!(c, '+' | '-' | '/' | '±' | '−')));
        let signs = is_signs.then_some(Role::Direction);
        let role = signs
            .or_else(|| known.role(&folded))
            .or_else(|| is_recognized.then(|| lexicon::role_like(&folded)).flatten());
        match role {
            Some(role) => {
                named += words;
                columns.push(Column { role, x0: cell.bounds.x0, x1: cell.bounds.x1 });
                texts.push((cell.bounds.x0, folded));
            }
            None => {
                unnamed += words;
                strange.push(Column { role: Role::Other, x0: cell.bounds.x0, x1: cell.bounds.x1 });
            }
        }
    }
    columns.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    tell_payments(&mut columns, &texts);
    let may_be_money = |c: &Column| c.role.is_money() || matches!(c.role, Role::ValueDate | Role::Direction);
    let money = columns.iter().any(may_be_money);
    let anchor = columns.iter().any(|c| {
        matches!(c.role, Role::Date | Role::TransactionDate | Role::Description | Role::CheckNumber)
    });
    let other_than_text = columns.iter().filter(|c| c.role != Role::Other).count();
    // Words set like a sentence are one, whatever each of them names ("less credit note"), unless a day heads them.
    let is_sentence = matches!(stack, [line] if runs(&line.tokens).len() == 1)
        && !columns.iter().any(|c| matches!(c.role, Role::Date | Role::TransactionDate));
    // Two columns of money beside each other head a table, whatever the rest is called.
    let moneys = columns.iter().filter(|c| c.role.is_money()).count();
    // So does one with a day beside it, if rows follow at once.
    let may_be_strange = moneys >= 2 || heads_rows && moneys == 1 && columns.iter().any(|c| c.role.is_date());
    let is_strange_but_heading =
        may_be_strange && strange.len() <= columns.len() && matches!(stack, [line] if !names_ends(line));
    let is_known = unnamed * 3 <= named || is_strange_but_heading;
    let plausible = !is_sentence && money && anchor && other_than_text >= 2 && is_known;
    // A heading of which nothing is known has a column all the same; a word left over within a run has none.
    let size = stack.iter().map(|line| line.size).fold(0.0, f64::max);
    let stands_apart = |one: &Column| {
        columns.iter().all(|c| one.x0 - c.x1 > HEADING_GAP * size || c.x0 - one.x1 > HEADING_GAP * size)
    };
    let apart: Vec<Column> = strange.into_iter().filter(stands_apart).collect();
    columns.extend(apart);
    columns.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    // "Libellé des opérations" names one column twice.
    columns.dedup_by(|next, first| {
        let is_same = next.role == Role::Description
            && first.role == Role::Description
            && next.x0 - first.x1 < RUN_GAP * size;
        if is_same {
            first.x1 = next.x1;
        }
        is_same
    });
    plausible.then_some((named * 2 - unnamed, columns))
}

/// "Saldo iniziale   Totale uscite   Saldo finale" is a strip of labels with their values below.
fn names_ends(line: &Line) -> bool {
    let is_end = |cell: &TextCell| {
        lexicon::label(&fold(&cell.text))
            .is_some_and(|(label, _)| matches!(label, Label::Opening | Label::Closing))
    };
    line.text_cells().iter().any(is_end)
}

/// Of a strip both ends have their label.
fn names_both_ends(line: &Line) -> bool {
    let cells = line.text_cells();
    let has = |wanted: Label| {
        cells.iter().any(|cell| lexicon::label(&fold(&cell.text)).is_some_and(|(label, _)| label == wanted))
    };
    cells.len() > 1 && has(Label::Opening) && has(Label::Closing)
}

/// Beside a column of purchases the payments are those of the holder of a card: money in.
fn tell_payments(columns: &mut [Column], texts: &[(f64, String)]) {
    let out = columns.iter().filter(|c| c.role == Role::Out).count();
    if out != 2 || columns.iter().any(|c| matches!(c.role, Role::In | Role::Amount)) {
        return;
    }
    let is_payment = |column: &Column| {
        let own = texts.iter().find(|(left, _)| left.total_cmp(&column.x0).is_eq());
        own.is_some_and(|(_, text)| lexicon::names_payments(text))
    };
    let mut payments = columns.iter_mut().filter(|c| c.role == Role::Out && is_payment(c));
    if let (Some(column), None) = (payments.next(), payments.next()) {
        column.role = Role::In;
    }
}

/// Cells of a single line: runs of close words. A run is one heading, or several of them set with single blanks
/// ("Date Description Amount"); what is left over names nothing.
fn split_by_phrase(line: &Line, known: &Vocabulary) -> Vec<Cell> {
    let mut cells = Vec::new();
    for run in runs(&line.tokens) {
        cells.extend(segments(run, known).into_iter().filter_map(|part| cell(part, 0)));
    }
    cells
}

/// A cell of one line that names nothing as a whole may be two headings set close: "Type Date".
fn split_strange(whole: Cell, known: &Vocabulary) -> Vec<Cell> {
    let line = whole.words.first().map_or(0, |(line, _)| *line);
    let is_one_line = whole.words.iter().all(|(other, _)| *other == line);
    if !is_one_line || known.role(&fold(&whole.text())).is_some() {
        return vec![whole];
    }
    let tokens: Vec<Token> = whole.words.into_iter().map(|(_, token)| token).collect();
    segments(&tokens, known).into_iter().filter_map(|part| cell(part, line)).collect()
}

/// "Datum Valuta" names the day that the money moves, or two columns of days: it is two where nothing else names the first.
fn split_days(cells: Vec<Cell>, known: &Vocabulary) -> Vec<Cell> {
    let role = |text: &str| known.role(&fold(text));
    let is_day = |role| matches!(role, Some(Role::Date | Role::TransactionDate));
    if cells.iter().any(|cell| is_day(role(&cell.text()))) {
        return cells;
    }
    let split = |whole: Cell| match whole.words.as_slice() {
        [(line, first), (other, second)]
            if line == other
                && role(&whole.text()) == Some(Role::ValueDate)
                && is_day(role(&first.text))
                && role(&second.text) == Some(Role::ValueDate) =>
        {
            let one = |token: &Token| cell(std::slice::from_ref(token), *line);
            [one(first), one(second)].into_iter().flatten().collect()
        }
        _ => vec![whole],
    };
    cells.into_iter().flat_map(split).collect()
}

/// Tokens cut where the gap is wider than a heading's own blanks.
fn runs(tokens: &[Token]) -> Vec<&[Token]> {
    runs_within(tokens, HEADING_GAP)
}

fn runs_within(tokens: &[Token], gap: f64) -> Vec<&[Token]> {
    tokens.chunk_by(|a, b| b.bounds.x0 - a.bounds.x1 <= gap * a.size).collect()
}

/// A run cut into phrases that name a role, longest first, and what is left between them.
fn segments<'a>(run: &'a [Token], known: &Vocabulary) -> Vec<&'a [Token]> {
    let role = |part: &[Token]| known.role(&fold(&text_of(part)));
    // "In  Saldo na boeking" is one heading less than two, if both are and more than a blank lies between them.
    let is_two = |part: &[Token]| {
        (1..part.len()).any(|at| {
            let (left, right) = part.split_at(at);
            let ends = left.last().zip(right.first());
            let is_wide = ends.is_some_and(|(a, b)| b.bounds.x0 - a.bounds.x1 > WIDE_BLANK * a.size);
            let (one, other) = (role(left), role(right));
            is_wide && one.is_some() && other.is_some() && one != other
        })
    };
    let names = |from: usize| {
        let longest = HEADING_WORDS_MAX.min(run.len().saturating_sub(from));
        let is_one = |part: &[Token]| role(part).is_some() && !is_two(part);
        (1..=longest).rev().find(|n| run.get(from..from + n).is_some_and(is_one))
    };
    // "Date  Paid out" begins with a date, not with the day something was paid.
    let gap = |at: usize| {
        let ends = at.checked_sub(1).and_then(|before| run.get(before)).zip(run.get(at));
        ends.map_or(0.0, |(a, b)| b.bounds.x0 - a.bounds.x1)
    };
    let shorter = |at: usize, count: usize| {
        let (kept, end) = (at + count - 1, at + count);
        let goes_on = names(kept).is_some_and(|next| kept + next > end);
        goes_on && gap(kept) > gap(end) && run.get(at..kept).is_some_and(|part| role(part).is_some())
    };
    let (mut parts, mut unnamed, mut at) = (Vec::new(), 0, 0);
    while at < run.len() {
        let Some(longest) = names(at) else {
            at += 1;
            continue;
        };
        let count = longest - usize::from(longest > 1 && shorter(at, longest));
        parts.extend(run.get(unnamed..at).filter(|part| !part.is_empty()));
        parts.extend(run.get(at..at + count));
        at += count;
        unnamed = at;
    }
    parts.extend(run.get(unnamed..).filter(|part| !part.is_empty()));
    parts
}

fn text_of(run: &[Token]) -> String {
    super::line::join(run)
}

fn cell(run: &[Token], line: usize) -> Option<Cell> {
    let bounds = run.iter().map(|t| t.bounds).reduce(Rect::union)?;
    Some(Cell { words: run.iter().map(|t| (line, t.clone())).collect(), bounds })
}

/// Cells over several lines: runs of close words, joined with runs of other lines that overlap them sideways.
fn stacked_cells(stack: &[Line], known: &Vocabulary) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (number, line) in stack.iter().enumerate() {
        let others = stack.iter().enumerate().filter(|(other, _)| *other != number);
        // Two headings set close are two to what stands below them.
        let others: Vec<&[Token]> =
            others.flat_map(|(_, line)| runs_within(&line.tokens, WIDE_BLANK)).collect();
        for run in runs(&line.tokens) {
            for part in over(run, &others, known) {
                merge(&mut cells, part, number);
            }
        }
    }
    cells
}

/// "Transaction Valuta Transaction" over "date      details": a run cut where its words belong to different words of
/// another line, or to none of them.
fn over<'a>(run: &'a [Token], others: &[&[Token]], known: &Vocabulary) -> Vec<&'a [Token]> {
    let stands_over = |token: &Token| {
        let meets = |other: &&[Token]| {
            let (first, last) = (other.first()?, other.last()?);
            let shared = token.bounds.x1.min(last.bounds.x1) - token.bounds.x0.max(first.bounds.x0);
            (shared > 0.0).then_some(shared)
        };
        let met = others.iter().enumerate().filter_map(|(at, other)| Some((at, meets(other)?)));
        met.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    };
    let mut over: Vec<usize> = run.iter().filter_map(stands_over).collect();
    over.dedup();
    let parts = run.chunk_by(|a, b| stands_over(a) == stands_over(b));
    if over.len() > 1 {
        return parts.collect();
    }
    let is_one = over.first().and_then(|at| others.get(*at)).is_some_and(|other| {
        let (other, own) = (text_of(other), text_of(run));
        known.role(&fold(&format!("{other} {own}"))).is_some()
            || known.role(&fold(&format!("{own} {other}"))).is_some()
    });
    if is_one {
        return vec![run];
    }
    // "Debits Credits Closing" over "balance": what stands over nothing are headings of their own, if they are known.
    let cut = |part: &'a [Token]| {
        let alone = part.first().is_some_and(|token| stands_over(token).is_none());
        if alone { segments(part, known) } else { vec![part] }
    };
    let cut: Vec<&[Token]> = parts.flat_map(cut).collect();
    let is_known = |part: &&[Token]| {
        let is_over = part.first().is_some_and(|token| stands_over(token).is_some());
        is_over || known.role(&fold(&text_of(part))).is_some()
    };
    if over.len() == 1 && cut.iter().all(is_known) { cut } else { vec![run] }
}

fn merge(cells: &mut Vec<Cell>, run: &[Token], line: usize) {
    let Some(new) = cell(run, line) else { return };
    let overlap = |c: &Cell| c.bounds.x1.min(new.bounds.x1) - c.bounds.x0.max(new.bounds.x0);
    let above = cells.iter_mut().filter(|c| c.words.iter().all(|(l, _)| *l < line));
    match above.max_by(|a, b| overlap(a).total_cmp(&overlap(b))).filter(|c| overlap(c) > 0.0) {
        Some(cell) => {
            cell.words.extend(new.words);
            cell.bounds = cell.bounds.union(new.bounds);
        }
        None => cells.push(new),
    }
}
