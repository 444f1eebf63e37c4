//! Dates that are hard to read, and sure all the same: in a list in the order of its days, a date stands between those of
//! its neighbours.

use super::calendar::Calendar;
use crate::draft::{RowDraft, SURE_DATE};
use jiff::civil::Date;

/// The rows whose only doubtful date can be no other: nothing else that the recognizers saw there fits between the sure
/// dates before and after it, or both of these are the same day.
pub(super) fn pinned_by_order<'a>(rows: &'a [RowDraft], calendar: &Calendar) -> Vec<&'a RowDraft> {
    let lists = rows.chunk_by(|a, b| (a.section, a.group, a.side) == (b.section, b.group, b.side));
    lists.flat_map(|list| of_list(list, calendar)).collect()
}

fn of_list<'a>(list: &'a [RowDraft], calendar: &Calendar) -> Vec<&'a RowDraft> {
    if list.iter().all(|row| row.spelled_dates.is_none()) {
        return Vec::new();
    }
    let day = |row: &RowDraft| calendar.date(row.date?).map(|dated| dated.date);
    let sure: Vec<Option<Date>> =
        list.iter().map(|row| day(row).filter(|_| row.date_confidence >= SURE_DATE)).collect();
    let days: Vec<Date> = sure.iter().copied().flatten().collect();
    if !(days.is_sorted() || days.iter().rev().is_sorted()) {
        return Vec::new();
    }
    let is_pinned = |at: usize, row: &RowDraft| {
        let before = sure.iter().take(at).rev().copied().flatten().next()?;
        let after = sure.iter().skip(at + 1).copied().flatten().next()?;
        let (first, last) = (before.min(after), before.max(after));
        let fits = |date: Date| (first..=last).contains(&date);
        let others = row.spelled_dates.as_ref()?;
        let rivals = others.iter().filter_map(|token| calendar.date(*token)).filter(|other| fits(other.date));
        let is_only = first == last || !others.is_empty() && rivals.count() == 0;
        (fits(day(row)?) && is_only).then_some(())
    };
    list.iter().enumerate().filter(|(at, row)| is_pinned(*at, row).is_some()).map(|(_, row)| row).collect()
}
