//! Dates that are hard to read, and sure all the same: in a list in the order of its days, a date stands between those of
//! its neighbours.

use super::calendar::Calendar;
use crate::draft::{OtherDates, RowDraft, SURE_DATE};
use jiff::civil::Date;
use smartexus_domain::DateToken;

/// The rows whose only doubtful date can be no other: nothing else that it may be fits between the sure dates before and
/// after it, or both of these are the same day.
pub(super) fn pinned_by_order<'a>(rows: &'a [RowDraft], calendar: &Calendar) -> Vec<&'a RowDraft> {
    let lists = rows.chunk_by(|a, b| (a.section, a.group, a.side) == (b.section, b.group, b.side));
    lists.flat_map(|list| of_list(list, calendar)).collect()
}

fn of_list<'a>(list: &'a [RowDraft], calendar: &Calendar) -> Vec<&'a RowDraft> {
    if list.iter().all(|row| row.other_dates.is_none()) {
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
        let is_rival = |token: &DateToken| calendar.date(*token).is_some_and(|other| fits(other.date));
        let is_only = match row.other_dates.as_ref()? {
            OtherDates::Unnamed => first == last,
            OtherDates::Named(others) => first == last || !others.iter().any(is_rival),
        };
        (fits(day(row)?) && is_only).then_some(())
    };
    list.iter().enumerate().filter(|(at, row)| is_pinned(*at, row).is_some()).map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::StatementDraft;
    use smartexus_domain::{DateOrder, Method};

    fn token(text: &str) -> DateToken {
        DateToken::read(text).unwrap()
    }

    /// Rows of these days of a month; what else a doubtful one may be.
    fn check(days: &[(&str, Option<OtherDates>)], expected: &[usize]) {
        let rows: Vec<RowDraft> = days
            .iter()
            .map(|(day, other_dates)| RowDraft {
                date: Some(token(&format!("{day}.06.2026"))),
                date_confidence: if other_dates.is_some() { 0.6 } else { 0.95 },
                other_dates: other_dates.clone(),
                ..RowDraft::empty(Method::Ocr)
            })
            .collect();
        let calendar = Calendar::new(&StatementDraft::default(), DateOrder::DayMonth);
        let pinned = pinned_by_order(&rows, &calendar);
        let found: Vec<usize> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| pinned.iter().any(|one| std::ptr::eq(*one, *row)))
            .map(|(at, _)| at)
            .collect();
        assert_eq!(found, expected, "{days:?}");
    }

    #[test]
    fn a_date_between_its_neighbours_is_sure_where_nothing_else_fits_there() {
        let named = |days: &[&str]| {
            Some(OtherDates::Named(days.iter().map(|day| token(&format!("{day}.06.2026"))).collect()))
        };
        check(&[("10", None), ("12", named(&["17"])), ("14", None)], &[1]);
        check(&[("14", None), ("12", named(&[])), ("10", None)], &[1]);
        check(&[("10", None), ("10", Some(OtherDates::Unnamed)), ("10", None)], &[1]);
        // Both fit, nothing is known, it does not fit itself, one side is open, the list has no order.
        check(&[("10", None), ("12", named(&["13"])), ("14", None)], &[]);
        check(&[("10", None), ("12", Some(OtherDates::Unnamed)), ("14", None)], &[]);
        check(&[("10", None), ("17", named(&["12"])), ("14", None)], &[]);
        check(&[("10", None), ("12", named(&["17"]))], &[]);
        check(&[("10", None), ("12", named(&["17"])), ("14", None), ("11", None)], &[]);
    }
}
