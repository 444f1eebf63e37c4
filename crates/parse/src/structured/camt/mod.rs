//! ISO 20022 account reports (camt.052), statements (camt.053) and notifications (camt.054), of any version.
//!
//! Nothing is asked of the namespace: the elements that are read have kept their names from version 1 to 13, and those that
//! moved are looked for in both places.

mod balance;
mod details;
mod entry;

use super::exact;
use super::ledger::Ledger;
use super::markup::{self, Markup, MarkupFault, Node, Step};
use super::notes::Notes;
use super::settle::settle;
use crate::{ParseError, ParseOptions, account, text};
use balance::{Balances, Kind};
use entry::{Status, entry};
use smartexus_domain::{Currency, Money, Period, Reading};

/// Reads a message into proved statements, one an account.
pub(crate) fn read(bytes: &[u8], options: &ParseOptions) -> Result<Reading, ParseError> {
    let declared = markup::declared_encoding(bytes);
    let decoded = text::decode_leniently(bytes, declared.as_deref())?;
    let mut message = Message::default();
    let mut markup = Markup::new(&decoded, options);
    match message.read(&mut markup, usize::try_from(options.rows_max).unwrap_or(usize::MAX)) {
        Ok(()) => {}
        Err(MarkupFault::Refused(error)) => return Err(error),
        Err(MarkupFault::Broken) if message.is_empty() => return Err(ParseError::Corrupt),
        Err(MarkupFault::Broken) => message.cut_off(),
    }
    if message.is_empty() {
        return Err(ParseError::NothingReadable);
    }
    settle(message.done, Notes::default(), options)
}

/// The reports of a message while they are read.
#[derive(Default)]
struct Message {
    done: Vec<Ledger>,
    current: Option<Report>,
    rows: usize,
}

/// One report while it is read.
struct Report {
    kind: Kind,
    ledger: Ledger,
    balances: Balances,
    /// Rows as the summary counts them.
    counted: Option<usize>,
    entries: usize,
    unread: usize,
}

impl Message {
    fn is_empty(&self) -> bool {
        self.done.is_empty() && self.current.is_none()
    }

    fn read(&mut self, markup: &mut Markup, rows_max: usize) -> Result<(), MarkupFault> {
        loop {
            match markup.step()? {
                Step::End => return Ok(()),
                Step::Close(name) if Kind::of(&name).is_some() => self.finish(),
                Step::Close(_) => {}
                Step::Open(node) => match (Kind::of(&node.name), &mut self.current) {
                    // A report takes as much room as a row.
                    (Some(_), None) if self.rows.saturating_add(self.done.len()) > rows_max => {
                        return Err(MarkupFault::Refused(ParseError::TooManyRows));
                    }
                    (Some(kind), None) => self.current = Some(Report::new(kind)),
                    (_, None) => {}
                    (_, Some(report)) => {
                        let node = markup.subtree(node)?;
                        self.rows = self.rows.saturating_add(usize::from(node.name == "Ntry"));
                        if self.rows > rows_max {
                            return Err(MarkupFault::Refused(ParseError::TooManyRows));
                        }
                        report.take(&node);
                    }
                },
            }
        }
    }

    fn finish(&mut self) {
        if let Some(report) = self.current.take() {
            self.done.push(report.finish());
        }
    }

    fn cut_off(&mut self) {
        if let Some(report) = &mut self.current {
            report.ledger.notes.doubt("file_cut", "The file breaks off before the statement ends.");
        }
        self.finish();
        if let Some(last) = self.done.last_mut() {
            last.notes.doubt("file_cut", "The file breaks off before it ends.");
        }
    }
}

