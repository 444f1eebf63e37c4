//! From printed dates to civil dates: which year a date without one belongs to.

use crate::draft::StatementDraft;
use jiff::civil::Date;
use smartexus_domain::{DateOrder, DateToken, PartialDate, Period, PrintedYear};

/// Rows may lie this far outside the printed period before another year fits them better.
const NEAR_DAYS: i32 = 183;

/// What the document says about the time it covers, under one date order.
#[derive(PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) period: Period,
    order: DateOrder,
    /// The last day anything is printed about.
    latest: Option<Date>,
    file_year: Option<i16>,
}

/// A date and whether its year had to be assumed from the file instead of the paper.
pub(super) struct Dated {
    pub(super) date: Date,
    pub(super) assumed: bool,
}

impl Calendar {
    pub(super) fn new(draft: &StatementDraft, order: DateOrder) -> Self {
        Self::of(draft, order, |_| true)
    }

    /// Knows only what was read with confidence.
    pub(super) fn sure(draft: &StatementDraft, order: DateOrder) -> Self {
        Self::of(draft, order, |token| draft.is_sure(token))
    }

    fn of(draft: &StatementDraft, order: DateOrder, believes: impl Fn(DateToken) -> bool) -> Self {
        let complete = |token: DateToken| token.resolve(order).and_then(PartialDate::complete);
        let named = draft.anchors.iter().filter_map(|anchor| anchor.date);
        let context = draft.context_dates.iter().copied().chain(named);
        let latest_context = context.filter(|token| believes(*token)).filter_map(complete).max();
        let printed = draft.period.filter(|(start, end)| believes(*start) && believes(*end));
        let period = printed.and_then(|printed| printed_period(printed, order)).unwrap_or_default();
        Self { period, order, latest: period.end.or(latest_context), file_year: draft.file_year }
    }

    /// The civil date of a token; `None` if it has none under this order (31 February), or no year at all.
    pub(super) fn date(&self, token: DateToken) -> Option<Dated> {
        let partial = token.resolve(self.order)?;
        let printed = |date| Dated { date, assumed: false };
        match partial.year {
            PrintedYear::Full(_) | PrintedYear::Short(_) => partial.complete().map(printed),
            PrintedYear::Missing => match self.latest {
                Some(latest) => self.nearest(partial, latest).map(printed),
                None => {
                    self.file_year.and_then(|y| partial.in_year(y)).map(|date| Dated { date, assumed: true })
                }
            },
        }
    }

    /// The year that puts the date inside the period, else the latest one not after it, else the nearest.
    fn nearest(&self, partial: PartialDate, latest: Date) -> Option<Date> {
        let years = [latest.year(), latest.year().checked_sub(1)?, latest.year().checked_add(1)?];
        let dates: Vec<Date> = years.into_iter().filter_map(|year| partial.in_year(year)).collect();
        let inside =
            |date: &&Date| self.period.start.is_some_and(|start| **date >= start) && **date <= latest;
        if let Some(date) = dates.iter().find(inside) {
            return Some(*date);
        }
        let distance = |date: &Date| latest.since(*date).map_or(i32::MAX, |span| span.get_days().abs());
        let close = dates.iter().filter(|date| **date <= latest && distance(date) <= NEAR_DAYS).max();
        close.copied().or_else(|| dates.iter().min_by_key(|date| distance(date)).copied())
    }
}

/// First and last day as printed; a start without a year takes it from the end.
fn printed_period((start, end): (DateToken, DateToken), order: DateOrder) -> Option<Period> {
    let end = end.resolve(order)?.complete()?;
    let start = start.resolve(order)?;
    let start = match start.year {
        PrintedYear::Missing => start
            .in_year(end.year())
            .filter(|s| *s <= end)
            .or_else(|| start.in_year(end.year().checked_sub(1)?))?,
        PrintedYear::Full(_) | PrintedYear::Short(_) => start.complete()?,
    };
    (start <= end).then_some(Period { start: Some(start), end: Some(end) })
}
