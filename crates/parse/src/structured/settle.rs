//! Ledgers to proved statements, by the same rules as paper.

use super::ledger::{End, Entry, Ledger, TEXT_BYTES_MAX};
use super::notes::Notes;
use crate::{ParseError, ParseOptions, account, draft};
use smartexus_domain::{
    Account, Counts, Currency, DocumentSource, Method, Money, Period, Reading, RowStatus, Statement, Totals,
    Transaction, Verdict,
};

/// Proves every ledger of a file and puts them together. `notes` are about the file as a whole.
pub(super) fn settle(
    ledgers: Vec<Ledger>,
    mut notes: Notes,
    options: &ParseOptions,
) -> Result<Reading, ParseError> {
    let mut ledgers: Vec<Ledger> = ledgers.into_iter().filter(|l| !l.is_blank()).collect();
    let rows = ledgers.iter().map(|l| l.entries.len()).fold(0_usize, usize::saturating_add);
    let pending = ledgers.iter().map(|l| l.pending.entries.len()).fold(0_usize, usize::saturating_add);
    if rows.saturating_add(pending) > usize::try_from(options.rows_max).unwrap_or(usize::MAX) {
        return Err(ParseError::TooManyRows);
    }
    tell_gaps(&ledgers, &mut notes);
    set_still_ones_aside(&mut ledgers, &mut notes);
    let is_card = !ledgers.is_empty() && ledgers.iter().all(|l| l.is_card);
    let mut statements = Vec::new();
    for mut ledger in ledgers.into_iter().flat_map(by_currency) {
        settle_currency(&mut ledger, options);
        tell_pending(&mut ledger);
        statements.push(statement(&mut ledger));
        notes.absorb(ledger.notes);
    }
    if rows == 0 {
        notes.tell("no_statement_found", "The file lists no booked row that could be read.");
    }
    let findings = notes.into_findings();
    Ok(draft::reading(statements, DocumentSource::Structured, is_card, findings, Vec::new()))
}

/// Banks send a statement for every day. Those on which nothing moved say nothing that their neighbors do not.
fn set_still_ones_aside(ledgers: &mut Vec<Ledger>, notes: &mut Notes) {
    let still = ledgers.iter().filter(|l| l.is_still()).count();
    if still == 0 || still == ledgers.len() {
        return;
    }
    ledgers.retain(|l| !l.is_still());
    notes.tell(
        "statement_without_rows",
        format!("{still} statements of the file list no row and are left out."),
    );
}

/// A closing that the next statement of the same account does not begin with: something between them is missing.
fn tell_gaps(ledgers: &[Ledger], notes: &mut Notes) {
    let mut gaps = 0_usize;
    for (at, ledger) in ledgers.iter().enumerate() {
        let same = |other: &&Ledger| is_same_account(ledger, other) && other.opening.is_some();
        let next = ledgers.get(at.saturating_add(1)..).unwrap_or_default().iter().take(NEIGHBORS).find(same);
        let (Some(left), Some(next)) = (ledger.closing, next.and_then(|n| n.opening)) else { continue };
        let in_order = left.date.zip(next.date).is_none_or(|(left, next)| left <= next);
        gaps = gaps.saturating_add(usize::from(in_order && left.amount != next.amount));
    }
    if gaps > 0 {
        notes.tell(
            "statement_gap",
            format!("{gaps} statements do not begin with the balance that the one before them ends with."),
        );
    }
}

/// How many statements of other accounts may stand between two of one account.
pub(super) const NEIGHBORS: usize = 64;

pub(super) fn is_same_account(one: &Ledger, other: &Ledger) -> bool {
    let name = |l: &Ledger| l.account.iban.clone().or_else(|| l.account.number.clone());
    let alike =
        one.currency() == other.currency() || !one.currency().is_known() || !other.currency().is_known();
    name(one) == name(other) && alike
}

