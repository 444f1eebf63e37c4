//! Printed dates. A token keeps every meaning it can have; day and month order is decided by evidence.

use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Order of the numbers in a date that names no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `31/12/2026`.
    DayMonth,
    /// `12/31/2026`.
    MonthDay,
}

impl DateOrder {
    /// Both orders.
    pub const ALL: [Self; 2] = [Self::DayMonth, Self::MonthDay];
}

/// A year as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrintedYear {
    /// Four digits.
    Full(i16),
    /// Two digits.
    Short(i16),
    /// None at all.
    Missing,
}

/// Day and month with the year as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    /// 1–31.
    pub day: i8,
    /// 1–12.
    pub month: i8,
    /// As printed.
    pub year: PrintedYear,
}

impl PartialDate {
    /// The civil date, if the printed year is full, or short and completed with this century's two digits.
    #[must_use]
    pub fn complete(self) -> Option<Date> {
        match self.year {
            PrintedYear::Full(year) => self.in_year(year),
            PrintedYear::Short(year) => self.in_year(2000_i16.checked_add(year)?),
            PrintedYear::Missing => None,
        }
    }

    /// The civil date in a given year; `None` for 30 February and its like.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// One printed date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateToken {
    /// The order is certain: a month name, or the year first.
    Certain(PartialDate),
    /// Two small numbers whose order only evidence can tell.
    Numeric {
        /// Printed first.
        first: i8,
        /// Printed second.
        second: i8,
        /// As printed.
        year: PrintedYear,
    },
}

/// Month names and their usual short forms in the seven languages statements come in, lower case, accents folded.
/// A word is a month if it is one of these, or a prefix of the first (longest) form of at least three letters.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "januar", "janvier", "enero", "gennaio", "janeiro", "januari", "jan", "janv", "ene",
        "gen", "jaenner", "janner",
    ],
    &["february", "februar", "fevrier", "febrero", "febbraio", "fevereiro", "februari", "feb", "fevr", "fev"],
    &["march", "marz", "maerz", "mars", "marzo", "marco", "maart", "mar", "mrz", "mrt"],
    &["april", "avril", "abril", "aprile", "apr", "avr", "abr"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "mag"],
    &["june", "juni", "juin", "junio", "giugno", "junho", "jun", "giu"],
    &["july", "juli", "juillet", "julio", "luglio", "julho", "jul", "juil", "lug"],
    &["august", "aout", "agosto", "augustus", "aug", "ago", "aou"],
    &["september", "septembre", "septiembre", "settembre", "setembro", "sep", "sept", "set"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro", "oct", "okt", "ott", "out"],
    &["november", "novembre", "noviembre", "novembro", "nov"],
    &["december", "dezember", "decembre", "diciembre", "dicembre", "dezembro", "dec", "dez", "dic"],
];

const WEEKDAYS: &[&str] = &[
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lun",
    "mer",
    "jeu",
    "ven",
    "sam",
    "dim",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "mie",
    "jue",
    "vie",
    "sab",
    "dom",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
    "gio",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "seg",
    "ter",
    "qua",
    "qui",
    "sex",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "ma",
    "wo",
    "vr",
    "za",
    "zo",
];

static MONTH_OF: LazyLock<HashMap<&'static str, i8>> = LazyLock::new(|| month_names().collect());
static WEEKDAY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| WEEKDAYS.iter().copied().collect());

