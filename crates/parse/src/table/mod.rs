//! Delimiter-separated exports: any dialect, encoding and column order, with preamble and footer.

mod asides;
mod columns;
mod dialect;

use crate::account;
use crate::draft::{self, Anchor, RowDraft, StatementDraft};
use crate::lexicon::{self, Label, Role, State, fold};
use crate::period;
use crate::solve::{self, Solved};
use crate::text;
use crate::{ParseError, ParseOptions};
use columns::Layout;
pub(crate) use dialect::{Cell, Grid, clean};
use smartexus_domain::{
    AmountToken, Currency, CurrencyMark, DateToken, DocumentSource, Finding, Method, Reading, Statement,
};

/// Reads a delimiter-separated file into proved statements.
pub(crate) fn read(bytes: &[u8], options: &ParseOptions) -> Result<Reading, ParseError> {
    let decoded = text::decode(bytes)?;
    read_grids(&[dialect::split(&decoded, options)?], options)
}

/// Reads tables that may or may not be of statements. One without any row is passed over, if another has some.
pub(crate) fn read_grids(grids: &[Grid], options: &ParseOptions) -> Result<Reading, ParseError> {
    if grids.iter().flatten().flatten().all(|cell: &Cell| cell.is_empty()) {
        return Err(ParseError::NothingReadable);
    }
    let rows = grids.iter().map(Vec::len).fold(0_usize, usize::saturating_add);
    if rows > usize::try_from(options.rows_max).unwrap_or(usize::MAX) {
        return Err(ParseError::TooManyRows);
    }
    let mut solved: Vec<Solved> = grids.iter().flat_map(|grid| best_layout(grid, options)).collect();
    if solved.iter().any(has_rows) {
        solved.retain(has_rows);
    }
    let mut findings: Vec<Finding> = solved.iter().flat_map(|s| s.findings.clone()).collect();
    findings.dedup();
    let statements: Vec<Statement> = solved.into_iter().map(|s| s.statement).collect();
    if statements.iter().all(|s| s.transactions.is_empty()) {
        findings.push(Finding::new(
            "no_statement_found",
            "No columns of dates and amounts were found; export the file again with a heading row.",
        ));
    }
    Ok(draft::reading(statements, DocumentSource::Structured, false, findings, Vec::new()))
}

fn has_rows(solved: &Solved) -> bool {
    !solved.statement.transactions.is_empty()
        || solved.statement.unproved_because.iter().any(|r| r == "row_unread")
}

fn best_layout(grid: &Grid, options: &ParseOptions) -> Vec<Solved> {
    let layouts = columns::layouts(grid);
    let tried = layouts.iter().map(|layout| read_layout(grid, layout, options));
    solve::best(tried, |solved| solve::rank(solved)).unwrap_or_default()
}

fn read_layout(grid: &[Vec<Cell>], layout: &Layout, options: &ParseOptions) -> Vec<Solved> {
    let mut file = File::default();
    file.rows.drafts.reserve_exact(grid.len());
    for record in grid.iter().take(layout.first) {
        file.note(record);
    }
    for record in grid.iter().skip(layout.first) {
        file.record(record, layout);
    }
    let drafts = file.into_drafts().into_iter();
    let solve = |mut draft: StatementDraft| {
        settle_currency(&mut draft, options);
        solve::solve(&draft, options)
    };
    drafts.map(solve).collect()
}

/// The account and the currency a row names.
type Key = (Option<Cell>, Option<Currency>);

/// Rows and the account that each of them names: apart, for a row is large and moved once only.
#[derive(Default)]
struct Rows {
    drafts: Vec<RowDraft>,
    accounts: Vec<Option<Cell>>,
}

impl Rows {
    fn push(&mut self, account: Option<Cell>, draft: RowDraft) {
        self.accounts.push(account);
        self.drafts.push(draft);
    }

    fn len(&self) -> usize {
        self.drafts.len()
    }

