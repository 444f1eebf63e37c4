//! Dates as files write them.

use jiff::civil::{Date, DateTime, Time};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// There were no such files before.
const YEARS: std::ops::RangeInclusive<i16> = 1985..=2200;

/// A moment to the minute, of Greenwich where the writer says how far off he is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    minutes: i64,
    pub(super) day: Date,
}

impl Moment {
    /// `D:20260302101500+01'00'`; `None` where it is no such date.
    pub(super) fn of_pdf(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix("D:").unwrap_or(text.trim());
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (stamp, zone) = digits.split_at_checked(end)?;
        Self::of_digits(stamp, &zone.replace('\'', ""))
    }

    /// `2026-03-02T10:15:00+01:00`, or a shorter part of it.
    pub(super) fn of_iso(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, rest) = text.split_at_checked(10).unwrap_or((text, ""));
        let zone_at = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
        let (time, zone) = rest.split_at_checked(zone_at)?;
        let time = time.split('.').next().unwrap_or_default();
        let is_shaped = date.bytes().all(|b| b.is_ascii_digit() || b == b'-')
            && time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'T' | b' '));
        let stamp: String = date.chars().chain(time.chars()).filter(char::is_ascii_digit).collect();
        if is_shaped { Self::of_digits(&stamp, &zone.replace(':', "")) } else { None }
    }

    /// `2026:03:02 10:15:00`.
    pub(super) fn of_exif(text: &str) -> Option<Self> {
        let stamp: String = text.chars().filter(char::is_ascii_digit).collect();
        let is_shaped = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b' ' | b'-'));
        if is_shaped && stamp.len() >= 12 { Self::of_digits(&stamp, "") } else { None }
    }

    /// Year, and as much of month, day, hour and minute as there is; `zone` is `Z`, `+hhmm` or nothing.
    fn of_digits(stamp: &str, zone: &str) -> Option<Self> {
        let part = |at: usize, least: i8| match stamp.get(at..at + 2) {
            Some(digits) => digits.parse::<i8>().ok(),
            None if stamp.len() <= at => Some(least),
            None => None,
        };
        let year = stamp.get(..4)?.parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
        let day = Date::new(year, part(4, 1)?, part(6, 1)?).ok()?;
        let time = Time::new(part(8, 0)?, part(10, 0)?, 0, 0).ok()?;
        let since =
            DateTime::from_parts(day, time).duration_since(DateTime::constant(2000, 1, 1, 0, 0, 0, 0));
        Some(Self { minutes: (since.as_secs() / 60).checked_sub(offset(zone)?)?, day })
    }

    /// How many whole days it is after another moment; negative where it is before.
    pub(super) fn days_after(self, other: Self) -> i64 {
        self.minutes.saturating_sub(other.minutes) / DAY
    }

    /// How many minutes it is after another moment.
    pub(super) fn minutes_after(self, other: Self) -> i64 {
        self.minutes.saturating_sub(other.minutes)
    }
}

/// Minutes east of Greenwich.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.chars().next() {
        None | Some('Z' | 'z') => return Some(0),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return None,
    };
    let hours = zone.get(1..3)?.parse::<i64>().ok()?;
    let minutes = zone.get(3..5).map_or(Some(0), |digits| digits.parse::<i64>().ok())?;
    Some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_ways_to_write_a_moment() {
        let pdf = Moment::of_pdf("D:20260302101500+01'00'").unwrap();
        assert_eq!(Some(pdf), Moment::of_iso("2026-03-02T10:15:00+01:00"));
        assert_eq!(Some(pdf), Moment::of_pdf("D:20260302101500+01'00"));
        assert_eq!(pdf.minutes_after(Moment::of_iso("2026-03-02T09:15:00.5Z").unwrap()), 0);
        assert_eq!(Moment::of_exif("2026:03:04 10:15:00").unwrap().days_after(pdf), 2);
        assert_eq!(Moment::of_pdf("D:2026").unwrap().day, jiff::civil::date(2026, 1, 1));
    }

    #[test]
    fn what_is_no_date() {
        for text in ["", "D:", "D:20261302", "D:20260230101010", "yesterday", "D:2026030", "D:202603021015x"]
        {
            assert_eq!(Moment::of_pdf(text), None, "{text}");
        }
        assert_eq!(Moment::of_iso("2 March 2026"), None);
        assert_eq!(Moment::of_exif("    :  :     :  :  "), None);
    }
}
