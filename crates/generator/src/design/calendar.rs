//! How days are printed, in every language.

use super::country::Country;
use jiff::civil::Date;

/// A notation of days in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Days {
    /// `03/02`: month first
    UsShort,
    /// `03/02/2026`: month first
    Us,
    /// `03/02/26`: month first
    UsTwoDigit,
    /// `Mar 02`
    UsName,
    /// `Mar 2, 2026`
    UsNameYear,
    /// `02/03/2026`
    Slash,
    /// `02/03/26`
    SlashTwoDigit,
    /// `02/03`
    SlashShort,
    /// `02.03.2026`
    Dot,
    /// `02.03.26`
    DotTwoDigit,
    /// `02.03.`
    DotShort,
    /// `02.03`
    DotBare,
    /// `02-03-2026`
    Hyphen,
    /// `02-03`
    HyphenShort,
    /// `2026-03-02`
    Iso,
    /// `02 Mar 2026`
    NameYear,
    /// `02 Mar 26`
    NameTwoDigit,
    /// `02 Mar`
    Name,
    /// `02MAR`
    NameTight,
    /// `02-Mar-2026`
    NameHyphen,
    /// `02  03`: day and month in columns of their own
    Split,
}

impl Days {
    pub(crate) fn format(self, country: &Country, date: Date) -> String {
        let (y, m, d) = (date.year(), date.month(), date.day());
        let (short, two) = (country.tongue.short_months[place(m)], y % 100);
        match self {
            Self::UsShort => format!("{m:02}/{d:02}"),
            Self::Us => format!("{m:02}/{d:02}/{y}"),
            Self::UsTwoDigit => format!("{m:02}/{d:02}/{two:02}"),
            Self::UsName => format!("{short} {d:02}"),
            Self::UsNameYear => format!("{short} {d}, {y}"),
            Self::Slash => format!("{d:02}/{m:02}/{y}"),
            Self::SlashTwoDigit => format!("{d:02}/{m:02}/{two:02}"),
            Self::SlashShort => format!("{d:02}/{m:02}"),
            Self::Dot => format!("{d:02}.{m:02}.{y}"),
            Self::DotTwoDigit => format!("{d:02}.{m:02}.{two:02}"),
            Self::DotShort => format!("{d:02}.{m:02}."),
            Self::DotBare => format!("{d:02}.{m:02}"),
            Self::Hyphen => format!("{d:02}-{m:02}-{y}"),
            Self::HyphenShort => format!("{d:02}-{m:02}"),
            Self::Iso => format!("{y}-{m:02}-{d:02}"),
            Self::NameYear => format!("{d:02} {short} {y}"),
            Self::NameTwoDigit => format!("{d:02} {short} {two:02}"),
            Self::Name => format!("{d:02} {short}"),
            Self::NameTight => format!("{d:02}{}", short.to_uppercase()),
            Self::NameHyphen => format!("{d:02}-{short}-{y}"),
            Self::Split => format!("{d:02}   {m:02}"),
        }
    }

    /// Whether a day can be told from the column alone.
    pub(crate) const fn has_year(self) -> bool {
        !matches!(
            self,
            Self::UsShort
                | Self::UsName
                | Self::SlashShort
                | Self::DotShort
                | Self::DotBare
                | Self::HyphenShort
                | Self::Name
                | Self::NameTight
                | Self::Split
        )
    }

    /// The notation with a year that goes with this one where a period is printed.
    pub(crate) const fn with_year(self) -> Self {
        match self {
            Self::UsShort => Self::Us,
            Self::UsName => Self::UsNameYear,
            Self::SlashShort | Self::Split => Self::Slash,
            Self::DotShort | Self::DotBare => Self::Dot,
            Self::HyphenShort => Self::Hyphen,
            Self::Name | Self::NameTight => Self::NameYear,
            Self::Us
            | Self::UsTwoDigit
            | Self::UsNameYear
            | Self::Slash
            | Self::SlashTwoDigit
            | Self::Dot
            | Self::DotTwoDigit
            | Self::Hyphen
            | Self::Iso
            | Self::NameYear
            | Self::NameTwoDigit
            | Self::NameHyphen => self,
        }
    }
}

fn place(month: i8) -> usize {
    usize::from(month.unsigned_abs()).saturating_sub(1)
}

/// A day as a sentence has it: `2 March 2026`, `March 2, 2026`, `2. März 2026`, `2 de marzo de 2026`.
pub(crate) fn in_words(country: &Country, date: Date) -> String {
    let (y, d, month) = (date.year(), date.day(), country.tongue.months[place(date.month())]);
    match (country.tongue.code, country.name) {
        ("en", "US" | "CA") => format!("{month} {d}, {y}"),
        ("de", _) => format!("{d}. {month} {y}"),
        ("es" | "pt", _) => format!("{d} de {month} de {y}"),
        _ => format!("{d} {month} {y}"),
    }
}

/// A heading over the rows of a day: `Monday 2 March 2026`.
pub(crate) fn heading(country: &Country, date: Date) -> String {
    let weekday = country.tongue.weekdays[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())];
    let comma = if country.name == "US" { "," } else { "" };
    format!("{weekday}{comma} {}", in_words(country, date))
}
