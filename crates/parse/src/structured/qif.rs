//! Quicken Interchange Format: records of one-letter fields, each ended by `^`. It has no balances, no currency, and dates
//! whose order only the whole file can tell; so its rows take the road of tables, where tokens keep every meaning they can have.

use super::exact;
use super::notes::Notes;
use crate::draft::{self, RowDraft, StatementDraft};
use crate::lexicon::{self, Label, fold};
use crate::solve;
use crate::{ParseError, ParseOptions, text};
use smartexus_domain::{AmountToken, DateOrder, DateToken, DocumentSource, Method, Reading, SignMark};
use std::collections::BTreeMap;

/// What the records under a heading are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Rows of an account.
    Rows { is_card: bool },
    /// Accounts: the last one named is the one whose rows follow.
    Accounts,
    /// Securities bought and sold.
    Investments,
    /// Categories, classes, prices: no money moves.
    Lists,
}

impl Section {
    fn of(heading: &str) -> Option<Self> {
        let heading = heading.trim().to_ascii_lowercase();
        if heading == "!account" {
            return Some(Self::Accounts);
        }
        let kind = heading.strip_prefix("!type:")?.trim();
        Some(match kind {
            "ccard" => Self::Rows { is_card: true },
            "invst" => Self::Investments,
            "cat" | "class" | "memorized" | "security" | "prices" | "tag" | "budget" | "invitem"
            | "template" => Self::Lists,
            // Bank, cash, asset, liability, and whatever a bank calls its own.
            _ => Self::Rows { is_card: false },
        })
    }
}

/// Reads every account of a file.
pub(crate) fn read(bytes: &[u8], options: &ParseOptions) -> Result<Reading, ParseError> {
    let decoded = text::decode_leniently(bytes, None)?;
    let mut file = File::default();
    let rows_max = usize::try_from(options.rows_max).unwrap_or(usize::MAX);
    for (at, line) in decoded.lines().enumerate() {
        file.line(line, at.saturating_add(1));
        // An account takes as much room as a row.
        if file.rows.saturating_add(file.drafts.len().saturating_sub(1)) > rows_max {
            return Err(ParseError::TooManyRows);
        }
    }
    file.finish(options)
}

/// One record while it is read.
#[derive(Default)]
struct Record {
    line: usize,
    date: Option<String>,
    amount: Option<String>,
    number: Option<String>,
    payee: Option<String>,
    memo: Option<String>,
    category: Option<String>,
    splits: Vec<String>,
}

impl Record {
    fn is_empty(&self) -> bool {
        self.line == 0
    }

    fn field(&mut self, code: char, value: &str) {
        let slot = match code {
            'D' => &mut self.date,
            'T' => &mut self.amount,
            // The same amount for programs that read more digits.
            'U' if self.amount.is_none() => &mut self.amount,
            'N' => &mut self.number,
            'P' => &mut self.payee,
            'M' => &mut self.memo,
            'L' => &mut self.category,
            '$' => {
                self.splits.push(value.to_owned());
                return;
            }
            _ => return,
        };
        if slot.is_none() {
            *slot = Some(value.to_owned());
        }
    }

    fn description(&self) -> String {
        let (payee, memo) =
            (self.payee.as_deref().unwrap_or_default(), self.memo.as_deref().unwrap_or_default());
        let told = if memo.starts_with(payee) { memo.to_owned() } else { format!("{payee} {memo}") };
        exact::folded(&told)
    }

    /// The first record of an account may be its opening balance, booked against the account itself.
    fn is_opening(&self) -> bool {
        let payee = fold(self.payee.as_deref().unwrap_or_default());
        let own = self.category.as_deref().is_some_and(|l| l.starts_with('[') && l.ends_with(']'));
        own && matches!(lexicon::label(&payee), Some((Label::Opening, _)))
    }
}

/// A file while it is read.
#[derive(Default)]
struct File {
    section: Option<Section>,
    /// The account that `!Account` named last.
    name: Option<String>,
    drafts: Vec<StatementDraft>,
    /// Where the draft of a name is.
    places: BTreeMap<String, usize>,
    current: usize,
    record: Record,
    notes: Notes,
    investments: usize,
    rows: usize,
    in_splits: bool,
}

impl File {
    fn line(&mut self, line: &str, number: usize) {
        let line = line.trim_end();
        if line.trim_start().starts_with('!') {
            self.end_record();
            self.heading(line.trim_start());
            return;
        }
        let mut characters = line.chars();
        let Some(code) = characters.next() else { return };
        if code == '^' {
            self.end_record();
            return;
        }
        if self.record.is_empty() {
            self.record.line = number;
        }
        // Behind the first split, numbers and memos are the split's.
        self.in_splits |= code == 'S';
        if !(self.in_splits && matches!(code, 'N' | 'M' | 'L')) {
            self.record.field(code, characters.as_str().trim());
        }
    }

    fn heading(&mut self, line: &str) {
        if let Some(section) = Section::of(line) {
            self.section = Some(section);
            if let Section::Rows { is_card } = section {
                self.begin_account(is_card);
            }
        }
    }

    /// Rows of one name go on where they were left; without a name, every heading begins an account.
    fn begin_account(&mut self, is_card: bool) {
        if let Some(at) = self.name.as_ref().and_then(|name| self.places.get(name)) {
            self.current = *at;
            return;
        }
        let is_fresh = |draft: &StatementDraft| draft.account.number.is_none() && draft.rows.is_empty();
        if self.name.is_none() && self.drafts.last().is_some_and(is_fresh) {
            return;
        }
        let mut draft = StatementDraft { is_card, ..StatementDraft::default() };
        draft.account.number = self.name.clone();
        draft.account.kind = is_card.then(|| "credit_card".to_owned());
        self.current = self.drafts.len();
        if let Some(name) = &self.name {
            self.places.insert(name.clone(), self.current);
        }
        self.drafts.push(draft);
    }

