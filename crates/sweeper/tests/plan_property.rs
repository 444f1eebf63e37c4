//! The plan against a naive model that shares no code with it: its own calendar, its own order of questions.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

use jiff::Timestamp;
use proptest::prelude::*;
use smartexus_domain::{DocumentId, RetentionClass, WorkspaceId};
use smartexus_platform::port::Anchor;
use smartexus_sweeper::{
    ClassRule, Classes, DocumentFacts, Jurisdiction, Length, Reason, Rounding, SignOff, TextChecked, plan,
};
use uuid::Uuid;

const DAY_S: i64 = 86_400;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    year: i64,
    month: i64,
    day: i64,
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Day,
    Month,
    Year,
}

#[derive(Debug, Clone)]
struct Case {
    minimum: Option<(u16, Unit)>,
    maximum: Option<(u16, Unit)>,
    anchor: Anchor,
    year_end: bool,
    law: bool,
    signed: bool,
    known: bool,
    received_s: i64,
    settled_s: Option<i64>,
    held: bool,
    asked: bool,
    now_s: i64,
}

fn leap(year: i64) -> bool {
    year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    /// Counts day by day from 1970: slow and plain.
    fn of(second: i64) -> Self {
        let mut rest = second.div_euclid(DAY_S);
        let mut year = 1970;
        while rest >= 365 + i64::from(leap(year)) {
            rest -= 365 + i64::from(leap(year));
            year += 1;
        }
        let mut month = 1;
        while rest >= month_length(year, month) {
            rest -= month_length(year, month);
            month += 1;
        }
        Self { year, month, day: rest + 1 }
    }

    fn next(self) -> Self {
        if self.day < month_length(self.year, self.month) {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, day: 1 }
        }
    }

    fn plus(self, (count, unit): (u16, Unit)) -> Self {
        let months = match unit {
            Unit::Day => return (0..count).fold(self, |day, _| day.next()),
            Unit::Month => i64::from(count),
            Unit::Year => i64::from(count) * 12,
        };
        let index = self.year * 12 + self.month - 1 + months;
        let (year, month) = (index / 12, index % 12 + 1);
        Self { year, month, day: self.day.min(month_length(year, month)) }
    }
}

/// (the word, whether it erases)
fn naive(case: &Case) -> (&'static str, bool) {
    let today = Day::of(case.now_s);
    let event = match case.anchor {
        Anchor::Received => Some(case.received_s),
        Anchor::Settled => case.settled_s,
    };
    let start =
        event.map(Day::of).map(|day| if case.year_end { Day { month: 12, day: 31, ..day } } else { day });
    let end_of = |length: Option<(u16, Unit)>| start.zip(length).map(|(day, length)| day.plus(length));
    let (minimum_end, maximum_end) = (end_of(case.minimum), end_of(case.maximum));
    if case.held {
        ("held", false)
    } else if !case.known {
        ("unknown_class", false)
    } else if case.law && !case.signed {
        if case.asked { ("erase_requested", true) } else { ("not_adopted", false) }
    } else if start.is_none() {
        match (case.asked, case.minimum) {
            (true, Some(_)) => ("blocked_by_minimum", false),
            (true, None) => ("erase_requested", true),
            (false, _) => ("anchor_open", false),
        }
    } else if minimum_end.zip(maximum_end).is_some_and(|(minimum, maximum)| minimum > maximum) {
        ("minimum_above_maximum", false)
    } else if case.asked {
        let blocked = minimum_end.is_some_and(|end| end >= today);
        if blocked { ("blocked_by_minimum", false) } else { ("erase_requested", true) }
    } else {
        match maximum_end {
            None => ("no_maximum", false),
            Some(end) if end < today => ("due", true),
            Some(_) => ("kept_until", false),
        }
    }
}

fn length((count, unit): (u16, Unit)) -> Length {
    match unit {
        Unit::Day => Length::days(count),
        Unit::Month => Length::months(count),
        Unit::Year => Length::years(count),
    }
    .expect("in range")
}

fn rule(case: &Case) -> ClassRule {
    let day = "2026-01-01".parse().expect("a day");
    ClassRule {
        id: class("papers"),
        jurisdiction: if case.law { Jurisdiction::Law("XX".to_owned()) } else { Jurisdiction::Policy },
        records: "invented papers".to_owned(),
        keep_at_least: case.minimum.map(length),
        anchor: case.anchor,
        rounding: if case.year_end { Rounding::CalendarYearEnd } else { Rounding::None },
        delete_after: case.maximum.map(length),
        citation: "an invented rule".to_owned(),
        text_checked: TextChecked::Open,
        checked_on: day,
        sign_off: if case.signed {
            SignOff::Given { by: "nobody".to_owned(), on: day }
        } else {
            SignOff::Open
        },
    }
}

fn class(name: &str) -> RetentionClass {
    RetentionClass::try_from(name.to_owned()).expect("a name")
}

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("in range")
}

