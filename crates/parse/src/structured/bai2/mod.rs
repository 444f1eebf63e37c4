//! BAI2 cash management reports: groups of accounts, balances and sums by type code, amounts in minor units without a point,
//! and control sums on every level.

mod record;

use super::exact;
use super::ledger::{End, Entry, Ledger};
use super::notes::Notes;
use super::settle::settle;
use crate::{ParseError, ParseOptions, account, text};
use jiff::civil::Date;
use record::{Record, Records};
use smartexus_domain::{BankCode, CodeList, Currency, Money, Reading, RowDetails};

/// Reads every account of a file.
pub(crate) fn read(bytes: &[u8], options: &ParseOptions) -> Result<Reading, ParseError> {
    let decoded = text::decode_leniently(bytes, None)?;
    let mut file = File::default();
    let rows_max = usize::try_from(options.rows_max).unwrap_or(usize::MAX);
    for record in Records::new(&decoded) {
        file.take(record);
        // Another account takes as much room as a row.
        if file.rows.saturating_add(file.done.len().saturating_sub(1)) > rows_max {
            return Err(ParseError::TooManyRows);
        }
    }
    let ledgers = file.finish();
    if ledgers.is_empty() {
        return Err(ParseError::NothingReadable);
    }
    settle(ledgers, Notes::default(), options)
}

/// A sum over one level of the file and how many members and lines it has.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    sum: i64,
    members: usize,
    lines: usize,
    /// Where its ledgers begin in the list.
    first: usize,
}

/// A file while it is read.
#[derive(Default)]
struct File {
    done: Vec<Ledger>,
    current: Option<Ledger>,
    day: Option<Date>,
    currency: Option<Currency>,
    is_interim: bool,
    /// Deleted, corrected or made for a test: nothing to build on.
    is_odd: bool,
    account: Level,
    group: Level,
    file: Level,
    has_end: bool,
    rows: usize,
}

impl File {
    fn take(&mut self, record: Record) {
        for level in [&mut self.account, &mut self.group, &mut self.file] {
            level.lines = level.lines.saturating_add(record.lines);
        }
        match record.code.as_str() {
            "01" => self.has_end = false,
            "02" => self.group(record),
            "03" => self.account(record),
            "16" => self.row(record),
            "49" => self.end_account(record),
            "98" => self.end_group(record),
            "99" => self.end_file(record),
            _ => {
                if let Some(ledger) = self.current.as_mut().or(self.done.last_mut()) {
                    ledger.unread(&record.place(), "no record that a report has");
                }
            }
        }
    }

    /// Receiver, originator, status, day, time, currency, kind of day.
    fn group(&mut self, mut record: Record) {
        self.close_account();
        let mut fields = std::iter::from_fn(|| record.field().map(str::to_owned)).skip(2);
        let status = fields.next().unwrap_or_default();
        self.is_odd = !matches!(status.as_str(), "1" | "");
        self.day = fields.next().as_deref().and_then(exact::short_date);
        self.currency = fields.nth(1).as_deref().and_then(Currency::from_code);
        self.is_interim = matches!(fields.next().as_deref(), Some("1" | "3"));
        self.group = Level { lines: record.lines, first: self.done.len(), ..Level::default() };
        self.file.members = self.file.members.saturating_add(1);
    }