/// One statement a currency. Ends, totals and counts stay with the account's own.
fn by_currency(mut ledger: Ledger) -> Vec<Ledger> {
    let own = ledger.currency();
    let is_own = |entry: &Entry| entry.amount.currency() == own;
    let (kept, foreign): (Vec<Entry>, Vec<Entry>) =
        std::mem::take(&mut ledger.entries).into_iter().partition(is_own);
    let (announced, foreign_announced): (Vec<Entry>, Vec<Entry>) =
        std::mem::take(&mut ledger.pending.entries).into_iter().partition(is_own);
    (ledger.entries, ledger.pending.entries) = (kept, announced);
    let mut others: Vec<Ledger> = Vec::new();
    for entry in foreign {
        if let Some(other) = of_currency(&mut others, &ledger, entry.amount.currency()) {
            other.entries.push(entry);
        }
    }
    for entry in foreign_announced {
        if let Some(other) = of_currency(&mut others, &ledger, entry.amount.currency()) {
            other.pending.take(Some(entry));
        }
    }
    let mut all = vec![ledger];
    all.append(&mut others);
    all.retain(|l| !l.is_blank());
    all
}

/// The same account in another currency.
fn of_currency<'l>(others: &'l mut Vec<Ledger>, own: &Ledger, currency: Currency) -> Option<&'l mut Ledger> {
    if others.iter().all(|other| other.currency() != currency) {
        let account = Account { currency, ..own.account.clone() };
        others.push(Ledger { account, period: own.period, ..Ledger::default() });
    }
    others.iter_mut().find(|other| other.currency() == currency)
}

/// A file that states no currency: its account's country, or the pipeline's choice, with a finding.
fn settle_currency(ledger: &mut Ledger, options: &ParseOptions) {
    if ledger.currency().is_known() {
        return;
    }
    let by_iban = ledger.account.iban.as_deref().and_then(account::iban_currency);
    let Some(currency) = by_iban.or(options.currency_default) else {
        ledger.notes.tell(
            "currency_unknown",
            "The file names no currency; set currency_default in the pipeline to supply one.",
        );
        return;
    };
    // Amounts were read with two digits: another number of them would make other amounts of the same text.
    if currency.exponent() != Currency::UNKNOWN.exponent() {
        ledger.notes.doubt(
            "currency_unknown",
            "The file names no currency, and the one to assume has other minor units than the amounts were read with.",
        );
        return;
    }
    if by_iban.is_none() {
        ledger
            .notes
            .tell("currency_assumed", "The file names no currency; the pipeline's default is assumed.");
    }
    restate(ledger, currency);
}

fn restate(ledger: &mut Ledger, currency: Currency) {
    let named = |money: Money| Money::new(money.minor(), currency);
    ledger.account.currency = currency;
    for end in [&mut ledger.opening, &mut ledger.closing].into_iter().flatten() {
        end.amount = named(end.amount);
    }
    for entry in ledger.entries.iter_mut().chain(&mut ledger.pending.entries) {
        entry.amount = named(entry.amount);
        entry.balance = entry.balance.map(named);
        if let Some(charges) = entry.details.as_mut().and_then(|details| details.charges.as_mut()) {
            *charges = named(*charges);
        }
    }
    let Totals { credits, debits, fees } = ledger.totals;
    ledger.totals = Totals { credits: credits.map(named), debits: debits.map(named), fees: fees.map(named) };
}

fn tell_pending(ledger: &mut Ledger) {
    if let Some(finding) = draft::pending_rows(ledger.pending.entries.len(), ledger.pending.unread) {
        ledger.notes.tell("pending_rows", finding.message);
    }
}