    fn end_record(&mut self) {
        let record = std::mem::take(&mut self.record);
        self.in_splits = false;
        if record.is_empty() {
            return;
        }
        match self.section {
            Some(Section::Accounts) => self.name = record.number.map(|name| exact::folded(&name)),
            Some(Section::Investments) => self.investments = self.investments.saturating_add(1),
            Some(Section::Lists) => {}
            Some(Section::Rows { .. }) | None => self.row(&record),
        }
    }

    fn row(&mut self, record: &Record) {
        self.rows = self.rows.saturating_add(1);
        if self.drafts.is_empty() {
            self.drafts.push(StatementDraft::default());
        }
        let Some(draft) = self.drafts.get_mut(self.current) else { return };
        let date = record.date.as_deref().and_then(date);
        let amount =
            record.amount.as_deref().and_then(AmountToken::read).filter(|a| a.sign() != SignMark::Conflict);
        let (Some(date), Some(amount)) = (date, amount) else {
            draft.doubt("row_unread");
            let message =
                format!("Line {}: its date or its amount cannot be read; the row is left out.", record.line);
            self.notes.tell("row_unread", message);
            return;
        };
        if record.is_opening() && draft.rows.is_empty() {
            draft.anchors.push(draft::Anchor {
                label: Label::Opening,
                amount,
                spelled: Vec::new(),
                date: Some(date),
                page: 0,
                rows_before: 0,
                strict: false,
            });
            self.notes
                .tell("opening_balance_row", "A row that books the opening balance is read as the balance.");
            return;
        }
        if !splits_add_up(record) {
            let message = format!("Line {}: the parts of the row do not add up to it.", record.line);
            self.notes.tell("split_sum", message);
        }
        draft.rows.push(row(record, date, amount));
    }

    fn finish(mut self, options: &ParseOptions) -> Result<Reading, ParseError> {
        self.end_record();
        if self.drafts.is_empty() && self.investments == 0 && self.rows == 0 {
            return Err(ParseError::NothingReadable);
        }
        if self.investments > 0 {
            let message = format!("{} transactions of securities are not read.", self.investments);
            self.notes.tell("investment_rows", message);
        }
        let evidence = order_of(&self.drafts);
        let is_card = !self.drafts.is_empty() && self.drafts.iter().all(|d| d.is_card);
        let mut statements = Vec::new();
        let mut notes = self.notes;
        for mut draft in self.drafts.into_iter().filter(|d| !d.is_empty() || !d.doubts.is_empty()) {
            draft.context_dates.extend(evidence);
            crate::table::settle_currency(&mut draft, options);
            let solved = solve::solve(&draft, options);
            solved.findings.into_iter().for_each(|finding| notes.add(finding));
            statements.push(solved.statement);
        }
        if statements.iter().all(|s| s.transactions.is_empty()) {
            notes.tell("no_statement_found", "The file lists no row of an account.");
        }
        let findings = notes.into_findings();
        Ok(draft::reading(statements, DocumentSource::Structured, is_card, findings, Vec::new()))
    }
}

/// Day and month have one order in the whole file: a date that proves the order most of them prove.
fn order_of(drafts: &[StatementDraft]) -> Option<DateToken> {
    let proving = |order: DateOrder| {
        let dates = drafts.iter().flat_map(|draft| draft.rows.iter().filter_map(|row| row.date));
        dates.filter(move |date| date.proves_order() == Some(order))
    };
    let [day_first, month_first] = [DateOrder::DayMonth, DateOrder::MonthDay].map(|o| proving(o).count());
    proving(if day_first >= month_first { DateOrder::DayMonth } else { DateOrder::MonthDay }).next()
}

/// The sign is the format's own, so the direction is certain: a column each for out and in.
fn row(record: &Record, date: DateToken, amount: AmountToken) -> RowDraft {
    let mut row = RowDraft::empty(Method::Structured);
    row.date = Some(date);
    row.description = record.description();
    let is_number = |n: &&String| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
    row.check_number = record.number.as_ref().filter(is_number).cloned();
    row.reference = record.number.as_ref().filter(|n| !is_number(n) && !n.is_empty()).cloned();
    match amount.sign() {
        SignMark::Minus | SignMark::Debit => row.out = Some(amount),
        SignMark::None | SignMark::Plus | SignMark::Credit | SignMark::Conflict => row.into = Some(amount),
    }
    row
}

/// `2/ 1'26` is a day of 2026: the apostrophe stands before years of this century.
fn date(text: &str) -> Option<DateToken> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    match bare.split_once('\'') {
        Some((day, year)) if year.len() <= 2 => DateToken::read(&format!("{day}/20{year:0>2}")),
        Some((day, year)) => DateToken::read(&format!("{day}/{year}")),
        None => DateToken::read(&bare),
    }
}

/// Whether the parts give the whole, as far as they are amounts.
fn splits_add_up(record: &Record) -> bool {
    let mut notation = super::loose::Loose::default();
    let all = || record.splits.iter().chain(record.amount.as_ref());
    all().for_each(|text| notation.see(text));
    let minor = |text: &String| notation.minor(text, smartexus_domain::Currency::UNKNOWN).ok();
    let parts = record.splits.iter().map(minor).try_fold(0_i64, |sum, part| sum.checked_add(part?));
    record.splits.is_empty() || parts.is_none() || parts == record.amount.as_ref().and_then(minor)
}

#[cfg(test)]
#[path = "qif_tests.rs"]
mod tests;
