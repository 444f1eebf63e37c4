//! How numbers and dates are printed in different places.

use jiff::civil::Date;

/// Decimal mark and digit groups of a locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digits {
    /// `1,234.56`
    English,
    /// `1.234,56`
    German,
    /// `1 234,56` with a no-break space
    French,
    /// `1 234,56` with a narrow no-break space
    FrenchNarrow,
    /// `1,23,456.78`
    Indian,
    /// `1'234.56`
    Swiss,
    /// `1234.56`
    Plain,
    /// `1 234.56` with a no-break space
    Spaced,
}

impl Digits {
    /// The magnitude of an amount in minor units of a two-digit currency, without a sign.
    pub(crate) fn format(self, minor: i64) -> String {
        let (group, mark) = match self {
            Self::English | Self::Indian => (",", '.'),
            Self::German => (".", ','),
            Self::French => ("\u{a0}", ','),
            Self::FrenchNarrow => ("\u{202f}", ','),
            Self::Swiss => ("'", '.'),
            Self::Plain => ("", '.'),
            Self::Spaced => ("\u{a0}", '.'),
        };
        let magnitude = minor.unsigned_abs();
        let whole = (magnitude / 100).to_string();
        format!("{}{mark}{:02}", self.grouped(&whole, group), magnitude % 100)
    }

    fn grouped(self, whole: &str, group: &str) -> String {
        let digits = whole.len();
        let mut out = String::new();
        for (index, digit) in whole.chars().enumerate() {
            let left = digits - index;
            let boundary = match self {
                Self::Indian => left == 3 || (left > 3 && left % 2 == 1),
                Self::English
                | Self::German
                | Self::French
                | Self::FrenchNarrow
                | Self::Swiss
                | Self::Plain
                | Self::Spaced => left.is_multiple_of(3),
            };
            if index > 0 && boundary {
                out.push_str(group);
            }
            out.push(digit);
        }
        out
    }

    /// With a leading hyphen-minus when negative.
    pub(crate) fn signed(self, minor: i64) -> String {
        let sign = if minor < 0 { "-" } else { "" };
        format!("{sign}{}", self.format(minor))
    }
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

fn month(names: &'static [&'static str; 12], date: Date) -> &'static str {
    names[usize::from(date.month().unsigned_abs()) - 1]
}

/// How a date is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Days {
    /// `03/02`: month first, no year
    UsShort,
    /// `03/02/2026`: month first
    Us,
    /// `03/02/26`: month first
    UsTwoDigit,
    /// `02 Mar 2026`
    Short,
    /// `02 Mar`
    ShortNoYear,
    /// `Mar 2, 2026`
    UsShortName,
    /// `March 2, 2026`
    UsLong,
    /// `2 March 2026`
    Long,
    /// `02.03.2026`
    German,
    /// `02.03.`
    GermanNoYear,
    /// `02.03`
    FrenchNoYear,
    /// `2 mars 2026`
    FrenchLong,
    /// `02/03/26`: day first
    DayFirstTwoDigit,
    /// `02/03/2026`: day first
    DayFirst,
    /// `02-03-2026`: day first
    DayFirstHyphen,
    /// `2026-03-02`
    Iso,
    /// `2 de marzo de 2026`
    SpanishLong,
}

impl Days {
    pub(crate) fn format(self, date: Date) -> String {
        let (y, m, d) = (date.year(), date.month(), date.day());
        let short = &month(&ENGLISH, date)[..3];
        match self {
            Self::UsShort => format!("{m:02}/{d:02}"),
            Self::Us => format!("{m:02}/{d:02}/{y}"),
            Self::UsTwoDigit => format!("{m:02}/{d:02}/{:02}", y % 100),
            Self::Short => format!("{d:02} {short} {y}"),
            Self::ShortNoYear => format!("{d:02} {short}"),
            Self::UsShortName => format!("{short} {d}, {y}"),
            Self::UsLong => format!("{} {d}, {y}", month(&ENGLISH, date)),
            Self::Long => format!("{d} {} {y}", month(&ENGLISH, date)),
            Self::German => format!("{d:02}.{m:02}.{y}"),
            Self::GermanNoYear => format!("{d:02}.{m:02}."),
            Self::FrenchNoYear => format!("{d:02}.{m:02}"),
            Self::FrenchLong => format!("{d} {} {y}", month(&FRENCH, date)),
            Self::DayFirstTwoDigit => format!("{d:02}/{m:02}/{:02}", y % 100),
            Self::DayFirst => format!("{d:02}/{m:02}/{y}"),
            Self::DayFirstHyphen => format!("{d:02}-{m:02}-{y}"),
            Self::Iso => format!("{y}-{m:02}-{d:02}"),
            Self::SpanishLong => format!("{d} de {} de {y}", month(&SPANISH, date)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_follow_the_locale() {
        for (digits, minor, printed) in [
            (Digits::English, 123_456_789, "1,234,567.89"),
            (Digits::German, -123_456, "1.234,56"),
            (Digits::French, 123_456, "1\u{a0}234,56"),
            (Digits::Indian, 1_234_567_800, "1,23,45,678.00"),
            (Digits::Indian, 99_900, "999.00"),
            (Digits::Swiss, 100_000, "1'000.00"),
            (Digits::Plain, 5, "0.05"),
            (Digits::Spaced, 123_456, "1\u{a0}234.56"),
        ] {
            assert_eq!(digits.format(minor), printed);
        }
    }

    #[test]
    fn days_follow_the_locale() {
        let day = jiff::civil::date(2026, 3, 2);
        for (days, printed) in [
            (Days::UsShort, "03/02"),
            (Days::Short, "02 Mar 2026"),
            (Days::GermanNoYear, "02.03."),
            (Days::FrenchLong, "2 mars 2026"),
            (Days::DayFirstTwoDigit, "02/03/26"),
            (Days::Iso, "2026-03-02"),
        ] {
            assert_eq!(days.format(day), printed);
        }
    }
}