impl DateToken {
    /// Whether a date may begin with this word: it has a digit, or it names a month or a day of the week. Cheaper than
    /// to read.
    #[must_use]
    pub fn may_begin(word: &str) -> bool {
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            return true;
        }
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let first = word.split(is_break).next().unwrap_or_default();
        first.is_empty() || is_weekday(first) || month_of(first).is_some()
    }

    /// Reads a whole text as one date; `None` if anything else stands in it. A time of day behind the date
    /// (`2026-03-02T10:15:00Z`, `02/03/2026 10:15`) is dropped: statements book by day.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        // Of the words of a document most are no dates, and show it at first sight.
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if let Some(plain) = read_plain(text.as_bytes()) {
            return plain;
        }
        let text = without_time(text.trim());
        if let Some(compact) = read_compact(text) {
            return Some(compact);
        }
        let parts = split_parts(text)?;
        // "7,23" is a number: a comma stands in a date only behind a month's name or day.
        let named = parts.iter().any(|part| matches!(part, Part::Month(_)));
        if !named && text.contains(',') {
            return None;
        }
        match parts.as_slice() {
            [Part::Number(y, 4), Part::Number(m, _), Part::Number(d, _)] => {
                certain(*d, *m, PrintedYear::Full(*y))
            }
            [Part::Number(y, 4), Part::Month(m), Part::Number(d, _)] => {
                certain(*d, *m, PrintedYear::Full(*y))
            }
            [Part::Number(d, 1 | 2), Part::Month(m), year] => certain(*d, *m, read_year(year)?),
            [Part::Month(m), Part::Number(d, 1 | 2), year] => certain(*d, *m, read_year(year)?),
            [Part::Number(d, 1 | 2), Part::Month(m)] | [Part::Month(m), Part::Number(d, 1 | 2)] => {
                certain(*d, *m, PrintedYear::Missing)
            }
            [Part::Number(a, 1 | 2), Part::Number(b, 1 | 2), year] => numeric(*a, *b, read_year(year)?),
            [Part::Number(a, 1 | 2), Part::Number(b, 1 | 2)] => numeric(*a, *b, PrintedYear::Missing),
            _ => None,
        }
    }

    /// Day and month under an order; `None` where the order gives no date (month 13).
    #[must_use]
    pub fn resolve(self, order: DateOrder) -> Option<PartialDate> {
        match self {
            Self::Certain(date) => Some(date),
            Self::Numeric { first, second, year } => {
                let (day, month) = match order {
                    DateOrder::DayMonth => (first, second),
                    DateOrder::MonthDay => (second, first),
                };
                valid(day, month).then_some(PartialDate { day, month, year })
            }
        }
    }

    /// The order this token proves on its own: one of its numbers is above 12.
    #[must_use]
    pub fn proves_order(self) -> Option<DateOrder> {
        match self {
            Self::Certain(_) => None,
            Self::Numeric { .. } => {
                match (
                    self.resolve(DateOrder::DayMonth).is_some(),
                    self.resolve(DateOrder::MonthDay).is_some(),
                ) {
                    (true, false) => Some(DateOrder::DayMonth),
                    (false, true) => Some(DateOrder::MonthDay),
                    (true, true) | (false, false) => None,
                }
            }
        }
    }

    /// The year as printed.
    #[must_use]
    pub const fn year(self) -> PrintedYear {
        match self {
            Self::Certain(date) => date.year,
            Self::Numeric { year, .. } => year,
        }
    }
}

/// The names of days of the week, in the seven languages, in small letters without accents, short ones among them.
#[must_use]
pub fn weekday_names() -> &'static [&'static str] {
    WEEKDAYS
}

/// The names of months, each with its month (1–12), in the seven languages, in small letters without accents, short ones
/// among them.
pub fn month_names() -> impl Iterator<Item = (&'static str, i8)> {
    (1..).zip(MONTHS).flat_map(|(month, names)| names.iter().map(move |name| (*name, month)))
}

/// The month a word names (1–12), in any of the seven languages, accents folded, a final dot allowed.
#[must_use]
pub fn month_of(word: &str) -> Option<i8> {
    let folded: String =
        word.trim_end_matches(['.', ',']).chars().flat_map(char::to_lowercase).map(fold).collect();
    MONTH_OF.get(folded.as_str()).copied()
}

fn fold(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ç' => 'c',
        other => other,
    }
}

enum Part {
    /// Value and number of digits.
    Number(i16, usize),
    Month(i16),
}

fn split_parts(text: &str) -> Option<Vec<Part>> {
    // "-5.18" is a number, and so is "5.18-".
    let begins = text.starts_with(|c: char| c.is_alphanumeric());
    let ends = text.ends_with(|c: char| c.is_alphanumeric() || c == '.');
    if !begins || !ends {
        return None;
    }
    let mut parts = Vec::new();
    for piece in text.split(is_break).filter(|p| !p.is_empty()) {
        let lower = piece.to_ascii_lowercase();
        if parts.is_empty() && is_weekday(piece) {
            continue;
        }
        if parts.len() == 3 {
            return None;
        }
        push_piece(piece, &lower, &mut parts)?;
    }
    Some(parts)
}

/// Whether a character parts the pieces of a date.
fn is_break(c: char) -> bool {
    matches!(c, '/' | '-' | '.' | ',' | '\'' | '\u{2019}') || c.is_whitespace()
}

fn is_weekday(piece: &str) -> bool {
    if piece.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let folded: String = piece.chars().flat_map(char::to_lowercase).map(fold).collect();
    WEEKDAY.contains(folded.trim_end_matches('.'))
}

