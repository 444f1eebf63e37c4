//! What is judged: the pages, the statements, and the printed figure behind each date, amount and balance of a row.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::{around, holds, mode};
use jiff::civil::Date;
use smartexus_domain::{
    AmountToken, DateOrder, DateToken, FileFacts, Money, NumberStyle, Page, Pages, Rect, Statement,
    Transaction, Word,
};
use std::collections::BTreeMap;

/// Words of one figure: `- 1 234 567,89`, `2. März 2026`.
const FIGURE_WORDS_MAX: usize = 5;
/// A date without marks between its numbers: `20260302`.
const DIGITS_OF_WHOLE_DATE: usize = 8;
/// Words of one figure stand this close, in em.
const WORD_GAP_EM: f64 = 1.2;
/// Dates of a column start this close, in points.
const SAME_COLUMN_PT: f64 = 2.0;
/// A row's box may be this much too tight, in points.
pub(super) const SLACK_PT: f64 = 0.5;
/// Where the baseline is over the lower edge of a word's box, in em: boxes are made so.
const BELOW_BASELINE_EM: f64 = 0.25;

/// Which cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Date,
    ValueDate,
    Amount,
    Balance,
}

impl Role {
    pub(super) const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::ValueDate)
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::ValueDate => "value date",
            Self::Amount => "amount",
            Self::Balance => "balance",
        }
    }
}

/// A date, amount or balance of a row, as it is printed.
#[derive(Debug, Clone)]
pub(super) struct Figure<'a> {
    pub(super) role: Role,
    /// Index of the statement.
    pub(super) statement: usize,
    pub(super) row: &'a Transaction,
    /// 1-based.
    pub(super) page: u32,
    pub(super) words: Vec<&'a Word>,
    pub(super) text: String,
    pub(super) bounds: Rect,
}

impl Figure<'_> {
    /// Baseline from the top of the page.
    pub(super) fn baseline(&self) -> f64 {
        self.words.last().map_or(self.bounds.y1, |word| baseline(word))
    }

    pub(super) fn size(&self) -> f64 {
        self.words.last().map_or(0.0, |word| word.size)
    }

    /// Read from a text layer, from left to right.
    pub(super) fn is_typed(&self) -> bool {
        self.words.iter().all(|word| !word.recognized && word.angle == 0)
    }
}

/// Baseline of an upright word.
pub(super) fn baseline(word: &Word) -> f64 {
    word.bounds.y1 - BELOW_BASELINE_EM * word.size
}

/// Everything there is to judge.
pub(super) struct Scene<'a> {
    pub(super) pages: &'a [Page],
    pub(super) facts: &'a FileFacts,
    pub(super) statements: &'a [Statement],
    pub(super) figures: Vec<Figure<'a>>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(pages: &'a Pages, statements: &'a [Statement]) -> Self {
        let mut figures = Vec::new();
        let shelves: Vec<Shelf<'a>> = pages.pages.iter().map(Shelf::of).collect();
        for (index, statement) in statements.iter().enumerate() {
            for row in &statement.transactions {
                let Some(source) = row.source else { continue };
                let shelf = shelves.binary_search_by_key(&source.page, |shelf| shelf.page).ok();
                let shelf = shelf.and_then(|at| shelves.get(at));
                let words = shelf.map(|shelf| shelf.within(source.bounds)).unwrap_or_default();
                figures.extend(figures_of(row, index, source.page, &words));
            }
        }
        let figures = in_columns(figures);
        Self { pages: &pages.pages, facts: &pages.facts, statements, figures }
    }

    pub(super) fn page(&self, number: u32) -> Option<&'a Page> {
        let at = self.pages.binary_search_by_key(&number, |page| page.page).ok()?;
        self.pages.get(at)
    }

    /// The figures of the row of a figure, itself among them: they stand together.
    pub(super) fn row_of(&self, figure: &Figure<'_>) -> &[Figure<'a>] {
        let key = |figure: &Figure<'_>| (figure.statement, figure.row.seq);
        let first = self.figures.partition_point(|other| key(other) < key(figure));
        let end = self.figures.partition_point(|other| key(other) <= key(figure));
        self.figures.get(first..end).unwrap_or_default()
    }

    /// Where the rows of a page stand, all together.
    pub(super) fn table_on(&self, page: u32) -> Option<Rect> {
        let rows = self.statements.iter().flat_map(|statement| &statement.transactions);
        let sources = rows.filter_map(|row| row.source).filter(|source| source.page == page);
        around(sources.map(|source| source.bounds))
    }

    /// The pages with rows, in order, each once.
    pub(super) fn row_pages(&self) -> Vec<&'a Page> {
        let rows = || self.statements.iter().flat_map(|statement| &statement.transactions);
        let has_rows =
            |page: &&Page| rows().any(|row| row.source.is_some_and(|source| source.page == page.page));
        self.pages.iter().filter(has_rows).collect()
    }
}

