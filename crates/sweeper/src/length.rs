//! A period of calendar time: `90 days`, `25 months`, `5 years`.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// A whole number of one calendar unit, at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Length {
    count: u16,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unit {
    Day,
    Month,
    Year,
}

/// The text is not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period is a number and a unit, `90 days`, `25 months` or `5 years`, at most a hundred years long")]
pub struct LengthError;

impl Length {
    /// No period is longer than this. The longest that any law we know of asks for is far shorter.
    pub const MAX_YEARS: u16 = 100;

    /// So many days.
    ///
    /// # Errors
    /// 0, or more than [`Length::MAX_YEARS`].
    pub fn days(count: u16) -> Result<Self, LengthError> {
        Self::new(count, Unit::Day)
    }

    /// So many months.
    ///
    /// # Errors
    /// 0, or more than [`Length::MAX_YEARS`].
    pub fn months(count: u16) -> Result<Self, LengthError> {
        Self::new(count, Unit::Month)
    }

    /// So many years.
    ///
    /// # Errors
    /// 0, or more than [`Length::MAX_YEARS`].
    pub fn years(count: u16) -> Result<Self, LengthError> {
        Self::new(count, Unit::Year)
    }

    fn new(count: u16, unit: Unit) -> Result<Self, LengthError> {
        let longest = match unit {
            Unit::Day => Self::MAX_YEARS * 365,
            Unit::Month => Self::MAX_YEARS * 12,
            Unit::Year => Self::MAX_YEARS,
        };
        if (1..=longest).contains(&count) { Ok(Self { count, unit }) } else { Err(LengthError) }
    }

    /// The last day of a period that runs from the end of `start`. Months and years keep the day of the month, or
    /// take the month's last when it has no such day (29 February + 1 year = 28 February). Past the end of the
    /// calendar it stays there, so that nothing becomes due through an overflow.
    #[must_use]
    pub fn last_day_from(self, start: Date) -> Date {
        start.saturating_add(self.span())
    }

    /// The inverse bound: no start later than this can have a last day before `today`. Generous by the few days
    /// that clamped month ends make.
    pub(crate) fn latest_start_before(self, today: Date) -> Date {
        today.saturating_sub(self.span()).saturating_add(CLAMPED_DAYS_MAX.days())
    }

    fn span(self) -> Span {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Day => count.days(),
            Unit::Month => count.months(),
            Unit::Year => count.years(),
        }
    }
}

/// 31 January minus 1 month and plus 1 month differ by at most this.
const CLAMPED_DAYS_MAX: i64 = 3;

impl TryFrom<String> for Length {
    type Error = LengthError;

    fn try_from(text: String) -> Result<Self, LengthError> {
        let (count, unit) = text.split_once(' ').ok_or(LengthError)?;
        let digits = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
        let count: u16 =
            if digits { count.parse().map_err(|_| LengthError)? } else { return Err(LengthError) };
        match unit {
            "day" | "days" => Self::days(count),
            "month" | "months" => Self::months(count),
            "year" | "years" => Self::years(count),
            _ => Err(LengthError),
        }
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        length.to_string()
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(text: &str) -> Result<Length, LengthError> {
        Length::try_from(text.to_owned())
    }

    #[test]
    fn periods_end_where_the_calendar_says() {
        for (start, period, end) in [
            ("2026-03-01", "90 days", "2026-05-30"),
            ("2024-02-29", "1 year", "2025-02-28"),
            ("2024-02-29", "4 years", "2028-02-29"),
            ("2023-12-31", "2 months", "2024-02-29"),
            ("2026-08-31", "25 months", "2028-09-30"),
            ("1999-12-31", "8 years", "2007-12-31"),
            ("9990-01-01", "100 years", "9999-12-31"),
        ] {
            let start: Date = start.parse().unwrap();
            assert_eq!(length(period).unwrap().last_day_from(start).to_string(), end, "{start} + {period}");
        }
    }

    #[test]
    fn words_round_trip_and_nonsense_is_refused() {
        for text in
            ["1 day", "90 days", "1 month", "25 months", "1 year", "100 years", "36500 days", "1200 months"]
        {
            assert_eq!(length(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "90",
            "days",
            "0 days",
            "-1 days",
            "+1 days",
            "101 years",
            "36501 days",
            "1201 months",
            "9 weeks",
            "1  day",
            "1 day ",
        ] {
            assert_eq!(length(text), Err(LengthError), "{text:?}");
        }
    }
}