    /// Number, currency, then code, amount, count and availability, as often as the bank likes.
    fn account(&mut self, mut record: Record) {
        self.close_account();
        self.account = Level { lines: record.lines, ..Level::default() };
        self.group.members = self.group.members.saturating_add(1);
        let mut ledger = Ledger::default();
        let number = record.field().unwrap_or_default().to_owned();
        if account::iban_holds(&number) {
            ledger.account.iban = Some(number);
        } else {
            ledger.account.number = Some(number).filter(|n| !n.is_empty());
        }
        let own = record.field().and_then(Currency::from_code);
        let currency =
            own.or(self.currency).or_else(|| Currency::from_code("USD")).unwrap_or(Currency::UNKNOWN);
        if own.is_none() && self.currency.is_none() {
            ledger
                .notes
                .tell("currency_assumed", "The file names no currency; its standard then means US dollars.");
        }
        ledger.account.currency = currency;
        if self.is_interim {
            ledger.notes.reason("interim_report");
        }
        if self.is_odd {
            ledger.notes.doubt("group_not_final", "The report is a correction, a deletion or a test.");
        }
        while let Some(code) = record.field().map(str::to_owned) {
            let amount = record.field().unwrap_or_default().to_owned();
            let count = record.field().and_then(|count| count.parse::<u32>().ok());
            let kind = record.field().unwrap_or_default().to_owned();
            skip_availability(&kind, &mut record);
            if code.is_empty() && amount.is_empty() {
                continue;
            }
            match signed(&amount) {
                Some(minor) => {
                    self.account.sum = self.account.sum.saturating_add(minor);
                    summary(&mut ledger, &code, minor, count, self.day);
                }
                None if amount.is_empty() => {}
                None => ledger.notes.doubt(
                    "balance_unread",
                    format!(
                        "{}: the amount of code {} could not be read.",
                        record.place(),
                        exact::folded(&code)
                    ),
                ),
            }
        }
        self.current = Some(ledger);
    }

    fn row(&mut self, record: Record) {
        self.rows = self.rows.saturating_add(1);
        let day = self.day;
        let Some(ledger) = &mut self.current else {
            if let Some(last) = self.done.last_mut() {
                last.unread(&record.place(), "it belongs to no account");
            }
            return;
        };
        let place = record.place();
        match Row::read(record, ledger.currency()) {
            Ok(row) => {
                self.account.sum = self.account.sum.saturating_add(row.counted);
                match (row.entry(day), row.is_memo) {
                    (_, true) => {
                        ledger.notes.tell("memo_row", format!("{place}: a row that moves no money."))
                    }
                    (Some(entry), false) => ledger.entries.push(entry),
                    (None, false) => ledger.unread(&place, "its report has no date"),
                }
            }
            Err(what) => ledger.unread(&place, what),
        }
    }

    fn close_account(&mut self) {
        if let Some(mut ledger) = self.current.take() {
            ledger.notes.doubt("file_cut", "An account has no control record.");
            self.done.push(ledger);
        }
    }

    /// Control total, number of lines from `03` to `49`.
    fn end_account(&mut self, record: Record) {
        let Some(mut ledger) = self.current.take() else { return };
        let level = self.account;
        self.group.sum = self.group.sum.saturating_add(level.sum);
        if let Some(what) = broken(record, level, false) {
            ledger
                .notes
                .doubt("control_total", format!("The control record of an account disagrees: {what}."));
        }
        self.done.push(ledger);
    }

    /// Control total, number of accounts, number of lines from `02` to `98`.
    fn end_group(&mut self, record: Record) {
        self.close_account();
        let level = self.group;
        self.file.sum = self.file.sum.saturating_add(level.sum);
        let what = broken(record, level, true);
        self.disagree("a group", what, level.first);
    }

    fn end_file(&mut self, record: Record) {
        self.close_account();
        self.has_end = true;
        let what = broken(record, self.file, true);
        let first = self.file.first;
        self.disagree("the file", what, first);
        self.file = Level { first: self.done.len(), ..Level::default() };
    }

    fn disagree(&mut self, of: &str, what: Option<&str>, first: usize) {
        let Some(what) = what else { return };
        for ledger in self.done.iter_mut().skip(first) {
            ledger.notes.doubt("control_total", format!("The control record of {of} disagrees: {what}."));
        }
    }

    fn finish(mut self) -> Vec<Ledger> {
        self.close_account();
        if !self.has_end {
            for ledger in &mut self.done {
                ledger.notes.doubt("file_cut", "The file breaks off before its control record.");
            }
        }
        self.done
    }
}

