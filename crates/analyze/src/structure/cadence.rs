//! How often something comes (mission 5.11), when it is due next, and which due dates nobody met.

use crate::day::{Day, Days};
use crate::exact::median_doubled;
use smartexus_domain::Cadence;

/// Days of a month that a gap of a month may have, with three on either side.
const MONTHLY: (i32, i32) = (25, 34);
/// Gap between the two fixed days of a month, with two on either side.
const SEMIMONTHLY: (i32, i32) = (12, 19);
const FIXED_DAY_TOLERANCE: i32 = 2;
/// Of four gaps, so many have to fit.
const FIT_OF_FOUR: usize = 3;

/// Least and most days of a gap; `None` where days of the week or of the month decide.
const fn gap_of(cadence: Cadence) -> Option<(i32, i32)> {
    match cadence {
        Cadence::Weekly => Some((6, 8)),
        Cadence::Biweekly => Some((12, 16)),
        Cadence::Semimonthly => Some(SEMIMONTHLY),
        Cadence::Monthly => Some(MONTHLY),
        Cadence::Quarterly => Some((85, 97)),
        Cadence::Semiannual => Some((172, 192)),
        Cadence::Annual => Some((350, 380)),
        Cadence::Daily | Cadence::Irregular => None,
    }
}

/// Days that a due date may be late.
const fn tolerance(cadence: Cadence) -> i32 {
    match cadence {
        Cadence::Daily | Cadence::Irregular => 0,
        Cadence::Weekly => 1,
        Cadence::Biweekly | Cadence::Semimonthly => 2,
        Cadence::Monthly => 3,
        Cadence::Quarterly => 6,
        Cadence::Semiannual => 10,
        Cadence::Annual => 15,
    }
}

/// The cadence of days in order: the median gap names it, and three of four gaps have to fit. Two fixed days of a month
/// come before every two weeks, which their gaps look like.
pub(crate) fn cadence(days: &[Day]) -> Cadence {
    const ORDER: [Cadence; 8] = [
        Cadence::Daily,
        Cadence::Weekly,
        Cadence::Semimonthly,
        Cadence::Biweekly,
        Cadence::Monthly,
        Cadence::Quarterly,
        Cadence::Semiannual,
        Cadence::Annual,
    ];
    ORDER.into_iter().find(|cadence| is(*cadence, days)).unwrap_or(Cadence::Irregular)
}

fn is(cadence: Cadence, days: &[Day]) -> bool {
    let pairs = || days.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    let (gaps, (least, most)): (Vec<i32>, (i32, i32)) = match gap_of(cadence) {
        Some(range) => (pairs().map(|(one, next)| next.since(one)).collect(), range),
        None => (pairs().map(|(one, next)| next.business_days_since(one)).collect(), (1, 1)),
    };
    let mut all: Vec<i128> = gaps.iter().copied().map(i128::from).collect();
    let Some(median) = median_doubled(&mut all) else { return false };
    let fitting = gaps.iter().filter(|gap| (least..=most).contains(*gap)).count();
    (i128::from(least) * 2..=i128::from(most) * 2).contains(&median)
        && fitting.saturating_mul(4) >= gaps.len().saturating_mul(FIT_OF_FOUR)
        && (cadence != Cadence::Semimonthly || fixed_days(days).is_some())
}

/// The two days of a month that all days lie near, the earlier first.
fn fixed_days(days: &[Day]) -> Option<(Day, Day)> {
    let (first, second) = (*days.first()?, *days.get(1)?);
    let near = |day: Day, fixed: Day| {
        let (one, other) = (i32::from(day.date().day()), i32::from(fixed.date().day()));
        let length = i32::from(day.date().days_in_month());
        let apart = (one - other).abs();
        apart.min(length.saturating_sub(apart)) <= FIXED_DAY_TOLERANCE
    };
    let all = days.iter().enumerate().all(|(at, day)| near(*day, if at % 2 == 0 { first } else { second }));
    (all && days.len() > 2 && !near(first, second)).then_some((first, second))
}

/// Due dates after a day, in order, without end.
pub(crate) fn due_after(cadence: Cadence, days: &[Day], last: Day) -> Box<dyn Iterator<Item = Day>> {
    let months = |each: i32| (1..).map(move |count: i32| last.plus_months(count.saturating_mul(each)));
    let step = |each: i32| (1..).map(move |count: i32| last.plus(count.saturating_mul(each)));
    match cadence {
        Cadence::Daily => Box::new(std::iter::successors(Some(last.plus(1).on_weekday()), |day| {
            Some(day.plus(1).on_weekday())
        })),
        Cadence::Weekly => Box::new(step(7)),
        Cadence::Biweekly => Box::new(step(14)),
        Cadence::Semimonthly => Box::new(semimonthly_after(days, last)),
        Cadence::Monthly => Box::new(months(1)),
        Cadence::Quarterly => Box::new(months(3)),
        Cadence::Semiannual => Box::new(months(6)),
        Cadence::Annual => Box::new(months(12)),
        Cadence::Irregular => Box::new(std::iter::empty()),
    }
}

/// The other fixed day, then both month by month.
fn semimonthly_after(days: &[Day], last: Day) -> impl Iterator<Item = Day> + use<> {
    let fixed = fixed_days(days);
    let (one, two) = fixed.map_or((last, last.plus(15)), |(one, two)| (one, two));
    let months = (0..).flat_map(move |count: i32| [one.plus_months(count), two.plus_months(count)]);
    months.skip_while(move |day| day.since(last) <= FIXED_DAY_TOLERANCE)
}

/// Due dates on covered days up to `until` that no day of the series met; those after its last day last.
pub(crate) struct Missed {
    pub(crate) days: Vec<Day>,
    /// How many of them lie behind the last day.
    pub(crate) at_the_end: usize,
}