/// `02`, `Mar`, `2nd`, and glued forms such as `02MAR2026` or `10Nov`.
fn push_piece(piece: &str, lower: &str, parts: &mut Vec<Part>) -> Option<()> {
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|tail| lower.strip_suffix(tail));
    let piece = match ordinal {
        Some(number) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => number,
        _ => piece,
    };
    let mut rest = piece;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        parts.push(if digits {
            if run.len() > 4 {
                return None;
            }
            Part::Number(run.parse().ok()?, run.len())
        } else {
            Part::Month(i16::from(month_of(run)?))
        });
        rest = tail;
    }
    Some(())
}

fn read_year(part: &Part) -> Option<PrintedYear> {
    match part {
        Part::Number(year, 4) if (1950..=2200).contains(year) => Some(PrintedYear::Full(*year)),
        // Buddhist era, as printed in Thailand: 543 years ahead.
        Part::Number(year, 4) if (2493..=2743).contains(year) => Some(PrintedYear::Full(year - 543)),
        Part::Number(year, 2) => Some(PrintedYear::Short(*year)),
        Part::Number(..) | Part::Month(_) => None,
    }
}

/// `2026-03-02` and `02.03.2026`, as nearly every file writes them: the same as below, at first sight. `None` for another
/// shape, `Some(None)` for what has the shape and is no date.
fn read_plain(text: &[u8]) -> Option<Option<DateToken>> {
    let digits = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0'))
        })
    };
    let is_mark = |a: &u8, b: &u8| a == b && matches!(a, b'-' | b'.' | b'/');
    Some(match text {
        [year @ .., a, m1, m2, b, d1, d2] if year.len() == 4 && is_mark(a, b) => {
            let (year, month, day) = (digits(year)?, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?);
            certain(day, month, PrintedYear::Full(year))
        }
        [f1, f2, a, s1, s2, b, year @ ..] if year.len() == 4 && is_mark(a, b) => {
            let (first, second, year) = (digits(&[*f1, *f2])?, digits(&[*s1, *s2])?, digits(year)?);
            read_year(&Part::Number(year, 4)).and_then(|year| numeric(first, second, year))
        }
        _ => None?,
    })
}

/// `20260302`, and `20260302120000` as OFX and some exports print it.
fn read_compact(text: &str) -> Option<DateToken> {
    let digits = text.split('[').next()?;
    let shaped = matches!(digits.len(), 8 | 12 | 14) && digits.bytes().all(|b| b.is_ascii_digit());
    if !shaped {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    if !(1950..=2200).contains(&year) {
        return None;
    }
    certain(day, month, PrintedYear::Full(year))
}

fn without_time(text: &str) -> &str {
    let cut = |at: usize| text.get(..at).unwrap_or(text).trim_end();
    if let Some(at) = text.find('T').filter(|at| *at >= 8 && is_between_digits(text, *at)) {
        return cut(at);
    }
    let Some(colon) = text.find(':') else { return text };
    let before = text.get(..colon).and_then(|t| t.rfind(char::is_whitespace));
    // "10:15" is a time of day; "2026: 100.00" is a year and what is said of it.
    let hour = text.get(before.map_or(0, |at| at + 1)..colon).unwrap_or_default().trim();
    let minute = text.get(colon + 1..).unwrap_or_default();
    let is_number = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let is_time = is_number(hour) && minute.get(..2).is_some_and(is_number);
    before.filter(|_| is_time).map_or(text, cut)
}

/// Whether the letter that stands there parts a day from a time, as in "2026-03-02T10:15", and begins no word.
fn is_between_digits(text: &str, at: usize) -> bool {
    let is_digit =
        |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1))
}

fn certain(day: i16, month: i16, year: PrintedYear) -> Option<DateToken> {
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    valid(day, month).then_some(DateToken::Certain(PartialDate { day, month, year }))
}

fn numeric(first: i16, second: i16, year: PrintedYear) -> Option<DateToken> {
    let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
    (valid(first, second) || valid(second, first)).then_some(DateToken::Numeric { first, second, year })
}

