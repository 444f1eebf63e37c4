//! `:61:`, the row of a statement: `YYMMDD[MMDD]mark[funds]amount type reference[//bank reference]`, further text below.

use super::MARKS;
use super::exact;
use jiff::civil::Date;
use smartexus_domain::{BankCode, CodeList, Currency, Money, RowDetails};

/// A row as its field says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Entry date, or the value date where no other is given.
    pub(super) date: Date,
    pub(super) value_date: Option<Date>,
    /// Money in positive: a reversal of a credit is a debit.
    pub(super) amount: Money,
    pub(super) reference: Option<String>,
    pub(super) bank_reference: Option<String>,
    /// From the details.
    pub(super) end_to_end: Option<String>,
    pub(super) check_number: Option<String>,
    pub(super) supplement: Option<String>,
    /// The type of the field, until the details know better.
    pub(super) details: RowDetails,
    /// Announced, not booked (marks `EC` and `ED` of an MT942).
    pub(super) is_expected: bool,
    /// One of the two dates was 30 February, which banks that count thirty days a month do write.
    pub(super) has_impossible_date: bool,
}

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineFault {
    Date,
    Mark,
    Amount,
}

impl Line {
    pub(super) fn read(text: &str, currency: Currency) -> Result<Self, LineFault> {
        match Self::read_whole(text, currency) {
            // A line's end in the middle of the fixed part is a wrap and no text.
            Err(_) if text.contains('\n') => Self::read_whole(&text.replacen('\n', "", 1), currency),
            read => read,
        }
    }

    fn read_whole(text: &str, currency: Currency) -> Result<Self, LineFault> {
        let (first, supplement) = text.split_once('\n').unwrap_or((text, ""));
        let (value, rest) = first.trim_start().split_at_checked(6).ok_or(LineFault::Date)?;
        let (entry, rest) = entry_date(rest);
        let dates = Dates::of(value, entry).ok_or(LineFault::Date)?;
        let (mark, rest) = Mark::read(rest).ok_or(LineFault::Mark)?;
        let rest = rest.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest);
        let length = rest.find(|c: char| !(c.is_ascii_digit() || MARKS.contains(&c))).unwrap_or(rest.len());
        let (digits, rest) = rest.split_at(length);
        let magnitude = exact::minor(digits, &MARKS, currency).ok_or(LineFault::Amount)?;
        let minor = if mark.is_in { magnitude } else { magnitude.checked_neg().ok_or(LineFault::Amount)? };
        let (kind, references) = rest.split_at_checked(4).unwrap_or((rest, ""));
        let (reference, bank) = references.split_once("//").unwrap_or((references, ""));
        let reference = named(reference);
        let bank_code = is_type(kind).then(|| BankCode { list: CodeList::Swift, code: kind.to_owned() });
        let mut line = Self {
            date: dates.booked,
            value_date: dates.value,
            amount: Money::new(minor, currency),
            check_number: reference.clone().filter(|r| kind.ends_with("CHK") && is_number(r)),
            reference,
            bank_reference: named(bank),
            end_to_end: None,
            supplement: Some(exact::folded(supplement)).filter(|s| !s.is_empty()),
            details: RowDetails { bank_code, ..RowDetails::default() },
            is_expected: mark.is_expected,
            has_impossible_date: dates.has_impossible,
        };
        super::details::converted(supplement, &mut line);
        Ok(line)
    }
}

/// Four digits before the mark are the entry date.
fn entry_date(rest: &str) -> (Option<&str>, &str) {
    match rest.split_at_checked(4) {
        Some((entry, rest)) if entry.bytes().all(|b| b.is_ascii_digit()) => (Some(entry), rest),
        _ => (None, rest),
    }
}

struct Dates {
    booked: Date,
    value: Option<Date>,
    has_impossible: bool,
}

impl Dates {
    /// The entry date has no year: it is the one nearest to the value date.
    fn of(value: &str, entry: Option<&str>) -> Option<Self> {
        let value_year = exact::full_year(exact::number(value.get(..2)?)?);
        let value_date = exact::short_date(value);
        let Some(entry) = entry else {
            return Some(Self { booked: value_date?, value: value_date, has_impossible: false });
        };
        let (month, day) = entry.split_at_checked(2)?;
        let (month, day) =
            (i8::try_from(exact::number(month)?).ok()?, i8::try_from(exact::number(day)?).ok()?);
        let near = |offset: i16| Date::new(value_year.checked_add(offset)?, month, day).ok();
        let booked = match value_date {
            Some(value) => {
                let distance = |d: &Date| d.since(value).map_or(i32::MAX, |span| span.get_days().abs());
                [0, -1, 1].into_iter().filter_map(near).min_by_key(distance)
            }
            // A value date that is no day still says its year, and in its month the turn of the year is far.
            None => near(0).filter(|_| value.get(2..4).is_some_and(|m| !matches!(m, "01" | "12"))),
        };
        let has_impossible = value_date.is_none() || booked.is_none();
        Some(Self { booked: booked.or(value_date)?, value: value_date, has_impossible })
    }
}

struct Mark {
    is_in: bool,
    is_expected: bool,
}

impl Mark {
    fn read(text: &str) -> Option<(Self, &str)> {
        let marks = [
            ("RC", false, false),
            ("RD", true, false),
            ("EC", true, true),
            ("ED", false, true),
            ("C", true, false),
            ("D", false, false),
        ];
        marks.into_iter().find_map(|(mark, is_in, is_expected)| {
            text.strip_prefix(mark).map(|rest| (Self { is_in, is_expected }, rest))
        })
    }
}

/// `NONREF` is a word for nothing.
fn named(reference: &str) -> Option<String> {
    let reference = exact::folded(reference);
    (!reference.is_empty() && reference != "NONREF").then_some(reference)
}

/// `NTRF`, `S103`: how it was ordered, and three letters or digits.
fn is_type(kind: &str) -> bool {
    kind.len() == 4 && kind.starts_with(['N', 'S', 'F']) && kind.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
