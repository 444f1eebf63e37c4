//! What a bank says of a row beyond its day, its words and its money.

use crate::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether a row has moved money.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowStatus {
    /// It has: it is in every sum.
    #[default]
    Booked,
    /// It is announced or authorized and may still change or go away: it is in no sum.
    Pending,
}

impl RowStatus {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    pub(crate) const fn is_booked(&self) -> bool {
        matches!(self, Self::Booked)
    }
}

/// Whose list a code is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CodeList {
    /// Bank transaction codes of ISO 20022: domain, family and sub-family with slashes between, `PMNT/RCDT/ESCT`.
    Iso20022,
    /// Transaction types of SWIFT's MT940: `NTRF`.
    Swift,
    /// The German banks' three digits in front of field 86: `166`.
    Gvc,
    /// Type codes of BAI2: `475`.
    Bai,
    /// `TRNTYPE` of OFX: `DIRECTDEBIT`.
    Ofx,
    /// A list of the bank's own.
    Issuer,
}

impl CodeList {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Iso20022 => "iso20022",
            Self::Swift => "swift",
            Self::Gvc => "gvc",
            Self::Bai => "bai",
            Self::Ofx => "ofx",
            Self::Issuer => "issuer",
        }
    }
}

/// What kind of booking a bank calls a row. Evidence, never a key: banks use the same code for many things.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct BankCode {
    /// Whose list it is from.
    pub list: CodeList,
    /// As the bank writes it.
    pub code: String,
}

impl fmt::Display for BankCode {
    /// `gvc:166`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.list.as_str(), self.code)
    }
}

/// What few rows have. All of it is as the bank says it and nothing is proved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowDetails {
    /// The other currency of a row that was converted.
    pub original_currency: Option<Currency>,
    /// What the row was in it, with the sign of its amount. Not every bank that names the currency says the amount.
    pub original_amount: Option<Money>,
    /// Rate between the two, as written: banks disagree on which way round it is.
    pub fx_rate: Option<String>,
    /// What the bank took for it, in the row's currency; money out is negative. Whether it is in the row's amount or a row
    /// of its own, banks do as they like.
    pub charges: Option<Money>,
    /// The bank's code of what it is.
    pub bank_code: Option<BankCode>,
}

impl RowDetails {
    /// Details with the amount in another currency.
    #[must_use]
    pub fn converted(original: Money) -> Self {
        Self {
            original_currency: Some(original.currency()),
            original_amount: Some(original),
            ..Self::default()
        }
    }

    /// As rows keep them: nothing where there is nothing.
    #[must_use]
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}
