//! One statement as a source of rows: which days it covers, how well, and how it ranks.

use super::text;
use jiff::civil::Date;
use smartexus_domain::{
    Account, Currency, DocumentSource, Period, RowRef, Span, StatementRef, Transaction, Verdict,
};
use std::cmp::Reverse;

/// A statement without what a case does not need.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) account: Account,
    pub(super) period: Period,
    /// Printed ends, minor units.
    pub(super) opening: Option<i64>,
    pub(super) closing: Option<i64>,
    pub(super) verdict: Verdict,
    /// The reading had doubts beyond an end that is not printed.
    pub(super) doubted: bool,
    pub(super) rows: Vec<Row>,
}

/// A row without what a case does not need.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) seq: u32,
    pub(super) date: Date,
    pub(super) value_date: Option<Date>,
    pub(super) minor: i64,
    pub(super) balance: Option<i64>,
    pub(super) text: Box<str>,
    /// FITID or reference: corroborates, decides nothing.
    pub(super) bank_id: Option<Box<str>>,
}

/// Ids are compared up to here.
const BANK_ID_BYTES_MAX: usize = 64;

impl Row {
    pub(super) fn of(row: &Transaction) -> Self {
        let id = row.reference.as_deref().map(|id| id.get(..BANK_ID_BYTES_MAX).unwrap_or(id));
        Self {
            seq: row.seq,
            date: row.date,
            value_date: row.value_date,
            minor: row.amount.minor(),
            balance: row.balance.map(smartexus_domain::Money::minor),
            text: text::fold(&row.description),
            bank_id: id.filter(|id| id.len() <= BANK_ID_BYTES_MAX).map(Into::into),
        }
    }
}

/// The days of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cover {
    pub(super) first: Date,
    pub(super) last: Date,
    /// Both ends of the period are printed.
    pub(super) stated: bool,
}

/// One statement as a source of rows.
#[derive(Debug, Clone)]
pub(super) struct Source<'d> {
    pub(super) at: StatementRef,
    pub(super) digest: &'d str,
    pub(super) media: DocumentSource,
    pub(super) part: &'d Part,
    pub(super) cover: Option<Cover>,
    /// It dates its rows by another day than the booking day.
    pub(super) other_dates: bool,
}

impl<'d> Source<'d> {
    pub(super) fn new(at: StatementRef, digest: &'d str, media: DocumentSource, part: &'d Part) -> Self {
        Self { at, digest, media, part, cover: cover(part), other_dates: false }
    }

    /// A statement in the full sense: its period and both its balances are printed, so its edge days are whole. A list
    /// of rows without them may have been cut at any hour of its first and last day.
    pub(super) fn is_proper(&self) -> bool {
        self.cover.is_some_and(|cover| cover.stated)
            && self.part.opening.is_some()
            && self.part.closing.is_some()
    }

    pub(super) fn currency(&self) -> Currency {
        self.part.account.currency
    }

    pub(super) fn span(&self) -> Option<Span> {
        self.cover.map(|cover| Span { start: cover.first, end: cover.last })
    }

    pub(super) fn row_ref(&self, row: &Row) -> RowRef {
        RowRef { document: self.at.document, statement: self.at.statement, row: row.seq }
    }

    /// Best first: verdict, then structured before text before recognized, then the one that was made later, for it saw
    /// the days finished; then content, so that the order of documents decides nothing.
    pub(super) fn rank(&self) -> impl Ord + use<'d> {
        let verdict = match self.part.verdict {
            Verdict::Verified => 0,
            Verdict::Unverifiable => 1,
            Verdict::Discrepancy => 2,
        };
        let media = match self.media {
            DocumentSource::Structured => 0,
            DocumentSource::Text => 1,
            DocumentSource::Mixed => 2,
            DocumentSource::Scan => 3,
        };
        let last = Reverse(self.cover.map(|cover| cover.last));
        (self.other_dates, verdict, media, last, self.digest, self.at.statement)
    }

    /// The day that decides who owns a row: its booking day, drawn into the printed period. Cards list purchases by the
    /// day they were made, before the period in which they were booked.
    pub(super) fn day_of(&self, row: &Row) -> Date {
        match self.cover {
            Some(cover) => row.date.clamp(cover.first, cover.last),
            None => row.date,
        }
    }

    /// Whether the source covers every hour of this day, as far as it alone can tell.
    pub(super) fn covers_whole(&self, day: Date) -> bool {
        let Some(cover) = self.cover else { return false };
        let inside = cover.first < day && day < cover.last;
        inside || (self.is_proper() && cover.first <= day && day <= cover.last)
    }

    /// Balance before its first row and after its last one: printed, else what running balances beside the rows imply.
    /// Good for telling which account a list belongs to; proves nothing.
    pub(super) fn implied_ends(&self) -> (Option<i64>, Option<i64>) {
        let (first, last) = (self.part.rows.first(), self.part.rows.last());
        let before = first.and_then(|row| row.balance?.checked_sub(row.minor));
        (self.part.opening.or(before), self.part.closing.or(last.and_then(|row| row.balance)))
    }
}

/// The printed period, else from the first row to the last. A period that ends before it begins is none; end and start
/// that nothing can be after are none, so that a day before and after always exists.
fn cover(part: &Part) -> Option<Cover> {
    let days = || part.rows.iter().map(|row| row.date);
    let first = part.period.start.or_else(|| days().min());
    let last = part.period.end.or_else(|| days().max());
    let stated = part.period.start.is_some() && part.period.end.is_some();
    let possible =
        |first: &Date, last: &Date| first <= last && first.yesterday().is_ok() && last.tomorrow().is_ok();
    let drawn = first.zip(last).filter(|(first, last)| possible(first, last));
    if let Some((first, last)) = drawn {
        return Some(Cover { first, last, stated });
    }
    let (first, last) = days().min().zip(days().max()).filter(|(first, last)| possible(first, last))?;
    Some(Cover { first, last, stated: false })
}