fn valid(day: i8, month: i8) -> bool {
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return false,
    };
    (1..=longest).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, order: DateOrder, expected: Option<(i8, i8, PrintedYear)>) {
        let read = DateToken::read(text).and_then(|t| t.resolve(order)).map(|d| (d.day, d.month, d.year));
        assert_eq!(read, expected, "{text:?} as {order:?}");
    }

    /// Blanks around it take the long way.
    #[test]
    fn the_short_way_says_what_the_long_one_says() {
        for year in ["0000", "1949", "1950", "2026", "2200", "2201", "2569", "9999"] {
            for (a, b) in [("00", "10"), ("01", "02"), ("13", "02"), ("02", "29"), ("30", "02"), ("31", "12")]
            {
                for mark in ["-", ".", "/", ",", "'"] {
                    for text in [format!("{year}{mark}{a}{mark}{b}"), format!("{a}{mark}{b}{mark}{year}")] {
                        assert_eq!(DateToken::read(&text), DateToken::read(&format!(" {text}")), "{text}");
                    }
                }
            }
        }
        assert_eq!(read_plain(b"02.03-2026"), None, "two marks");
        assert_eq!(read_plain(b"2026-3-02x"), None);
    }

    #[test]
    fn words_that_may_begin_a_date() {
        for (word, expected) in [
            ("Mon", true),
            ("Mon,", true),
            ("marzo", true),
            ("(février", true),
            ("2.", true),
            ("10Nov", true),
            ("-", true),
            ("PAYMENT", false),
            ("Market", false),
            ("de", false),
        ] {
            assert_eq!(DateToken::may_begin(word), expected, "{word}");
        }
    }

    #[test]
    fn every_common_notation() {
        use DateOrder::{DayMonth, MonthDay};
        use PrintedYear::{Full, Missing, Short};
        let second_of_march = Some((2, 3, Full(2026)));
        let table = [
            ("2026-03-02", DayMonth, second_of_march),
            ("2026/3/2", MonthDay, second_of_march),
            ("02/03/2026", DayMonth, second_of_march),
            ("03/02/2026", MonthDay, second_of_march),
            ("02.03.2026", DayMonth, second_of_march),
            ("2 March 2026", MonthDay, second_of_march),
            ("2 March 2026 10:15", MonthDay, second_of_march),
            ("2 March 2026: 10.15", MonthDay, None),
            ("20.12.2026 TRANSFER", DayMonth, None),
            ("Montag, 2. März 2026", MonthDay, second_of_march),
            ("segunda-feira, 2 março 2026", MonthDay, second_of_march),
            ("lunedì 2 marzo 2026", MonthDay, second_of_march),
            ("March 2, 2026", DayMonth, second_of_march),
            ("02 Mar 2026", DayMonth, second_of_march),
            ("02-MAR-2026", DayMonth, second_of_march),
            ("02MAR2026", DayMonth, second_of_march),
            ("2. März 2026", DayMonth, second_of_march),
            ("2nd March 2026", DayMonth, second_of_march),
            ("Mon 02 Mar 2026", DayMonth, second_of_march),
            ("20260302", DayMonth, second_of_march),
            ("20260302120000[0:GMT]", DayMonth, second_of_march),
            ("2026-03-02T10:15:00Z", DayMonth, second_of_march),
            ("02/03/2026 10:15", DayMonth, second_of_march),
            ("02/03/2569", DayMonth, second_of_march),
            ("2 mrt", DayMonth, Some((2, 3, Missing))),
            ("02.03.", DayMonth, Some((2, 3, Missing))),
            ("03/02", MonthDay, Some((2, 3, Missing))),
            ("02/03/26", DayMonth, Some((2, 3, Short(26)))),
            ("10-Nov-9", DayMonth, None),
            ("13/25", MonthDay, None),
            ("12/25", DayMonth, None),
            ("12/25", MonthDay, Some((25, 12, Missing))),
            ("31/02/2026", DayMonth, None),
            ("1.234", DayMonth, None),
            ("-5.18", MonthDay, None),
            ("7,23", MonthDay, None),
            ("5.18-", MonthDay, None),
            ("hello", DayMonth, None),
            ("", DayMonth, None),
            ("1234567890", DayMonth, None),
        ];
        for (text, order, expected) in table {
            check(text, order, expected);
        }
    }

    #[test]
    fn a_number_above_twelve_proves_the_order() {
        for (text, order) in [
            ("25/12/2026", Some(DateOrder::DayMonth)),
            ("12/25/2026", Some(DateOrder::MonthDay)),
            ("02/03/2026", None),
            ("2 Mar 2026", None),
        ] {
            assert_eq!(DateToken::read(text).and_then(DateToken::proves_order), order, "{text}");
        }
    }

    #[test]
    fn february_has_its_days() {
        let leap =
            DateToken::read("29/02/2026").and_then(|t| t.resolve(DateOrder::DayMonth)).expect("a shape");
        assert_eq!(leap.complete(), None);
        assert!(leap.in_year(2028).is_some());
    }
}
