//! A fact's value in the shape that a field asks for.

use crate::facts::{FactType, FactValue};
use jiff::civil::Date;
use serde::Deserialize;
use smartexus_domain::Money;

/// The shape.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Shape {
    /// By the value's type: words as they are, `1,234.50`, `12.5`, `512-555-0142`, the pattern of dates.
    #[default]
    Plain,
    /// Capital letters.
    Upper,
    /// `1,234.50`.
    Money,
    /// `1,235`: rounded half to even, for forms that omit cents.
    MoneyWhole,
    /// `1234.50`.
    MoneyPlain,
    /// `mm/dd/yyyy`, or the entry's `pattern`.
    Date,
    /// `12.5`.
    Percent,
    /// `12.5%`.
    PercentSign,
    /// `(512) 555-0142` for ten digits, otherwise as it is.
    Phone,
    /// `123-45-6789`.
    Ssn,
    /// `12-3456789`.
    Ein,
    /// Digits only: combs and split fields.
    Digits,
    /// `Yes` or `No`.
    YesNo,
}

/// A shape, and the part of it that the field takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Formatter {
    pub(super) shape: Shape,
    pub(super) pattern: Option<String>,
    /// First character from 0, and how many.
    pub(super) take: Option<(usize, usize)>,
}

/// The pattern of dates where nothing says another.
const DATE_PATTERN: &str = "mm/dd/yyyy";
const MONTHS: [&str; 12] = [
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

impl Shape {
    /// Values of this type can take it.
    pub(super) const fn suits(self, kind: FactType) -> bool {
        match self {
            Self::Plain | Self::Upper => true,
            Self::Money | Self::MoneyWhole | Self::MoneyPlain => matches!(kind, FactType::Money),
            Self::Date => matches!(kind, FactType::Date),
            Self::Percent | Self::PercentSign => matches!(kind, FactType::Percent),
            Self::Phone => matches!(kind, FactType::Phone),
            Self::Ssn | Self::Ein => matches!(kind, FactType::TaxId),
            Self::Digits => {
                matches!(kind, FactType::TaxId | FactType::Phone | FactType::Integer | FactType::Text)
            }
            Self::YesNo => matches!(kind, FactType::Boolean),
        }
    }
}

impl Formatter {
    /// The value as the field shows it; `None` where the part that the field takes is not there.
    pub(super) fn apply(&self, value: &FactValue, hint: Option<&str>) -> Option<String> {
        let whole = self.whole(value, hint);
        let Some((from, count)) = self.take else { return Some(whole) };
        let part: String = whole.chars().skip(from).take(count).collect();
        (!part.is_empty()).then_some(part)
    }

    fn whole(&self, value: &FactValue, hint: Option<&str>) -> String {
        match value {
            FactValue::Text(text) if self.shape == Shape::Upper => text.to_uppercase(),
            FactValue::Text(text) if self.shape == Shape::Digits => digits(text),
            FactValue::Text(text) => text.clone(),
            FactValue::Money(amount) => match self.shape {
                Shape::MoneyWhole => grouped(&whole_units(*amount).to_string()),
                Shape::MoneyPlain => amount.to_string(),
                Shape::Plain
                | Shape::Upper
                | Shape::Money
                | Shape::Date
                | Shape::Percent
                | Shape::PercentSign
                | Shape::Phone
                | Shape::Ssn
                | Shape::Ein
                | Shape::Digits
                | Shape::YesNo => grouped(&amount.to_string()),
            },
            FactValue::Date(day) => {
                let hinted = hint.and_then(|hint| hint.strip_prefix("date ")).filter(|p| !p.is_empty());
                written(*day, self.pattern.as_deref().or(hinted).unwrap_or(DATE_PATTERN))
            }
            FactValue::Phone(number) => phone(number, self.shape),
            FactValue::TaxId(number) => match self.shape {
                Shape::Ein => format!("{}-{}", part(number, 0, 2), part(number, 2, 9)),
                Shape::Ssn => format!("{}-{}-{}", part(number, 0, 3), part(number, 3, 5), part(number, 5, 9)),
                Shape::Plain
                | Shape::Upper
                | Shape::Money
                | Shape::MoneyWhole
                | Shape::MoneyPlain
                | Shape::Date
                | Shape::Percent
                | Shape::PercentSign
                | Shape::Phone
                | Shape::Digits
                | Shape::YesNo => number.clone(),
            },
            FactValue::Percent(hundredths) => {
                let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                let short = text.trim_end_matches('0').trim_end_matches('.').to_owned();
                if self.shape == Shape::PercentSign { format!("{short}%") } else { short }
            }
            FactValue::Integer(number) => number.to_string(),
            FactValue::Boolean(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// Half to even.
fn whole_units(amount: Money) -> i64 {
    let scale = 10_i64.pow(amount.currency().exponent());
    let (whole, rest) = (amount.minor().div_euclid(scale), amount.minor().rem_euclid(scale));
    let twice = rest.saturating_mul(2);
    let up = twice > scale || (twice == scale && whole.rem_euclid(2) == 1);
    whole.saturating_add(i64::from(up))
}

/// Commas between thousands.
fn grouped(number: &str) -> String {
    let (sign, magnitude) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, decimals) = magnitude.split_once('.').map_or((magnitude, None), |(w, d)| (w, Some(d)));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len().saturating_sub(at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

fn phone(number: &str, shape: Shape) -> String {
    let bare = digits(number);
    let national =
        bare.strip_prefix('1').filter(|rest| rest.len() == 10 && number.starts_with('+')).unwrap_or(&bare);
    let is_national = national.len() == 10 && (!number.starts_with('+') || number.starts_with("+1"));
    if shape == Shape::Digits {
        national.to_owned()
    } else if is_national {
        format!("({}) {}-{}", part(national, 0, 3), part(national, 3, 6), part(national, 6, 10))
    } else {
        number.to_owned()
    }
}

/// A day under a pattern of `m mm mmm mmmm d dd yy yyyy` and signs between them.
fn written(day: Date, pattern: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = pattern.chars().collect();
    for run in chars.chunk_by(|a, b| a == b) {
        let first = run.first().copied().unwrap_or_default();
        let name = usize::try_from(day.month())
            .ok()
            .and_then(|m| MONTHS.get(m.checked_sub(1)?))
            .copied()
            .unwrap_or("");
        match (first.to_ascii_lowercase(), run.len()) {
            ('m', 1) => out.push_str(&day.month().to_string()),
            ('m', 2) => out.push_str(&format!("{:02}", day.month())),
            ('m', 3) => out.push_str(part(name, 0, 3)),
            ('m', _) => out.push_str(name),
            ('d', 1) => out.push_str(&day.day().to_string()),
            ('d', _) => out.push_str(&format!("{:02}", day.day())),
            ('y', 2) => out.push_str(&format!("{:02}", day.year().rem_euclid(100))),
            ('y', _) => out.push_str(&format!("{:04}", day.year())),
            _ => out.extend(run),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Formatter, Shape};
    use crate::facts::{FactType, FactValue};
    use smartexus_domain::Currency;

    #[test]
    fn values_take_the_shape_of_the_field() {
        let dollars = Currency::from_code("USD").unwrap();
        for (kind, text, shape, pattern, take, expected) in [
            (FactType::Money, "1234567.50", Shape::Plain, None, None, Some("1,234,567.50")),
            (FactType::Money, "-1234.50", Shape::MoneyWhole, None, None, Some("-1,234")),
            (FactType::Money, "1235.50", Shape::MoneyWhole, None, None, Some("1,236")),
            (FactType::Money, "999.00", Shape::MoneyPlain, None, None, Some("999.00")),
            (FactType::Date, "2026-03-04", Shape::Plain, None, None, Some("03/04/2026")),
            (FactType::Date, "2026-03-04", Shape::Date, Some("d mmmm yyyy"), None, Some("4 March 2026")),
            (FactType::Date, "2026-03-04", Shape::Date, Some("yy"), None, Some("26")),
            (FactType::TaxId, "123456789", Shape::Ssn, None, None, Some("123-45-6789")),
            (FactType::TaxId, "123456789", Shape::Ein, None, None, Some("12-3456789")),
            (FactType::TaxId, "123456789", Shape::Digits, None, Some((3, 2)), Some("45")),
            (FactType::TaxId, "123456789", Shape::Digits, None, Some((9, 2)), None),
            (FactType::Phone, "5125550142", Shape::Phone, None, None, Some("(512) 555-0142")),
            (FactType::Phone, "+15125550142", Shape::Digits, None, Some((0, 3)), Some("512")),
            (FactType::Phone, "+442079460018", Shape::Plain, None, None, Some("+442079460018")),
            (FactType::Percent, "12.5", Shape::PercentSign, None, None, Some("12.5%")),
            (FactType::Percent, "100", Shape::Plain, None, None, Some("100")),
            (FactType::Boolean, "no", Shape::YesNo, None, None, Some("No")),
            (FactType::Text, "Blue Heron", Shape::Upper, None, None, Some("BLUE HERON")),
        ] {
            let value = FactValue::read(text, kind, dollars, None).unwrap();
            let formatter = Formatter { shape, pattern: pattern.map(ToOwned::to_owned), take };
            assert_eq!(formatter.apply(&value, None).as_deref(), expected, "{text} {shape:?}");
        }
    }

    #[test]
    fn the_forms_own_pattern_counts_where_the_mapping_says_none() {
        let day = FactValue::Date("2026-03-04".parse().unwrap());
        assert_eq!(Formatter::default().apply(&day, Some("date dd.mm.yyyy")).as_deref(), Some("04.03.2026"));
        assert_eq!(Formatter::default().apply(&day, Some("number 2")).as_deref(), Some("03/04/2026"));
    }
}
