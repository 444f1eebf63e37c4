//! Open Financial Exchange, SGML (1.x) and XML (2.x) alike, with the dialects of QFX and QBO.
//!
//! The file has a ledger balance as its closing and no opening balance: it proves nothing alone. Where the statement before it in
//! the same file ends on the day before, that one's closing is the opening.

mod row;
mod tokens;

use super::exact;
use super::ledger::{End, Ledger};
use super::loose::Loose;
use super::notes::Notes;
use super::settle::{NEIGHBORS, is_same_account, settle};
use crate::{ParseError, ParseOptions, account, text};
use jiff::civil::Date;
use row::Row;
use smartexus_domain::{Currency, Money, Period, Reading};
use tokens::{Token, Tokens, declared_encoding};

/// Groups whose members mean something. Any other group is looked through.
const GROUPS: [&str; 20] = [
    "STMTRS",
    "CCSTMTRS",
    "INVSTMTRS",
    "BANKACCTFROM",
    "CCACCTFROM",
    "INVACCTFROM",
    "BANKACCTTO",
    "CCACCTTO",
    "BANKTRANLIST",
    "INVTRANLIST",
    "STMTTRN",
    "STMTTRNP",
    "LEDGERBAL",
    "AVAILBAL",
    "CURRENCY",
    "ORIGCURRENCY",
    "PAYEE",
    "FI",
    "BAL",
    "INVTRAN",
];

/// Reads every statement of a file.
pub(crate) fn read(bytes: &[u8], options: &ParseOptions) -> Result<Reading, ParseError> {
    let declared = declared_encoding(bytes);
    let decoded = text::decode_leniently(bytes, declared)?;
    let mut file = File::default();
    let mut tokens = Tokens::new(&decoded).peekable();
    let (rows_max, elements_max) = (limit(options.rows_max), limit(options.cells_max));
    let mut elements = 0_usize;
    while let Some(token) = tokens.next() {
        match token? {
            Token::Open(tag) => {
                elements = elements.saturating_add(1);
                let value = match tokens.peek() {
                    Some(Ok(Token::Text(value))) => Some(value.clone()),
                    _ => None,
                };
                file.open(&tag, value.as_deref());
            }
            Token::Close(tag) => file.close(&tag),
            Token::Text(_) => {}
            Token::Cut => file.is_cut = true,
        }
        // Another statement takes as much room as a row.
        let taken = file.rows.saturating_add(file.done.len().saturating_sub(1));
        if taken > rows_max || elements > elements_max {
            return Err(ParseError::TooManyRows);
        }
    }
    let ledgers = file.finish();
    if ledgers.is_empty() {
        return Err(ParseError::NothingReadable);
    }
    settle(ledgers, Notes::default(), options)
}

