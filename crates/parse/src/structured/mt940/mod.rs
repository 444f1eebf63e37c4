//! SWIFT MT940 and MT942: statements and interim reports, as banks write them and not only as the standard says.

mod details;
mod fields;
mod line;

use super::exact;
use super::ledger::{End, Entry, Ledger};
use super::notes::Notes;
use super::settle::{is_same_account, settle};
use crate::{ParseError, ParseOptions, account, text};
use fields::{Field, Fields};
use line::{Line, LineFault};
use smartexus_domain::{Currency, Money, Reading};

/// The comma is the standard's decimal mark; a point is a bank's mistake that can mean nothing else.
const MARKS: [char; 2] = [',', '.'];

/// A statement whose other messages are elsewhere.
const PART: &str = "The file has only a part of a statement; the rest is in another message.";

/// Reads the messages of a file into proved statements.
pub(crate) fn read(bytes: &[u8], options: &ParseOptions) -> Result<Reading, ParseError> {
    let decoded = text::decode_leniently(bytes, None)?;
    let rows_max = usize::try_from(options.rows_max).unwrap_or(usize::MAX);
    let mut messages = Messages::default();
    for field in Fields::new(&decoded) {
        messages.take(&field);
        // Another statement takes as much room as a row.
        if messages.rows.saturating_add(messages.done.len().saturating_sub(1)) > rows_max {
            return Err(ParseError::TooManyRows);
        }
    }
    let (ledgers, notes) = messages.finish();
    if ledgers.iter().all(Ledger::is_blank) && notes.is_empty() {
        return Err(ParseError::NothingReadable);
    }
    settle(ledgers, notes, options)
}

/// A row whose description may still come.
struct Open {
    line: Line,
    description: Option<String>,
    /// 1-based line of the file where it begins.
    number: usize,
}

/// The messages of a file while they are read.
#[derive(Default)]
struct Messages {
    done: Vec<Ledger>,
    /// Whether the statement in `done` goes on in the next message.
    goes_on: bool,
    current: Ledger,
    begins_between: bool,
    ends_between: bool,
    is_interim: bool,
    is_over: bool,
    open: Option<Open>,
    notes: Notes,
    rows: usize,
}

impl Messages {
    fn take(&mut self, field: &Field) {
        match field.tag.as_str() {
            "20" => self.begin(),
            "25" | "25P" => self.account(&field.text),
            "60F" | "60M" => self.opening(field),
            "61" => self.row(field),
            "86" | "NS" => self.details(field),
            "62F" | "62M" => self.closing(field),
            "34F" => self.floor(&field.text),
            "90C" | "90D" => self.total(field),
            "end" => {
                self.close_row();
                self.is_over = true;
            }
            "?" => self.current.unread(&field.place(), "no field that a statement has"),
            // References, numbers, times, available and forward balances: nothing that rows or proof need.
            _ => self.close_row(),
        }
    }

    /// A new message: what was read so far is one, complete or not.
    fn begin(&mut self) {
        self.close_row();
        let mut ledger = std::mem::take(&mut self.current);
        if self.is_interim {
            ledger.notes.reason("interim_report");
        }
        let joins = self.goes_on
            && self.begins_between
            && self.done.last().is_some_and(|before| is_same_account(before, &ledger));
        match self.done.last_mut() {
            Some(before) if joins => before.append(ledger),
            before => {
                if let (true, Some(before)) = (self.goes_on, before) {
                    before.notes.doubt("statement_part", PART);
                }
                if self.begins_between {
                    ledger.notes.doubt("statement_part", PART);
                }
                self.done.push(ledger);
            }
        }
        self.goes_on = self.ends_between;
        (self.begins_between, self.ends_between, self.is_interim, self.is_over) =
            (false, false, false, false);
    }

    /// A second statement in one message, or rows behind the end of one: the account is still the same.
    fn begin_again(&mut self) {
        let account = self.current.account.clone();
        self.begin();
        self.current.account = account;
    }

    fn account(&mut self, text: &str) {
        self.close_row();
        let first = text.lines().next().unwrap_or_default().trim();
        if first.is_empty() {
            return;
        }
        let bare: String = first.split_whitespace().collect();
        let iban = bare.split('/').flat_map(with_and_without_currency).find(|part| account::iban_holds(part));
        match iban {
            Some(iban) => self.current.account.iban = Some(iban.to_owned()),
            None => self.current.account.number = Some(exact::folded(first)),
        }
    }

    fn opening(&mut self, field: &Field) {
        self.close_row();
        if self.current.opening.is_some() || self.is_over {
            self.begin_again();
        }
        self.begins_between = field.tag == "60M";
        match balance(&field.text, self.current.currency()) {
            Some(end) => {
                self.current.state_currency(end.amount.currency());
                self.current.opening = Some(end);
            }
            None => self.current.notes.doubt(
                "balance_unread",
                format!("{}: the opening balance could not be read.", field.place()),
            ),
        }
    }

