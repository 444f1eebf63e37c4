//! One account over one period as a structured file says it: the common ground of every such format.

use super::notes::Notes;
use jiff::civil::Date;
use smartexus_domain::{
    Account, Check, CheckName, Counts, Currency, Money, Outcome, Period, RowDetails, Totals,
};

/// Most text of a description. Banks write a few hundred characters; a hostile file writes megabytes.
pub(super) const TEXT_BYTES_MAX: usize = 16 * 1024;

/// A printed end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) amount: Money,
    pub(super) date: Option<Date>,
}

/// One booked row, its direction already in the sign.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Booking date.
    pub(super) date: Date,
    pub(super) value_date: Option<Date>,
    pub(super) amount: Money,
    pub(super) balance: Option<Money>,
    pub(super) description: String,
    pub(super) reference: Option<String>,
    pub(super) check_number: Option<String>,
    pub(super) details: Option<Box<RowDetails>>,
}

/// Rows that are announced and not booked: they never enter a sum.
#[derive(Debug, Clone, Default)]
pub(super) struct Pending {
    pub(super) entries: Vec<Entry>,
    /// Those that lack a date or an amount, as they may while they are pending.
    pub(super) unread: u32,
}

impl Pending {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.unread == 0
    }

    pub(super) fn take(&mut self, entry: Option<Entry>) {
        match entry {
            Some(entry) => self.entries.push(entry),
            None => self.unread = self.unread.saturating_add(1),
        }
    }

    fn append(&mut self, next: Self) {
        self.entries.extend(next.entries);
        self.unread = self.unread.saturating_add(next.unread);
    }
}

/// What a file says about one account.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    pub(super) account: Account,
    pub(super) is_card: bool,
    /// Stated in so many words; the dates of the ends are not it.
    pub(super) period: Period,
    pub(super) opening: Option<End>,
    pub(super) closing: Option<End>,
    pub(super) totals: Totals,
    pub(super) counts: Counts,
    pub(super) entries: Vec<Entry>,
    pub(super) pending: Pending,
    /// Carried forward of one part against brought forward of the next.
    pub(super) carry: Option<Check>,
    pub(super) notes: Notes,
}

impl Ledger {
    /// The currency of its amounts, [`Currency::UNKNOWN`] until something states it.
    pub(super) fn currency(&self) -> Currency {
        self.account.currency
    }

    /// Takes a currency that the file states, unless there is one already.
    pub(super) fn state_currency(&mut self, currency: Currency) {
        if !self.account.currency.is_known() {
            self.account.currency = currency;
        }
    }

    /// Whether the file said anything about this account that is worth a statement.
    pub(super) fn is_blank(&self) -> bool {
        self.entries.is_empty()
            && self.opening.is_none()
            && self.closing.is_none()
            && self.pending.is_empty()
            && self.notes.is_empty()
    }

    /// Whether it has no rows and says that nothing moved.
    pub(super) fn is_still(&self) -> bool {
        let amount = |end: Option<End>| end.map(|end| end.amount.minor());
        self.entries.is_empty() && self.notes.is_empty() && amount(self.opening) == amount(self.closing)
    }

    /// A row that is meant and cannot be read.
    pub(super) fn unread(&mut self, place: &str, what: &str) {
        self.notes.doubt("row_unread", format!("{place}: {what}; the row is left out."));
    }

    /// Puts the next part of the same statement behind this one.
    pub(super) fn append(&mut self, next: Self) {
        let (left, brought) = (self.closing.map(|e| e.amount), next.opening.map(|e| e.amount));
        let carried = left.is_some() && left == brought;
        if self.carry.as_ref().is_none_or(|check| check.outcome == Outcome::Pass) {
            self.carry = Some(Check {
                check: CheckName::PageCarry,
                outcome: if carried { Outcome::Pass } else { Outcome::Fail },
                row: None,
                expected: left.filter(|_| !carried).map(|m| m.to_string()),
                found: brought.filter(|_| !carried).map(|m| m.to_string()),
            });
        }
        self.closing = next.closing;
        self.entries.extend(next.entries);
        self.pending.append(next.pending);
        self.notes.absorb(next.notes);
        if next.totals != Totals::default() || next.counts != Counts::default() {
            (self.totals, self.counts) = (next.totals, next.counts);
        }
    }
}
