//! One number, with everything needed to trust or distrust it.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a value is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureUnit {
    /// Decimal text of [`Figure::currency`], signed from the holder's side.
    Money,
    /// Whole calendar days.
    Days,
    /// Whole rows or events.
    Count,
    /// A quotient: 0.25 is a quarter. Four decimals.
    Ratio,
}

/// What is proved under a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Every ledger under it is verified.
    Verified,
    /// At least one row or balance under it is not proved.
    IncludesUnverified,
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotComputable {
    /// No day of the period is covered.
    NoCoveredDays,
    /// No balance is printed, so no day's balance is known.
    NoBalance,
    /// Fewer covered days, months or rows than the formula needs.
    TooFew,
    /// The divisor is zero: no revenue, no debt, no income.
    DividesByZero,
    /// Every value is the same, so nothing deviates.
    NoDeviation,
    /// Accounts that have to be added share no covered day.
    NoCommonDays,
    /// Rows carry no categories.
    NotCategorized,
    /// A needed amount was not given: a proposed payment, declared income.
    NotGiven,
    /// Passes the largest amount that can be counted.
    TooLarge,
}

/// One metric over the rows of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Stable name of the metric.
    pub key: String,
    /// Decimal text; `null` with a reason in `not_computable`.
    pub value: Option<String>,
    /// What the value is counted in.
    pub unit: FigureUnit,
    /// ISO 4217 code, of money and of ratios of money; `null` where no document says or none is meant.
    pub currency: Option<String>,
    /// The days it is about; `null` where no day is covered.
    pub period: Option<Span>,
    /// It is over all covered days, not over one month or the last 30 days.
    #[serde(default)]
    pub is_whole: bool,
    /// Id of an account, or `all`.
    pub account: String,
    /// Ids of the rows behind it, in ledger order; for balances, the last row of each day that has one.
    pub rows: Vec<String>,
    /// Rows behind it beyond those that are listed.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub rows_left_out: u32,
    /// Days it lists: negative days, the day of the lowest balance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub dates: Vec<jiff::civil::Date>,
    /// What is proved under it.
    pub basis: Basis,
    /// Covered days over days of the period, 0–1.
    pub coverage: f64,
    /// Why there is no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_computable: Option<NotComputable>,
    /// What a person should know beside it: `partial month`, a divisor, a threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
