//! JSON as aggregators hand over transactions. No two of them agree on what a positive amount means, so the direction is proved by
//! running balances, said by a word beside the amount, or known of the shape; where it is none of these, it is open and said to be.

mod fields;
mod signs;

use super::exact;
use super::ledger::{Entry, Ledger};
use super::notes::Notes;
use super::settle::settle;
use crate::draft;
use crate::lexicon::State;
use crate::{ParseError, ParseOptions, text};
use fields::{Row, normal};
use serde_json::Value;
use smartexus_domain::{Account, Currency, Money, Reading};
use std::collections::BTreeMap;

/// Reads every account of an answer.
pub(crate) fn read(bytes: &[u8], options: &ParseOptions) -> Result<Reading, ParseError> {
    let decoded = text::decode_leniently(bytes, None)?;
    // A value in memory is many times its text, so there may not be more of them than cells.
    let values = decoded.bytes().filter(|byte| matches!(byte, b',' | b':' | b'[' | b'{')).count();
    if values > usize::try_from(options.cells_max).unwrap_or(usize::MAX) {
        return Err(ParseError::TooManyRows);
    }
    let root: Value =
        serde_json::from_str(decoded.trim_start_matches('\u{feff}')).map_err(|_| ParseError::Corrupt)?;
    let mut answer =
        Answer { rows_max: usize::try_from(options.rows_max).unwrap_or(usize::MAX), ..Answer::default() };
    answer.walk(&root, "")?;
    if answer.rows.is_empty() && answer.accounts.is_empty() && answer.notes.is_empty() {
        return Err(ParseError::NothingReadable);
    }
    let (ledgers, notes) = answer.finish();
    settle(ledgers, notes, options)
}

/// An answer while it is looked through.
#[derive(Default)]
struct Answer {
    rows: Vec<Row>,
    accounts: BTreeMap<String, Account>,
    /// Rows of the whole list, of which this may be a page.
    stated_rows: Option<usize>,
    /// Rows of a list of changes that say what became of rows of another file.
    changed: usize,
    notes: Notes,
    rows_max: usize,
}

impl Answer {
    /// The reader of JSON bounds the depth.
    fn walk(&mut self, value: &Value, name: &str) -> Result<(), ParseError> {
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.item(item, name)),
            Value::Object(members) => {
                let total = members.iter().find(|(key, _)| normal(key) == "totaltransactions");
                let total = total.and_then(|(_, total)| total.as_u64()).and_then(|n| usize::try_from(n).ok());
                self.stated_rows = self.stated_rows.or(total);
                members.iter().try_for_each(|(key, member)| self.walk(member, &normal(key)))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
        }
    }

    fn item(&mut self, item: &Value, list: &str) -> Result<(), ParseError> {
        let Some(mut row) = Row::read(item, self.rows.len().saturating_add(1)) else {
            self.account(item);
            return self.walk(item, list);
        };
        if matches!(list, "modified" | "removed") {
            self.changed = self.changed.saturating_add(1);
            return Ok(());
        }
        if self.rows.len() >= self.rows_max {
            return Err(ParseError::TooManyRows);
        }
        if list == "pending" {
            row.state = State::Pending;
        }
        self.rows.push(row);
        Ok(())
    }

    /// An account has an identifier that rows name, and balances.
    fn account(&mut self, item: &Value) {
        let member = |wanted: &str| {
            let found = item.as_object()?.iter().find(|(key, _)| normal(key) == wanted);
            found.map(|(_, value)| value)
        };
        let words = |wanted: &str| member(wanted).and_then(Value::as_str).map(exact::folded);
        let (Some(id), Some(balances)) = (words("accountid").or_else(|| words("id")), member("balances"))
        else {
            return;
        };
        let mut account = Account { number: words("mask"), ..Account::default() };
        let kind = words("subtype").or_else(|| words("type"));
        account.kind = kind.map(|kind| kind.to_lowercase().replace(' ', "_"));
        let code = balances.get("iso_currency_code").and_then(Value::as_str);
        account.currency = code.and_then(Currency::from_code).unwrap_or(Currency::UNKNOWN);
        self.accounts.insert(id, account);
    }

    fn finish(mut self) -> (Vec<Ledger>, Notes) {
        if self.changed > 0 {
            let message = format!("{} rows only say what became of rows of an earlier file.", self.changed);
            self.notes.tell("rows_changed_elsewhere", message);
        }
        let missing = self.stated_rows.is_some_and(|stated| stated > self.rows.len());
        let mut groups: BTreeMap<Option<String>, Vec<Row>> = BTreeMap::new();
        for row in self.rows {
            groups.entry(row.account.clone()).or_default().push(row);
        }
        let mut ledgers = Vec::new();
        for (id, rows) in groups {
            let account = id.as_ref().and_then(|id| self.accounts.get(id).cloned());
            let mut ledger = ledger(rows, account.unwrap_or(Account { number: id, ..Account::default() }));
            if missing {
                ledger.notes.doubt("rows_missing", "The file is a part of a longer list of rows.");
            }
            ledgers.push(ledger);
        }
        (ledgers, self.notes)
    }
}

fn ledger(mut rows: Vec<Row>, account: Account) -> Ledger {
    let mut ledger = Ledger { account, ..Ledger::default() };
    ledger.is_card = ledger.account.kind.as_deref().is_some_and(|k| matches!(k, "credit_card" | "credit"));
    if let Some(currency) = rows.iter().find_map(|row| row.currency) {
        ledger.state_currency(currency);
    }
    let void = rows.iter().filter(|row| row.state == State::Void).count();
    rows.retain(|row| row.state != State::Void);
    if let Some(finding) = draft::void_rows(void) {
        ledger.notes.add(finding);
    }
    let currency = ledger.currency();
    let mut meant = Vec::new();
    for row in rows {
        match row.minor(currency) {
            Ok(minor) => meant.push((minor, row)),
            Err(_) if row.state == State::Pending => ledger.pending.take(None),
            Err(what) => ledger.unread(&format!("Transaction {}", row.number), what),
        }
    }
    signs::settle(&mut meant, &mut ledger.notes);
    for (minor, row) in meant {
        if row.state == State::Pending {
            ledger.pending.take(entry(minor, row, currency));
        } else {
            ledger.entries.extend(entry(minor, row, currency));
        }
    }
    ledger
}

fn entry(minor: i64, row: Row, currency: Currency) -> Option<Entry> {
    let currency = row.currency.unwrap_or(currency);
    let balance = row.balance.as_deref().and_then(|text| exact::signed(text, &['.'], currency));
    let details = row.details(Money::new(minor, currency));
    Some(Entry {
        date: row.date?,
        value_date: row.value_date,
        amount: Money::new(minor, currency),
        balance: balance.map(|minor| Money::new(minor, currency)),
        description: row.description,
        reference: row.reference,
        check_number: row.check_number,
        details: details.boxed(),
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