    fn closing(&mut self, field: &Field) {
        self.close_row();
        self.ends_between = field.tag == "62M";
        match balance(&field.text, self.current.currency()) {
            Some(end) => {
                self.current.state_currency(end.amount.currency());
                self.current.closing = Some(end);
            }
            None => self.current.notes.doubt(
                "balance_unread",
                format!("{}: the closing balance could not be read.", field.place()),
            ),
        }
        self.is_over = true;
    }

    fn row(&mut self, field: &Field) {
        self.close_row();
        if self.is_over {
            self.begin_again();
        }
        self.rows = self.rows.saturating_add(1);
        match Line::read(&field.text, self.current.currency()) {
            Ok(line) => self.open = Some(Open { line, description: None, number: field.line }),
            Err(fault) => self.current.unread(&field.place(), fault.as_str()),
        }
    }

    /// Belongs to the row before it; behind a balance it is a message of the bank.
    fn details(&mut self, field: &Field) {
        let Some(open) = &mut self.open else { return };
        let text = if field.tag == "NS" {
            details::numbered(&field.text)
        } else {
            details::read(&field.text, &mut open.line)
        };
        details::converted(&field.text, &mut open.line);
        open.description = match open.description.take() {
            Some(before) => Some(before + " " + &text),
            None => Some(text),
        };
    }

    fn close_row(&mut self) {
        let Some(Open { line, description, number }) = self.open.take() else { return };
        if line.has_impossible_date {
            let message = format!(
                "Line {number}: one of the row's two dates is no day of the calendar and is left out."
            );
            self.current.notes.tell("impossible_date", message);
        }
        let own = line.supplement.filter(|text| !text.starts_with('/') || description.is_none());
        let texts = [own, description].into_iter().flatten();
        let entry = Entry {
            date: line.date,
            value_date: line.value_date,
            amount: line.amount,
            balance: None,
            description: texts.collect::<Vec<_>>().join(" "),
            reference: line.end_to_end.or(line.reference).or(line.bank_reference),
            check_number: line.check_number,
            details: line.details.boxed(),
        };
        if line.is_expected {
            self.current.pending.take(Some(entry));
        } else {
            self.current.entries.push(entry);
        }
    }

    /// The least amount that is reported: it marks an interim report and states its currency.
    fn floor(&mut self, text: &str) {
        self.close_row();
        self.is_interim = true;
        if let Some(currency) = text.get(..3).and_then(Currency::from_code) {
            self.current.state_currency(currency);
        }
    }

    /// `1EUR2,30`: how many rows, and their sum.
    fn total(&mut self, field: &Field) {
        self.close_row();
        let text = field.text.trim();
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (count, rest) = text.split_at(digits);
        let currency = rest.get(..3).and_then(Currency::from_code);
        let sum = currency.and_then(|c| exact::minor(rest.get(3..)?, &MARKS, c)).zip(currency);
        let (Ok(count), Some((minor, currency))) = (count.parse::<u32>(), sum) else {
            self.current
                .notes
                .doubt("total_unread", format!("{}: the sum could not be read.", field.place()));
            return;
        };
        if field.tag == "90C" {
            self.current.totals.credits = Some(Money::new(minor, currency));
            self.current.counts.credits = Some(count);
        } else {
            self.current.totals.debits = Some(Money::new(minor.saturating_neg(), currency));
            self.current.counts.debits = Some(count);
        }
    }

    fn finish(mut self) -> (Vec<Ledger>, Notes) {
        self.begin();
        if let (true, Some(last)) = (self.goes_on, self.done.last_mut()) {
            last.notes.doubt("statement_part", PART);
        }
        (self.done, self.notes)
    }
}

/// `NL69INGB0123456789EUR`: some banks write the currency behind the account.
fn with_and_without_currency(part: &str) -> [&str; 2] {
    let cut = part.len().checked_sub(3).and_then(|at| part.split_at_checked(at));
    let named = cut.filter(|(_, code)| Currency::from_code(code).is_some());
    [part, named.map_or(part, |(number, _)| number)]
}

/// `C260301EUR1234,56`; a bank that leaves the currency out means the one of the other end.
fn balance(text: &str, known: Currency) -> Option<End> {
    let text: String = text.split_whitespace().collect();
    let (negative, rest) = match text.strip_prefix('C') {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix('D')?),
    };
    let (day, rest) = rest.split_at_checked(6)?;
    let (currency, digits) = match rest.split_at_checked(3) {
        Some((code, digits)) if code.bytes().all(|b| b.is_ascii_uppercase()) => {
            (Currency::from_code(code).unwrap_or(Currency::UNKNOWN), digits)
        }
        _ => (known, rest),
    };
    let minor = exact::minor(digits, &MARKS, currency)?;
    let amount = Money::new(if negative { minor.checked_neg()? } else { minor }, currency);
    Some(End { amount, date: exact::short_date(day) })
}

impl LineFault {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "the row's date is no day",
            Self::Mark => "nothing says whether the row is money in or out",
            Self::Amount => "the row's amount is no number",
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