/// The words of a page from top to bottom.
struct Shelf<'a> {
    page: u32,
    words: Vec<&'a Word>,
}

impl<'a> Shelf<'a> {
    fn of(page: &'a Page) -> Self {
        let mut words: Vec<&Word> = page.words.iter().collect();
        words.sort_by(|a, b| a.bounds.mid_y().total_cmp(&b.bounds.mid_y()));
        Self { page: page.page, words }
    }

    /// The words of a row: line by line, from left to right.
    fn within(&self, bounds: Rect) -> Vec<&'a Word> {
        let first = self.words.partition_point(|word| word.bounds.mid_y() < bounds.y0 - SLACK_PT);
        let below = self.words.get(first..).unwrap_or_default();
        let inside = below.iter().take_while(|word| word.bounds.mid_y() <= bounds.y1 + SLACK_PT);
        let wide = Rect { x0: bounds.x0 - SLACK_PT, x1: bounds.x1 + SLACK_PT, y0: f64::MIN, y1: f64::MAX };
        let mut words: Vec<&Word> = inside.filter(|word| holds(wide, word.bounds)).copied().collect();
        let line = |word: &Word| (word.bounds.mid_y() / word.size.max(1.0)).round();
        words.sort_by(|a, b| line(a).total_cmp(&line(b)).then(a.bounds.x0.total_cmp(&b.bounds.x0)));
        words
    }
}

/// Dates outside the column of dates are those of a text: a purchase "of 27/05".
fn in_columns(figures: Vec<Figure<'_>>) -> Vec<Figure<'_>> {
    let mut starts: BTreeMap<(usize, Role), Vec<f64>> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.role.is_date()) {
        starts.entry((figure.statement, figure.role)).or_default().push(figure.bounds.x0);
    }
    let columns: BTreeMap<(usize, Role), f64> = starts
        .into_iter()
        .filter_map(|(key, starts)| Some((key, mode(&starts, SAME_COLUMN_PT)?.0)))
        .collect();
    let is_in = |figure: &Figure<'_>| {
        let column = columns.get(&(figure.statement, figure.role));
        column.is_none_or(|start| (figure.bounds.x0 - start).abs() <= 2.0 * SAME_COLUMN_PT)
    };
    figures.into_iter().filter(is_in).collect()
}

