//! A true ledger, and the files that a bank would make of it.

use jiff::civil::{Date, date};
use smartexus_domain::{
    Account, Case, CaseAccount, Counts, Currency, DocumentSource, Method, Money, Period, RowStatus,
    Statement, Totals, Transaction, Verdict, prove,
};
use smartexus_parse::{CaseDocument, CaseLimits, assemble};
use std::collections::{BTreeMap, BTreeSet};

/// A row of the truth.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) date: Date,
    pub(crate) minor: i64,
    pub(crate) text: String,
    pub(crate) id: Option<String>,
}

/// One account as it really was.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    pub(crate) account: Account,
    pub(crate) opening: i64,
    pub(crate) rows: Vec<Row>,
}

/// A day of March 2026; beyond 31 of April.
pub(crate) fn day(number: i8) -> Date {
    if number <= 31 { date(2026, 3, number) } else { date(2026, 4, number - 31) }
}

pub(crate) fn row(number: i8, minor: i64, text: &str) -> Row {
    Row { date: day(number), minor, text: text.to_owned(), id: None }
}

pub(crate) fn account(number: &str) -> Account {
    Account {
        number: Some(number.to_owned()).filter(|number| !number.is_empty()),
        currency: Currency::from_code("USD").unwrap(),
        ..Account::default()
    }
}

/// What a file shows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shows {
    /// First and last day of the printed period.
    pub(crate) period: Option<(Date, Date)>,
    /// Both ends.
    pub(crate) ends: bool,
    /// A balance beside every row.
    pub(crate) balances: bool,
}

impl Book {
    pub(crate) fn new(number: &str, opening: i64, rows: Vec<Row>) -> Self {
        Self { account: account(number), opening, rows }
    }

    /// Balance before a row.
    pub(crate) fn before(&self, at: usize) -> i64 {
        self.opening + self.rows[..at].iter().map(|row| row.minor).sum::<i64>()
    }

    /// The rows of a range as a file shows them.
    pub(crate) fn cut(&self, range: std::ops::Range<usize>, shows: Shows) -> Statement {
        let money = |minor| Money::new(minor, self.account.currency);
        let transactions = (1..).zip(range.clone()).map(|(seq, at)| Transaction {
            seq,
            date: self.rows[at].date,
            value_date: None,
            description: self.rows[at].text.clone(),
            amount: money(self.rows[at].minor),
            balance: shows.balances.then(|| money(self.before(at + 1))),
            reference: self.rows[at].id.clone(),
            check_number: None,
            status: RowStatus::Booked,
            details: None,
            categorization: None,
            confidence: 1.0,
            method: Method::Structured,
            source: None,
        });
        let mut statement = Statement {
            account: self.account.clone(),
            period: Period { start: shows.period.map(|p| p.0), end: shows.period.map(|p| p.1) },
            opening_balance: shows.ends.then(|| money(self.before(range.start))),
            closing_balance: shows.ends.then(|| money(self.before(range.end))),
            totals: Totals::default(),
            counts: Counts::default(),
            verdict: Verdict::Unverifiable,
            proof: None,
            unproved_because: Vec::new(),
            checks: Vec::new(),
            repairs: Vec::new(),
            transactions: transactions.collect(),
            pending: Vec::new(),
        };
        prove(&mut statement);
        statement
    }

    /// The rows of whole days.
    pub(crate) fn days(&self, first: i8, last: i8) -> std::ops::Range<usize> {
        let start = self.rows.iter().filter(|row| row.date < day(first)).count();
        start..self.rows.iter().filter(|row| row.date <= day(last)).count()
    }

    /// A statement of whole days with both ends.
    pub(crate) fn statement(&self, first: i8, last: i8) -> Statement {
        let shows = Shows { period: Some((day(first), day(last))), ends: true, balances: false };
        self.cut(self.days(first, last), shows)
    }

    /// A list of rows and nothing else.
    pub(crate) fn export(&self, range: std::ops::Range<usize>) -> Statement {
        self.cut(range, Shows::default())
    }
}

pub(crate) fn pdf(name: &str, statement: &Statement) -> CaseDocument {
    CaseDocument::new(name, &digest(name), DocumentSource::Text, std::slice::from_ref(statement))
}

pub(crate) fn csv(name: &str, statement: &Statement) -> CaseDocument {
    CaseDocument::new(name, &digest(name), DocumentSource::Structured, std::slice::from_ref(statement))
}

/// Some digest that is another for another name, and does not sort like it.
fn digest(name: &str) -> String {
    let mixed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{mixed:016x}")
}

pub(crate) fn case(documents: &[CaseDocument]) -> Case {
    assemble(documents, &BTreeSet::new(), &CaseLimits::default()).unwrap()
}

/// The only account of a case.
pub(crate) fn only(case: &Case) -> &CaseAccount {
    assert_eq!(case.accounts.len(), 1, "{:#?}", case.accounts.iter().map(|a| &a.account).collect::<Vec<_>>());
    &case.accounts[0]
}

/// Rows of the truth that the ledger lacks, and rows of the ledger that are not in the truth.
pub(crate) fn lost_and_doubled(book: &Book, account: &CaseAccount) -> (usize, usize) {
    let mut counts: BTreeMap<(Date, String), i64> = BTreeMap::new();
    for row in &book.rows {
        let amount = Money::new(row.minor, book.account.currency).to_string();
        *counts.entry((row.date, amount)).or_default() += 1;
    }
    for row in &account.ledger {
        *counts.entry((row.date, row.amount.clone())).or_default() -= 1;
    }
    let sum = |sign: i64| counts.values().map(|count| (count * sign).max(0)).sum::<i64>();
    (usize::try_from(sum(1)).unwrap(), usize::try_from(sum(-1)).unwrap())
}

/// The documents make one account with exactly the rows of the truth.
#[track_caller]
pub(crate) fn check(book: &Book, documents: &[CaseDocument]) -> CaseAccount {
    let case = case(documents);
    let account = only(&case);
    assert_eq!(lost_and_doubled(book, account), (0, 0), "lost, doubled: {account:#?}");
    account.clone()
}

pub(crate) fn codes(account: &CaseAccount) -> Vec<&str> {
    account.findings.iter().map(|finding| finding.code.as_ref()).collect()
}
