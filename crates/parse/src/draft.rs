//! A statement as it stands on the paper, before anyone decides what its numbers and dates mean: the common
//! ground of pages and tables, and the input of the search in [`crate::solve`].

use crate::hint::Leaning;
use crate::lexicon::{Label, Section};
use smartexus_domain::{
    Account, AmountToken, Check, Currency, DateToken, DocumentKind, DocumentSource, Finding, Method, Reading,
    Signal, Source, Statement,
};

/// A recognized date with less confidence than this may be another one: of recognized numbers below it more than half
/// were wrong, of those above it 5 of 807. Sums prove amounts, but nothing proves a date.
pub(crate) const SURE_DATE: f64 = 0.85;

/// A money cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cell {
    Out,
    In,
    Amount,
    Balance,
}

/// What a date that is hard to read may be instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OtherDates {
    /// Nobody knows.
    Unnamed,
    /// These alone.
    Named(Vec<DateToken>),
}

/// One row with its cells still tokens.
#[derive(Debug, Clone)]
pub(crate) struct RowDraft {
    pub(crate) date: Option<DateToken>,
    pub(crate) value_date: Option<DateToken>,
    /// The least among its dates: no sum proves a date.
    pub(crate) date_confidence: f64,
    /// What the date may be instead, where it and no other of the row is hard to read.
    pub(crate) other_dates: Option<OtherDates>,
    pub(crate) description: String,
    /// The kind of booking, in a column of its own: the description of a row that has no other.
    pub(crate) kind: Option<String>,
    /// Cell of a column of money out.
    pub(crate) out: Option<AmountToken>,
    /// Cell of a column of money in.
    pub(crate) into: Option<AmountToken>,
    /// Cell of a column of both.
    pub(crate) amount: Option<AmountToken>,
    pub(crate) balance: Option<AmountToken>,
    /// A word in a column of its own: `true` for money in.
    pub(crate) direction: Option<bool>,
    /// The heading it stands under.
    pub(crate) section: Option<Section>,
    /// Which of the headings that rows stand under, known or not; `None` before the first.
    pub(crate) group: Option<u8>,
    /// Which of the tables side by side it stands in, counted from the left.
    pub(crate) side: Option<usize>,
    pub(crate) reference: Option<String>,
    pub(crate) check_number: Option<String>,
    /// What a recognizer thought its cells may be instead.
    pub(crate) spelled: Vec<(Cell, AmountToken)>,
    /// The row's own currency, in a column of its own.
    pub(crate) currency: Option<Currency>,
    /// What it was in another currency, in columns of their own.
    pub(crate) original: Option<Box<Original>>,
    pub(crate) source: Option<Source>,
    pub(crate) confidence: f64,
    pub(crate) method: Method,
}

impl RowDraft {
    pub(crate) fn empty(method: Method) -> Self {
        Self {
            date: None,
            value_date: None,
            date_confidence: 1.0,
            other_dates: None,
            description: String::new(),
            kind: None,
            out: None,
            into: None,
            amount: None,
            balance: None,
            direction: None,
            section: None,
            group: None,
            side: None,
            reference: None,
            check_number: None,
            spelled: Vec::new(),
            currency: None,
            original: None,
            source: None,
            confidence: 1.0,
            method,
        }
    }

    pub(crate) fn cell_mut(&mut self, cell: Cell) -> &mut Option<AmountToken> {
        match cell {
            Cell::Out => &mut self.out,
            Cell::In => &mut self.into,
            Cell::Amount => &mut self.amount,
            Cell::Balance => &mut self.balance,
        }
    }

    /// Every money cell of the row.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &AmountToken> {
        [&self.out, &self.into, &self.amount, &self.balance].into_iter().flatten()
    }

    pub(crate) fn has_amount(&self) -> bool {
        self.out.is_some() || self.into.is_some() || self.amount.is_some()
    }
}

/// What a row was in another currency.
#[derive(Debug, Clone, Default)]
pub(crate) struct Original {
    pub(crate) amount: Option<AmountToken>,
    pub(crate) currency: Option<Currency>,
    pub(crate) rate: Option<String>,
}