    fn iter(&self) -> impl Iterator<Item = (&Option<Cell>, &RowDraft)> {
        self.accounts.iter().zip(&self.drafts)
    }

    fn into_iter(self) -> impl Iterator<Item = (Option<Cell>, RowDraft)> {
        self.accounts.into_iter().zip(self.drafts)
    }
}

/// A file while it is read.
#[derive(Default)]
struct File {
    common: StatementDraft,
    rows: Rows,
    pending: Rows,
    pending_unread: u32,
    void: usize,
    unread: u32,
    has_unread_balance: bool,
}

impl File {
    /// A record outside the table: labels, periods, account data.
    fn note(&mut self, record: &[Cell]) {
        let filled = || record.iter().filter(|cell| !cell.is_empty());
        let words: Vec<&str> = filled().flat_map(|cell| cell.split(' ')).collect();
        // Cells are label and value by turns: "Account,****4471,Currency,USD".
        let labelled: Vec<&str> = filled().flat_map(|cell| cell.split(' ').chain([":"])).collect();
        if let Some(mark) = account::read(&labelled).or_else(|| account::read(&words)) {
            account::apply(&mut self.common.account, &mark, false);
        }
        if let Some(mark) = account::read(&words) {
            account::apply(&mut self.common.account, &mark, false);
        }
        let text = words.join(" ");
        if let (None, Some(found)) = (self.common.period, period::find(&text)) {
            self.common.period = Some((found.start, found.end));
        }
        if let Some(anchor) = anchor(record, self.rows.len()) {
            self.common.anchors.push(anchor);
        }
        let dates = record.iter().filter_map(|cell| DateToken::read(cell));
        self.common.context_dates.extend(dates);
    }

    fn record(&mut self, record: &[Cell], layout: &Layout) {
        if record.iter().all(|cell: &Cell| cell.is_empty()) {
            return;
        }
        let mut row = RowDraft::empty(Method::Structured);
        let account = fill(&mut row, record, layout);
        match asides::state(record, &layout.roles, &layout.asides) {
            State::Booked => {}
            State::Void => return self.void += 1,
            State::Pending if row.date.is_some() && row.has_amount() => {
                return self.pending.push(account, row);
            }
            State::Pending => return self.pending_unread += 1,
        }
        let label = lexicon::label_of(&row.description).map(|(label, _)| label);
        let is_end = matches!(
            label,
            Some(Label::Opening | Label::Closing | Label::BroughtForward | Label::CarriedForward)
        );
        let whole = row.date.is_some() && row.has_amount();
        if whole && !is_end {
            self.has_unread_balance |= has_unread_balance(record, layout, &row);
            return self.rows.push(account, row);
        }
        let labelled =
            is_end.then_some(()).and(label).and_then(|label| end_row(label, &row, self.rows.len()));
        match labelled.or_else(|| anchor(record, self.rows.len())) {
            Some(anchor) => self.common.anchors.push(anchor),
            None if whole => self.rows.push(account, row),
            // A footer says things in words; a record with a date or an amount that is no row was meant to be one.
            None if row.date.is_some() || row.has_amount() || looks_meant(record, layout) => self.unread += 1,
            None => self.note(record),
        }
    }