fn statement(ledger: &mut Ledger) -> Statement {
    put_in_ledger_order(&mut ledger.entries);
    let period = period(ledger);
    if ledger.entries.is_empty() && moved(ledger) {
        ledger.notes.doubt("rows_missing", "The balance changes although no booked row is listed.");
    }
    let is_printed = |end: Option<End>| end.map(|e| e.amount).filter(|m| m.currency() == ledger.currency());
    let (opening, closing) = (is_printed(ledger.opening), is_printed(ledger.closing));
    // A row of nothing is on neither side of a proof, but may be in a count.
    let countable = ledger.entries.iter().all(|e| e.amount.minor() != 0);
    let transactions =
        (1..).zip(ledger.entries.drain(..)).map(|(seq, entry)| transaction(seq, entry)).collect();
    let pending = std::mem::take(&mut ledger.pending.entries);
    let pending = (1..)
        .zip(pending)
        .map(|(seq, entry)| Transaction { status: RowStatus::Pending, ..transaction(seq, entry) });
    let mut account = std::mem::take(&mut ledger.account);
    if ledger.is_card && account.kind.is_none() {
        account.kind = Some("credit_card".to_owned());
    }
    let mut statement = Statement {
        account,
        period,
        opening_balance: opening,
        closing_balance: closing,
        totals: ledger.totals,
        counts: if countable { ledger.counts } else { Counts::default() },
        verdict: Verdict::Unverifiable,
        proof: None,
        unproved_because: ledger.notes.reasons().collect(),
        checks: ledger.carry.take().into_iter().collect(),
        repairs: Vec::new(),
        transactions,
        pending: pending.collect(),
    };
    smartexus_domain::prove(&mut statement);
    statement
}

fn moved(ledger: &Ledger) -> bool {
    ledger.opening.zip(ledger.closing).is_some_and(|(opening, closing)| opening.amount != closing.amount)
}

/// The period as stated; else the days of the two ends, where every row lies between them.
fn period(ledger: &mut Ledger) -> Period {
    if ledger.period != Period::default() {
        return ledger.period;
    }
    let day = |end: Option<End>| end.and_then(|e| e.date);
    let (Some(start), Some(end)) = (day(ledger.opening), day(ledger.closing)) else {
        return Period::default();
    };
    if ledger.entries.iter().all(|e| (start..=end).contains(&e.date)) {
        return Period { start: Some(start), end: Some(end) };
    }
    ledger.notes.tell(
        "date_outside_ends",
        "A row is dated outside the days of the opening and the closing balance; no period is stated.",
    );
    Period::default()
}

/// Oldest first, rows of one day in the order of the file, or against it where the whole file runs backwards.
fn put_in_ledger_order(entries: &mut [Entry]) {
    let falls = |pair: &[Entry], falling: bool| match pair {
        [a, b] if falling => a.date > b.date,
        [a, b] => a.date < b.date,
        _ => false,
    };
    let count = |falling: bool| entries.windows(2).filter(|pair| falls(pair, falling)).count();
    let (falling, rising) = (count(true), count(false));
    if falling > rising || (falling == rising && chains_backwards(entries)) {
        entries.reverse();
    }
    entries.sort_by_key(|entry| entry.date);
}

/// Balances beside the rows that only follow from each other when read from the last row to the first.
fn chains_backwards(entries: &[Entry]) -> bool {
    let follows = |before: &Entry, after: &Entry| {
        let reached = before.balance.and_then(|balance| balance.checked_add(after.amount).ok());
        reached.is_some() && reached == after.balance
    };
    let links = |backwards: bool| {
        entries.windows(2).filter(move |pair| match pair {
            [a, b] if backwards => follows(b, a),
            [a, b] => follows(a, b),
            _ => false,
        })
    };

    links(true).count() > links(false).count()
}

fn transaction(seq: u32, entry: Entry) -> Transaction {
    let Entry { date, value_date, amount, balance, description, reference, check_number, details } = entry;
    Transaction {
        seq,
        date,
        value_date,
        description: short(&super::exact::folded(&description)),
        amount,
        balance,
        reference: reference.map(|r| short(&super::exact::folded(&r))).filter(|r| !r.is_empty()),
        check_number: check_number.filter(|number| !number.is_empty()),
        status: RowStatus::Booked,
        details,
        categorization: None,
        confidence: 1.0,
        method: Method::Structured,
        source: None,
    }
}

/// Text that nobody can mean is cut, and shows that it was.
fn short(text: &str) -> String {
    if text.len() <= TEXT_BYTES_MAX {
        return text.to_owned();
    }
    let kept = text.floor_char_boundary(TEXT_BYTES_MAX);
    format!("{}…", text.get(..kept).unwrap_or_default())
}

#[cfg(test)]
#[path = "settle_tests.rs"]
mod tests;
