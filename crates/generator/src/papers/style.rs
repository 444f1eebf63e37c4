//! How a paper looks, drawn once for all of its pages.

use crate::canvas::Strokes;
use crate::design::calendar::{Days, in_words};
use crate::design::country::Country;
use crate::font::Family;
use crate::notation::Digits;
use crate::pdf::Frame;
use crate::random::Random;
use jiff::civil::Date;

/// Where a label stands from its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pairs {
    /// `Label: value` as one string.
    Inline,
    /// The value in a column of its own.
    Column,
    /// The value ends at the right edge.
    Right,
    /// The label above its value.
    Above,
}

/// Where the title stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TitlePlace {
    Left,
    Right,
    Centre,
    BelowName,
}

/// What a page says about its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbers {
    None,
    Page,
    PageOf,
}

pub(crate) struct Style {
    pub(crate) country: &'static Country,
    pub(crate) strokes: Strokes,
    pub(crate) size: f32,
    pub(crate) margin: f32,
    pub(crate) pitch: f32,
    pub(crate) pairs: Pairs,
    pub(crate) has_colons: bool,
    pub(crate) title_place: TitlePlace,
    pub(crate) title_size: f32,
    pub(crate) in_capitals: bool,
    pub(crate) numbers: Numbers,
    pub(crate) is_ruled: bool,
    pub(crate) is_shaded: bool,
    /// The currency's symbol beside every figure, or beside totals only, or nowhere.
    pub(crate) marks: Marks,
    pub(crate) digits: Digits,
    pub(crate) days: Days,
    pub(crate) long_days: bool,
    /// Which of several wordings is meant.
    wording: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    None,
    Totals,
    All,
}

/// Paper and font of a file.
pub(crate) fn frame(country: &Country, random: &mut Random) -> Frame {
    let (width, height) = country.paper;
    let family = *random.pick(&[Family::Helvetica, Family::Helvetica, Family::Times, Family::Courier]);
    Frame { width, height, turned: false, family }
}

impl Style {
    pub(crate) fn draw(country: &'static Country, frame: &Frame, random: &mut Random) -> Self {
        let size = if frame.family == Family::Courier { 7.5 } else { *random.pick(&[8.5, 9.0, 9.5, 10.0]) };
        Self {
            country,
            strokes: *random.pick(&[
                Strokes::Strings,
                Strokes::Words,
                Strokes::Kerned,
                Strokes::Gaps,
                Strokes::Glyphs,
            ]),
            size,
            margin: *random.pick(&[36.0, 44.0, 54.0, 62.0]),
            pitch: *random.pick(&[1.25, 1.35, 1.5, 1.7]),
            pairs: *random.pick(&[Pairs::Inline, Pairs::Column, Pairs::Column, Pairs::Right, Pairs::Above]),
            has_colons: random.chance(60),
            title_place: *random.pick(&[
                TitlePlace::Left,
                TitlePlace::Right,
                TitlePlace::Centre,
                TitlePlace::BelowName,
            ]),
            title_size: *random.pick(&[13.0, 16.0, 20.0, 26.0]),
            in_capitals: random.chance(35),
            numbers: *random.pick(&[Numbers::None, Numbers::Page, Numbers::PageOf, Numbers::PageOf]),
            is_ruled: random.chance(50),
            is_shaded: random.chance(35),
            marks: *random.pick(&[Marks::None, Marks::Totals, Marks::Totals, Marks::All]),
            digits: *random.pick(country.digits),
            days: random.pick(country.days).with_year(),
            long_days: random.chance(30),
            wording: u64::try_from(random.between(0, 1_000_000)).unwrap_or(0),
        }
    }

    /// One of the wordings that `|` keeps apart; the same one each time.
    pub(crate) fn choose(&self, wordings: &'static str) -> &'static str {
        let all: Vec<&'static str> = wordings.split('|').collect();
        let spread = wordings
            .bytes()
            .fold(self.wording, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let place =
            usize::try_from((spread >> 7) % u64::try_from(all.len().max(1)).unwrap_or(1)).unwrap_or(0);
        all.get(place).copied().unwrap_or(wordings)
    }

    /// Place of the language in the tables of words.
    pub(crate) fn language(&self) -> usize {
        ["en", "de", "fr", "es", "it", "pt", "nl"]
            .iter()
            .position(|code| *code == self.country.tongue.code)
            .unwrap_or(0)
    }

    pub(crate) fn day(&self, date: Date) -> String {
        if self.long_days { in_words(self.country, date) } else { self.days.format(self.country, date) }
    }

    /// A figure as printed: `1,234.50`, with a minus in front where it is negative.
    pub(crate) fn figure(&self, minor: i64) -> String {
        self.digits.signed(minor)
    }

    /// With the currency's mark.
    pub(crate) fn money(&self, minor: i64) -> String {
        let symbol = self.country.symbol;
        match symbol.chars().count() {
            1 if matches!(self.country.tongue.code, "en" | "nl") => {
                format!("{}{symbol}{}", if minor < 0 { "-" } else { "" }, self.digits.format(minor))
            }
            1 => format!("{} {symbol}", self.figure(minor)),
            _ => format!("{} {}", self.country.currency, self.figure(minor)),
        }
    }

    pub(crate) fn in_table(&self, minor: i64) -> String {
        if self.marks == Marks::All { self.money(minor) } else { self.figure(minor) }
    }

    pub(crate) fn in_total(&self, minor: i64) -> String {
        if self.marks == Marks::None { self.figure(minor) } else { self.money(minor) }
    }

    pub(crate) fn case(&self, text: &str) -> String {
        if self.in_capitals { text.to_uppercase() } else { text.to_owned() }
    }
}

/// The contract's decimal string of two digits.
pub(crate) fn decimal(minor: i64) -> String {
    format!(
        "{}{}.{:02}",
        if minor < 0 { "-" } else { "" },
        minor.unsigned_abs() / 100,
        minor.unsigned_abs() % 100
    )
}