impl Report {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            ledger: Ledger::default(),
            balances: Balances::default(),
            counted: None,
            entries: 0,
            unread: 0,
        }
    }

    fn take(&mut self, node: &Node) {
        match &*node.name {
            "FrToDt" => self.ledger.period = period(node),
            "Acct" => self.account(node),
            "Bal" => self.balance(node),
            "TxsSummry" => self.summary(node),
            "Ntry" => self.entry(node),
            _ => {}
        }
    }

    fn account(&mut self, node: &Node) {
        let account = &mut self.ledger.account;
        let iban = node.text_at("Id/IBAN").map(|iban| iban.split_whitespace().collect::<String>());
        match iban {
            Some(iban) if account::iban_holds(&iban) => account.iban = Some(iban),
            other => account.number = other.or_else(|| node.text_at("Id/Othr/Id").map(exact::folded)),
        }
        if let Some(currency) = node.text_at("Ccy").and_then(Currency::from_code) {
            account.currency = currency;
        }
        account.holders.extend(node.text_at("Ownr/Nm").map(exact::folded));
        let bank = node.at("Svcr/FinInstnId");
        account.institution = bank.and_then(|bank| bank.text_at("Nm")).map(exact::folded);
        account.bic = bank.and_then(|b| b.text_at("BICFI").or_else(|| b.text_at("BIC"))).map(str::to_owned);
    }

    fn balance(&mut self, node: &Node) {
        if self.balances.take(node).is_none() {
            self.ledger.notes.doubt("balance_unread", "A balance of the file could not be read.");
        }
    }

    /// Counts and sums of the bank's own; of a part that is missing, nothing is asked.
    fn summary(&mut self, node: &Node) {
        let count = |path: &str| node.text_at(path).and_then(|text| text.parse::<u32>().ok());
        self.counted = count("TtlNtries/NbOfNtries").and_then(|n| usize::try_from(n).ok());
        self.ledger.counts.credits = count("TtlCdtNtries/NbOfNtries");
        self.ledger.counts.debits = count("TtlDbtNtries/NbOfNtries");
        let currency = self.currency();
        let sum = |path: &str| exact::minor(node.text_at(path)?, &['.'], currency);
        self.ledger.totals.credits = sum("TtlCdtNtries/Sum").map(|minor| Money::new(minor, currency));
        self.ledger.totals.debits =
            sum("TtlDbtNtries/Sum").map(|minor| Money::new(minor.saturating_neg(), currency));
    }

    /// Of the account, or of its first balance: the summary names none.
    fn currency(&self) -> Currency {
        let stated = self.ledger.currency();
        if stated.is_known() { stated } else { self.balances.currency() }
    }

    fn entry(&mut self, node: &Node) {
        self.entries = self.entries.saturating_add(1);
        let currency = self.currency();
        match entry(node, currency) {
            Ok((Status::Booked, row)) => {
                self.ledger.state_currency(row.amount.currency());
                self.ledger.entries.push(row);
            }
            Ok((Status::Pending, row)) => {
                self.ledger.state_currency(row.amount.currency());
                self.ledger.pending.take(Some(row));
            }
            // What is only announced may lack what it will have.
            Err(_) if entry::status(node) == Ok(Status::Pending) => self.ledger.pending.take(None),
            Err(what) => {
                self.unread = self.unread.saturating_add(1);
                self.ledger.unread(&format!("Entry {}", self.entries), what);
            }
        }
    }

    fn finish(mut self) -> Ledger {
        let currency = self.currency();
        self.ledger.state_currency(currency);
        if self.counted.is_some_and(|counted| counted != self.entries) {
            self.ledger.notes.doubt(
                "rows_missing",
                format!(
                    "The file counts {} entries and lists {}.",
                    self.counted.unwrap_or_default(),
                    self.entries
                ),
            );
        }
        if !self.ledger.pending.is_empty() {
            // The bank's sums may or may not have them in.
            self.ledger.counts = smartexus_domain::Counts::default();
            self.ledger.totals = smartexus_domain::Totals::default();
        }
        self.balances.settle(self.kind, &mut self.ledger);
        self.ledger
    }
}

/// From and to, with or without times.
fn period(node: &Node) -> Period {
    let day = |names: [&str; 2]| names.into_iter().find_map(|name| exact::iso_date(node.text_at(name)?));
    let (start, end) = (day(["FrDtTm", "FrDt"]), day(["ToDtTm", "ToDt"]));
    if start.is_some() && end.is_some() && start <= end { Period { start, end } } else { Period::default() }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
