//! Amounts and dates of formats that say how they write them: one notation each, exact or not at all.

use jiff::civil::Date;
use smartexus_domain::Currency;

/// Two-digit years from here on are of the last century. No bank file is older than its format.
const LAST_CENTURY_FROM: i16 = 70;

/// Minor units of digits with at most one of these decimal marks and no sign.
///
/// `None` for anything else: grouping, letters, more digits than the currency has (unless they are zeros), or a
/// value beyond 64 bits. Nothing is rounded.
pub(super) fn minor(text: &str, marks: &[char], currency: Currency) -> Option<i64> {
    let (whole, fraction) = text.split_once(marks).unwrap_or((text, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let digits = usize::try_from(currency.exponent()).ok()?;
    let (kept, beyond) = fraction.split_at(fraction.len().min(digits));
    if beyond.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let padding = std::iter::repeat_n(b'0', digits.saturating_sub(kept.len()));
    whole.bytes().chain(kept.bytes()).chain(padding).try_fold(0_i64, |value, digit| {
        value.checked_mul(10)?.checked_add(i64::from(digit.wrapping_sub(b'0')))
    })
}

/// The same with an optional sign before or behind.
pub(super) fn signed(text: &str, marks: &[char], currency: Currency) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = match (text.strip_prefix('-'), text.strip_prefix('+'), text.strip_suffix('-')) {
        (Some(rest), ..) | (None, None, Some(rest)) => (true, rest),
        (None, Some(rest), _) => (false, rest),
        (None, None, None) => (false, text),
    };
    let magnitude = minor(digits.trim_start(), marks, currency)?;
    if negative { magnitude.checked_neg() } else { Some(magnitude) }
}

/// `YYMMDD`.
pub(super) fn short_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(2)?;
    let (month, day) = rest.split_at_checked(2)?;
    Date::new(full_year(number(year)?), number(month)?.try_into().ok()?, number(day)?.try_into().ok()?).ok()
}

/// `YYYYMMDD`, whatever follows: a time or an offset never moves the day that the bank wrote.
pub(super) fn long_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.get(..4)?.split_at_checked(2)?;
    Date::new(number(year)?, number(month)?.try_into().ok()?, number(day)?.try_into().ok()?).ok()
}

/// `YYYY-MM-DD`, alone or before a time, with or without an offset: the local day is the one meant.
pub(super) fn iso_date(text: &str) -> Option<Date> {
    let day = text.trim().get(..10)?;
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || parts.next().is_some() {
        return None;
    }
    Date::new(number(year)?, number(month)?.try_into().ok()?, number(day)?.try_into().ok()?).ok()
}

/// Four digits of two.
pub(super) const fn full_year(two: i16) -> i16 {
    if two >= LAST_CENTURY_FROM { 1900_i16.saturating_add(two) } else { 2000_i16.saturating_add(two) }
}

/// A number of digits only: no sign, no blank.
pub(super) fn number(text: &str) -> Option<i16> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// White space of every kind folded to single blanks.
pub(crate) fn folded(text: &str) -> String {
    if is_folded(text) {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Whether nothing is left to fold, as in most cells: printable ASCII with single blanks, none at the ends.
pub(crate) fn is_folded(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if !(b' '..0x7f).contains(&byte) || byte == b' ' && before == b' ' {
            return false;
        }
        before = byte;
    }
    before != b' ' || text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_or_nothing() {
        for (text, code, expected) in [
            ("12,5", "EUR", Some(1_250)),
            ("12,", "EUR", Some(1_200)),
            ("12", "EUR", Some(1_200)),
            ("0,00", "EUR", Some(0)),
            ("12,500", "EUR", Some(1_250)),
            ("12,505", "EUR", None),
            ("12,505", "KWD", Some(12_505)),
            ("1200", "JPY", Some(1_200)),
            ("1200,00", "JPY", Some(1_200)),
            ("1200,50", "JPY", None),
            (",5", "EUR", Some(50)),
            ("1.234,56", "EUR", None),
            ("1,2,3", "EUR", None),
            ("", "EUR", None),
            (",", "EUR", None),
            ("1e3", "EUR", None),
            ("-5", "EUR", None),
            ("92233720368547758,07", "EUR", Some(i64::MAX)),
            ("92233720368547758,08", "EUR", None),
        ] {
            let currency = Currency::from_code(code).unwrap_or(Currency::UNKNOWN);
            assert_eq!(minor(text, &[','], currency), expected, "{text} {code}");
        }
        let euro = Currency::from_code("EUR").unwrap_or(Currency::UNKNOWN);
        for (text, expected) in [
            ("-5.00", Some(-500)),
            ("+5", Some(500)),
            ("5.00-", Some(-500)),
            ("--5", None),
            ("-", None),
            ("5+", None),
        ] {
            assert_eq!(signed(text, &['.'], euro), expected, "{text}");
        }
    }

    #[test]
    fn dates_are_days_that_exist() {
        let shown = |date: Option<Date>| date.map(|d| d.to_string()).unwrap_or_default();
        for (text, expected) in [
            ("260302", "2026-03-02"),
            ("991231", "1999-12-31"),
            ("260230", ""),
            ("26030", ""),
            ("+60302", ""),
            ("2é302", ""),
        ] {
            assert_eq!(shown(short_date(text)), expected, "{text}");
        }
        for (text, expected) in [
            ("20260302", "2026-03-02"),
            ("20260302235959[-5:EST]", "2026-03-02"),
            ("20260230", ""),
            ("2026", ""),
        ] {
            assert_eq!(shown(long_date(text)), expected, "{text}");
        }
        for (text, expected) in [
            ("2026-03-02", "2026-03-02"),
            ("2026-03-02+01:00", "2026-03-02"),
            ("2026-03-02T23:30:00-11:00", "2026-03-02"),
            ("2026-3-2", ""),
            ("02-03-2026", ""),
            ("2026-02-30", ""),
        ] {
            assert_eq!(shown(iso_date(text)), expected, "{text}");
        }
    }
}