pub(crate) fn missed(cadence: Cadence, days: &[Day], covered: &Days, until: Day) -> Missed {
    let late = tolerance(cadence);
    let mut all = Vec::new();
    for pair in days.windows(2) {
        let (Some(one), Some(next)) = (pair.first(), pair.last()) else { continue };
        let unmet = due_after(cadence, days, *one).take_while(|due| due.plus(late) < *next);
        all.extend(unmet.filter(|due| covered.contains(*due)));
    }
    let inside = all.len();
    if let Some(last) = days.last() {
        let unmet = due_after(cadence, days, *last).take_while(|due| due.plus(late) <= until);
        all.extend(unmet.filter(|due| covered.contains(*due)));
    }
    Missed { at_the_end: all.len().saturating_sub(inside), days: all }
}

/// Due dates behind the last day after which a series has ended: three of every day, two of any other.
pub(crate) const fn ends_after(cadence: Cadence) -> usize {
    match cadence {
        Cadence::Daily => 3,
        Cadence::Weekly
        | Cadence::Biweekly
        | Cadence::Semimonthly
        | Cadence::Monthly
        | Cadence::Quarterly
        | Cadence::Semiannual
        | Cadence::Annual
        | Cadence::Irregular => 2,
    }
}

/// Times a year, over a common divisor: an amount × `.0 / .1` is an amount a month.
pub(crate) const fn per_month(cadence: Cadence) -> Option<(i128, i128)> {
    match cadence {
        Cadence::Daily => Some((261, 12)),
        Cadence::Weekly => Some((52, 12)),
        Cadence::Biweekly => Some((26, 12)),
        Cadence::Semimonthly => Some((2, 1)),
        Cadence::Monthly => Some((1, 1)),
        Cadence::Quarterly => Some((1, 3)),
        Cadence::Semiannual => Some((1, 6)),
        Cadence::Annual => Some((1, 12)),
        Cadence::Irregular => None,
    }
}

/// Business days from one payment to the next, as a fraction; a year has 261.
pub(crate) const fn business_days(cadence: Cadence) -> Option<(i128, i128)> {
    match cadence {
        Cadence::Daily => Some((1, 1)),
        Cadence::Weekly => Some((5, 1)),
        Cadence::Biweekly => Some((10, 1)),
        Cadence::Semimonthly => Some((261, 24)),
        Cadence::Monthly => Some((261, 12)),
        Cadence::Quarterly => Some((261, 4)),
        Cadence::Semiannual => Some((261, 2)),
        Cadence::Annual => Some((261, 1)),
        Cadence::Irregular => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(texts: &[&str]) -> Vec<Day> {
        texts.iter().map(|text| Day::of(text.parse().unwrap())).collect()
    }

    #[test]
    fn cadences_by_hand() {
        for (texts, expected) in [
            (
                &["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09"][..],
                Cadence::Daily,
            ),
            (&["2026-03-02", "2026-03-09", "2026-03-16"], Cadence::Weekly),
            (&["2026-03-02", "2026-03-10", "2026-03-16", "2026-03-23"], Cadence::Weekly),
            (&["2026-01-02", "2026-01-16", "2026-01-30", "2026-02-13"], Cadence::Biweekly),
            (&["2026-01-15", "2026-01-30", "2026-02-15", "2026-02-28", "2026-03-15"], Cadence::Semimonthly),
            (&["2026-01-01", "2026-01-15", "2026-02-02", "2026-02-16"], Cadence::Semimonthly),
            (&["2026-01-31", "2026-02-28", "2026-03-31"], Cadence::Monthly),
            (&["2026-01-05", "2026-04-06", "2026-07-06"], Cadence::Quarterly),
            (&["2025-01-05", "2025-07-06", "2026-01-05"], Cadence::Semiannual),
            (&["2024-01-05", "2025-01-06", "2026-01-05"], Cadence::Annual),
            (&["2026-01-05", "2026-01-09", "2026-03-05"], Cadence::Irregular),
            (&["2026-01-05", "2026-01-05"], Cadence::Irregular),
            (&["2026-01-05"], Cadence::Irregular),
        ] {
            assert_eq!(cadence(&days(texts)), expected, "{texts:?}");
        }
    }

    #[test]
    fn due_dates_that_nobody_met() {
        let came = days(&["2026-01-05", "2026-02-05", "2026-04-05"]);
        let covered = Days::of([(came[0], Day(came[2].0 + 70))]);
        let until = |text: &str| Day::of(text.parse().unwrap());
        let unmet = missed(Cadence::Monthly, &came, &covered, until("2026-05-08"));
        assert_eq!(unmet.days, days(&["2026-03-05", "2026-05-05"]));
        assert_eq!(unmet.at_the_end, 1);
        assert_eq!(missed(Cadence::Monthly, &came, &covered, until("2026-05-07")).at_the_end, 0);
        let in_a_gap = Days::of([(came[0], came[1])]);
        assert!(missed(Cadence::Monthly, &came, &in_a_gap, until("2026-05-08")).days.is_empty());
    }

    #[test]
    fn next_due_dates() {
        let came = days(&["2026-01-15", "2026-01-31", "2026-02-15"]);
        let next: Vec<Day> = due_after(Cadence::Semimonthly, &came, came[2]).take(2).collect();
        assert_eq!(next, days(&["2026-02-28", "2026-03-15"]));
        let friday = days(&["2026-03-06"]);
        let next: Vec<Day> = due_after(Cadence::Daily, &friday, friday[0]).take(2).collect();
        assert_eq!(next, days(&["2026-03-09", "2026-03-10"]));
    }
}