fn limit(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// A file while it is read.
#[derive(Default)]
struct File {
    done: Vec<Ledger>,
    institution: Option<String>,
    current: Option<Statement>,
    /// Open groups, the outermost first; each at most once.
    groups: Vec<&'static str>,
    rows: usize,
    /// Something begins that never ends; what stands in it is lost.
    is_cut: bool,
}

/// One account's statement while it is read: amounts wait for the whole file's notation.
#[derive(Default)]
struct Statement {
    ledger: Ledger,
    rows: Vec<Row>,
    pending: Vec<Row>,
    balance: Option<String>,
    balance_day: Option<Date>,
    securities: usize,
}

impl File {
    fn open(&mut self, tag: &str, value: Option<&str>) {
        if let Some(group) = GROUPS.into_iter().find(|group| *group == tag) {
            // A group inside itself was not closed the first time.
            self.close(group);
            self.begin(group);
            self.groups.push(group);
            return;
        }
        let Some(value) = value else { return };
        let group = self.groups.last().copied().unwrap_or_default();
        let is_pending = self.groups.contains(&"STMTTRNP");
        if group == "FI" && tag == "ORG" {
            self.institution = Some(exact::folded(value));
        }
        if let Some(statement) = &mut self.current {
            statement.leaf(group, is_pending, tag, value);
        }
    }

    fn begin(&mut self, group: &str) {
        match group {
            "STMTRS" | "CCSTMTRS" | "INVSTMTRS" => {
                self.end_statement();
                let mut statement = Statement::default();
                statement.ledger.is_card = group == "CCSTMTRS";
                statement.ledger.account.institution = self.institution.clone();
                self.current = Some(statement);
            }
            "STMTTRN" => {
                self.rows = self.rows.saturating_add(1);
                if let Some(statement) = &mut self.current {
                    statement.rows.push(Row::new(statement.rows.len().saturating_add(1)));
                }
            }
            "STMTTRNP" => {
                self.rows = self.rows.saturating_add(1);
                if let Some(statement) = &mut self.current {
                    statement.pending.push(Row::new(statement.pending.len().saturating_add(1)));
                }
            }
            "INVTRAN" => {
                if let Some(statement) = &mut self.current {
                    statement.securities = statement.securities.saturating_add(1);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: &str) {
        let Some(at) = self.groups.iter().rposition(|group| *group == tag) else { return };
        self.groups.truncate(at);
        if matches!(tag, "STMTRS" | "CCSTMTRS" | "INVSTMTRS") {
            self.end_statement();
        }
    }

    fn end_statement(&mut self) {
        if let Some(statement) = self.current.take() {
            let ledger = statement.finish();
            self.done.push(ledger);
        }
    }

    fn finish(mut self) -> Vec<Ledger> {
        let is_cut = self.is_cut || self.current.is_some();
        self.end_statement();
        if let (true, Some(last)) = (is_cut, self.done.last_mut()) {
            last.notes.doubt("file_cut", "The file breaks off before the statement ends.");
        }
        close_seams(&mut self.done);
        self.done
    }
}

impl Statement {
    fn leaf(&mut self, group: &str, is_pending: bool, tag: &str, value: &str) {
        match (group, tag) {
            ("STMTTRN" | "STMTTRNP" | "CURRENCY" | "ORIGCURRENCY" | "PAYEE", _) => {
                let rows = if is_pending { &mut self.pending } else { &mut self.rows };
                if let Some(row) = rows.last_mut() {
                    row.leaf(group, tag, value);
                }
            }
            ("LEDGERBAL", "BALAMT") => self.balance = Some(value.to_owned()),
            ("LEDGERBAL", "DTASOF") => self.balance_day = day(value),
            ("BANKTRANLIST" | "INVTRANLIST", "DTSTART") => self.ledger.period.start = day(value),
            ("BANKTRANLIST" | "INVTRANLIST", "DTEND") => self.ledger.period.end = day(value),
            ("BANKACCTFROM" | "CCACCTFROM" | "INVACCTFROM", _) => self.account(tag, value),
            (_, "CURDEF") => {
                if let Some(currency) = Currency::from_code(value) {
                    self.ledger.account.currency = currency;
                }
            }
            _ => {}
        }
    }

    fn account(&mut self, tag: &str, value: &str) {
        let own = &mut self.ledger.account;
        let value = exact::folded(value);
        match tag {
            "ACCTID" => {
                let bare: String = value.split(' ').collect();
                if account::iban_holds(&bare) { own.iban = Some(bare) } else { own.number = Some(value) }
            }
            "BANKID" if account::aba_holds(&value) => own.routing_number = Some(value),
            "BANKID" if value.len() == 6 && value.bytes().all(|b| b.is_ascii_digit()) => {
                own.sort_code = Some(value)
            }
            "ACCTTYPE" => own.kind = Some(value.to_lowercase().replace("moneymrkt", "money_market")),
            _ => {}
        }
    }

    fn finish(mut self) -> Ledger {
        let mut notation = Loose::default();
        let amounts =
            self.rows.iter().chain(&self.pending).filter_map(Row::amount_text).chain(self.balance.as_deref());
        amounts.for_each(|amount| notation.see(amount));
        self.close_balance(notation);
        let currency = self.ledger.currency();
        for row in self.pending {
            self.ledger.pending.take(row.entry(notation, currency).ok());
        }
        row::book(self.rows, notation, &mut self.ledger);
        if self.securities > 0 {
            let message = format!("{} transactions of securities are not read.", self.securities);
            self.ledger.notes.doubt("investment_rows", message);
        }
        settle_period(&mut self.ledger);
        self.ledger
    }

    fn close_balance(&mut self, notation: Loose) {
        let Some(text) = &self.balance else { return };
        let currency = self.ledger.currency();
        match notation.minor(text, currency) {
            Ok(minor) => {
                self.ledger.closing =
                    Some(End { amount: Money::new(minor, currency), date: self.balance_day });
            }
            Err(_) => self.ledger.notes.doubt("balance_unread", "The ledger balance could not be read."),
        }
    }
}

/// What was asked for is no statement's period where rows lie outside it.
fn settle_period(ledger: &mut Ledger) {
    let (Some(start), Some(end)) = (ledger.period.start, ledger.period.end) else {
        ledger.period = Period::default();
        return;
    };
    if start > end || !ledger.entries.iter().all(|e| (start..=end).contains(&e.date)) {
        ledger.period = Period::default();
        ledger
            .notes
            .tell("date_outside_period", "A row is dated outside the days that the file was made for.");
    } else if ledger.closing.and_then(|c| c.date).is_some_and(|day| day > end) {
        ledger
            .notes
            .tell("balance_after_period", "The ledger balance is of a later day than the last row may be.");
    }
}

/// The closing of the statement before is an opening, where it is of the day before and the rows lead from one to the other.
fn close_seams(ledgers: &mut [Ledger]) {
    for at in 1..ledgers.len() {
        let Some((before, [this, ..])) = ledgers.split_at_mut_checked(at) else { return };
        let Some(before) = before.iter().rev().take(NEIGHBORS).find(|b| is_same_account(b, this)) else {
            continue;
        };
        let (Some(left), Some(start), Some(closing)) = (before.closing, this.period.start, this.closing)
        else {
            continue;
        };
        let moved =
            this.entries.iter().try_fold(left.amount, |sum, entry| sum.checked_add(entry.amount).ok());
        let is_eve = left.date.and_then(|day| day.tomorrow().ok()) == Some(start);
        if is_eve && moved == Some(closing.amount) {
            this.opening = Some(left);
        }
    }
}

/// The local day, as the bank wrote it: neither a time nor an offset moves it.
fn day(text: &str) -> Option<Date> {
    exact::long_date(text.trim()).or_else(|| exact::iso_date(text))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
