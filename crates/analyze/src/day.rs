//! Days as numbers, stretches of them, and months.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use smartexus_domain::Span;

/// Days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(pub(crate) i32);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl Day {
    pub(crate) fn of(date: Date) -> Self {
        // Days between two civil dates always fit.
        Self(EPOCH.until(date).map_or(0, |span| span.get_days()))
    }

    pub(crate) fn date(self) -> Date {
        EPOCH.checked_add(self.0.days()).unwrap_or(Date::MAX)
    }

    pub(crate) fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from `earlier` to this one.
    pub(crate) fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    pub(crate) fn is_weekend(self) -> bool {
        matches!(self.date().weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// This day, or the Monday after it.
    pub(crate) fn on_weekday(self) -> Self {
        match self.date().weekday() {
            Weekday::Saturday => self.plus(2),
            Weekday::Sunday => self.plus(1),
            Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => {
                self
            }
        }
    }

    /// Weekdays after `earlier` up to this day.
    pub(crate) fn business_days_since(self, earlier: Self) -> i32 {
        self.business_number().saturating_sub(earlier.business_number())
    }

    /// Weekdays before the end of this day, from a Monday long ago.
    fn business_number(self) -> i32 {
        // 1970-01-01 was a Thursday: three weekdays of its week lie before it.
        let from_monday = self.0.saturating_add(3);
        let (weeks, rest) = (from_monday.div_euclid(7), from_monday.rem_euclid(7));
        weeks.saturating_mul(5).saturating_add((rest + 1).min(5))
    }

    pub(crate) fn month(self) -> Month {
        let date = self.date();
        Month { year: date.year(), month: date.month() }
    }

    /// The same day so many months later, the last of a shorter month; after every day where no calendar goes.
    pub(crate) fn plus_months(self, months: i32) -> Self {
        self.date().checked_add(months.months()).map_or(Self(i32::MAX), Self::of)
    }
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Month {
    year: i16,
    month: i8,
}

impl Month {
    pub(crate) fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year.saturating_add(1), month: 1 }
        } else {
            Self { month: self.month + 1, ..self }
        }
    }

    pub(crate) fn first(self) -> Day {
        Day::of(Date::new(self.year, self.month, 1).unwrap_or(EPOCH))
    }

    pub(crate) fn last(self) -> Day {
        self.next().first().plus(-1)
    }

    /// Months since the year 0, for columns of integers.
    pub(crate) fn number(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    /// Every month from this one to another.
    pub(crate) fn up_to(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| Some(month.next())).take_while(move |month| *month <= last)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Stretches of days, in order, apart and never touching.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Days(Vec<(Day, Day)>);

impl Days {
    /// Joins spans that overlap or touch.
    pub(crate) fn of(spans: impl IntoIterator<Item = (Day, Day)>) -> Self {
        let mut spans: Vec<(Day, Day)> = spans.into_iter().filter(|(first, last)| first <= last).collect();
        spans.sort_unstable();
        let mut joined: Vec<(Day, Day)> = Vec::new();
        for (first, last) in spans {
            match joined.last_mut() {
                Some(open) if first <= open.1.plus(1) => open.1 = open.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    pub(crate) fn stretches(&self) -> &[(Day, Day)] {
        &self.0
    }

    pub(crate) fn first(&self) -> Option<Day> {
        self.0.first().map(|(first, _)| *first)
    }

    pub(crate) fn last(&self) -> Option<Day> {
        self.0.last().map(|(_, last)| *last)
    }

    pub(crate) fn count(&self) -> u32 {
        let days = |(first, last): &(Day, Day)| u32::try_from(last.since(*first) + 1).unwrap_or(0);
        self.0.iter().map(days).fold(0, u32::saturating_add)
    }

    pub(crate) fn contains(&self, day: Day) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= day);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, last)| day <= *last)
    }

    /// Days of both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let (mut one, mut two, mut common) =
            (self.0.iter().peekable(), other.0.iter().peekable(), Vec::new());
        while let (Some((a, b)), Some((c, d))) = (one.peek(), two.peek()) {
            if a.max(c) <= b.min(d) {
                common.push((*a.max(c), *b.min(d)));
            }
            if b < d {
                one.next()
            } else {
                two.next()
            };
        }
        Self(common)
    }

    /// Only those of a period.
    pub(crate) fn within(&self, first: Day, last: Day) -> Self {
        self.and(&Self(vec![(first, last)]))
    }

    /// Every day.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Day> + '_ {
        self.0.iter().flat_map(|(first, last)| (first.0..=last.0).map(Day))
    }

    /// What lies between the stretches.
    pub(crate) fn gaps(&self) -> Vec<(Day, Day)> {
        self.0
            .windows(2)
            .filter_map(|pair| Some((pair.first()?.1.plus(1), pair.last()?.0.plus(-1))))
            .collect()
    }
}

pub(crate) fn span((first, last): (Day, Day)) -> Span {
    Span { start: first.date(), end: last.date() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::of(text.parse().unwrap())
    }

    #[test]
    fn weekdays_are_counted() {
        for (from, to, expected) in [
            ("2026-03-06", "2026-03-09", 1),
            ("2026-03-06", "2026-03-07", 0),
            ("2026-03-02", "2026-03-09", 5),
            ("2026-03-08", "2026-03-09", 1),
            ("1969-12-29", "1970-01-02", 4),
        ] {
            assert_eq!(day(to).business_days_since(day(from)), expected, "{from} {to}");
        }
        assert_eq!(day("2026-03-07").on_weekday(), day("2026-03-09"));
        assert_eq!(day("2026-01-31").plus_months(1), day("2026-02-28"));
    }

    #[test]
    fn stretches_join_and_meet() {
        let days = Days::of([(Day(5), Day(9)), (Day(1), Day(3)), (Day(10), Day(12)), (Day(20), Day(25))]);
        assert_eq!(days.stretches(), [(Day(1), Day(3)), (Day(5), Day(12)), (Day(20), Day(25))]);
        assert_eq!((days.count(), days.gaps()), (17, vec![(Day(4), Day(4)), (Day(13), Day(19))]));
        assert_eq!(days.within(Day(3), Day(6)).iter().collect::<Vec<_>>(), [Day(3), Day(5), Day(6)]);
        assert!(days.contains(Day(12)) && !days.contains(Day(13)) && !days.contains(Day(0)));
    }

    #[test]
    fn months() {
        let december = day("2025-12-31").month();
        assert_eq!(december.next().to_string(), "2026-01");
        assert_eq!((december.first(), december.last()), (day("2025-12-01"), day("2025-12-31")));
        assert_eq!(december.up_to(day("2026-02-01").month()).count(), 3);
    }
}