/// What of a control record does not agree with what was read.
fn broken(mut record: Record, level: Level, has_members: bool) -> Option<&'static str> {
    let total = record.field().and_then(signed);
    if total != Some(level.sum) {
        return Some("its sum");
    }
    let mut number = || record.field().and_then(|n| n.parse::<usize>().ok());
    if has_members && number() != Some(level.members) {
        return Some("its number of members");
    }
    (number() != Some(level.lines)).then_some("its number of records")
}

/// Ledger balances and sums; available balances and averages prove nothing.
fn summary(ledger: &mut Ledger, code: &str, minor: i64, count: Option<u32>, day: Option<Date>) {
    let money = Money::new(minor, ledger.currency());
    match code {
        "010" => ledger.opening = Some(End { amount: money, date: day }),
        "015" => ledger.closing = Some(End { amount: money, date: day }),
        "100" => (ledger.totals.credits, ledger.counts.credits) = (Some(money), count),
        "400" => {
            let out = Money::new(minor.saturating_abs().saturating_neg(), ledger.currency());
            (ledger.totals.debits, ledger.counts.debits) = (Some(out), count);
        }
        _ => {}
    }
}

/// Fields that a kind of availability adds; the value date of `V` is given back.
fn skip_availability(kind: &str, record: &mut Record) -> Option<Date> {
    match kind {
        "S" => record.skip(3),
        "V" => {
            let day = record.field().and_then(exact::short_date);
            record.skip(1);
            return day;
        }
        "D" => {
            let pairs = record.field().and_then(|n| n.parse::<u8>().ok()).unwrap_or_default();
            record.skip(usize::from(pairs).saturating_mul(2));
        }
        _ => {}
    }
    None
}

/// Minor units, signed where the bank signs them.
fn signed(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.trim();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let magnitude: i64 = digits.parse().ok()?;
    Some(if negative { magnitude.saturating_neg() } else { magnitude })
}

/// A `16` record: code, amount, availability, bank's reference, customer's reference, text.
struct Row {
    code: BankCode,
    /// As the control sum counts it.
    counted: i64,
    amount: Money,
    value_date: Option<Date>,
    is_memo: bool,
    bank_reference: Option<String>,
    reference: Option<String>,
    check_number: Option<String>,
    text: String,
}

impl Row {
    fn read(mut record: Record, currency: Currency) -> Result<Self, &'static str> {
        let code = record.field().and_then(exact::number).ok_or("its type code is no number")?;
        let amount = record.field().unwrap_or_default().to_owned();
        let is_memo = code == 890;
        let counted = match signed(&amount) {
            Some(minor) => minor,
            None if is_memo && amount.is_empty() => 0,
            None => return Err("its amount is no number"),
        };
        let minor = match code {
            100..=399 | 890 => counted,
            400..=699 => counted.saturating_neg(),
            _ => return Err("its type code says no direction"),
        };
        let kind = record.field().unwrap_or_default().to_owned();
        let value_date = skip_availability(&kind, &mut record);
        let mut reference = || record.field().map(exact::folded).filter(|r| !r.is_empty());
        let (bank_reference, reference) = (reference(), reference());
        let is_check = matches!(code, 470..=479);
        let number = reference.clone().filter(|r| is_check && r.bytes().all(|b| b.is_ascii_digit()));
        Ok(Self {
            code: BankCode { list: CodeList::Bai, code: code.to_string() },
            counted,
            amount: Money::new(minor, currency),
            value_date,
            is_memo,
            bank_reference,
            check_number: number,
            reference,
            text: record.text(),
        })
    }

    fn entry(&self, day: Option<Date>) -> Option<Entry> {
        Some(Entry {
            date: day?,
            value_date: self.value_date,
            amount: self.amount,
            balance: None,
            description: self.text.clone(),
            reference: self.reference.clone().or_else(|| self.bank_reference.clone()),
            check_number: self.check_number.clone(),
            details: RowDetails { bank_code: Some(self.code.clone()), ..RowDetails::default() }.boxed(),
        })
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
