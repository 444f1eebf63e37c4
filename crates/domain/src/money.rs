//! Money: integer minor units with a currency. No float touches it.

use crate::Currency;

/// An amount in minor units (cents for USD, yen for JPY), signed: money in is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Arithmetic or reading that has no right answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The sum does not fit 64 bits of minor units.
    #[error("amount out of range")]
    Overflow,
    /// Two currencies met in one sum.
    #[error("two currencies in one sum")]
    CurrencyMismatch,
    /// Not a decimal string such as `-61.20` with exactly the currency's minor digits.
    #[error("not a decimal amount of this currency")]
    Malformed,
}

impl Money {
    /// An amount of minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`], or [`MoneyError::Overflow`] beyond 64 bits.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// The amount with its sign turned.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] for the one value that has no opposite.
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, currency: self.currency })
    }

    /// Reads the contract's decimal string: optional `-`, digits, and exactly the currency's minor digits.
    ///
    /// # Errors
    /// [`MoneyError::Malformed`] for anything else, [`MoneyError::Overflow`] beyond 64 bits.
    pub fn from_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let exponent = currency.exponent() as usize;
        let (whole, minor) = match digits.split_once('.') {
            Some((whole, minor)) => (whole, minor),
            None => (digits, ""),
        };
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let shaped = !whole.is_empty() && all_digits(whole) && all_digits(minor);
        if !shaped || minor.len() != exponent || (exponent == 0 && digits.contains('.')) {
            return Err(MoneyError::Malformed);
        }
        let mut value: i64 = 0;
        for byte in whole.bytes().chain(minor.bytes()) {
            let digit = i64::from(byte - b'0');
            let signed = if negative { -digit } else { digit };
            value = value.checked_mul(10).and_then(|v| v.checked_add(signed)).ok_or(MoneyError::Overflow)?;
        }
        Ok(Self { minor: value, currency })
    }
}

impl std::fmt::Display for Money {
    /// The contract's decimal string: `-61.20`, `1250.00`, JPY `-1200`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scale = 10_u64.pow(self.currency.exponent());
        let sign = if self.minor < 0 { "-" } else { "" };
        let magnitude = self.minor.unsigned_abs();
        match self.currency.exponent() {
            0 => write!(f, "{sign}{magnitude}"),
            digits => {
                let width = digits as usize;
                write!(f, "{sign}{}.{:0width$}", magnitude / scale, magnitude % scale)
            }
        }
    }
}
