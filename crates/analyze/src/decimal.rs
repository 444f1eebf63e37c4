//! Numbers as a person writes them into a file of choices: `"500.00"`, `"0.50"`, `"3.5"`.

use crate::exact::{Computed, ONE, product, quotient};
use serde::Deserialize;
use smartexus_domain::Currency;

/// A decimal number with at most four decimals and twelve whole digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Number(i128);

/// The text is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number is written in quotes, with a point and at most four decimals: `\"500.00\"`")]
pub struct NumberError;

const WHOLE_DIGITS_MAX: usize = 12;
const DECIMALS_MAX: usize = 4;

impl Number {
    /// Reads `-12.50`.
    ///
    /// # Errors
    /// [`NumberError`] for anything else: no exponent, no grouping, no sign but `-`.
    pub fn read(text: &str) -> Result<Self, NumberError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(decimals) {
            return Err(NumberError);
        }
        if whole.len() > WHOLE_DIGITS_MAX || decimals.len() > DECIMALS_MAX {
            return Err(NumberError);
        }
        let value: i128 = format!("{whole}{decimals:0<DECIMALS_MAX$}").parse().map_err(|_| NumberError)?;
        Ok(Self(if negative { -value } else { value }))
    }

    /// Ten-thousandths.
    pub(crate) const fn scaled(self) -> i128 {
        self.0
    }

    /// Minor units of a currency, half to even.
    pub(crate) fn minor(self, currency: Currency) -> Computed {
        quotient(product(self.0, 10_i128.pow(currency.exponent()))?, ONE)
    }
}

impl TryFrom<String> for Number {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        Self::read(&text)
    }
}

impl std::fmt::Display for Number {
    /// At least two decimals.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = crate::exact::ratio_text(self.0);
        let shorter = text.strip_suffix("00").or_else(|| text.strip_suffix('0')).unwrap_or(&text);
        f.write_str(shorter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_what_is_none() {
        for (text, expected) in [("500.00", 5_000_000), ("0.5", 5_000), ("-3", -30_000), ("0.6745", 6_745)] {
            assert_eq!(Number::read(text).map(Number::scaled), Ok(expected), "{text}");
        }
        for text in ["", ".5", "5.", "1e3", "1,000", "+1", "0.00001", "1234567890123", "- 1"] {
            assert_eq!(Number::read(text), Err(NumberError), "{text}");
        }
        assert_eq!(
            Number::read("999999999999.9999").map(|n| n.to_string()).as_deref(),
            Ok("999999999999.9999")
        );
        assert_eq!(Number::read("3.5").map(|n| n.to_string()).as_deref(), Ok("3.50"));
    }

    #[test]
    fn minor_units_follow_the_currency() {
        let minor = |code: &str| Number::read("500.50").unwrap().minor(Currency::from_code(code).unwrap());
        assert_eq!((minor("USD"), minor("JPY"), minor("KWD")), (Ok(50_050), Ok(500), Ok(500_500)));
    }
}