fn decide(case: &Case) -> Reason {
    let classes: Classes = [rule(case)].into_iter().collect();
    let facts = DocumentFacts {
        workspace: WorkspaceId::from_uuid(Uuid::from_u128(1)),
        document: DocumentId::from_uuid(Uuid::from_u128(2)),
        class: class(if case.known { "papers" } else { "strangers" }),
        received_at: Some(time(case.received_s)),
        settled_at: case.settled_s.map(time),
        held: case.held,
        erase_requested: case.asked,
    };
    plan(&classes, &[facts], time(case.now_s)).entries.remove(0).because
}

prop_compose! {
    fn period()(count in 1_u16..200, unit in prop_oneof![Just(Unit::Day), Just(Unit::Month), Just(Unit::Year)])
        -> (u16, Unit) {
        (if matches!(unit, Unit::Year) { count.min(12) } else { count }, unit)
    }
}

/// Seconds of 1990 to 2060, drawn towards the edges where calendars go wrong.
fn second() -> impl Strategy<Value = i64> {
    let edge = prop_oneof![
        Just("2024-02-29"),
        Just("2000-02-29"),
        Just("2023-12-31"),
        Just("2024-01-01"),
        Just("2025-02-28"),
        Just("2026-01-31"),
        Just("2028-02-29"),
        Just("2100-02-28"),
    ];
    prop_oneof![
        631_152_000_i64..2_840_140_800,
        (edge, -2_i64..3, 0_i64..DAY_S).prop_map(|(day, shift, of_day)| {
            let midnight: Timestamp = format!("{day}T00:00:00Z").parse().expect("a time");
            midnight.as_second() + shift * DAY_S + of_day
        }),
    ]
}

prop_compose! {
    /// Half of the cases look right around the end of the maximum, to the day.
    fn case()(
        minimum in proptest::option::of(period()), maximum in proptest::option::of(period()),
        anchor in prop_oneof![Just(Anchor::Received), Just(Anchor::Settled)],
        (year_end, law, signed) in any::<(bool, bool, bool)>(),
        known in prop::bool::weighted(0.95), held in prop::bool::weighted(0.1), asked in any::<bool>(),
        received_s in second(), settled in proptest::option::weighted(0.9, 0_i64..90_000), free_now in second(),
        near in any::<bool>(), shift in -2_i64..3,
    ) -> Case {
        let settled_s = settled.map(|after| received_s + after);
        let mut case = Case {
            minimum, maximum, anchor, year_end, law, signed, known, received_s, settled_s, held, asked,
            now_s: free_now,
        };
        if near {
            case.now_s = end_of_longest(&case) + shift * DAY_S;
        }
        case
    }
}

/// The last second of the naive end, found by walking.
fn end_of_longest(case: &Case) -> i64 {
    let event = match case.anchor {
        Anchor::Received => case.received_s,
        Anchor::Settled => case.settled_s.unwrap_or(case.received_s),
    };
    let start = Day::of(event);
    let start = if case.year_end { Day { month: 12, day: 31, ..start } } else { start };
    let end = start.plus(case.maximum.or(case.minimum).unwrap_or((1, Unit::Day)));
    let mut second = event.div_euclid(DAY_S) * DAY_S + DAY_S - 1;
    while Day::of(second) < end {
        second += DAY_S;
    }
    second
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_plan_agrees_with_the_naive_model(case in case()) {
        let reason = decide(&case);
        prop_assert_eq!((reason.as_str(), reason.erases().is_some()), naive(&case));
    }

    #[test]
    fn a_hold_always_wins(case in case()) {
        let reason = decide(&Case { held: true, ..case });
        prop_assert_eq!(reason, Reason::Held);
    }

    #[test]
    fn what_is_due_stays_due(case in case(), later in 0_i64..40_000_000) {
        if matches!(decide(&case), Reason::Due { .. }) {
            let reason = decide(&Case { now_s: case.now_s + later, ..case });
            let is_due = matches!(reason, Reason::Due { .. });
            prop_assert!(is_due);
        }
    }

    #[test]
    fn the_reason_names_the_very_day(case in case()) {
        let today = time(case.now_s).to_string()[..10].to_owned();
        match decide(&case) {
            Reason::Due { since } => prop_assert!(since.to_string() <= today),
            Reason::KeptUntil { last_day } => prop_assert!(last_day.to_string() >= today),
            Reason::BlockedByMinimum { review_on: Some(day) } => prop_assert!(day.to_string() > today),
            Reason::MinimumAboveMaximum { keep_through, last_day } => prop_assert!(keep_through > last_day),
            Reason::Held | Reason::UnknownClass | Reason::NotAdopted | Reason::EraseRequested
            | Reason::BlockedByMinimum { review_on: None } | Reason::AnchorOpen { .. } | Reason::NoMaximum => {}
        }
    }
}
