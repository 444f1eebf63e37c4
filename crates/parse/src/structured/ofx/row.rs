//! `STMTTRN`, one row, and what the rows of a list do to each other.

use super::super::exact;
use super::super::ledger::{Entry, Ledger};
use super::super::loose::Loose;
use super::day;
use smartexus_domain::{BankCode, CodeList, Currency, Money, RowDetails};
use std::collections::BTreeSet;

/// Corrections of one list that are applied; a list of more is no list of a bank.
const CORRECTIONS_MAX: usize = 100;

/// One row as its leaves say it.
#[derive(Debug, Default)]
pub(super) struct Row {
    number: usize,
    posted: Option<String>,
    available: Option<String>,
    amount: Option<String>,
    currency: Option<Currency>,
    kind: Option<String>,
    id: Option<String>,
    reference: Option<String>,
    check_number: Option<String>,
    name: Option<String>,
    memo: Option<String>,
    corrects: Option<String>,
    deletes: bool,
    /// The currency it was in before the bank converted it.
    original: Option<Currency>,
    rate: Option<String>,
}

impl Row {
    pub(super) fn new(number: usize) -> Self {
        Self { number, ..Self::default() }
    }

    pub(super) fn amount_text(&self) -> Option<&str> {
        self.amount.as_deref()
    }

    pub(super) fn leaf(&mut self, group: &str, tag: &str, value: &str) {
        let slot = match (group, tag) {
            // In `CURRENCY` the amount is in that currency; in `ORIGCURRENCY` it was, and is the account's now.
            ("CURRENCY", "CURSYM") => {
                self.currency = Currency::from_code(value);
                return;
            }
            ("ORIGCURRENCY", "CURSYM") => {
                self.original = Currency::from_code(value);
                return;
            }
            ("CURRENCY" | "ORIGCURRENCY", "CURRATE") => &mut self.rate,
            ("PAYEE" | "STMTTRN" | "STMTTRNP", "NAME") => &mut self.name,
            ("STMTTRN", "DTPOSTED") | ("STMTTRNP", "DTTRAN") => &mut self.posted,
            ("STMTTRNP", "TRNAMT") => &mut self.amount,
            ("STMTTRNP", "TRNTYPE") => &mut self.kind,
            ("STMTTRNP", "REFNUM") => &mut self.reference,
            ("STMTTRNP", "MEMO") => &mut self.memo,
            ("STMTTRN", "DTAVAIL") => &mut self.available,
            ("STMTTRN", "TRNAMT") => &mut self.amount,
            ("STMTTRN", "TRNTYPE") => &mut self.kind,
            ("STMTTRN", "FITID") => &mut self.id,
            ("STMTTRN", "REFNUM") => &mut self.reference,
            ("STMTTRN", "CHECKNUM") => &mut self.check_number,
            ("STMTTRN", "MEMO") => &mut self.memo,
            ("STMTTRN", "CORRECTFITID") => &mut self.corrects,
            ("STMTTRN", "CORRECTACTION") => {
                self.deletes = value.eq_ignore_ascii_case("DELETE");
                return;
            }
            _ => return,
        };
        if slot.is_none() {
            *slot = Some(value.to_owned());
        }
    }

    /// The amount is signed; a kind that says the contrary leaves the direction open.
    fn contradicts(&self, minor: i64) -> bool {
        match self.kind.as_deref() {
            Some("DEBIT") => minor > 0,
            Some("CREDIT") => minor < 0,
            _ => false,
        }
    }

    /// A name is cut where the format ends it; a memo that repeats it says it whole.
    fn description(&self) -> String {
        let (name, memo) =
            (self.name.as_deref().unwrap_or_default(), self.memo.as_deref().unwrap_or_default());
        let (name, memo) = (exact::folded(name), exact::folded(memo));
        if memo.starts_with(&name) { memo } else { exact::folded(&format!("{name} {memo}")) }
    }

    pub(super) fn entry(self, notation: Loose, currency: Currency) -> Result<Entry, &'static str> {
        let date = self.posted.as_deref().and_then(day).ok_or("its date is no day")?;
        let currency = self.currency.unwrap_or(currency);
        let text = self.amount.as_deref().ok_or("it has no amount")?;
        let minor = notation.minor(text, currency).map_err(|fault| fault.as_str())?;
        let details = RowDetails {
            original_currency: self.original.filter(|original| *original != currency),
            fx_rate: self.rate.clone(),
            bank_code: self.kind.clone().map(|code| BankCode { list: CodeList::Ofx, code }),
            ..RowDetails::default()
        };
        Ok(Entry {
            date,
            value_date: self.available.as_deref().and_then(day),
            amount: Money::new(minor, currency),
            balance: None,
            description: self.description(),
            reference: self.reference.or(self.id),
            check_number: self.check_number.map(|number| exact::folded(&number)),
            details: details.boxed(),
        })
    }
}

/// Gives the ledger its rows, corrections applied.
pub(super) fn book(rows: Vec<Row>, notation: Loose, ledger: &mut Ledger) {
    tell_repeated_ids(&rows, ledger);
    let rows = corrected(rows, ledger);
    let currency = ledger.currency();
    let mut contradictions = 0_usize;
    for row in rows {
        let number = row.number;
        let minor = row.amount_text().and_then(|text| notation.minor(text, currency).ok());
        contradictions =
            contradictions.saturating_add(usize::from(minor.is_some_and(|m| row.contradicts(m))));
        match row.entry(notation, currency) {
            Ok(entry) => ledger.entries.push(entry),
            Err(what) => ledger.unread(&format!("Transaction {number}"), what),
        }
    }
    if contradictions > 0 {
        ledger.notes.doubt(
            "ambiguous_signs",
            format!("{contradictions} amounts have another sign than their kind of transaction says."),
        );
    }
}

/// The bank's identifiers are evidence and no keys: nothing is merged over one.
fn tell_repeated_ids(rows: &[Row], ledger: &mut Ledger) {
    let ids: Vec<&str> = rows.iter().filter_map(|row| row.id.as_deref()).collect();
    let repeated = ids.len().saturating_sub(ids.iter().collect::<BTreeSet<_>>().len());
    if repeated > 0 {
        let message =
            format!("{repeated} identifiers of transactions are used more than once; every row is kept.");
        ledger.notes.tell("bank_id_repeated", message);
    }
}

/// A correction takes the row back that it names, if there is exactly one.
fn corrected(mut rows: Vec<Row>, ledger: &mut Ledger) -> Vec<Row> {
    let corrections: Vec<(String, usize, bool)> =
        rows.iter().filter_map(|r| Some((r.corrects.clone()?, r.number, r.deletes))).collect();
    if corrections.len() > CORRECTIONS_MAX {
        ledger.notes.doubt("correction_unmatched", "The file corrects itself too often to be followed.");
        return rows;
    }
    for (id, number, deletes) in corrections {
        let named = |row: &Row| row.id.as_deref() == Some(&id) && row.number != number;
        if rows.iter().filter(|row| named(row)).count() != 1 {
            ledger.notes.doubt(
                "correction_unmatched",
                format!("Transaction {number} corrects one that is not in the file exactly once."),
            );
            continue;
        }
        let is_gone = |row: &Row| named(row) || (deletes && row.number == number);
        rows.retain(|row| !is_gone(row));
        ledger.notes.tell("correction_applied", format!("Transaction {number} corrects an earlier one."));
    }
    rows
}