    /// One draft for each account and currency the rows name.
    fn into_drafts(self) -> Vec<StatementDraft> {
        let mut keys: Vec<Key> = Vec::new();
        for (account, row) in self.rows.iter().chain(self.pending.iter()) {
            if !keys.iter().any(|(known, currency)| known == account && *currency == row.currency) {
                keys.push((account.clone(), row.currency));
            }
        }
        // A column that names another account in nearly every row is the other side's.
        let accounts =
            keys.iter().filter_map(|(a, _)| a.as_ref()).collect::<std::collections::BTreeSet<_>>().len();
        let own_accounts = accounts <= 1 || accounts * 3 <= self.rows.len() + self.pending.len();
        let mut common = self.common;
        common.findings.extend(draft::void_rows(self.void));
        common.pending_unread = self.pending_unread;
        if self.unread > 0 {
            common.doubt("row_unread");
            let message =
                format!("{} rows could not be read: a date or an amount in them is damaged.", self.unread);
            common.findings.push(Finding::new("row_unread", message));
        }
        if self.has_unread_balance {
            common.doubt("unread_balance");
            common.findings.push(Finding::new("unread_balance", "A row's balance could not be read."));
        }
        if let [(account, currency)] = keys.as_slice() {
            common.rows = self.rows.drafts;
            common.pending = self.pending.drafts;
            name_account(&mut common, account.as_deref(), *currency);
            return vec![common];
        }
        let mut drafts: Vec<(Key, StatementDraft)> = Vec::new();
        let booked = self.rows.into_iter().map(|row| (true, row));
        let pending = self.pending.into_iter().map(|row| (false, row));
        for (is_booked, (account, row)) in booked.chain(pending) {
            let key = (account.filter(|_| own_accounts), row.currency);
            let slot = match drafts.iter().position(|(k, _)| *k == key) {
                Some(at) => at,
                None => {
                    let mut draft = common.clone();
                    name_account(&mut draft, key.0.as_deref(), key.1);
                    drafts.push((key, draft));
                    drafts.len() - 1
                }
            };
            if let Some((_, draft)) = drafts.get_mut(slot) {
                if is_booked { draft.rows.push(row) } else { draft.pending.push(row) }
            }
        }
        if drafts.len() > 1 {
            // Ends of a file belong to no single one of its accounts; what has no date or amount is counted once.
            for (_, draft) in &mut drafts {
                draft.anchors.clear();
            }
            for (_, draft) in drafts.iter_mut().skip(1) {
                draft.pending_unread = 0;
            }
        }
        if drafts.is_empty() && !common.anchors.is_empty() {
            return vec![common];
        }
        drafts.into_iter().map(|(_, draft)| draft).collect()
    }
}

fn name_account(draft: &mut StatementDraft, account: Option<&str>, currency: Option<Currency>) {
    if let Some(account) = account {
        let bare: String = account.split_whitespace().collect();
        if account::iban_holds(&bare) {
            draft.account.iban = Some(bare);
        } else {
            draft.account.number = Some(account.to_owned());
        }
    }
    if let Some(currency) = currency {
        draft.account.currency = currency;
    }
}

/// A balance that is there, has digits, and is no number: a file that was cut ends with one.
fn has_unread_balance(record: &[Cell], layout: &Layout, row: &RowDraft) -> bool {
    let mut cells = record.iter().zip(&layout.roles).filter(|(_, role)| **role == Role::Balance);
    row.balance.is_none() && cells.any(|(cell, _)| cell.bytes().any(|byte| byte.is_ascii_digit()))
}

/// The record has a word where a date or an amount belongs.
fn looks_meant(record: &[Cell], layout: &Layout) -> bool {
    let filled = record.iter().filter(|cell| !cell.is_empty()).count();
    filled * 2 > layout.roles.len() && record.len() > 1
}

