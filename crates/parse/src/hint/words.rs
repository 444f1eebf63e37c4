//! What a hint may say, in the words of its file.

use crate::lexicon::Role;
use serde::{Deserialize, Serialize};
use smartexus_domain::{DateOrder, NumberStyle};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HintRole {
    /// Booking day.
    Date,
    /// Day of the purchase.
    TransactionDate,
    /// Value date.
    ValueDate,
    /// What it was for.
    Description,
    /// Reference.
    Reference,
    /// Check number.
    CheckNumber,
    /// Kind of booking.
    Kind,
    /// Money out.
    Out,
    /// Money in.
    In,
    /// Money both ways.
    Amount,
    /// Running balance.
    Balance,
    /// A word for money in or out.
    Direction,
    /// Nothing that a statement needs: amounts in other currencies, points, running numbers.
    Ignored,
}

impl HintRole {
    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Date => Role::Date,
            Self::TransactionDate => Role::TransactionDate,
            Self::ValueDate => Role::ValueDate,
            Self::Description => Role::Description,
            Self::Reference => Role::Reference,
            Self::CheckNumber => Role::CheckNumber,
            Self::Kind => Role::Kind,
            Self::Out => Role::Out,
            Self::In => Role::In,
            Self::Amount => Role::Amount,
            Self::Balance => Role::Balance,
            Self::Direction => Role::Direction,
            // Money in a column that nothing is known of becomes an amount; a fee stays where it is and moves nothing.
            Self::Ignored => Role::Fee,
        }
    }
}

/// Order of the numbers in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintedOrder {
    /// `31/12/2026`.
    DayMonth,
    /// `12/31/2026`.
    MonthDay,
}

impl PrintedOrder {
    pub(crate) const fn of_domain(self) -> DateOrder {
        match self {
            Self::DayMonth => DateOrder::DayMonth,
            Self::MonthDay => DateOrder::MonthDay,
        }
    }
}

/// What separates minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintedNumbers {
    /// `1,234.56`.
    Point,
    /// `1.234,56`.
    Comma,
}

impl PrintedNumbers {
    pub(crate) const fn of_domain(self) -> NumberStyle {
        match self {
            Self::Point => NumberStyle::Point,
            Self::Comma => NumberStyle::Comma,
        }
    }
}

/// Where the direction of a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HintSigns {
    /// Columns of money out and money in.
    Columns,
    /// The same, each meaning the other.
    ColumnsTurned,
    /// Minus and debit marks are money out.
    Marks,
    /// Money out unless a mark says otherwise.
    CreditsMarked,
    /// The heading the row stands under.
    Sections,
    /// The change of the printed balance.
    BalanceDelta,
}

/// What a printed balance means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HintSide {
    /// Money the holder has.
    Asset,
    /// Money the holder owes.
    Liability,
}
