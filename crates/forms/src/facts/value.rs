//! A fact's value by its type. Reading is total: what can be read in two ways is an error, never a guess.

use jiff::civil::Date;
use smartexus_domain::{AmountToken, Currency, CurrencyMark, DateOrder, DateToken, Money, SignMark};

/// What a key's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactType {
    /// Words.
    Text,
    /// One of a few words, for instance `llc`.
    Choice,
    /// An amount.
    Money,
    /// A day.
    Date,
    /// A telephone number.
    Phone,
    /// An address of electronic mail.
    Email,
    /// Nine digits: SSN, EIN, ITIN.
    TaxId,
    /// A share of a hundred.
    Percent,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
}

impl FactType {
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "choice" => Self::Choice,
            "money" => Self::Money,
            "date" => Self::Date,
            "phone" => Self::Phone,
            "email" => Self::Email,
            "tax_id" => Self::TaxId,
            "percent" => Self::Percent,
            "integer" => Self::Integer,
            "boolean" => Self::Boolean,
            _ => return None,
        })
    }
}

/// A value read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// Words, white space folded.
    Text(String),
    /// An amount.
    Money(Money),
    /// A day.
    Date(Date),
    /// Digits, a leading `+` kept.
    Phone(String),
    /// Nine digits.
    TaxId(String),
    /// Hundredths of a percent: 12.5 % is 1250.
    Percent(i64),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
}

/// Why a value is none of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Nothing there.
    #[error("empty")]
    Empty,
    /// Two readings.
    #[error("can be read in two ways")]
    Ambiguous,
    /// None.
    #[error("not of its type")]
    Malformed,
    /// An amount of another currency than the form's.
    #[error("in another currency")]
    Currency,
}

/// Yes and no, as people and forms write them.
const YES: [&str; 6] = ["yes", "true", "y", "x", "on", "1"];
const NO: [&str; 6] = ["no", "false", "n", "off", "0", "none"];

impl FactValue {
    /// Reads a value as its key's type says. `currency` is what amounts without a mark are in; `order` is that of
    /// dates which do not tell.
    ///
    /// # Errors
    /// [`ValueError`].
    pub fn read(
        text: &str,
        kind: FactType,
        currency: Currency,
        order: Option<DateOrder>,
    ) -> Result<Self, ValueError> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(ValueError::Empty);
        }
        match kind {
            FactType::Text | FactType::Choice => Ok(Self::Text(text)),
            FactType::Email => email(&text).map(Self::Text),
            FactType::Money => money(&text, currency).map(Self::Money),
            FactType::Date => date(&text, order).map(Self::Date),
            FactType::Phone => phone(&text).map(Self::Phone),
            FactType::TaxId => tax_id(&text).map(Self::TaxId),
            FactType::Percent => percent(&text).map(Self::Percent),
            FactType::Integer => {
                text.replace(',', "").parse().map(Self::Integer).map_err(|_| ValueError::Malformed)
            }
            FactType::Boolean => boolean(&text).map(Self::Boolean),
        }
    }
}

fn money(text: &str, currency: Currency) -> Result<Money, ValueError> {
    if let Ok(plain) = Money::from_decimal(text, currency) {
        return Ok(plain);
    }
    let token = AmountToken::read(text).ok_or(ValueError::Malformed)?;
    if let Some(CurrencyMark::Certain(marked)) = token.currency_mark()
        && marked != currency
    {
        return Err(ValueError::Currency);
    }
    let readings = token.readings(currency.exponent());
    let minor = match readings.as_slice() {
        [] => return Err(ValueError::Malformed),
        [(_, minor)] => *minor,
        _ => return Err(ValueError::Ambiguous),
    };
    let amount = Money::new(minor, currency);
    match token.sign() {
        SignMark::None | SignMark::Plus | SignMark::Credit => Ok(amount),
        SignMark::Minus | SignMark::Debit => amount.checked_neg().map_err(|_| ValueError::Malformed),
        SignMark::Conflict => Err(ValueError::Ambiguous),
    }
}

fn date(text: &str, order: Option<DateOrder>) -> Result<Date, ValueError> {
    let token = DateToken::read(text).ok_or(ValueError::Malformed)?;
    let in_order = |order| token.resolve(order).and_then(|partial| partial.complete());
    if let Some(order) = token.proves_order().or(order) {
        return in_order(order).ok_or(ValueError::Malformed);
    }
    let mut days: Vec<Date> = DateOrder::ALL.into_iter().filter_map(in_order).collect();
    days.dedup();
    match days.as_slice() {
        [] => Err(ValueError::Malformed),
        [day] => Ok(*day),
        _ => Err(ValueError::Ambiguous),
    }
}

