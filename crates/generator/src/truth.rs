//! The right answer for every stage, in the shape of the product's own JSON.

use crate::book::{Book, Owner};
use jiff::civil::Date;
use serde::Serialize;
use smartexus_domain::{Currency, Money, Verdict};

/// Which running balances a layout prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Balances {
    Every,
    DayEnd,
    None,
}

/// What a layout prints of a book: only that can be asked of a reader.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shows {
    pub(crate) opening: bool,
    pub(crate) closing: bool,
    pub(crate) totals: bool,
    pub(crate) value_dates: bool,
    pub(crate) balances: Balances,
}

/// `truth.json`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Truth {
    pub(crate) kind: &'static str,
    pub(crate) statements: Vec<StatementTruth>,
}

/// What a proof of the printed figures must say.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Expect {
    pub(crate) verdict: Verdict,
    pub(crate) proof: Option<&'static str>,
    pub(crate) first_broken_row: Option<u32>,
}

/// One statement: can be read as the product's `Statement`, which ignores `expect`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StatementTruth {
    pub(crate) account: AccountTruth,
    period: PeriodTruth,
    pub(crate) opening_balance: Option<String>,
    pub(crate) closing_balance: Option<String>,
    pub(crate) totals: TotalsTruth,
    verdict: Verdict,
    proof: Option<&'static str>,
    pub(crate) expect: Expect,
    pub(crate) transactions: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct AccountTruth {
    institution: Option<String>,
    holders: Vec<String>,
    number: Option<String>,
    iban: Option<String>,
    bic: Option<String>,
    sort_code: Option<String>,
    routing_number: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    currency: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct PeriodTruth {
    start: Option<Date>,
    end: Option<Date>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct TotalsTruth {
    credits: Option<String>,
    debits: Option<String>,
    fees: Option<String>,
}

/// One row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) seq: u32,
    date: Date,
    value_date: Option<Date>,
    pub(crate) description: String,
    pub(crate) amount: String,
    pub(crate) balance: Option<String>,
    currency: Option<String>,
    reference: Option<String>,
    check_number: Option<String>,
    confidence: f64,
    method: &'static str,
}

fn printed(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn money(minor: i64, currency: &str) -> String {
    Money::new(minor, Currency::from_code(currency).unwrap_or(Currency::UNKNOWN)).to_string()
}

/// White space folded, as a reader is expected to give it.
fn folded(lines: &[String]) -> String {
    lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Expect {
    /// The verdict on an honest statement: as strong as what is printed.
    fn honest(shows: Shows) -> Self {
        if !(shows.opening && shows.closing) {
            return Self::unproved();
        }
        let proof = match (shows.balances, shows.totals) {
            (Balances::Every, _) => "chain",
            (Balances::DayEnd | Balances::None, true) => "totals",
            (Balances::DayEnd | Balances::None, false) => "ends",
        };
        Self { verdict: Verdict::Verified, proof: Some(proof), first_broken_row: None }
    }

    /// Where an end is not printed, nothing can be proved and nothing can break.
    pub(crate) fn unproved() -> Self {
        Self { verdict: Verdict::Unverifiable, proof: None, first_broken_row: None }
    }

    /// The verdict on a tampered one.
    pub(crate) fn broken(row: Option<u32>) -> Self {
        Self { verdict: Verdict::Discrepancy, proof: None, first_broken_row: row }
    }
}

impl StatementTruth {
    /// The truth of what a layout prints of a book. `method` is `text` or `structured`.
    pub(crate) fn new(book: &Book, shows: Shows, method: &'static str) -> Self {
        let expect = Expect::honest(shows);
        let code = book.owner.currency;
        Self {
            account: account(&book.owner),
            period: PeriodTruth { start: Some(book.start), end: Some(book.end) },
            opening_balance: shows.opening.then(|| money(book.opening, code)),
            closing_balance: shows.closing.then(|| money(book.closing, code)),
            totals: TotalsTruth {
                credits: shows.totals.then(|| money(book.credits, code)),
                debits: shows.totals.then(|| money(book.debits, code)),
                fees: None,
            },
            verdict: expect.verdict,
            proof: expect.proof,
            expect,
            transactions: rows(book, shows, method),
        }
    }

    /// The same rows with another expectation.
    pub(crate) fn expecting(mut self, expect: Expect) -> Self {
        self.verdict = expect.verdict;
        self.proof = expect.proof;
        self.expect = expect;
        self
    }

    /// Whether it is about a card.
    pub(crate) fn is_card(&self) -> bool {
        self.account.kind.as_deref() == Some("credit_card")
    }

    /// The document prints no period.
    pub(crate) fn without_period(mut self) -> Self {
        self.period = PeriodTruth { start: None, end: None };
        self
    }

    /// Money in and fees are printed as the totals of their sections; money out as several, so not as one.
    pub(crate) fn with_section_totals(mut self, credits: i64, fees: i64) -> Self {
        let code = self.account.currency.clone().unwrap_or_default();
        self.totals.credits = Some(money(credits, &code));
        self.totals.fees = Some(money(fees, &code));
        self
    }
}

fn account(owner: &Owner) -> AccountTruth {
    AccountTruth {
        institution: printed(owner.institution),
        holders: owner.holders.iter().map(|&h| h.to_owned()).collect(),
        number: printed(&owner.number),
        iban: printed(&owner.iban),
        bic: printed(owner.bic),
        sort_code: printed(owner.sort_code),
        routing_number: printed(owner.routing_number),
        kind: printed(owner.kind),
        currency: printed(owner.currency),
    }
}

fn rows(book: &Book, shows: Shows, method: &'static str) -> Vec<Row> {
    let code = book.owner.currency;
    (1..)
        .zip(&book.entries)
        .enumerate()
        .map(|(index, (seq, entry))| {
            let balance = match shows.balances {
                Balances::Every => true,
                Balances::DayEnd => book.ends_day(index),
                Balances::None => false,
            };
            Row {
                seq,
                date: entry.date,
                value_date: shows.value_dates.then_some(entry.value_date),
                description: folded(&entry.lines),
                amount: money(entry.amount, code),
                balance: balance.then(|| money(entry.balance, code)),
                currency: printed(code),
                reference: entry.reference.clone(),
                check_number: entry.check_number.clone(),
                confidence: 1.0,
                method,
            }
        })
        .collect()
}
