//! Currencies: ISO 4217 codes and their minor units.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// An ISO 4217 currency code. [`Currency::UNKNOWN`] (`XXX`) stands for "not stated".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Currency([u8; 3]);

/// The text is not an ISO 4217 code that we know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 4217 currency code")]
pub struct CurrencyError;

/// Active codes whose minor unit is not 2 digits (ISO 4217 list one, 2026-01), sorted.
const EXPONENTS: [(&str, u32); 23] = [
    ("BHD", 3),
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// Active codes with 2 digits (ISO 4217 list one, 2026-01; funds and metals left out).
const TWO_DIGITS: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP \
BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD \
HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR \
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP \
SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

/// Every code, sorted.
static LISTED: LazyLock<Vec<[u8; 3]>> = LazyLock::new(|| {
    let codes = EXPONENTS.iter().map(|(code, _)| *code).chain(TWO_DIGITS.split(' ')).chain(["XXX"]);
    let mut listed: Vec<[u8; 3]> = codes.filter_map(|code| code.as_bytes().try_into().ok()).collect();
    listed.sort_unstable();
    listed
});

impl Currency {
    /// Not stated: `XXX` in ISO 4217, counted with two digits.
    pub const UNKNOWN: Self = Self(*b"XXX");

    /// The currency of a code, upper or lower case; `None` if ISO 4217 does not list it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        let upper = bytes.map(|b| b.to_ascii_uppercase());
        // Asked of every three letters of a document.
        let known = upper.is_ascii() && LISTED.binary_search(&upper).is_ok();
        known.then_some(Self(upper))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Minor-unit digits: 2 for USD, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn exponent(&self) -> u32 {
        // Asked of every amount of a document: what most are comes first.
        if matches!(&self.0, b"USD" | b"EUR" | b"GBP" | b"AUD" | b"CAD" | b"XXX") {
            return 2;
        }
        let at = EXPONENTS.binary_search_by(|(code, _)| code.as_bytes().cmp(self.0.as_slice())).ok();
        at.and_then(|at| EXPONENTS.get(at)).map_or(2, |(_, digits)| *digits)
    }

    /// Whether the document said which currency this is.
    #[must_use]
    pub fn is_known(&self) -> bool {
        *self != Self::UNKNOWN
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = CurrencyError;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::from_code(&code).ok_or(CurrencyError)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_code_is_found() {
        assert!(EXPONENTS.is_sorted_by_key(|(code, _)| *code));
        for (code, digits) in EXPONENTS {
            assert_eq!(Currency::from_code(code).map(|c| c.exponent()), Some(digits), "{code}");
        }
        for code in TWO_DIGITS.split(' ') {
            assert_eq!(Currency::from_code(code).map(|c| c.exponent()), Some(2), "{code}");
        }
    }

    #[test]
    fn codes_and_exponents() {
        for (code, exponent) in [("USD", 2), ("jpy", 0), ("KWD", 3), ("EUR", 2), ("INR", 2), ("XXX", 2)] {
            assert_eq!(Currency::from_code(code).map(|c| c.exponent()), Some(exponent), "{code}");
        }
        for code in ["", "US", "USDX", "ABC", "€€€"] {
            assert_eq!(Currency::from_code(code), None, "{code}");
        }
    }
}