fn figures_of<'a>(row: &'a Transaction, statement: usize, page: u32, words: &[&'a Word]) -> Vec<Figure<'a>> {
    let mut figures: Vec<Figure<'a>> = Vec::new();
    let dates = [(Role::Date, Some(row.date)), (Role::ValueDate, row.value_date)];
    let money = [(Role::Amount, Some(row.amount)), (Role::Balance, row.balance)];
    let dates = dates.into_iter().filter_map(|(role, date)| Some((role, Value::Date(date?))));
    let money = money.into_iter().filter_map(|(role, money)| Some((role, Value::Money(money?))));
    for (role, value) in dates.chain(money) {
        let is_taken =
            |word: &Word| figures.iter().any(|f| f.words.iter().any(|own| std::ptr::eq(*own, word)));
        if let Some(run) = run_that(words, value, is_taken) {
            let bounds = around(run.iter().map(|word| word.bounds)).unwrap_or_else(|| Rect::from([0.0; 4]));
            figures.push(Figure { role, statement, row, page, text: joined(&run), bounds, words: run });
        }
    }
    figures
}

/// What a cell says.
#[derive(Clone, Copy)]
enum Value {
    Date(Date),
    Money(Money),
}

impl Value {
    /// A cheap look before the words are read: are its digits there? Of money all of them, of a date the day.
    fn may_be(self, run: &[&Word]) -> bool {
        let digits = run.iter().flat_map(|word| word.text.bytes()).filter(u8::is_ascii_digit);
        match self {
            Self::Date(date) => {
                let is_day = |part: &str| part.parse() == Ok(date.day());
                run.iter().any(|word| word.text.split(|c: char| !c.is_ascii_digit()).any(is_day))
                    || digits.count() >= DIGITS_OF_WHOLE_DATE
            }
            Self::Money(money) => {
                let mut left = money.minor().unsigned_abs();
                let printed = digits
                    .fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit & 15)));
                // Whole amounts may be printed without their zeros.
                while left > printed && left.is_multiple_of(10) {
                    left /= 10;
                }
                left == printed
            }
        }
    }

    fn is_said_by(self, text: &str) -> bool {
        match self {
            Self::Date(date) => is_date(text, date),
            Self::Money(money) => is_amount(text, money.minor(), money.currency().exponent()),
        }
    }
}

/// The first run of neighbouring words that says it: of a date the longest from each word, so that the year is in it; of money
/// the shortest, so that marks in columns of their own are not.
fn run_that<'a>(words: &[&'a Word], value: Value, is_taken: impl Fn(&Word) -> bool) -> Option<Vec<&'a Word>> {
    (0..words.len()).find_map(|start| {
        let may_start = words.get(start).is_some_and(|word| !is_taken(word) && is_figure_like(&word.text));
        let longest = if may_start { FIGURE_WORDS_MAX } else { 0 };
        (1..=longest).find_map(|step| {
            let count = if matches!(value, Value::Date(_)) { longest + 1 - step } else { step };
            let run = words.get(start..start.checked_add(count)?)?;
            let close = run.windows(2).all(|pair| matches!(pair, [a, b] if is_close(a, b)));
            (close && value.may_be(run) && value.is_said_by(&joined(run))).then(|| run.to_vec())
        })
    })
}

/// A figure starts with a digit, a sign or mark of money, or the name of a day or month.
fn is_figure_like(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) || text.chars().count() <= 9
}

pub(super) fn is_close(a: &Word, b: &Word) -> bool {
    let gap = b.bounds.x0 - a.bounds.x1;
    let level = (a.bounds.mid_y() - b.bounds.mid_y()).abs() < 0.5 * a.size.max(b.size);
    level && gap < WORD_GAP_EM * a.size.max(b.size) && gap > -a.size
}

pub(super) fn joined(words: &[&Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

pub(super) fn is_amount(text: &str, minor: i64, exponent: u32) -> bool {
    let Some(token) = text.bytes().any(|b| b.is_ascii_digit()).then(|| AmountToken::read(text)).flatten()
    else {
        return false;
    };
    NumberStyle::ALL
        .iter()
        .any(|style| token.minor(*style, exponent) == i64::try_from(minor.unsigned_abs()).ok())
}

fn is_date(text: &str, wanted: Date) -> bool {
    let Some(token) = text.bytes().any(|b| b.is_ascii_digit()).then(|| DateToken::read(text)).flatten()
    else {
        return false;
    };
    DateOrder::ALL
        .iter()
        .filter_map(|order| token.resolve(*order))
        .any(|date| (date.day, date.month) == (wanted.day(), wanted.month()))
}

/// Printed like money with its minor units, or like a date.
pub(super) fn is_money(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && AmountToken::read(text).is_some_and(|token| token.has_decimals(2))
}

/// A whole date: with a name of a month, or of three numbers.
pub(super) fn is_whole_date(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count();
    numbers >= 3 && DateToken::read(text).is_some()
}