/// Gives a row what its cells say; returns the account that they name.
fn fill(row: &mut RowDraft, record: &[Cell], layout: &Layout) -> Option<Cell> {
    let mut account = None;
    let (mut texts, mut kinds): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for (cell, role) in record.iter().zip(&layout.roles).filter(|(cell, _)| !cell.is_empty()) {
        let money = || AmountToken::read(cell);
        match role {
            Role::Date | Role::TransactionDate => row.date = row.date.or_else(|| DateToken::read(cell)),
            Role::ValueDate => row.value_date = row.value_date.or_else(|| DateToken::read(cell)),
            Role::Description if !texts.contains(&cell.as_str()) => texts.push(cell),
            Role::Kind => {
                row.direction = row.direction.or_else(|| lexicon::direction(cell));
                kinds.push(cell);
            }
            Role::Direction => row.direction = row.direction.or_else(|| lexicon::direction(cell)),
            Role::Reference => row.reference = Some(cell.to_string()),
            Role::CheckNumber => row.check_number = Some(cell.to_string()),
            Role::Out => row.out = row.out.take().or_else(money),
            Role::In => row.into = row.into.take().or_else(money),
            Role::Amount => row.amount = row.amount.take().or_else(money),
            Role::Balance => row.balance = row.balance.take().or_else(money),
            Role::Currency => row.currency = Currency::from_code(cell).filter(Currency::is_known),
            Role::Account => account = Some(cell.clone()),
            Role::Description | Role::Fee | Role::Other => {}
        }
    }
    row.description = if texts.is_empty() { kinds.join(" ") } else { texts.join(" ") };
    asides::fill(row, record, &layout.asides);
    account
}

/// A row of the table that is an end: its balance, or its only amount.
fn end_row(label: Label, row: &RowDraft, rows_before: usize) -> Option<Anchor> {
    let amount = row.balance.as_ref().or(row.amount.as_ref()).or(row.into.as_ref()).or(row.out.as_ref())?;
    Some(Anchor {
        label,
        amount: amount.clone(),
        spelled: Vec::new(),
        date: row.date,
        page: 0,
        rows_before,
        strict: false,
    })
}

/// "Opening balance;;1.234,56": a label in one cell, the amount in the next one that has any.
fn anchor(record: &[Cell], rows_before: usize) -> Option<Anchor> {
    let (index, label, strict) = record.iter().enumerate().find_map(|(index, cell)| {
        let folded = fold(cell);
        let (label, _) = lexicon::label(&folded)?;
        Some((index, label, folded.starts_with("tot") || folded.starts_with("sum")))
    })?;
    let date =
        record.iter().find_map(|cell| DateToken::read(cell)).or_else(|| date_within(record.get(index)?));
    if label == Label::BalanceAt && date.is_none() {
        return None;
    }
    let own = record.get(index).and_then(|cell| cell.split(':').nth(1)).and_then(AmountToken::read);
    let amount = own.or_else(|| record.iter().skip(index + 1).find_map(|cell| AmountToken::read(cell)))?;
    Some(Anchor { label, amount, spelled: Vec::new(), date, page: 0, rows_before, strict })
}

/// The date at the end of a label: "Kontostand vom 31.03.2026:".
fn date_within(cell: &str) -> Option<DateToken> {
    let words: Vec<&str> = cell.split(' ').collect();
    (0..words.len())
        .find_map(|start| DateToken::read(words.get(start..)?.join(" ").trim_end_matches([':', ','])))
}

pub(crate) fn settle_currency(draft: &mut StatementDraft, options: &ParseOptions) {
    if draft.account.currency.is_known() {
        return;
    }
    let marks: Vec<CurrencyMark> = draft
        .rows
        .iter()
        .flat_map(|r| r.tokens())
        .chain(draft.anchors.iter().map(|a| &a.amount))
        .filter_map(AmountToken::currency_mark)
        .collect();
    let (certain, shared) = account::currency_of_marks(marks.into_iter());
    let by_iban = draft.account.iban.as_deref().and_then(account::iban_currency);
    if let Some(currency) = certain.or(by_iban) {
        draft.account.currency = currency;
        return;
    }
    let assumed = options
        .currency_default
        .or_else(|| shared.filter(|s| *s == "$").and_then(|_| Currency::from_code("USD")));
    match assumed {
        Some(currency) => {
            draft.account.currency = currency;
            draft.findings.push(Finding::new(
                "currency_assumed",
                "The file names no currency code; the currency is assumed from its symbol or the pipeline's default.",
            ));
        }
        None => draft.findings.push(Finding::new(
            "currency_unknown",
            "The file names no currency; set currency_default in the pipeline to supply one.",
        )),
    }
}