fn phone(text: &str) -> Result<String, ValueError> {
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || " +-().x/".contains(c));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !is_plain || !(7..=15).contains(&digits.len()) {
        return Err(ValueError::Malformed);
    }
    Ok(if text.starts_with('+') { format!("+{digits}") } else { digits })
}

fn tax_id(text: &str) -> Result<String, ValueError> {
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ' ');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // A masked number is no number: `***-**-1234` cannot be written into a form.
    if is_plain && digits.len() == 9 { Ok(digits) } else { Err(ValueError::Malformed) }
}

fn percent(text: &str) -> Result<i64, ValueError> {
    let number = text.trim_end_matches('%').trim();
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || !all_digits(whole)
        || !all_digits(decimals)
        || decimals.len() > 2
        || whole.len() > 5
    {
        return Err(ValueError::Malformed);
    }
    let hundredths = format!("{whole}{decimals:0<2}");
    hundredths.parse().map_err(|_| ValueError::Malformed)
}

fn boolean(text: &str) -> Result<bool, ValueError> {
    let word = text.to_lowercase();
    if YES.contains(&word.as_str()) {
        Ok(true)
    } else if NO.contains(&word.as_str()) {
        Ok(false)
    } else {
        Err(ValueError::Malformed)
    }
}

fn email(text: &str) -> Result<String, ValueError> {
    let parts: Vec<&str> = text.split('@').collect();
    match parts.as_slice() {
        [name, host] if !name.is_empty() && host.contains('.') && !text.contains(' ') => Ok(text.to_owned()),
        _ => Err(ValueError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::{FactType, FactValue, ValueError};
    use smartexus_domain::{Currency, DateOrder};

    fn check(kind: FactType, order: Option<DateOrder>, cases: &[(&str, Result<&str, ValueError>)]) {
        let dollars = Currency::from_code("USD").unwrap();
        for (text, expected) in cases {
            let read = FactValue::read(text, kind, dollars, order).map(|value| match value {
                FactValue::Text(t) | FactValue::Phone(t) | FactValue::TaxId(t) => t,
                FactValue::Money(m) => m.minor().to_string(),
                FactValue::Date(d) => d.to_string(),
                FactValue::Percent(n) | FactValue::Integer(n) => n.to_string(),
                FactValue::Boolean(b) => b.to_string(),
            });
            assert_eq!(read.as_deref().map_err(|e| *e), *expected, "{text}");
        }
    }

    #[test]
    fn amounts() {
        check(
            FactType::Money,
            None,
            &[
                ("1234.50", Ok("123450")),
                ("$1,234.50", Ok("123450")),
                ("-12.00", Ok("-1200")),
                ("(12.00)", Ok("-1200")),
                ("1.234,50", Ok("123450")),
                ("1234.50 USD", Ok("123450")),
                ("1234.50 EUR", Err(ValueError::Currency)),
                ("-12.00 CR", Err(ValueError::Ambiguous)),
                ("abc", Err(ValueError::Malformed)),
                ("", Err(ValueError::Empty)),
                ("12.345.6", Err(ValueError::Malformed)),
            ],
        );
    }

    #[test]
    fn dates() {
        check(
            FactType::Date,
            None,
            &[
                ("2026-03-31", Ok("2026-03-31")),
                ("31/03/2026", Ok("2026-03-31")),
                ("March 4, 2026", Ok("2026-03-04")),
                ("03/04/2026", Err(ValueError::Ambiguous)),
                ("03/03/2026", Ok("2026-03-03")),
                ("30 Feb 2026", Err(ValueError::Malformed)),
            ],
        );
        check(FactType::Date, Some(DateOrder::MonthDay), &[("03/04/2026", Ok("2026-03-04"))]);
    }

    #[test]
    fn numbers_and_words() {
        check(
            FactType::TaxId,
            None,
            &[("12-3456789", Ok("123456789")), ("***-**-6789", Err(ValueError::Malformed))],
        );
        check(
            FactType::Phone,
            None,
            &[
                ("(512) 555-0142", Ok("5125550142")),
                ("+44 20 7946 0018", Ok("+442079460018")),
                ("call me", Err(ValueError::Malformed)),
            ],
        );
        check(
            FactType::Percent,
            None,
            &[("60", Ok("6000")), ("12.5 %", Ok("1250")), ("0.125", Err(ValueError::Malformed))],
        );
        check(FactType::Boolean, None, &[("Yes", Ok("true")), ("maybe", Err(ValueError::Malformed))]);
        check(
            FactType::Email,
            None,
            &[("a@b.example", Ok("a@b.example")), ("a b@c.d", Err(ValueError::Malformed))],
        );
        check(FactType::Text, None, &[("  A \n B ", Ok("A B"))]);
    }
}