/// A labelled amount that is no row: opening, closing, totals, carries.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    pub(crate) label: Label,
    pub(crate) amount: AmountToken,
    /// What a recognizer thought it may be instead.
    pub(crate) spelled: Vec<AmountToken>,
    /// The date the label names ("balance as of …").
    pub(crate) date: Option<DateToken>,
    /// 0 for structured files.
    pub(crate) page: u32,
    /// How many rows stand before it.
    pub(crate) rows_before: usize,
    /// The label says "total" in so many words, so a difference is a failure and not a misunderstanding.
    pub(crate) strict: bool,
}

/// A line of the summary box between opening and closing: label and amount, in printed order.
#[derive(Debug, Clone)]
pub(crate) struct SummaryLine {
    /// `Some(true)` if the words say money in.
    pub(crate) direction: Option<bool>,
    pub(crate) amount: AmountToken,
}

/// Everything the document says about one account.
#[derive(Debug, Clone, Default)]
pub(crate) struct StatementDraft {
    pub(crate) account: Account,
    pub(crate) is_card: bool,
    /// First and last day as printed.
    pub(crate) period: Option<(DateToken, DateToken)>,
    /// Other dates printed outside the rows: they say which year it is.
    pub(crate) context_dates: Vec<DateToken>,
    /// The dates outside the rows that were read with confidence; `None` where nothing had to be recognized.
    pub(crate) sure_dates: Option<Vec<DateToken>>,
    pub(crate) rows: Vec<RowDraft>,
    /// Rows that are not booked: nothing is concluded from them.
    pub(crate) pending: Vec<RowDraft>,
    /// Rows that are not booked and lack a date or an amount.
    pub(crate) pending_unread: u32,
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) summary: Vec<SummaryLine>,
    /// The paper says that nothing happened.
    pub(crate) says_no_rows: bool,
    pub(crate) count_in: Option<u32>,
    pub(crate) count_out: Option<u32>,
    /// Checks only the reading of pages can make.
    pub(crate) checks: Vec<Check>,
    /// Reasons why nothing may be green.
    pub(crate) doubts: Vec<&'static str>,
    pub(crate) findings: Vec<Finding>,
    /// Year of the file's own creation date: an assumption where no year is printed at all.
    pub(crate) file_year: Option<i16>,
    /// What is known about the issuer.
    pub(crate) leaning: Leaning,
}

impl StatementDraft {
    /// Whether anything was read that makes this worth calling a statement.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.anchors.is_empty()
    }

    /// Whether a date outside the rows was read with confidence, at least once.
    pub(crate) fn is_sure(&self, date: DateToken) -> bool {
        self.sure_dates.as_ref().is_none_or(|sure| sure.contains(&date))
    }

    pub(crate) fn doubt(&mut self, reason: &'static str) {
        if !self.doubts.contains(&reason) {
            self.doubts.push(reason);
        }
    }
}

/// What is said of rows that are pending; nothing of none.
pub(crate) fn pending_rows(listed: usize, unread: u32) -> Option<Finding> {
    let all = listed.saturating_add(usize::try_from(unread).unwrap_or(usize::MAX));
    let mut message = format!("{all} rows are pending, not booked: they are listed apart and in no sum.");
    if unread > 0 {
        message = format!("{message} Of them {unread} have no whole date or amount and are only counted.");
    }
    (all > 0).then(|| Finding::new("pending_rows", message))
}

/// What is said of rows that never moved money; nothing of none.
pub(crate) fn void_rows(count: usize) -> Option<Finding> {
    let message = format!("{count} rows were refused or cancelled, as the file says, and are left out.");
    (count > 0).then(|| Finding::new("rows_void", message))
}

/// Puts solved statements together into a reading.
pub(crate) fn reading(
    statements: Vec<Statement>,
    source: DocumentSource,
    is_card: bool,
    findings: Vec<Finding>,
    signals: Vec<Signal>,
) -> Reading {
    let rows: usize = statements.iter().map(|s| s.transactions.len()).sum();
    let (kind, kind_confidence) = match (rows, is_card) {
        (0, _) => (DocumentKind::Other, 0.5),
        (_, true) => (DocumentKind::CardStatement, 0.95),
        (_, false) => (DocumentKind::BankStatement, 0.95),
    };
    Reading {
        kind,
        kind_confidence,
        page_kinds: Vec::new(),
        children: Vec::new(),
        source,
        statements,
        facts: Vec::new(),
        signals,
        findings,
        categorized_with: None,
    }
}
